// SPDX-License-Identifier: Apache-2.0
//
// What raises an alert and what does not, at the edge of each rule; that nothing is raised twice
// and nothing is lost when the server ends in between; and when what is raised is tried again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/protection.pb.h"
#include "tests/support/account_book.h"
#include "tests/support/alerting.h"

namespace sspf::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using Told = std::vector<std::string>;

struct AlertsRaised : testing::Test {
  Alerting town;
  TestServer& server = town.server;
  const Cast& cast = town.cast;
  const std::string number = town.load.mapped();

  void SetUp() override {
    // What made the case ready is out of every window.
    server.advance_seconds(2 * 3600);
    town.look();
    ASSERT_THAT(town.told(), IsEmpty());
  }
  v1::FindCaseRequest looked_up(const std::string& identity_number) {
    v1::FindCaseRequest request;
    request.set_municipality_code("TYR");
    request.set_identity_number(identity_number);
    return request;
  }
  std::uint64_t items_of_last_event() {
    std::uint64_t items = 0;
    const v1::AuditEvent last = server.last_event();
    for (const auto& shown : last.cases_shown()) items += shown.items();
    return items;
  }
  void revoke(const Account& account) {
    const auto certificates = town.load.get<v1::ListCertificatesResponse>(
        cast.admin_tyr, "AccountService/ListCertificates",
        about_account<v1::ListCertificatesRequest>(account.handle));
    town.load.get<v1::RevokeCertificateResponse>(
        cast.admin_tyr, "AccountService/RevokeCertificate",
        revocation_of(certificates.certificates(0).serial()));
  }
};

TEST_F(AlertsRaised, EnumerationAtTheThresholdAndNotOneBelow) {
  town.fail_to_read(cast.school_tyr, 9);
  EXPECT_THAT(town.told(), IsEmpty());
  town.fail_to_read(cast.recreation_tyr, 9);
  EXPECT_THAT(town.told(), IsEmpty()) << "two accounts are not one";
  const std::uint64_t last = server.event_count();
  town.fail_to_read(cast.school_tyr, 1);
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR sven.skog 10"));
  const v1::Alert alert = town.alerts(town.auditor).front();
  EXPECT_EQ(alert.last_sequence(), last);
  EXPECT_LT(alert.first_sequence() + 9, last);
}

TEST_F(AlertsRaised, EnumerationCountsWhatIsNotThereAndWhatIsNotTheAccounts) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 60);
  town.fail_to_read(cast.school_tyr, 1);
  EXPECT_EQ(town.read(cast.school_tyr, number), "not_found/not_found");
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR sven.skog 2"));
}

TEST_F(AlertsRaised, EnumerationCountsLookUpsThatFindNobodyAndNoneThatFind) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 60);
  const std::string rpc = "CaseService/FindCase";
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(town.outcome(cast.coordinator_tyr, rpc, looked_up(number_aged_15)), "allowed");
    ASSERT_GT(items_of_last_event(), 0U);
  }
  EXPECT_THAT(town.told(), IsEmpty());
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(town.outcome(cast.coordinator_tyr, rpc, looked_up(number_aged_13)), "allowed");
  }
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR anna.alm 2"));
}

TEST_F(AlertsRaised, ARefusalForAnotherReasonCountsForNothing) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 60);
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(town.outcome(cast.school_tyr, "AlertService/ListAlerts", v1::ListAlertsRequest()),
              "refused permission_denied/role_missing for role_missing");
  }
  EXPECT_THAT(town.told(), IsEmpty());
}

TEST_F(AlertsRaised, VolumeAtTheThresholdAndNotOneBelow) {
  town.load.assign(number, cast.school_tyr);
  ASSERT_EQ(town.read(cast.school_tyr, number), "ok");
  const std::uint64_t each = items_of_last_event();
  ASSERT_GT(each, 0U);
  const auto threshold = static_cast<std::uint32_t>(3 * each);
  ASSERT_GT(threshold, 1U);
  town.set_rule(v1::ALERT_KIND_VOLUME, threshold + 1, 60);
  for (int i = 0; i < 2; ++i) town.read(cast.school_tyr, number);
  EXPECT_THAT(town.told(), IsEmpty());
  server.advance_seconds(3600);
  town.set_rule(v1::ALERT_KIND_VOLUME, threshold, 60);
  for (int i = 0; i < 2; ++i) town.read(cast.school_tyr, number);
  EXPECT_THAT(town.told(), IsEmpty()) << "what came before the window counts no more";
  town.read(cast.school_tyr, number);
  EXPECT_THAT(town.told(), ElementsAre("volume TYR sven.skog " + std::to_string(threshold)));
}

TEST_F(AlertsRaised, ReadingTheLogIsNoVolume) {
  town.set_rule(v1::ALERT_KIND_VOLUME, 2, 60);
  for (int i = 0; i < 3; ++i) {
    town.load.get<v1::ListEventsResponse>(cast.auditor_tyr, "AuditService/ListEvents",
                                          v1::ListEventsRequest());
  }
  EXPECT_THAT(town.told(), IsEmpty());
}

TEST_F(AlertsRaised, AWindowIsAsLongAsItSaysToTheSecond) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 10);
  town.fail_to_read(cast.school_tyr, 1);
  server.advance_seconds(600);
  town.fail_to_read(cast.school_tyr, 1);
  EXPECT_THAT(town.told(), IsEmpty());
  server.advance_seconds(599);
  town.fail_to_read(cast.school_tyr, 1);
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR sven.skog 2"));
}

TEST_F(AlertsRaised, OneIsRaisedInAWindowHoweverMuchComes) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 10);
  town.fail_to_read(cast.school_tyr, 9);
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR sven.skog 2"));
  server.advance_seconds(599);
  town.fail_to_read(cast.school_tyr, 2);
  EXPECT_EQ(town.told().size(), 1U);
  server.advance_seconds(1);
  town.fail_to_read(cast.school_tyr, 1);
  EXPECT_EQ(town.told().size(), 2U) << "and the next after it";
}

TEST_F(AlertsRaised, ADecoyIsNotTouchedUnseen) {
  town.add_decoy(number);
  EXPECT_THAT(town.told(), IsEmpty()) << "not who looked at it before, nor who has added it";
  EXPECT_EQ(town.read(cast.school_tyr, number), "not_found/not_found");
  EXPECT_THAT(town.told(), Contains("decoy TYR sven.skog 1"));
  EXPECT_EQ(town.read(cast.coordinator_nac, number), "not_found/not_found");
  const auto told = town.told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told.back(), "decoy TYR nils.nack 1");
}

TEST_F(AlertsRaised, ADecoyThatIsRemovedRaisesNothing) {
  town.add_decoy(number);
  town.look();
  auto remove = alerts_of_tyr<v1::RemoveDecoyRequest>();
  remove.set_case_ref(town.case_ref(number));
  town.look();
  const std::size_t before = town.told().size();
  town.load.get<v1::RemoveDecoyResponse>(town.auditor, "AlertService/RemoveDecoy", remove);
  town.read(cast.school_tyr, number);
  EXPECT_EQ(town.told().size(), before);
}

TEST_F(AlertsRaised, ACertificateAfterItsRevocation) {
  revoke(cast.school_tyr);
  EXPECT_THAT(town.told(), IsEmpty()) << "to revoke it is no use of it";
  town.read(cast.school_tyr, number);
  EXPECT_THAT(town.told(), ElementsAre("revoked-certificate TYR sven.skog 1"));
}

TEST_F(AlertsRaised, AnEmergencyOpeningAndNoTrialOfOne) {
  v1::OpenInEmergencyRequest opening;
  opening.set_case_number(number);
  opening.set_reason("Fara.");
  opening.mutable_write()->set_dry_run(true);
  const std::string rpc = "EmergencyService/OpenInEmergency";
  ASSERT_EQ(town.outcome(cast.police, rpc, opening), "dry run");
  EXPECT_THAT(town.told(), IsEmpty());
  opening.clear_write();
  ASSERT_EQ(town.outcome(cast.police, rpc, opening), "allowed");
  EXPECT_THAT(town.told(), ElementsAre("emergency TYR per.park 1"));
}

TEST_F(AlertsRaised, TheServersOwnActsThatCallForSomebody) {
  for (const char* act : {"server/witness_silent", "server/review_overdue", "server/clock_behind",
                          "server/start", "server/alert"}) {
    rpc::record_own_act(server.installation().services(), act, 3);
  }
  EXPECT_THAT(town.told(),
              ElementsAre("witness-silent   3", "review-overdue   3", "clock-behind   3"));
  EXPECT_THAT(town.alerts(town.auditor), IsEmpty()) << "of the installation's auditors alone";
}

TEST_F(AlertsRaised, ARuleThatIsDisabledRaisesNothingAndIsOfOneMunicipality) {
  town.add_decoy(number);
  town.look();
  const std::size_t before = town.told().size();
  town.disable(v1::ALERT_KIND_DECOY);
  town.read(cast.school_tyr, number);
  EXPECT_EQ(town.told().size(), before);
  auto nacka = alerts_of_tyr<v1::SetAlertRuleRequest>();
  nacka.set_municipality_code("NAC");
  nacka.set_kind(v1::ALERT_KIND_ENUMERATION);
  nacka.set_enabled(true);
  nacka.set_threshold(2);
  town.load.get<v1::SetAlertRuleResponse>(cast.auditor, "AlertService/SetAlertRule", nacka);
  town.fail_to_read(cast.recreation_tyr, 3);
  EXPECT_EQ(town.told().size(), before);
}

TEST_F(AlertsRaised, TheAlertHasAnEventOfItsOwn) {
  town.fail_to_read(cast.school_tyr, 10);
  town.look();
  const v1::AuditEvent event = server.last_event();
  EXPECT_EQ(event.rpc(), "server/alert");
  EXPECT_EQ(event.items_shown(), 10U);
  EXPECT_NE(event.municipality_id(), "");
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.account_id() + event.subject_account_id() + event.case_id(), "");
}

TEST_F(AlertsRaised, NothingIsLostNorRaisedTwiceWhenTheServerEndsInBetween) {
  town.fail_to_read(cast.school_tyr, 6);
  town.look();
  town.restart();
  town.fail_to_read(cast.school_tyr, 3);
  EXPECT_THAT(town.told(), IsEmpty());
  town.restart();
  // Not looked at before the end.
  town.fail_to_read(cast.school_tyr, 1);
  town.restart();
  EXPECT_THAT(town.told(), ElementsAre("enumeration TYR sven.skog 10"));
  town.restart();
  EXPECT_EQ(town.told().size(), 1U);
  // Also where the place in the log was kept.
  town.watch->on_idle();
  town.fail_to_read(cast.recreation_tyr, 9);
  town.restart();
  town.watch->on_idle();
  town.restart();
  EXPECT_EQ(town.told().size(), 1U);
  town.fail_to_read(cast.recreation_tyr, 1);
  EXPECT_EQ(town.told().size(), 2U);
}

TEST_F(AlertsRaised, APassIsBounded) {
  const std::uint64_t before = server.event_count();
  for (std::uint32_t i = 0; i < limits::alert_events_per_pass; ++i) {
    rpc::record_own_act(server.installation().services(), "server/start", 0);
  }
  rpc::record_own_act(server.installation().services(), "server/clock_behind", 1);
  town.watch->look();
  ASSERT_EQ(server.event_count(), before + limits::alert_events_per_pass + 1);
  town.watch->look();
  EXPECT_THAT(town.told(), ElementsAre("clock-behind   1"));
}

}  // namespace
}  // namespace sspf::test
