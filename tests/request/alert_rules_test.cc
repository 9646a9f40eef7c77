// SPDX-License-Identifier: Apache-2.0
//
// The rules of alerts and the decoy cases of a municipality: their bounds, and that they are its
// own.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/alerting.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

struct AlertRules : testing::Test {
  Alerting town;
  const Cast& cast = town.cast;
  std::string decoy;
  std::string other;

  void SetUp() override {
    const std::string number = town.load.mapped();
    decoy = town.case_ref(number);
    other = town.case_ref(town.load.create(new_group()));
    town.add_decoy(number);
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
  std::string called(const Account& caller, const std::string& rpc,
                     const google::protobuf::Message& request) {
    return town.outcome(caller, "AlertService/" + rpc, request);
  }
};

TEST_F(AlertRules, ARuleHasBounds) {
  StoredRows rows(town.server.config());
  const auto outcome = [&](v1::AlertKind kind, std::uint32_t threshold, std::uint32_t minutes) {
    v1::SetAlertRuleRequest request = rule(kind);
    request.set_threshold(threshold);
    request.set_window_minutes(minutes);
    return called(cast.auditor_tyr, "SetAlertRule", request);
  };
  EXPECT_EQ(outcome(v1::ALERT_KIND_VOLUME, limits::alert_threshold_max + 1, 0),
            "refused invalid_argument/too_large(threshold) for too_large");
  EXPECT_EQ(outcome(v1::ALERT_KIND_VOLUME, 0, limits::alert_window_minutes_max + 1),
            "refused invalid_argument/too_large(window_minutes) for too_large");
  EXPECT_EQ(outcome(v1::ALERT_KIND_DECOY, 2, 0),
            "refused invalid_argument/unexpected(threshold) for unexpected");
  for (const auto kind : {v1::ALERT_KIND_WITNESS_SILENT, v1::ALERT_KIND_REVIEW_OVERDUE,
                          v1::ALERT_KIND_CLOCK_BEHIND}) {
    EXPECT_EQ(outcome(kind, 0, 0), "refused invalid_argument/unexpected(kind) for unexpected");
  }
  EXPECT_EQ(rows.changes(), "");
  EXPECT_EQ(
      outcome(v1::ALERT_KIND_VOLUME, limits::alert_threshold_max, limits::alert_window_minutes_max),
      "allowed");
  EXPECT_EQ(rows.changes(), "+alert_rule +request");
}

TEST_F(AlertRules, RulesAreOfOneMunicipalityAndBeginWithDefaults) {
  const auto rules = [&](const std::string& municipality) {
    v1::ListAlertRulesRequest request;
    request.set_municipality_code(municipality);
    std::vector<std::string> told;
    const auto listed = town.load.get<v1::ListAlertRulesResponse>(
        cast.auditor, "AlertService/ListAlertRules", request);
    for (const auto& each : listed.rules()) {
      told.push_back(std::to_string(each.kind()) + (each.enabled() ? " on " : " off ") +
                     std::to_string(each.threshold()) + "/" +
                     std::to_string(each.window_minutes()) + each.set_by_handle());
    }
    return told;
  };
  const std::vector<std::string> defaults = {"1 on 500/60", "2 on 10/60", "3 on 1/60", "4 on 1/60",
                                             "5 on 1/60"};
  EXPECT_EQ(rules("TYR"), defaults);
  town.set_rule(v1::ALERT_KIND_VOLUME, 7, 5);
  town.set_rule(v1::ALERT_KIND_VOLUME, 8, 0);
  town.disable(v1::ALERT_KIND_EMERGENCY);
  EXPECT_EQ(rules("NAC"), defaults);
  for (int i = 0; i < 3; ++i) {
    v1::SetAlertRuleRequest there = rule(v1::ALERT_KIND_VOLUME);
    there.set_municipality_code("NAC");
    town.load.get<v1::SetAlertRuleResponse>(cast.auditor, "AlertService/SetAlertRule", there);
  }
  const std::string by = cast.auditor_tyr.handle;
  EXPECT_EQ(rules("TYR"), (std::vector<std::string>{"1 on 8/60" + by, "2 on 10/60", "3 on 1/60",
                                                    "4 on 1/60", "5 off 1/60" + by}));
}

TEST_F(AlertRules, DecoysAreAddedOnceAndRemovedAndNoMoreThanAllowed) {
  StoredRows rows(town.server.config());
  auto again = add();
  again.set_case_ref(decoy);
  EXPECT_EQ(called(cast.auditor_tyr, "AddDecoy", again),
            "refused already_exists/already_there(case_ref) for already_there");
  auto nonsense = add();
  nonsense.set_case_ref("TYR-2026-0001");
  EXPECT_EQ(called(cast.auditor_tyr, "AddDecoy", nonsense),
            "refused invalid_argument/wrong_reference(case_ref) for wrong_reference");
  EXPECT_EQ(rows.changes(), "");
  // The event is none of the case: who coordinates it could find it there.
  EXPECT_EQ(called(cast.auditor_tyr, "AddDecoy", add()), "allowed");
  EXPECT_EQ(town.server.last_event().case_id(), "");
  EXPECT_EQ(reference_of(town.server.last_event().item_id()), other);
  EXPECT_EQ(rows.changes(), "+alert_decoy +request");
  for (std::int64_t i = 2; i < limits::alert_decoys_max; ++i) {
    auto more = add();
    more.set_case_ref(town.case_ref(town.load.create(new_group())));
    ASSERT_EQ(called(cast.auditor_tyr, "AddDecoy", more), "allowed");
  }
  auto one_more = add();
  one_more.set_case_ref(town.case_ref(town.load.create(new_group())));
  EXPECT_EQ(called(cast.auditor_tyr, "AddDecoy", one_more),
            "refused failed_precondition/too_many_decoys for too_many_decoys");
  // Another municipality has room of its own.
  v1::CreateCaseRequest create = new_group();
  create.set_municipality_code("NAC");
  create.set_referring_agency_code("NAC-SKO");
  town.load.get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", create);
  auto there = alerts_of_tyr<v1::AddDecoyRequest>();
  there.set_municipality_code("NAC");
  there.set_case_ref(reference_of(town.server.last_event().case_id()));
  EXPECT_EQ(called(cast.auditor, "AddDecoy", there), "allowed");
  EXPECT_EQ(called(cast.auditor_tyr, "RemoveDecoy", remove()), "allowed");
  EXPECT_EQ(called(cast.auditor_tyr, "RemoveDecoy", remove()),
            "refused not_found/not_found for not_found");
  EXPECT_EQ(called(cast.auditor_tyr, "AddDecoy", one_more), "allowed");
  const auto listed = town.load.get<v1::ListDecoysResponse>(
      cast.auditor_tyr, "AlertService/ListDecoys", alerts_of_tyr<v1::ListDecoysRequest>());
  EXPECT_EQ(listed.decoys_size(), limits::alert_decoys_max);
  EXPECT_EQ(listed.decoys(0).case_ref(), other);
}

}  // namespace
}  // namespace sspf::test
