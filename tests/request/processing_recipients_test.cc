// SPDX-License-Identifier: Apache-2.0
//
// Whom the register of processing names as recipients: by consents that run, by standing bases in
// force, and by what was given after an assessment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sspf/v1/basis.pb.h"
#include "tests/request/register_reader.h"

namespace sspf::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Recipients : testing::Test, RegisterReader {
  v1::RecordDisclosureRequest disclosure(const std::string& number, const std::string& note) {
    auto request = of_case<v1::RecordDisclosureRequest>(number);
    request.set_note(note);
    request.set_version(1);
    request.set_recipient_agency_code("LPO-POL");
    request.set_basis_code("OSL-10-2");
    request.set_decided_by("Rut Rektor");
    request.set_reasoning("Behövs för att avvärja fara; litet men.");
    return request;
  }
  void ask_by_law(const Account& asked, const std::string& number, v1::DutyAnswer answer) {
    auto duty = of_case<v1::RegisterDutyRequestRequest>(number);
    duty.set_asking_agency_code("LPO-POL");
    duty.set_basis_code("L-2025-170-7");
    duty.set_received_on("2026-11-20");
    duty.set_question("Närvaro under oktober.");
    auto reply = of_case<v1::AnswerDutyRequestRequest>(number);
    reply.set_duty_request(
        load.get<v1::RegisterDutyRequestResponse>(asked, "DutyService/RegisterDutyRequest", duty)
            .duty_request());
    reply.set_answer(answer);
    reply.set_decided_by("Rut Rektor");
    reply.set_reasoning("Efter avvägning.");
    load.get<v1::AnswerDutyRequestResponse>(asked, "DutyService/AnswerDutyRequest", reply);
  }
};

TEST_F(Recipients, NamesWhomARunningConsentNames) {
  const std::string number = noted_case();
  EXPECT_THAT(recipients("TYR-SKO"), ElementsAre("SOCIAL_SERVICES CONSENT", "PARTNER CONSENT"));
  EXPECT_THAT(recipients("TYR-SSPF"), ElementsAre("SOCIAL_SERVICES CONSENT", "SCHOOL CONSENT"));
  // It owns nothing that anybody could be given.
  EXPECT_THAT(recipients("TYR-FRI"), IsEmpty());
  for (const char* day : {"2026-10-31", "2027-02-01"}) {
    load.server.set_date(day);
    EXPECT_THAT(recipients("TYR-SKO"), IsEmpty()) << day;
  }
  load.server.set_date("2026-11-24");
  Terms police;
  police.agencies = {"LPO-POL"};
  const std::string more = load.consent(number, police);
  EXPECT_THAT(recipients("TYR-SKO"),
              ElementsAre("SOCIAL_SERVICES CONSENT", "POLICE CONSENT", "PARTNER CONSENT"));
  load.revoke(number, more);
  EXPECT_THAT(recipients("TYR-SKO"), ElementsAre("SOCIAL_SERVICES CONSENT", "PARTNER CONSENT"));
}

TEST_F(Recipients, NamesNobodyByAConsentWhoseParagraphIsDisabledHere) {
  noted_case();
  v1::DecideBasisRequest decision;
  decision.set_basis_code("OSL-12-2");
  decision.set_valid_from("2009-06-30");
  decision.set_decided_by("Julia Jurist");
  decision.set_decision("KS 2026/17");
  decision.set_decided_on("2026-11-20");
  decision.set_municipality_code("NAC");
  load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decision);
  EXPECT_EQ(recipients("TYR-SKO").size(), 2U);
  decision.set_municipality_code("TYR");
  load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decision);
  EXPECT_THAT(recipients("TYR-SKO"), IsEmpty());
  decision.set_municipality_code("NAC");
  decision.set_enabled(true);
  load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decision);
  EXPECT_THAT(recipients("TYR-SKO"), IsEmpty());
}

TEST_F(Recipients, NamesWhomAStandingBasisNamesWhereItIsEnabledAndInForce) {
  v1::AddBasisRequest add;
  v1::LegalBasis& basis = *add.mutable_basis();
  basis.set_code("PROV-1");
  basis.set_paragraph("1 § provlagen");
  basis.set_title_swedish("Skolan till socialtjänsten");
  basis.set_title_english("School to social services");
  basis.set_form(v1::BASIS_FORM_STANDING);
  basis.set_from_kind(v1::AGENCY_KIND_SCHOOL);
  basis.set_to_kind(v1::AGENCY_KIND_SOCIAL_SERVICES);
  basis.add_secrecy_classes(v1::SECRECY_CLASS_PUPIL_WELFARE);
  basis.set_valid_from("2026-11-25");
  basis.set_valid_to("2026-12-31");
  load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", add);
  v1::DecideBasisRequest decision;
  decision.set_municipality_code("NAC");
  decision.set_basis_code("PROV-1");
  decision.set_valid_from("2026-11-25");
  decision.set_enabled(true);
  decision.set_decided_by("Julia Jurist");
  decision.set_decision("KS 2026/17");
  decision.set_decided_on("2026-11-20");
  load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decision);
  load.server.set_date("2026-11-25");
  EXPECT_THAT(recipients("TYR-SKO"), IsEmpty());
  decision.set_municipality_code("TYR");
  load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decision);
  EXPECT_THAT(recipients("TYR-SKO"), ElementsAre("SOCIAL_SERVICES STANDING_BASIS PROV-1"));
  EXPECT_THAT(recipients("TYR-FRI"), IsEmpty());
  for (const char* day : {"2026-11-24", "2027-01-01"}) {
    load.server.set_date(day);
    EXPECT_THAT(recipients("TYR-SKO"), IsEmpty()) << day;
  }
}

TEST_F(Recipients, NamesWhomSomethingWasGivenTo) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  const std::string note = load.note(cast.school_tyr, number, "Frånvaro.");
  ask_by_law(cast.school_tyr, number, v1::DUTY_ANSWER_REFUSED);
  EXPECT_THAT(recipients("TYR-SKO"), Not(Contains(HasSubstr("DISCLOSURE"))));
  ask_by_law(cast.school_tyr, number, v1::DUTY_ANSWER_PARTLY_GIVEN);
  load.get<v1::RecordDisclosureResponse>(cast.school_tyr, "DisclosureService/RecordDisclosure",
                                         disclosure(number, note));
  EXPECT_THAT(recipients("TYR-SKO"),
              ElementsAre("SOCIAL_SERVICES CONSENT", "PARTNER CONSENT",
                          "POLICE DISCLOSURE L-2025-170-7", "POLICE DISCLOSURE OSL-10-2"));
  EXPECT_THAT(recipients("TYR-SSPF"), Not(Contains(HasSubstr("DISCLOSURE"))));
}

TEST_F(Recipients, GivesNothingOfWhatThePoliceWereGivenInAnotherMunicipality) {
  const std::string number = noted_case_of_nacka();
  const auto notes = load.notes(cast.police, number);
  auto given = disclosure(number, notes.at(0).note());
  given.set_recipient_agency_code("NAC-SKO");
  load.get<v1::RecordDisclosureResponse>(cast.police, "DisclosureService/RecordDisclosure", given);
  auto duty = of_case<v1::RegisterDutyRequestRequest>(number);
  duty.set_asking_agency_code("NAC-SKO");
  duty.set_basis_code("OSL-10-28");
  duty.set_received_on("2026-11-20");
  duty.set_question("Uppgift om fara.");
  auto reply = of_case<v1::AnswerDutyRequestRequest>(number);
  reply.set_duty_request(load.get<v1::RegisterDutyRequestResponse>(
                                 cast.police, "DutyService/RegisterDutyRequest", duty)
                             .duty_request());
  reply.set_answer(v1::DUTY_ANSWER_GIVEN);
  reply.set_decided_by("Bo Befäl");
  reply.set_reasoning("Efter avvägning.");
  load.get<v1::AnswerDutyRequestResponse>(cast.police, "DutyService/AnswerDutyRequest", reply);
  const auto nacka = shown(cast.root, "NAC");
  EXPECT_GT(nacka.records(0).recipients_size(), 1);
  EXPECT_THAT(recipients("LPO-POL"), IsEmpty());
}

}  // namespace
}  // namespace sspf::test
