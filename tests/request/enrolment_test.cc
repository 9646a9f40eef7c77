// SPDX-License-Identifier: Apache-2.0
//
// One-time codes: what they open, how long, and that a wrong one tells nothing.
#include <gtest/gtest.h>

#include "crypto/certificate.h"
#include "crypto/hash.h"
#include "tests/support/account_book.h"

namespace sspf::test::enrolling {
namespace {

constexpr std::int64_t day_seconds = 24 * 3600;
const std::string rpc = "AccountService/Enroll";

std::string refused_for(const std::string& cause) {
  return "refused unauthenticated/wrong_enrolment_code for " + cause;
}

struct Enrolment : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  std::string enroll(const std::string& code) {
    return book.outcome(Account(), rpc, enrolment(code));
  }
  std::optional<store::EnrolmentFacts> facts_of(crypto::ByteView secret) {
    store::Batch batch(book.server.installation().database());
    const store::Unit unit(batch);
    return unit.facts().enrolment(crypto::sha256(secret));
  }
};

TEST_F(Enrolment, ACodeOpensItsAccountOnce) {
  const std::string code = book.code_for("sven.skog");
  EXPECT_EQ(enroll(code), "allowed ok");
  EXPECT_EQ(book.named(), " about sven.skog");
  EXPECT_EQ(book.certificates("sven.skog").size(), 2U);
  const std::string before = book.stored();
  EXPECT_EQ(enroll(code), refused_for("enrolment_code_used"));
  EXPECT_EQ(book.named(), " about sven.skog");
  EXPECT_EQ(book.stored(), before);
}

TEST_F(Enrolment, TheAnswerHoldsWhatAClientNeedsToTrustAndToVerify) {
  const auto response =
      book.get<v1::EnrollResponse>(Account(), rpc, enrolment(book.code_for("sven.skog")));
  const auto& installation = book.server.installation().services().installation;
  EXPECT_EQ(response.handle(), "sven.skog");
  EXPECT_EQ(response.ca_certificate_pem(), installation.ca_certificate_pem);
  EXPECT_EQ(response.log_verifier_key(), installation.log_verifier_key);
  const auto facts = crypto::read_certificate(response.certificate_pem());
  ASSERT_TRUE(facts);
  // The certificate names the account by its id alone.
  EXPECT_EQ(facts->common_name.find("sven"), std::string::npos);
  const Account enrolled{"sven.skog", PeerCertificate{facts->fingerprint}};
  EXPECT_EQ(book.outcome(enrolled, "AccountService/WhoAmI", v1::WhoAmIRequest()), "allowed ok");
  EXPECT_EQ(book.named(), "by sven.skog");
}

TEST_F(Enrolment, ACodeIsValidForADayToTheSecond) {
  const std::string first = book.code_for("sven.skog");
  book.server.advance_seconds(day_seconds - 1);
  EXPECT_EQ(enroll(first), "allowed ok");
  const std::string second = book.code_for("sven.skog");
  book.server.advance_seconds(day_seconds);
  EXPECT_EQ(enroll(second), refused_for("enrolment_code_expired"));
  EXPECT_EQ(book.named(), " about sven.skog");
}

TEST_F(Enrolment, TheAnswerToItsIssueSaysWhenItExpires) {
  const auto response = book.get<v1::IssueEnrolmentCodeResponse>(
      cast.root, "AccountService/IssueEnrolmentCode",
      about_account<v1::IssueEnrolmentCodeRequest>("sven.skog"));
  EXPECT_EQ(response.expires_at().seconds(),
            book.server.now().microseconds / 1'000'000 + day_seconds);
  EXPECT_EQ(book.named(), "by root about sven.skog as administrator");
}

TEST_F(Enrolment, WrongUsedExpiredReplacedAndSuspendedAnswerAlike) {
  const std::string used = book.code_for("siv.sjo");
  ASSERT_EQ(enroll(used), "allowed ok");
  const std::string expired = book.code_for("frida.falt");
  book.server.advance_seconds(day_seconds);
  const std::string replaced = book.code_for("sven.skog");
  const std::string newer = book.code_for("sven.skog");
  const std::string of_suspended = book.code_for("sture.stopp");
  std::string altered = newer;
  altered[altered.find('-') + 1] = altered[altered.find('-') + 1] == 'z' ? 'y' : 'z';
  const std::string before = book.stored();

  const std::vector<std::pair<std::string, std::string>> table = {
      {secret_part(used), "enrolment_code_used"},
      {secret_part(expired), "enrolment_code_expired"},
      {secret_part(replaced), "wrong_enrolment_code"},
      {secret_part(altered), "wrong_enrolment_code"},
      {secret_part(of_suspended), "account_suspended"},
      {secret_part(newer).substr(1), "wrong_enrolment_code"},
      {secret_part(newer) + "0", "wrong_enrolment_code"},
      {"inte base32!", "wrong_enrolment_code"},
      {newer, "wrong_enrolment_code"},  // whole, with the fingerprint
  };
  std::string message;
  for (const auto& [code, cause] : table) {
    v1::EnrollRequest request = enrolment(newer);
    request.set_code(code);
    EXPECT_EQ(book.outcome(Account(), rpc, request), refused_for(cause)) << code;
    const Answered answered = book.call(Account(), rpc, request);
    if (message.empty()) message = answered.message;
    EXPECT_EQ(answered.message, message) << code;
  }
  EXPECT_EQ(book.stored(), before);
  EXPECT_EQ(enroll(newer), "allowed ok");
}

TEST_F(Enrolment, ASuspendedAccountsCodeWorksOnceItIsReinstated) {
  const std::string code = book.code_for("sture.stopp");
  EXPECT_EQ(enroll(code), refused_for("account_suspended"));
  book.get<v1::ReinstateAccountResponse>(cast.admin_tyr, "AccountService/ReinstateAccount",
                                         about_account<v1::ReinstateAccountRequest>("sture.stopp"));
  EXPECT_EQ(enroll(code), "allowed ok");
}

TEST_F(Enrolment, ARefusedSigningRequestLeavesTheCodeUnused) {
  const std::string code = book.code_for("sven.skog");
  const std::string before = book.stored();
  v1::EnrollRequest request = enrolment(code);
  std::string altered = request.signing_request_pem();
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& pem : {std::string("ingen begäran"), altered}) {
    request.set_signing_request_pem(pem);
    EXPECT_EQ(book.outcome(Account(), rpc, request),
              "refused invalid_argument/wrong_signing_request(signing_request_pem) for "
              "wrong_signing_request");
    EXPECT_EQ(book.named(), " about sven.skog");
  }
  EXPECT_EQ(book.stored(), before);
  EXPECT_EQ(enroll(code), "allowed ok");
}

TEST_F(Enrolment, ADryRunOfAnIssueReplacesNoCode) {
  const std::string code = book.code_for("sven.skog");
  auto request = about_account<v1::IssueEnrolmentCodeRequest>("sven.skog");
  request.mutable_write()->set_dry_run(true);
  const auto dry = book.get<v1::IssueEnrolmentCodeResponse>(
      cast.root, "AccountService/IssueEnrolmentCode", request);
  EXPECT_EQ(dry.code(), "");
  EXPECT_EQ(enroll(code), "allowed ok");
}

TEST_F(Enrolment, TheServerKeepsTheHashAndNoEventHoldsTheCode) {
  const std::string code = book.code_for("sven.skog");
  const auto secret = crypto::from_base32(secret_part(code));
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->size(), 16U);
  const auto facts = facts_of(*secret);
  ASSERT_TRUE(facts);
  EXPECT_FALSE(facts->used);
  ASSERT_EQ(enroll(code), "allowed ok");
  EXPECT_TRUE(facts_of(*secret)->used);
  const crypto::Digest hash = crypto::sha256(*secret);
  for (const v1::AuditEvent& event : book.server.events()) {
    const std::string bytes = event.SerializeAsString();
    EXPECT_EQ(bytes.find(crypto::text_of(*secret)), std::string::npos);
    EXPECT_EQ(bytes.find(crypto::text_of(hash)), std::string::npos);
    EXPECT_EQ(bytes.find(secret_part(code)), std::string::npos);
  }
}

TEST_F(Enrolment, TwoCallsOfOneBatchDoNotShareACode) {
  const std::string code = book.code_for("sven.skog");
  std::vector<HttpRequest> batch(2);
  for (HttpRequest& http : batch) {
    http.path = "/sspf.v1.AccountService/Enroll";
    http.content_type = "application/proto";
    http.body = enrolment(code).SerializeAsString();
    http.peer_address = "127.0.0.1";
    http.arrived = book.server.now();
  }
  const auto responses = rpc::serve_batch(book.server.installation().services(), batch);
  EXPECT_EQ(responses.at(0).status, 200);
  EXPECT_EQ(responses.at(1).status, 401);
  EXPECT_EQ(book.certificates("sven.skog").size(), 2U);
}

TEST_F(Enrolment, ACertificateNeitherHelpsNorHinders) {
  EXPECT_EQ(book.outcome(cast.suspended, rpc, enrolment(book.code_for("sven.skog"))), "allowed ok");
  EXPECT_EQ(book.named(), " about sven.skog");
  v1::EnrollRequest wrong = enrolment(book.code_for("sven.skog"));
  wrong.set_code("fel");
  EXPECT_EQ(book.outcome(cast.root, rpc, wrong), refused_for("wrong_enrolment_code"));
  EXPECT_EQ(book.named(), "");
}

}  // namespace
}  // namespace sspf::test::enrolling
