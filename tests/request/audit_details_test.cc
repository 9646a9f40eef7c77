// SPDX-License-Identifier: Apache-2.0
//
// Details beside the log, as they are shown to auditors.
#include "crypto/seal.h"
#include "tests/request/erasing.h"

namespace sspf::test::erasing {
namespace {

TEST_F(DetailsErasure, DetailsAreShownToWhomTheirEventIsShown) {
  const std::string role_missing = "refused permission_denied/role_missing for role_missing";
  v1::GetAuditDetailsRequest request;
  request.set_sequence(of_tyr);
  for (const Account& caller : {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr,
                                cast.coordinator_nac, cast.police}) {
    EXPECT_EQ(town.outcome(caller, show, request), role_missing) << caller.handle;
  }
  EXPECT_EQ(town.outcome(cast.nobody, show, request),
            "refused unauthenticated/no_certificate for no_certificate");
  EXPECT_EQ(town.outcome(cast.suspended, show, request),
            "refused unauthenticated/unknown_certificate for account_suspended");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, show, request), "allowed");
  EXPECT_EQ(server.last_event().items_shown(), 1U);
  EXPECT_FALSE(server.last_event().subject_account_id().empty());
  request.set_sequence(of_nac);
  EXPECT_EQ(town.outcome(cast.auditor, show, request), "allowed");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, show, request),
            "refused not_found/not_found(sequence) for other_municipality");
  request.set_sequence(1'000'000);
  EXPECT_EQ(town.outcome(cast.auditor_tyr, show, request),
            "refused not_found/not_found(sequence) for not_found");
}

TEST_F(DetailsErasure, DetailsSayFromWhereACallCameAndWhichFieldWasRefused) {
  EXPECT_EQ(details(of_tyr).peer_address(), "127.0.0.1");
  EXPECT_EQ(details(of_tyr).user_agent(), "test");
  EXPECT_FALSE(details(of_tyr).erased());
  town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-13"));
  EXPECT_EQ(details(server.last_event().sequence()).field(), "month");
}

TEST_F(DetailsErasure, DetailsThatTheirEventIsNotBoundToAreNotShown) {
  {
    store::Connection database = open_database(server.config());
    store::Query(database, "UPDATE audit_detail SET sealed = zeroblob(100) WHERE sequence = ?1",
                 of_tyr)
        .run();
  }
  v1::GetAuditDetailsRequest request;
  request.set_sequence(of_tyr);
  EXPECT_EQ(server.call(cast.auditor, std::string("sspf.v1.") + show, request).summary(),
            "internal/fault");
}

// Whoever has the month's key can seal others, and not bind the event to them.
TEST_F(DetailsErasure, DetailsThatWereMadeUpUnderTheirKeyAreNotShown) {
  const KeyId id = key_of(of_tyr);
  v1::AuditDetails made_up;
  made_up.set_peer_address("192.0.2.1");
  const std::string plaintext =
      std::string(access::details_salt_bytes, 's') + made_up.SerializeAsString();
  const auto key = server.installation().keystore().find(id);
  ASSERT_TRUE(key.has_value());
  const crypto::Bytes sealed = crypto::seal(*key, crypto::view_of(access::details_context(of_tyr)),
                                            crypto::view_of(plaintext));
  {
    store::Connection database = open_database(server.config());
    store::Query(database, "UPDATE audit_detail SET sealed = ?1 WHERE sequence = ?2", sealed,
                 of_tyr)
        .run();
  }
  v1::GetAuditDetailsRequest request;
  request.set_sequence(of_tyr);
  EXPECT_EQ(server.call(cast.auditor, std::string("sspf.v1.") + show, request).summary(),
            "internal/fault");
}

}  // namespace
}  // namespace sspf::test::erasing
