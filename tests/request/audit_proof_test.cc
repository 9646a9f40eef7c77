// SPDX-License-Identifier: Apache-2.0
//
// What the server proves of its log verifies with the verifier's own code, for whoever may ask; and
// an event says which basis it began or ended.
#include <gtest/gtest.h>

#include "crypto/merkle.h"
#include "crypto/note.h"
#include "tests/request/refused.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"

namespace sspf::test::audit_proof {
namespace {

std::vector<crypto::Digest> hashes(const google::protobuf::RepeatedPtrField<std::string>& field) {
  std::vector<crypto::Digest> all;
  for (const std::string& bytes : field) {
    crypto::Digest hash{};
    EXPECT_EQ(bytes.size(), hash.size());
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    all.push_back(hash);
  }
  return all;
}

crypto::Checkpoint checkpoint_in(const std::string& note) {
  return crypto::parse_checkpoint(crypto::parse_note(note).value().text).value();
}

v1::GetInclusionProofRequest about_event(std::uint64_t sequence) {
  v1::GetInclusionProofRequest request;
  request.set_sequence(sequence);
  return request;
}

v1::GetConsistencyProofRequest between(std::uint64_t first, std::uint64_t second) {
  v1::GetConsistencyProofRequest request;
  request.set_first_size(first);
  request.set_second_size(second);
  return request;
}

struct AuditProof : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  void sign() { book.server.installation().checkpointer().sign_if_due(); }
  v1::GetCheckpointResponse since(std::uint64_t size) {
    v1::GetCheckpointRequest request;
    request.set_since_size(size);
    return book.get<v1::GetCheckpointResponse>(cast.school_tyr, "AuditService/GetCheckpoint",
                                               request);
  }
};

TEST_F(AuditProof, AnyKeptCheckpointIsShownToBeTheBeginningOfTheNewest) {
  std::vector<crypto::Checkpoint> kept;
  for (int i = 0; i < 12; ++i) {
    sign();
    kept.push_back(checkpoint_in(since(0).checkpoint_note()));
    EXPECT_TRUE(since(0).consistency_proof().empty());
  }
  for (const crypto::Checkpoint& before : kept) {
    const auto answer = since(before.size);
    const auto now = checkpoint_in(answer.checkpoint_note());
    const auto proof = hashes(answer.consistency_proof());
    EXPECT_TRUE(
        crypto::merkle::verify_consistency(before.size, before.root, now.size, now.root, proof));
    const auto asked = book.get<v1::GetConsistencyProofResponse>(
        cast.school_tyr, "AuditService/GetConsistencyProof", between(before.size, now.size));
    EXPECT_EQ(hashes(asked.consistency_proof()), proof);
  }
  // A log that has become shorter cannot prove anything, and says so by its size.
  const auto shorter = since(1'000'000);
  EXPECT_TRUE(shorter.consistency_proof().empty());
  EXPECT_LT(checkpoint_in(shorter.checkpoint_note()).size, 1'000'000U);
}

TEST_F(AuditProof, SizesThatCannotBeProvedAreNamed) {
  sign();
  const std::string rpc = "AuditService/GetConsistencyProof";
  const std::uint64_t size = checkpoint_in(since(0).checkpoint_note()).size;
  EXPECT_EQ(book.outcome(cast.school_tyr, rpc, between(size, size)), "allowed ok");
  EXPECT_EQ(book.outcome(cast.school_tyr, rpc, between(0, 0)), "allowed ok");
  EXPECT_EQ(book.outcome(cast.school_tyr, rpc, between(1, size + 1)),
            "refused invalid_argument/too_large(second_size) for too_large");
  EXPECT_EQ(book.outcome(cast.school_tyr, rpc, between(2, 1)),
            "refused invalid_argument/sizes_not_in_order(second_size) for sizes_not_in_order");
}

TEST_F(AuditProof, EveryEventHasAProofThatTheNewestCheckpointCoversIt) {
  sign();
  const auto newest = checkpoint_in(since(0).checkpoint_note());
  for (std::uint64_t sequence = 0; sequence < newest.size; ++sequence) {
    const auto answer = book.get<v1::GetInclusionProofResponse>(
        cast.auditor, "AuditService/GetInclusionProof", about_event(sequence));
    v1::AuditEvent event;
    ASSERT_TRUE(event.ParseFromString(answer.event()));
    EXPECT_EQ(event.sequence(), sequence);
    EXPECT_EQ(checkpoint_in(answer.checkpoint_note()), newest);
    EXPECT_TRUE(crypto::merkle::verify_inclusion(
        crypto::merkle::leaf_hash(crypto::view_of(answer.event())), sequence, newest.size,
        hashes(answer.inclusion_proof()), newest.root));
  }
  EXPECT_EQ(book.outcome(cast.auditor, "AuditService/GetInclusionProof", about_event(newest.size)),
            "refused not_found/not_found(sequence) for not_found");
}

TEST_F(AuditProof, AuditorsGetReceiptsAndAllGetConsistency) {
  sign();
  const std::string receipt = "AuditService/GetInclusionProof";
  const std::string consistency = "AuditService/GetConsistencyProof";
  for (const std::string& rpc : {receipt, consistency}) {
    EXPECT_EQ(book.outcome(cast.nobody, rpc, about_event(0)), refused::no_certificate) << rpc;
    EXPECT_EQ(book.outcome(cast.suspended, rpc, about_event(0)), refused::suspended) << rpc;
  }
  for (const Account& other :
       {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.coordinator_nac, cast.school_tyr,
        cast.police, cast.school_nac, cast.auditor_tyr, cast.auditor}) {
    EXPECT_EQ(book.outcome(other, consistency, between(1, 2)), "allowed ok") << other.handle;
    if (other.handle == "uno.ung" || other.handle == "ulla.upp") continue;
    EXPECT_EQ(book.outcome(other, receipt, about_event(1)), refused::role_missing) << other.handle;
  }
}

TEST_F(AuditProof, AMunicipalitysAuditorGetsReceiptsOfWhatConcernsItAlone) {
  book.call(cast.school_nac, "AccountService/WhoAmI", v1::WhoAmIRequest());
  const std::uint64_t there = book.server.event_count() - 1;
  book.call(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
  const std::uint64_t here = book.server.event_count() - 1;
  sign();
  const std::string rpc = "AuditService/GetInclusionProof";
  EXPECT_EQ(book.outcome(cast.auditor_tyr, rpc, about_event(here)), "allowed ok");
  EXPECT_EQ(book.outcome(cast.auditor_tyr, rpc, about_event(there)), refused::other_municipality);
  EXPECT_EQ(book.outcome(cast.auditor, rpc, about_event(there)), "allowed ok");
}

TEST_F(AuditProof, AnExportBringsEarlierCheckpointsAlong) {
  for (int i = 0; i < 300; ++i) {
    book.call(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
    if (i % 100 == 0) sign();
  }
  sign();
  const auto exported = book.get<v1::ExportEventsResponse>(
      cast.auditor, "AuditService/ExportEvents", v1::ExportEventsRequest());
  const std::uint64_t size = checkpoint_in(exported.checkpoint_note()).size;
  ASSERT_FALSE(exported.earlier_notes().empty());
  crypto::merkle::Frontier tree;
  std::map<std::uint64_t, crypto::Digest> roots;
  for (const std::string& event : exported.events()) {
    tree.append(crypto::merkle::leaf_hash(crypto::view_of(event)));
    roots[tree.size()] = tree.root();
  }
  for (const std::string& note : exported.earlier_notes()) {
    const auto earlier = checkpoint_in(note);
    EXPECT_LT(earlier.size, size);
    EXPECT_EQ(earlier.root, roots.at(earlier.size));
  }
}

TEST_F(AuditProof, AnEventBehindTheLogKeepsTheClockItWasJudgedBy) {
  book.call(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
  EXPECT_EQ(book.server.last_event().clock_us(), 0);
  const std::int64_t last_us = book.server.last_event().time_us();
  book.server.advance_seconds(-3600);
  book.call(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
  EXPECT_EQ(book.server.last_event().time_us(), last_us);
  EXPECT_EQ(book.server.last_event().clock_us(), book.server.now().microseconds);
}

}  // namespace
}  // namespace sspf::test::audit_proof
