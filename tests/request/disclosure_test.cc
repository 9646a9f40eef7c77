// SPDX-License-Identifier: Apache-2.0
//
// What has gone from one agency to another: the register of what was shown by a consent (R6),
// single items given by a paragraph after an assessment (R7, R8), and requests under 2025:170
// (R10).
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/disclosure.pb.h"
#include "tests/request/refused.h"
#include "tests/support/caseload.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

struct Disclosures : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  StoredRows rows{load.server.config()};
  std::string number = load.mapped();

  Disclosures() {
    load.assign(number, cast.school_tyr);
    load.assign(number, cast.social_tyr);
  }

  v1::RecordDisclosureRequest disclosure(const std::string& note, const std::string& basis) {
    v1::RecordDisclosureRequest request;
    request.set_case_number(number);
    request.set_note(note);
    request.set_version(1);
    request.set_recipient_agency_code("LPO-POL");
    request.set_basis_code(basis);
    request.set_decided_by("Rut Rektor");
    request.set_reasoning("Behövs för att avvärja fara; litet men.");
    return request;
  }
  v1::RegisterDutyRequestRequest duty() {
    v1::RegisterDutyRequestRequest request;
    request.set_case_number(number);
    request.set_asking_agency_code("LPO-POL");
    request.set_basis_code("L-2025-170-7");
    request.set_received_on("2026-11-20");
    request.set_question("Närvaro under oktober.");
    return request;
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1." + rpc, request).summary();
  }
  std::string refused(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    rows.changes();
    const std::string summary = outcome(caller, rpc, request);
    EXPECT_EQ(rows.changes(), "") << summary;
    return summary;
  }
  std::string refused(const v1::RecordDisclosureRequest& request) {
    return refused(cast.school_tyr, "DisclosureService/RecordDisclosure", request);
  }
  std::vector<v1::ShownItem> shown(const Account& caller) {
    v1::ListShownItemsRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListShownItemsResponse>(caller, "DisclosureService/ListShownItems", request);
    return {response.items().begin(), response.items().end()};
  }
  std::vector<v1::Disclosure> disclosed(const Account& caller) {
    v1::ListDisclosuresRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListDisclosuresResponse>(caller, "DisclosureService/ListDisclosures", request);
    return {response.disclosures().begin(), response.disclosures().end()};
  }
};

TEST_F(Disclosures, TheRegisterHoldsWhatOthersWereShownAndByWhichEvent) {
  load.note(cast.school_tyr, number, "Skolans anteckning");
  EXPECT_TRUE(shown(cast.school_tyr).empty());
  load.notes(cast.school_tyr, number);  // the own agency's
  EXPECT_TRUE(shown(cast.school_tyr).empty());
  load.notes(cast.social_tyr, number);
  const v1::AuditEvent event = load.server.last_event();
  load.notes(cast.social_tyr, number);  // the first time counts
  const auto items = shown(cast.school_tyr);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].owner_agency_code(), "TYR-SKO");
  EXPECT_EQ(items[0].recipient_agency_code(), "TYR-SOC");
  EXPECT_EQ(items[0].item_version(), 1U);
  EXPECT_EQ(items[0].sequence(), event.sequence());
  const std::string& basis = event.cases_shown(0).basis_id();
  EXPECT_EQ(items[0].basis_ref(), BasisId::of(crypto::view_of(basis)).text());
  // Nobody else's matter; and what the coordination writes is the coordinator's to follow.
  EXPECT_TRUE(shown(cast.social_tyr).empty());
  load.show(cast.social_tyr, number);
  const auto of_coordination = shown(cast.coordinator_tyr);
  ASSERT_EQ(of_coordination.size(), 1U);
  EXPECT_EQ(of_coordination[0].owner_agency_code(), "TYR-SSPF");
  EXPECT_EQ(of_coordination[0].recipient_agency_code(), "TYR-SOC");
}

// R6: a revocation is prospective; what was shown before stays known.
TEST_F(Disclosures, TheRegisterOutlivesTheConsent) {
  load.note(cast.school_tyr, number, "Skolans anteckning");
  load.notes(cast.social_tyr, number);
  v1::ListConsentsRequest list;
  list.set_case_number(number);
  const auto consents =
      load.get<v1::ListConsentsResponse>(cast.coordinator_tyr, "ConsentService/ListConsents", list);
  load.consent(number, {.agencies = {"TYR-SKO"}});
  load.revoke(number, consents.consents(0).consent());
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());
  EXPECT_EQ(shown(cast.school_tyr).size(), 1U);
}

TEST_F(Disclosures, ADryRunOrARefusalShowsNothing) {
  load.note(cast.school_tyr, number, "Skolans anteckning");
  v1::ListNotesRequest request;
  request.set_case_number(number);
  EXPECT_EQ(outcome(cast.police, "CaseService/ListNotes", request), told::hidden);
  EXPECT_TRUE(shown(cast.school_tyr).empty());
}

TEST_F(Disclosures, OneNoteIsGivenAfterAnAssessment) {
  const std::string note = load.note(cast.school_tyr, number, "Skolans anteckning");
  load.get<v1::RecordDisclosureResponse>(cast.school_tyr, "DisclosureService/RecordDisclosure",
                                         disclosure(note, "OSL-10-27"));
  EXPECT_EQ(load.server.last_event().item_id().size(), 16U);
  const auto rows_of_school = disclosed(cast.school_tyr);
  ASSERT_EQ(rows_of_school.size(), 1U);
  const v1::Disclosure& row = rows_of_school[0];
  EXPECT_EQ(row.note(), note);
  EXPECT_EQ(row.note_version(), 1U);
  EXPECT_EQ(row.owner_agency_code(), "TYR-SKO");
  EXPECT_EQ(row.recipient_agency_code(), "LPO-POL");
  EXPECT_EQ(row.basis_code(), "OSL-10-27");
  EXPECT_EQ(row.disclosed_on(), "2026-11-24");
  EXPECT_EQ(row.decided_by(), "Rut Rektor");
  EXPECT_EQ(row.reasoning(), "Behövs för att avvärja fara; litet men.");
  EXPECT_EQ(row.author_handle(), cast.school_tyr.handle);
  // It lets nobody in, and is the owner's alone.
  load.assign(number, cast.police);
  EXPECT_TRUE(load.listed(cast.police).empty());
  EXPECT_TRUE(disclosed(cast.social_tyr).empty());
  EXPECT_TRUE(disclosed(cast.coordinator_tyr).empty());
}

// R8: the general clause is not for 26 kap.
TEST_F(Disclosures, TheGeneralClauseIsRefusedForTheSocialServices) {
  const std::string note = load.note(cast.social_tyr, number, "Socialtjänstens anteckning");
  EXPECT_EQ(
      refused(cast.social_tyr, "DisclosureService/RecordDisclosure", disclosure(note, "OSL-10-27")),
      "failed_precondition/secrecy_class_not_covered(basis_code)");
  EXPECT_EQ(outcome(cast.social_tyr, "DisclosureService/RecordDisclosure",
                    disclosure(note, "OSL-10-18A")),
            "ok");
}

// R7: from social services to the police, about a person under 21.
TEST_F(Disclosures, AParagraphCoversItsWayAndItsAgeAlone) {
  const std::string of_school = load.note(cast.school_tyr, number, "Skolans anteckning");
  EXPECT_EQ(refused(disclosure(of_school, "OSL-10-18A")), "failed_precondition/wrong_recipient");
  const std::string of_social = load.note(cast.social_tyr, number, "Socialtjänstens anteckning");
  v1::RecordDisclosureRequest request = disclosure(of_social, "OSL-10-18A");
  request.set_recipient_agency_code("TYR-SKO");
  EXPECT_EQ(refused(cast.social_tyr, "DisclosureService/RecordDisclosure", request),
            "failed_precondition/wrong_recipient");

  v1::CreateCaseRequest person = new_person("");
  person.set_birth_date("2005-11-24");  // twenty-one today
  number = load.create(person);
  load.assign(number, cast.social_tyr);
  load.consent(number, {.signers = "y"});
  request = disclosure(load.note(cast.social_tyr, number, "Anteckning"), "OSL-10-18A");
  EXPECT_EQ(refused(cast.social_tyr, "DisclosureService/RecordDisclosure", request),
            "failed_precondition/too_old_for_basis(basis_code)");
  request.set_disclosed_on("2026-11-23");
  EXPECT_EQ(outcome(cast.social_tyr, "DisclosureService/RecordDisclosure", request), "ok");
}

TEST_F(Disclosures, RefuseWhatIsWrong) {
  const std::string note = load.note(cast.school_tyr, number, "Skolans anteckning");
  for (const char* code : {"OSL-12-2", "OSL-10-15A", "FINNS-EJ"}) {  // a consent's, disabled, none
    EXPECT_EQ(refused(disclosure(note, code)), "failed_precondition/basis_not_in_force(basis_code)")
        << code;
  }
  v1::RecordDisclosureRequest request = disclosure(note, "OSL-10-2");
  request.set_version(2);
  EXPECT_EQ(refused(request), "invalid_argument/unknown_value(version)");
  request = disclosure("finnsej1", "OSL-10-2");
  EXPECT_EQ(refused(request), told::hidden);
  request = disclosure(note, "OSL-10-2");
  request.set_recipient_agency_code("NAC-SKO");
  EXPECT_EQ(refused(request), "invalid_argument/unknown_value(recipient_agency_code)");
  request = disclosure(note, "OSL-10-2");
  request.set_disclosed_on("2026-11-25");
  EXPECT_EQ(refused(request), "invalid_argument/in_future(disclosed_on)");
  request = disclosure(note, "OSL-10-2");
  request.clear_reasoning();
  EXPECT_EQ(refused(request), "invalid_argument/missing(reasoning)");
  request = disclosure(note, "OSL-10-2");
  EXPECT_EQ(refused(cast.social_tyr, "DisclosureService/RecordDisclosure", request),
            "permission_denied/other_agency(note)");
  EXPECT_EQ(refused(cast.coordinator_tyr, "DisclosureService/RecordDisclosure", request),
            "permission_denied/other_agency(note)");
}

TEST_F(Disclosures, ComeInPiecesInTheOrderInWhichTheyWereRecorded) {
  constexpr std::size_t longest = 4000;  // characters of a reasoning
  constexpr int count = 80;
  const auto reasoning = [](int i) {
    std::string text = std::to_string(i) + " ";
    for (std::size_t at = text.size(); at < longest; ++at) text += "\xF0\x9F\x8C\xB2";
    return text;
  };
  const std::string note = load.note(cast.school_tyr, number, "Skolans anteckning");
  for (int i = 0; i < count; ++i) {
    v1::RecordDisclosureRequest request = disclosure(note, "OSL-10-2");
    request.set_reasoning(reasoning(i));
    load.get<v1::RecordDisclosureResponse>(cast.school_tyr, "DisclosureService/RecordDisclosure",
                                           request);
  }
  v1::ListDisclosuresRequest request;
  request.set_case_number(number);
  const Answered answered =
      load.server.call(cast.school_tyr, "sspf.v1.DisclosureService/ListDisclosures", request);
  EXPECT_EQ(answered.bodies.size(), 2U);
  const auto found = answered.as<v1::ListDisclosuresResponse>().disclosures();
  ASSERT_EQ(found.size(), count);
  for (int i = 0; i < count; ++i) EXPECT_EQ(found[i].reasoning(), reasoning(i));
}

TEST_F(Disclosures, AreForThoseWhoMayEnterTheCase) {
  const std::string note = load.note(cast.school_tyr, number, "Skolans anteckning");
  v1::AnswerDutyRequestRequest answer;
  answer.set_case_number(number);
  answer.set_duty_request("finnsej1");
  answer.set_answer(v1::DUTY_ANSWER_GIVEN);
  answer.set_decided_by("Rut Rektor");
  answer.set_reasoning("Skäl.");
  v1::ListShownItemsRequest items;
  items.set_case_number(number);
  v1::ListDisclosuresRequest disclosures;
  disclosures.set_case_number(number);
  v1::ListDutyRequestsRequest requests;
  requests.set_case_number(number);
  const v1::RecordDisclosureRequest record = disclosure(note, "OSL-10-2");
  const v1::RegisterDutyRequestRequest ask = duty();
  const std::pair<std::string, const google::protobuf::Message*> calls[] = {
      {"DisclosureService/RecordDisclosure", &record},
      {"DisclosureService/ListDisclosures", &disclosures},
      {"DisclosureService/ListShownItems", &items},
      {"DutyService/RegisterDutyRequest", &ask},
      {"DutyService/AnswerDutyRequest", &answer},
      {"DutyService/ListDutyRequests", &requests},
  };
  rows.changes();
  for (const auto& [rpc, request] : calls) {
    for (const Account* caller : {&cast.police, &cast.recreation_tyr, &cast.school_nac,
                                  &cast.coordinator_nac, &cast.admin_tyr, &cast.auditor}) {
      EXPECT_EQ(outcome(*caller, rpc, *request), told::hidden) << rpc << " by " << caller->handle;
    }
    EXPECT_EQ(outcome(cast.nobody, rpc, *request), "unauthenticated/no_certificate") << rpc;
  }
  EXPECT_EQ(rows.changes(), "");
}

}  // namespace
}  // namespace sspf::test
