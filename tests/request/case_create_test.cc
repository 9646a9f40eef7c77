// SPDX-License-Identifier: Apache-2.0
//
// Registering a case and finding it again by the person's number.
#include <gtest/gtest.h>

#include "tests/support/caseload.h"

namespace sspf::test::case_create {
namespace {

constexpr auto create_case = "sspf.v1.CaseService/CreateCase";
constexpr auto find_case = "sspf.v1.CaseService/FindCase";

struct CaseCreate : testing::Test {
  Caseload load;
  const Account& coordinator = load.cast.coordinator_tyr;

  std::string create_outcome(const v1::CreateCaseRequest& request) {
    return load.server.call(coordinator, create_case, request).summary();
  }
  std::vector<std::string> found(const Account& caller, const std::string& municipality,
                                 const std::string& identity_number) {
    v1::FindCaseRequest request;
    request.set_municipality_code(municipality);
    request.set_identity_number(identity_number);
    std::vector<std::string> numbers;
    const auto response = load.get<v1::FindCaseResponse>(caller, "CaseService/FindCase", request);
    for (const v1::Case& each : response.cases()) numbers.push_back(each.number());
    return numbers;
  }
};

TEST_F(CaseCreate, NumbersCountForEachMunicipalityAndYearOfReferral) {
  EXPECT_EQ(load.create(new_person(number_aged_13)), "TYR-2026-0001");
  EXPECT_EQ(load.create(new_group()), "TYR-2026-0002");
  v1::CreateCaseRequest last_year = new_person(number_aged_15);
  last_year.set_referred_on("2025-12-31");
  EXPECT_EQ(load.create(last_year), "TYR-2025-0001");
  v1::CreateCaseRequest elsewhere = new_person(number_aged_13);
  elsewhere.set_municipality_code("NAC");
  elsewhere.set_referring_agency_code("NAC-SKO");
  EXPECT_EQ(load.get<v1::CreateCaseResponse>(load.cast.coordinator_nac, "CaseService/CreateCase",
                                             elsewhere)
                .number(),
            "NAC-2026-0001");
  EXPECT_EQ(load.create(new_person(number_aged_17)), "TYR-2026-0003");
  EXPECT_EQ(load.listed(coordinator), (std::vector<std::string>{"TYR-2025-0001", "TYR-2026-0001",
                                                                "TYR-2026-0002", "TYR-2026-0003"}));
}

TEST_F(CaseCreate, TheYearIsThatOfStockholm) {
  load.server.set_date("2026-12-31");
  load.server.advance_seconds(11 * 3600 + 3599);  // 23:59:59
  EXPECT_EQ(load.create(new_group()), "TYR-2026-0001");
  load.server.advance_seconds(1);
  EXPECT_EQ(load.create(new_group()), "TYR-2027-0001");
}

TEST_F(CaseCreate, ShowsWhatWasRegistered) {
  v1::CreateCaseRequest request = new_person("110523-2399");
  request.set_referred_on("2026-11-20");
  request.set_concern("Skolan ser ökad frånvaro.");
  const auto created =
      load.get<v1::CreateCaseResponse>(coordinator, "CaseService/CreateCase", request);
  EXPECT_EQ(created.version(), 1U);
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_FALSE(event.case_id().empty());
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_FALSE(event.ciphertext_digest().empty());

  const v1::Case shown = load.show(coordinator, created.number());
  EXPECT_EQ(shown.number(), created.number());
  EXPECT_EQ(shown.kind(), v1::CASE_KIND_INDIVIDUAL);
  EXPECT_EQ(shown.state(), v1::CASE_STATE_REFERRED);
  EXPECT_EQ(shown.municipality_code(), "TYR");
  EXPECT_EQ(shown.referred_on(), "2026-11-20");
  EXPECT_EQ(shown.referring_agency_code(), "TYR-SKO");
  EXPECT_EQ(shown.title(), "Test Testsson");
  EXPECT_EQ(shown.identity_number(), number_aged_15);
  EXPECT_EQ(shown.birth_date(), "2011-05-23");
  EXPECT_EQ(shown.age(), 15U);
  EXPECT_EQ(shown.version(), 1U);

  const auto notes = load.notes(coordinator, created.number());
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].text(), "Skolan ser ökad frånvaro.");
  EXPECT_EQ(notes[0].owner_agency_code(), "TYR-SSPF");
  EXPECT_EQ(notes[0].kind(), v1::INFORMATION_KIND_MAPPING);
}

TEST_F(CaseCreate, AListShowsNoNumberAndNoBirthDate) {
  load.referred();
  const auto response =
      load.get<v1::ListCasesResponse>(coordinator, "CaseService/ListCases", v1::ListCasesRequest());
  ASSERT_EQ(response.cases_size(), 1);
  EXPECT_EQ(response.cases(0).title(), "Test Testsson");
  EXPECT_EQ(response.cases(0).age(), 15U);
  EXPECT_EQ(response.cases(0).identity_number(), "");
  EXPECT_EQ(response.cases(0).birth_date(), "");
}

// R12.
TEST_F(CaseCreate, APersonNeedsNoNumber) {
  v1::CreateCaseRequest request = new_person("");
  v1::Case shown = load.show(coordinator, load.create(request));
  EXPECT_EQ(shown.identity_number(), "");
  EXPECT_EQ(shown.birth_date(), "");
  EXPECT_EQ(shown.age(), 0U);
  request.set_birth_date("2012-03-04");
  shown = load.show(coordinator, load.create(request));
  EXPECT_EQ(shown.identity_number(), "");
  EXPECT_EQ(shown.birth_date(), "2012-03-04");
  EXPECT_EQ(shown.age(), 14U);
}

struct Birth {
  std::string number;
  std::string given;
  std::string expected;
};

TEST_F(CaseCreate, TheGivenBirthDateWinsOverThatInTheNumber) {
  for (const Birth& row :
       {Birth{"201302222391", "2013-02-21", "2013-02-21"}, Birth{"200603792383", "", "2006-03-19"},
        Birth{"200600852388", "2006-04-25", "2006-04-25"}}) {
    v1::CreateCaseRequest request = new_person(row.number);
    request.set_birth_date(row.given);
    EXPECT_EQ(load.show(coordinator, load.create(request)).birth_date(), row.expected)
        << row.number;
  }
}

TEST_F(CaseCreate, RefusesWhatIsWrongAndStoresNothing) {
  const auto with = [](const v1::CreateCaseRequest& base, const std::string& field,
                       const std::string& value) {
    v1::CreateCaseRequest request = base;
    const auto* descriptor = v1::CreateCaseRequest::descriptor()->FindFieldByName(field);
    request.GetReflection()->SetString(&request, descriptor, value);
    return request;
  };
  const v1::CreateCaseRequest person = new_person(number_aged_15);
  v1::CreateCaseRequest without_kind = person;
  without_kind.clear_kind();
  const std::pair<v1::CreateCaseRequest, std::string> rows[] = {
      {with(person, "identity_number", "2011-05-23"), "wrong_number_form(identity_number)"},
      {with(person, "identity_number", "201105232390"), "wrong_check_digit(identity_number)"},
      {with(person, "identity_number", "201113232399"), "impossible_birth_date(identity_number)"},
      {with(person, "identity_number", "203105232399"), "wrong_check_digit(identity_number)"},
      {with(person, "birth_date", "2026-11-25"), "born_in_future(birth_date)"},
      {with(person, "birth_date", "2011-02-29"), "wrong_date(birth_date)"},
      {with(person, "identity_number", "200600852388"), "missing(birth_date)"},
      {with(person, "referred_on", "2026-11-25"), "in_future(referred_on)"},
      {with(person, "referring_agency_code", "NAC-SKO"), "unknown_value(referring_agency_code)"},
      {with(person, "referring_agency_code", "FINNS-EJ"), "unknown_value(referring_agency_code)"},
      {with(person, "title", ""), "missing(title)"},
      {with(person, "title", "Test\nTestsson"), "control_character(title)"},
      {without_kind, "missing(kind)"},
      {with(new_group(), "identity_number", number_aged_15), "unexpected(identity_number)"},
      {with(new_group(), "identity_number", "ingen"), "unexpected(identity_number)"},
      {with(new_group(), "birth_date", "2011-05-23"), "unexpected(birth_date)"},
  };
  for (const auto& [request, expected] : rows) {
    EXPECT_EQ(create_outcome(request), "invalid_argument/" + expected);
  }
  EXPECT_TRUE(load.listed(coordinator).empty());
  EXPECT_EQ(load.create(person), "TYR-2026-0001");
}

TEST_F(CaseCreate, APersonHasOneCaseAtATimeInAMunicipality) {
  const std::string number = load.referred();
  EXPECT_EQ(create_outcome(new_person("110523-2399")),
            "already_exists/case_exists(identity_number)");
  EXPECT_EQ(load.server.last_event().case_id().size(), 16U);
  EXPECT_EQ(load.listed(coordinator), std::vector{number});
  // Somebody else, or nobody named.
  load.create(new_person(number_aged_13));
  load.create(new_person(""));
  load.create(new_person(""));
  // Ended: the person may be referred anew.
  load.advance(number, v1::CASE_STATE_HANDED_OVER);
  const std::string anew = load.referred();
  EXPECT_EQ(found(coordinator, "TYR", number_aged_15), (std::vector{number, anew}));
}

TEST_F(CaseCreate, TheSamePersonTwiceInOneBatchIsRefusedToo) {
  v1::CreateCaseRequest first = new_person(number_aged_15);
  first.mutable_write()->set_request_id("0123456789abcdef-1");
  v1::CreateCaseRequest second = new_person(number_aged_15);
  second.mutable_write()->set_request_id("0123456789abcdef-2");
  EXPECT_EQ(load.call_all(coordinator, "CaseService/CreateCase",
                          {first.SerializeAsString(), second.SerializeAsString()}),
            1U);
  EXPECT_EQ(found(coordinator, "TYR", number_aged_15).size(), 1U);
}

TEST_F(CaseCreate, AnotherMunicipalitysCaseOfThePersonIsNotTold) {
  load.referred();
  v1::CreateCaseRequest elsewhere = new_person(number_aged_15);
  elsewhere.set_municipality_code("NAC");
  elsewhere.set_referring_agency_code("LPO-POL");
  load.get<v1::CreateCaseResponse>(load.cast.coordinator_nac, "CaseService/CreateCase", elsewhere);
  EXPECT_EQ(found(coordinator, "TYR", number_aged_15), std::vector<std::string>{"TYR-2026-0001"});
  EXPECT_EQ(found(load.cast.coordinator_nac, "NAC", number_aged_15),
            std::vector<std::string>{"NAC-2026-0001"});
}

// R14.
TEST_F(CaseCreate, IsFoundByTheNumberHoweverItIsWritten) {
  const std::string number = load.referred();
  for (const char* written : {"201105232399", "20110523-2399", "1105232399", "110523-2399"}) {
    EXPECT_EQ(found(coordinator, "TYR", written), std::vector{number}) << written;
    const v1::AuditEvent event = load.server.last_event();
    EXPECT_EQ(event.case_id().size(), 16U);
    EXPECT_GT(event.items_shown(), 0U);
  }
}

TEST_F(CaseCreate, ANumberWithoutACaseAnswersWithAnEmptyList) {
  load.referred();
  EXPECT_TRUE(found(coordinator, "TYR", number_aged_13).empty());
  EXPECT_TRUE(load.server.last_event().case_id().empty());
  v1::FindCaseRequest wrong;
  wrong.set_municipality_code("TYR");
  wrong.set_identity_number("201105232390");
  EXPECT_EQ(load.server.call(coordinator, find_case, wrong).summary(),
            "invalid_argument/wrong_check_digit(identity_number)");
}

TEST_F(CaseCreate, ARepeatedRequestMakesOneCaseAndADryRunNone) {
  v1::CreateCaseRequest request = new_person(number_aged_15);
  request.mutable_write()->set_request_id("0123456789abcdef");
  v1::CreateCaseRequest dry = new_person(number_aged_15);
  dry.mutable_write()->set_dry_run(true);
  EXPECT_EQ(create_outcome(dry), "ok");
  const v1::AuditEvent tried = load.server.last_event();
  EXPECT_EQ(tried.outcome(), v1::OUTCOME_DRY_RUN);
  EXPECT_EQ(tried.municipality_id().size(), 16U);
  EXPECT_EQ(tried.case_id(), "");  // there is no such case
  EXPECT_EQ(tried.item_id(), "");
  EXPECT_TRUE(load.listed(coordinator).empty());
  EXPECT_EQ(load.create(request), "TYR-2026-0001");
  EXPECT_EQ(load.server.last_event().case_id().size(), 16U);
  EXPECT_EQ(load.server.last_event().item_id(), load.server.last_event().case_id());
  EXPECT_EQ(load.create(request), "TYR-2026-0001");
  EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_REPEATED);
  EXPECT_EQ(load.listed(coordinator).size(), 1U);
}

TEST_F(CaseCreate, IsReadableAfterARestart) {
  const std::string number = load.referred();
  load.server.restart();
  EXPECT_EQ(load.show(coordinator, number).title(), "Test Testsson");
}

}  // namespace
}  // namespace sspf::test::case_create
