// SPDX-License-Identifier: Apache-2.0
//
// Rows of the directory, of lists and of keys: each of its own municipality and agency.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/request/register_reader.h"

namespace sspf::test {
namespace {

using testing::ElementsAre;

struct MunicipalityRows : testing::Test, RegisterReader {
  // What the tables say of an account's agency: "TYR-SKO SCHOOL Skolan i Tyresö".
  std::string agency_of(const Account& account) {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    const auto facts = unit.facts().account(unit.facts().account_of(account.handle).value());
    const store::Directory& directory = unit.tables().directory;
    return directory.agency_code(facts.agency) + " " +
           v1::AgencyKind_Name(directory.agency_kind(facts.agency)).substr(12) + " " +
           directory.agency_name(facts.agency);
  }
  std::string municipality_name(const std::string& code) {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    return unit.tables().directory.municipality_name(unit.facts().municipality(code).value().id);
  }
  v1::Agency agency(const std::string& code) {
    const auto agencies = load.get<v1::ListAgenciesResponse>(
        cast.root, "AgencyService/ListAgencies", v1::ListAgenciesRequest());
    for (const v1::Agency& each : agencies.agencies()) {
      if (each.code() == code) return each;
    }
    throw std::runtime_error("no agency " + code);
  }
  std::string meeting_in(const Account& coordinator, const std::string& municipality) {
    v1::CreateMeetingRequest create;
    create.set_municipality_code(municipality);
    create.mutable_starts_at()->set_seconds(1'796'126'400);
    create.mutable_ends_at()->set_seconds(1'796'130'000);
    create.set_place("Rum 1");
    v1::GetMeetingRequest read;
    read.set_meeting_number(
        load.get<v1::CreateMeetingResponse>(coordinator, "MeetingService/CreateMeeting", create)
            .number());
    return load.get<v1::GetMeetingResponse>(coordinator, "MeetingService/GetMeeting", read)
        .meeting()
        .municipality_code();
  }
};

TEST_F(MunicipalityRows, NameTheOwnAgencyAndMunicipality) {
  EXPECT_EQ(agency_of(cast.school_tyr), "TYR-SKO SCHOOL " + agency("TYR-SKO").name());
  EXPECT_EQ(agency_of(cast.police), "LPO-POL POLICE " + agency("LPO-POL").name());
  EXPECT_NE(municipality_name("TYR"), municipality_name("NAC"));
  EXPECT_EQ(meeting_in(cast.coordinator_tyr, "TYR"), "TYR");
  EXPECT_EQ(meeting_in(cast.coordinator_nac, "NAC"), "NAC");
}

TEST_F(MunicipalityRows, AnAgencysNewNameIsItsOwn) {
  const std::string before = agency("TYR-FRI").name();
  v1::UpdateAgencyRequest update;
  update.set_code("TYR-SKO");
  update.set_version(agency("TYR-SKO").version());
  update.set_name("Skolan vid sjön");
  update.add_municipality_codes("TYR");
  load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", update);
  EXPECT_EQ(agency("TYR-SKO").name(), "Skolan vid sjön");
  EXPECT_EQ(agency("TYR-FRI").name(), before);
}

// A coordinator of both, whose list for one holds none of the other's cases.
TEST_F(MunicipalityRows, ListsOfDisposalAreOfOneMunicipality) {
  town.old_group();
  const Account both =
      make_account(load.server, {"pia.polis", "LPO-POL", v1::ROLE_COORDINATOR, {"TYR", "NAC"}});
  v1::CreateDisposalListRequest create;
  create.set_municipality_code("NAC");
  const std::string rpc = "DisposalService/CreateDisposalList";
  EXPECT_EQ(load.server.call(both, "sspf.v1." + rpc, create).summary(),
            "failed_precondition/nothing_due");
  create.set_municipality_code("TYR");
  load.get<v1::CreateDisposalListResponse>(both, rpc, create);
  const auto lists_of = [&](const std::string& code) {
    v1::ListDisposalListsRequest request;
    request.set_municipality_code(code);
    return load
        .get<v1::ListDisposalListsResponse>(both, "DisposalService/ListDisposalLists", request)
        .lists_size();
  };
  EXPECT_EQ(lists_of("TYR"), 1);
  EXPECT_EQ(lists_of("NAC"), 0);
}

TEST_F(MunicipalityRows, RulesOfRetentionAreListedWhereTheyHold) {
  auto rule = new_rule(5);
  rule.set_municipality_code("NAC");
  load.get<v1::SetRetentionRuleResponse>(cast.root, "RetentionService/SetRetentionRule", rule);
  const auto rules_of = [&](const std::string& code) {
    v1::ListRetentionRulesRequest request;
    request.set_municipality_code(code);
    return load
        .get<v1::ListRetentionRulesResponse>(cast.root, "RetentionService/ListRetentionRules",
                                             request)
        .rules_size();
  };
  EXPECT_EQ(rules_of("NAC"), 3);  // beside what applies until it has decided
  EXPECT_EQ(rules_of("TYR"), 2);
}

// trust.md 4: so that the details of one can be erased without those of another.
TEST_F(MunicipalityRows, DetailsOfEventsHaveAKeyForEachMunicipality) {
  load.create(new_group());
  meeting_in(cast.coordinator_nac, "NAC");
  store::Connection keystore = open_keystore(load.server.config());
  store::Query query(keystore, "SELECT count(DISTINCT municipality_id) FROM detail_key");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.integer(0), 2);
}

// What an agency of nowhere has to do with a case makes it no controller of another's.
TEST_F(MunicipalityRows, TheRegisterNamesControllersByWhatTheyOwn) {
  const auto of_tyr = ElementsAre("LPO-POL", "TYR-FRI", "TYR-SKO", "TYR-SOC", "TYR-SSPF");
  EXPECT_THAT(controllers("TYR"), of_tyr);
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  v1::AddCommitmentRequest commit;
  commit.set_case_number(number);
  commit.mutable_draft()->set_agency_code("TYR-SKO");
  commit.mutable_draft()->set_responsible("Mentor");
  commit.mutable_draft()->set_action("Ringer hem.");
  commit.mutable_draft()->set_due_date("2026-12-15");
  load.get<v1::AddCommitmentResponse>(cast.coordinator_tyr, "CommitmentService/AddCommitment",
                                      commit);
  EXPECT_THAT(controllers("TYR"), of_tyr);
  auto duty = of_case<v1::RegisterDutyRequestRequest>(number);
  duty.set_asking_agency_code("LPO-POL");
  duty.set_basis_code("L-2025-170-7");
  duty.set_received_on("2026-11-20");
  duty.set_question("Närvaro?");
  load.get<v1::RegisterDutyRequestResponse>(cast.school_tyr, "DutyService/RegisterDutyRequest",
                                            duty);
  EXPECT_THAT(controllers("TYR"), of_tyr);
}

}  // namespace
}  // namespace sspf::test
