// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of alerts, as one table of callers and RPCs. Writes are dry runs, so that every
// row meets the same state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/alerting.h"
#include "tests/support/requests.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct AlertAccess : testing::Test {
  Alerting town;
  const Cast& cast = town.cast;
  std::string decoy;
  std::string other;
  std::string alert;
  Account nacka;

  void SetUp() override {
    const std::string number = town.load.mapped();
    decoy = town.case_ref(number);
    other = town.case_ref(town.load.create(new_group()));
    town.add_decoy(number);
    town.read(cast.school_tyr, number);
    town.look();
    for (const v1::Alert& each : town.alerts(town.auditor)) {
      if (each.account() == cast.school_tyr.handle) alert = each.alert();
    }
    ASSERT_NE(alert, "");
    nacka = make_account(town.server, {"nina.nord", "NAC-SSPF", v1::ROLE_AUDITOR, {"NAC"}});
  }

  v1::GetAlertRequest get() {
    v1::GetAlertRequest request;
    request.set_alert(alert);
    return request;
  }
  v1::AcknowledgeAlertRequest acknowledge() {
    v1::AcknowledgeAlertRequest request;
    request.set_alert(alert);
    return request;
  }
  v1::AddDecoyRequest add() {
    auto request = alerts_of_tyr<v1::AddDecoyRequest>();
    request.set_case_ref(other);
    return request;
  }
  v1::RemoveDecoyRequest remove() {
    auto request = alerts_of_tyr<v1::RemoveDecoyRequest>();
    request.set_case_ref(decoy);
    return request;
  }
  v1::SetAlertRuleRequest rule(v1::AlertKind kind) {
    auto request = alerts_of_tyr<v1::SetAlertRuleRequest>();
    request.set_kind(kind);
    return request;
  }
  // Of a municipality that the request names.
  Requests of_municipality() {
    Requests all;
    all.emplace_back("AlertService/ListAlertRules",
                     as_trial(alerts_of_tyr<v1::ListAlertRulesRequest>()));
    all.emplace_back("AlertService/SetAlertRule", as_trial(rule(v1::ALERT_KIND_VOLUME)));
    all.emplace_back("AlertService/ListDecoys", as_trial(alerts_of_tyr<v1::ListDecoysRequest>()));
    all.emplace_back("AlertService/AddDecoy", as_trial(add()));
    all.emplace_back("AlertService/RemoveDecoy", as_trial(remove()));
    return all;
  }
  Requests of_log() {
    Requests all;
    all.emplace_back("AlertService/ListAlerts", as_trial(v1::ListAlertsRequest()));
    all.emplace_back("AlertService/GetAlert", as_trial(get()));
    all.emplace_back("AlertService/AcknowledgeAlert", as_trial(acknowledge()));
    return all;
  }
  void expect(const Account& caller, const Requests& requests, const std::string& expected) {
    StoredRows rows(town.server.config());
    for (const auto& [rpc, message] : requests) {
      const bool is_write = message->GetDescriptor()->FindFieldByName("write") != nullptr;
      EXPECT_EQ(town.outcome(caller, rpc, *message), expected != "may" ? expected
                                                     : is_write        ? "dry run"
                                                                       : "allowed")
          << caller.handle << " " << rpc;
    }
    EXPECT_EQ(rows.changes(), "") << caller.handle;
  }
  void expect_both(const Account& caller, const std::string& expected) {
    expect(caller, of_municipality(), expected);
    expect(caller, of_log(), expected);
  }
  std::string called(const Account& caller, const std::string& rpc,
                     const google::protobuf::Message& request) {
    return town.outcome(caller, "AlertService/" + rpc, request);
  }
};

TEST_F(AlertAccess, IsForAuditorsAlone) {
  expect_both(cast.auditor_tyr, "may");
  expect_both(cast.auditor, "may");
  expect_both(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  expect_both(cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& caller : {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr,
                                cast.social_tyr, cast.recreation_tyr, cast.police}) {
    expect_both(caller, "refused permission_denied/role_missing for role_missing");
  }
}

TEST_F(AlertAccess, NothingOfOneMunicipalityIsThereForAnother) {
  expect(nacka, of_municipality(), "refused not_found/not_found for other_municipality");
  for (const Account& caller : {cast.coordinator_nac, cast.school_nac}) {
    expect(caller, of_municipality(), "refused not_found/not_found for other_municipality");
    expect(caller, of_log(), "refused permission_denied/role_missing for role_missing");
  }
  const std::string absent = "refused not_found/not_found for not_found";
  EXPECT_EQ(called(nacka, "GetAlert", get()), absent);
  EXPECT_EQ(called(nacka, "AcknowledgeAlert", acknowledge()), absent);
  EXPECT_EQ(town.server.last_event().municipality_id(), "");
  EXPECT_THAT(town.alerts(nacka), IsEmpty());
  EXPECT_THAT(town.alerts(cast.auditor_tyr), SizeIs(testing::Ge(1U)));
  // The installation's auditor, in the other municipality.
  auto add_there = add();
  add_there.set_municipality_code("NAC");
  auto remove_there = remove();
  remove_there.set_municipality_code("NAC");
  auto list_there = alerts_of_tyr<v1::ListDecoysRequest>();
  list_there.set_municipality_code("NAC");
  EXPECT_EQ(called(cast.auditor, "AddDecoy", add_there), absent);
  EXPECT_EQ(called(cast.auditor, "RemoveDecoy", remove_there), absent);
  EXPECT_EQ(
      town.load.get<v1::ListDecoysResponse>(cast.auditor, "AlertService/ListDecoys", list_there)
          .decoys_size(),
      0);
}

TEST_F(AlertAccess, AnAlertNamesItsOwnMunicipality) {
  town.fail_to_read(cast.school_nac, 10);
  town.look();
  const auto listed = town.alerts(nacka);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed.front().municipality_code(), "NAC");
  v1::GetAlertRequest request;
  request.set_alert(listed.front().alert());
  const auto shown =
      town.load.get<v1::GetAlertResponse>(nacka, "AlertService/GetAlert", request).alert();
  EXPECT_EQ(shown.municipality_code(), "NAC");
  EXPECT_EQ(shown.account(), cast.school_nac.handle);
  EXPECT_EQ(called(cast.auditor_tyr, "GetAlert", request),
            "refused not_found/not_found for not_found");
}

TEST_F(AlertAccess, AnAuditorWhoseAgencyHasLeftSeesNoMore) {
  const Account ulf =
      make_account(town.server, {"ulf.uhr", "LPO-POL", v1::ROLE_AUDITOR, {"TYR", "NAC"}});
  EXPECT_EQ(called(ulf, "GetAlert", get()), "allowed");
  EXPECT_THAT(town.alerts(ulf), Not(IsEmpty()));
  v1::UpdateAgencyRequest leave;
  const auto agencies = town.load.get<v1::ListAgenciesResponse>(
      cast.root, "AgencyService/ListAgencies", v1::ListAgenciesRequest());
  for (const v1::Agency& each : agencies.agencies()) {
    if (each.code() != "LPO-POL") continue;
    leave.set_code(each.code());
    leave.set_name(each.name());
    leave.set_version(each.version());
  }
  leave.add_municipality_codes("NAC");
  town.load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", leave);
  EXPECT_EQ(called(ulf, "GetAlert", get()), "refused not_found/not_found for not_found");
  EXPECT_THAT(town.alerts(ulf), IsEmpty());
}

TEST_F(AlertAccess, AnAlertIsAcknowledgedOnce) {
  StoredRows rows(town.server.config());
  EXPECT_EQ(called(cast.auditor_tyr, "AcknowledgeAlert", acknowledge()), "allowed");
  EXPECT_EQ(rows.changes(), "+request ~alert");
  const v1::AuditEvent event = town.server.last_event();
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_NE(event.municipality_id(), "");
  EXPECT_NE(event.subject_account_id(), "");
  EXPECT_EQ(called(cast.auditor, "AcknowledgeAlert", acknowledge()),
            "refused failed_precondition/acknowledged_already for acknowledged_already");
  EXPECT_EQ(rows.changes(), "");
  const auto shown =
      town.load.get<v1::GetAlertResponse>(cast.auditor, "AlertService/GetAlert", get());
  EXPECT_EQ(shown.alert().acknowledged_by_handle(), cast.auditor_tyr.handle);
  EXPECT_EQ(shown.alert().account(), cast.school_tyr.handle);
  v1::ListAlertsRequest left;
  left.set_unacknowledged(true);
  const auto listed =
      town.load.get<v1::ListAlertsResponse>(cast.auditor, "AlertService/ListAlerts", left);
  for (const v1::Alert& each : listed.alerts()) EXPECT_NE(each.alert(), alert);
}

TEST_F(AlertAccess, NobodyAcknowledgesAnAlertAboutTheOwnAccount) {
  town.set_rule(v1::ALERT_KIND_ENUMERATION, 2, 60);
  town.fail_to_read(cast.auditor_tyr, 2);
  town.look();
  v1::AcknowledgeAlertRequest own;
  for (const v1::Alert& each : town.alerts(cast.auditor_tyr)) {
    if (each.account() == cast.auditor_tyr.handle) own.set_alert(each.alert());
  }
  EXPECT_EQ(called(cast.auditor_tyr, "AcknowledgeAlert", own),
            "refused failed_precondition/own_act for own_act");
  EXPECT_EQ(called(cast.auditor, "AcknowledgeAlert", own), "allowed");
}

}  // namespace
}  // namespace sspf::test
