// SPDX-License-Identifier: Apache-2.0
//
// The register of processing (GDPR article 30, R16): who may read it, and that it tells what each
// agency is controller of, without a person in it.
#include "server/handlers/processing_register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "server/base/limits.h"
#include "tests/request/register_reader.h"
#include "tests/support/full_case.h"

namespace sspf::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

struct Register : testing::Test, RegisterReader {};

TEST_F(Register, IsForAdministratorsAndAuditorsOfTheMunicipality) {
  noted_case();
  const std::string no_role = "refused permission_denied/role_missing for role_missing";
  const std::string elsewhere = "refused not_found/not_found for other_municipality";
  const Account admin_nac =
      make_account(load.server, {"admin.nac", "NAC-SSPF", v1::ROLE_ADMINISTRATOR, {"NAC"}});
  const Account auditor_nac =
      make_account(load.server, {"alva.nac", "NAC-SSPF", v1::ROLE_AUDITOR, {"NAC"}});
  const std::vector<std::tuple<Account, std::string, v1::Role>> table{
      {cast.nobody, "refused unauthenticated/no_certificate for no_certificate", {}},
      {cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended", {}},
      {cast.root, "allowed", v1::ROLE_ADMINISTRATOR},
      {cast.admin_tyr, "allowed", v1::ROLE_ADMINISTRATOR},
      {cast.auditor, "allowed", v1::ROLE_AUDITOR},
      {cast.auditor_tyr, "allowed", v1::ROLE_AUDITOR},
      {cast.coordinator_tyr, no_role, {}},
      {cast.school_tyr, no_role, {}},
      {cast.police, no_role, {}},
      {admin_nac, elsewhere, {}},
      {auditor_nac, elsewhere, {}},
      {cast.coordinator_nac, elsewhere, {}},
      {cast.school_nac, elsewhere, {}}};
  for (const auto& [caller, expected, role] : table) {
    EXPECT_EQ(town.outcome(caller, get_register, of_tyr<v1::GetProcessingRegisterRequest>()),
              expected)
        << caller.handle;
    const v1::AuditEvent event = load.server.last_event();
    EXPECT_EQ(event.role(), static_cast<std::uint32_t>(role)) << caller.handle;
    // It tells of no case, so the event names none.
    EXPECT_EQ(event.items_shown(), 0U);
    EXPECT_EQ(event.cases_shown_size(), 0);
  }
}

TEST_F(Register, OfAMunicipalityThatIsNotThereIsAsThatOfAnother) {
  v1::GetProcessingRegisterRequest request;
  for (const char* code : {"ZZZ", "NAC"}) {
    request.set_municipality_code(code);
    EXPECT_EQ(load.server.call(cast.auditor_tyr, std::string("sspf.v1.") + get_register, request)
                  .summary(),
              "not_found/not_found")
        << code;
  }
  request.clear_municipality_code();
  EXPECT_EQ(town.outcome(cast.admin_tyr, get_register, request),
            "refused invalid_argument/missing(municipality_code) for missing");
}

TEST_F(Register, SaysOfEachControllerWhatItOwnsAndHow) {
  noted_case();
  const auto response = shown(cast.auditor_tyr, "TYR");
  EXPECT_EQ(response.as_of(), "2026-11-24");
  EXPECT_THAT(controllers("TYR"),
              ElementsAre("LPO-POL", "TYR-FRI", "TYR-SKO", "TYR-SOC", "TYR-SSPF"));
  EXPECT_THAT(data("TYR-SKO"), ElementsAre("MAPPING PUPIL_WELFARE <5"));
  EXPECT_THAT(data("TYR-SSPF"), ElementsAre("IDENTITY GENERAL <5"));
  EXPECT_THAT(data("TYR-FRI"), IsEmpty());
  const v1::ProcessingRecord school = record("TYR-SKO");
  EXPECT_EQ(school.agency_name(), "Part TYR-SKO");
  EXPECT_EQ(school.agency_kind(), v1::AGENCY_KIND_SCHOOL);
  EXPECT_THAT(school.purposes(),
              ElementsAre(v1::PURPOSE_MAPPING, v1::PURPOSE_PLANNING, v1::PURPOSE_FOLLOW_UP));
  EXPECT_THAT(school.data_subjects(),
              ElementsAre(v1::DATA_SUBJECT_YOUNG_PERSONS, v1::DATA_SUBJECT_GUARDIANS,
                          v1::DATA_SUBJECT_STAFF));
  EXPECT_THAT(record("TYR-FRI").data_subjects(), ElementsAre(v1::DATA_SUBJECT_STAFF));
  EXPECT_EQ(school.security_measures_size(), static_cast<int>(handlers::security_measures.size()));
}

TEST_F(Register, CountsNotesPlanMinutesAndCommitments) {
  full_old_case(town);
  EXPECT_THAT(data("TYR-SSPF"), ElementsAre("IDENTITY GENERAL <5", "MAPPING GENERAL <5",
                                            "PLAN GENERAL <5", "MINUTES GENERAL <5"));
  EXPECT_THAT(data("TYR-SKO"), Contains("PLAN PUPIL_WELFARE <5"));
}

TEST_F(Register, CountsARequestByLawAsTheAskedAgencys) {
  const std::string number = load.mapped();
  load.assign(number, cast.social_tyr);
  EXPECT_THAT(data("TYR-SOC"), IsEmpty());
  auto duty = of_case<v1::RegisterDutyRequestRequest>(number);
  duty.set_asking_agency_code("LPO-POL");
  duty.set_basis_code("OSL-10-28");
  duty.set_received_on("2026-11-20");
  duty.set_question("Kontaktuppgifter?");
  load.get<v1::RegisterDutyRequestResponse>(cast.social_tyr, "DutyService/RegisterDutyRequest",
                                            duty);
  EXPECT_THAT(data("TYR-SOC"), ElementsAre("MAPPING SOCIAL_SERVICES <5"));
  move("TYR-SOC", "NAC");
  EXPECT_THAT(controllers("TYR"), Contains("TYR-SOC"));
}

TEST_F(Register, CountsFewCasesAsFewAndTheRestOneByOne) {
  for (std::size_t i = 1; i < limits::counted_cases_min; ++i) noted_case();
  EXPECT_THAT(data("TYR-SKO"), ElementsAre("MAPPING PUPIL_WELFARE <5"));
  // A second note of a case is no second case.
  const std::string number = noted_case();
  load.note(cast.school_tyr, number, "Frånvaro i nian.");
  EXPECT_THAT(data("TYR-SKO"), ElementsAre("MAPPING PUPIL_WELFARE 5"));
  noted_case();
  EXPECT_THAT(data("TYR-SKO"), ElementsAre("MAPPING PUPIL_WELFARE 6"));
}

TEST_F(Register, CountsNoGroupsAndNothingOfAnotherMunicipality) {
  const std::string group = load.create(new_group());
  load.assign(group, cast.school_tyr);
  load.note(cast.school_tyr, group, "Torget på kvällarna.");
  noted_case_of_nacka();
  for (const char* agency : {"TYR-SKO", "TYR-SSPF", "LPO-POL"}) {
    EXPECT_THAT(data(agency), IsEmpty()) << agency;
    EXPECT_THAT(recipients(agency), IsEmpty()) << agency;
  }
  const auto nacka = shown(cast.root, "NAC");
  ASSERT_EQ(nacka.records(0).agency_code(), "LPO-POL");
  ASSERT_EQ(nacka.records(0).data_categories_size(), 1);
  EXPECT_EQ(nacka.records(0).data_categories(0).cases(), "<5");
}

TEST_F(Register, HoldsNothingOfADisposedCase) {
  full_old_case(town);
  ASSERT_FALSE(data("TYR-SSPF").empty());
  town.dispose_of_everything();
  for (const char* agency : {"TYR-SKO", "TYR-SOC", "TYR-SSPF", "LPO-POL"}) {
    EXPECT_THAT(data(agency), IsEmpty()) << agency;
    EXPECT_THAT(recipients(agency), IsEmpty()) << agency;
  }
}

TEST_F(Register, KeepsAControllerThatHasLeftWhileItOwnsSomething) {
  noted_case();
  move("TYR-FRI", "NAC");
  move("TYR-SKO", "NAC");
  EXPECT_THAT(controllers("TYR"), ElementsAre("LPO-POL", "TYR-SKO", "TYR-SOC", "TYR-SSPF"));
  EXPECT_THAT(controllers("NAC"),
              ElementsAre("LPO-POL", "NAC-SKO", "NAC-SSPF", "TYR-FRI", "TYR-SKO"));
  EXPECT_THAT(data("TYR-SKO"), ElementsAre("MAPPING PUPIL_WELFARE <5"));
}

TEST_F(Register, ShowsTheRulesOfRetentionInForce) {
  v1::SetRetentionRuleRequest rule = new_rule(7);
  rule.add_preserved_birth_days(31);
  load.get<v1::SetRetentionRuleResponse>(cast.admin_tyr, "RetentionService/SetRetentionRule", rule);
  const v1::ProcessingRecord school = record("TYR-SKO");
  ASSERT_EQ(school.retention_size(), 2);
  EXPECT_EQ(school.retention(0).category(), v1::DOCUMENT_CATEGORY_CASE);
  EXPECT_EQ(school.retention(0).years(), 7U);
  EXPECT_FALSE(school.retention(0).rule().empty());
  EXPECT_THAT(school.retention(0).preserved_birth_days(), ElementsAre(31U));
  EXPECT_EQ(school.retention(1).category(), v1::DOCUMENT_CATEGORY_MEETING);
  EXPECT_EQ(school.retention(1).years(), 5U);
  EXPECT_THAT(school.retention(1).preserved_birth_days(), ElementsAre(5U, 15U, 25U));
}

TEST_F(Register, ComesInPiecesOfAtMostAPage) {
  std::vector<std::string> bodies;
  for (std::uint32_t i = 0; i < limits::page_size_max; ++i) {
    v1::CreateAgencyRequest create;
    create.set_code("SKOLA-" + std::to_string(1000 + i));
    create.set_name("Skola");
    create.set_kind(v1::AGENCY_KIND_SCHOOL);
    create.add_municipality_codes("TYR");
    bodies.push_back(body_with_request_id(create));
  }
  ASSERT_EQ(load.call_all(cast.root, "AgencyService/CreateAgency", bodies), bodies.size());
  const Answered answered = load.server.call(cast.admin_tyr, std::string("sspf.v1.") + get_register,
                                             of_tyr<v1::GetProcessingRegisterRequest>());
  EXPECT_EQ(answered.bodies.size(), 2U);
  const std::vector<std::string> codes = controllers("TYR");
  EXPECT_EQ(codes.size(), limits::page_size_max + 5);
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), codes.size());
}

}  // namespace
}  // namespace sspf::test
