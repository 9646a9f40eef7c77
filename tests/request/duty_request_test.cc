// SPDX-License-Identifier: Apache-2.0
//
// Requests of law enforcement under a duty to disclose (2025:170, R10): recorded with their answer,
// of the agency that was asked, and never a way into the case.
#include <gtest/gtest.h>

#include "tests/request/refused.h"
#include "tests/support/caseload.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

struct DutyRequests : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const std::string number = load.mapped();
  StoredRows rows{load.server.config()};

  void SetUp() override {
    load.assign(number, cast.school_tyr);
    load.assign(number, cast.social_tyr);
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
  std::string registered(const Account& caller, const std::string& basis) {
    v1::RegisterDutyRequestRequest request = duty();
    request.set_basis_code(basis);
    return load
        .get<v1::RegisterDutyRequestResponse>(caller, "DutyService/RegisterDutyRequest", request)
        .duty_request();
  }
  v1::AnswerDutyRequestRequest answer_to(const std::string& ref, v1::DutyAnswer given) {
    v1::AnswerDutyRequestRequest answer;
    answer.set_case_number(number);
    answer.set_duty_request(ref);
    answer.set_answer(given);
    answer.set_decided_by("Rut Rektor");
    answer.set_reasoning("Närvaro lämnas, övrigt inte.");
    return answer;
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
  std::vector<v1::DutyRequest> duties(const Account& caller) {
    v1::ListDutyRequestsRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListDutyRequestsResponse>(caller, "DutyService/ListDutyRequests", request);
    return {response.requests().begin(), response.requests().end()};
  }
};

// R10: one way, with its balancing, and never a way into the case.
TEST_F(DutyRequests, ARequestByLawIsRecordedAndAnsweredByWhoWasAsked) {
  const auto registered = load.get<v1::RegisterDutyRequestResponse>(
      cast.school_tyr, "DutyService/RegisterDutyRequest", duty());
  EXPECT_EQ(load.server.last_event().item_version(), 1U);
  ASSERT_EQ(duties(cast.school_tyr).size(), 1U);
  EXPECT_EQ(duties(cast.school_tyr)[0].answer(), v1::DUTY_ANSWER_UNSPECIFIED);
  v1::AnswerDutyRequestRequest answer;
  answer.set_case_number(number);
  answer.set_duty_request(registered.duty_request());
  answer.set_answer(v1::DUTY_ANSWER_PARTLY_GIVEN);
  answer.set_decided_by("Rut Rektor");
  answer.set_reasoning("Närvaro lämnas, övrigt inte.");
  EXPECT_EQ(refused(cast.social_tyr, "DutyService/AnswerDutyRequest", answer), told::hidden);
  load.get<v1::AnswerDutyRequestResponse>(cast.school_tyr, "DutyService/AnswerDutyRequest", answer);
  EXPECT_EQ(refused(cast.school_tyr, "DutyService/AnswerDutyRequest", answer),
            "failed_precondition/answered_already");
  const auto rows_of_school = duties(cast.school_tyr);
  ASSERT_EQ(rows_of_school.size(), 1U);
  EXPECT_EQ(rows_of_school[0].question(), "Närvaro under oktober.");
  EXPECT_EQ(rows_of_school[0].answer(), v1::DUTY_ANSWER_PARTLY_GIVEN);
  EXPECT_EQ(rows_of_school[0].reasoning(), "Närvaro lämnas, övrigt inte.");
  EXPECT_EQ(rows_of_school[0].decided_by(), "Rut Rektor");
  EXPECT_EQ(rows_of_school[0].answered_by_handle(), cast.school_tyr.handle);
  EXPECT_EQ(rows_of_school[0].asking_agency_code(), "LPO-POL");
  EXPECT_TRUE(duties(cast.social_tyr).empty());
  EXPECT_TRUE(duties(cast.coordinator_tyr).empty());
  load.assign(number, cast.police);
  EXPECT_TRUE(load.listed(cast.police).empty());
}

TEST_F(DutyRequests, ARequestByLawComesFromTheOneWhomTheLawNames) {
  v1::RegisterDutyRequestRequest request = duty();
  request.set_asking_agency_code("TYR-SOC");
  EXPECT_EQ(refused(cast.school_tyr, "DutyService/RegisterDutyRequest", request),
            "failed_precondition/wrong_recipient");
  request = duty();
  EXPECT_EQ(
      refused(cast.social_tyr, "DutyService/RegisterDutyRequest", request),  // 7 § is the school's
      "failed_precondition/wrong_recipient");
  request.set_received_on("2026-11-25");
  EXPECT_EQ(refused(cast.school_tyr, "DutyService/RegisterDutyRequest", request),
            "invalid_argument/in_future(received_on)");
}

// 6 and 7 §§ stop at 26 kap. OSL, which is all that social services hold; contact data of 4 § do
// not.
TEST_F(DutyRequests, NothingIsGivenThatTheDutyDoesNotReach) {
  const std::string general = registered(cast.social_tyr, "L-2025-170-6");
  for (const auto given : {v1::DUTY_ANSWER_GIVEN, v1::DUTY_ANSWER_PARTLY_GIVEN}) {
    EXPECT_EQ(refused(cast.social_tyr, "DutyService/AnswerDutyRequest", answer_to(general, given)),
              "failed_precondition/secrecy_class_not_covered(answer)");
  }
  EXPECT_EQ(outcome(cast.social_tyr, "DutyService/AnswerDutyRequest",
                    answer_to(general, v1::DUTY_ANSWER_REFUSED)),
            "ok");
  const std::string contact = registered(cast.social_tyr, "L-2025-170-4");
  EXPECT_EQ(outcome(cast.social_tyr, "DutyService/AnswerDutyRequest",
                    answer_to(contact, v1::DUTY_ANSWER_GIVEN)),
            "ok");
  const std::string of_school = registered(cast.school_tyr, "L-2025-170-6");
  EXPECT_EQ(outcome(cast.school_tyr, "DutyService/AnswerDutyRequest",
                    answer_to(of_school, v1::DUTY_ANSWER_GIVEN)),
            "ok");
}

TEST_F(DutyRequests, ComeInPiecesInTheOrderInWhichTheyWereRecorded) {
  constexpr std::size_t longest = 4000;  // characters of a question
  constexpr int count = 80;
  const auto question = [](int i) {
    std::string text = std::to_string(i) + " ";
    for (std::size_t at = text.size(); at < longest; ++at) text += "\xF0\x9F\x8C\xB2";
    return text;
  };
  for (int i = 0; i < count; ++i) {
    v1::RegisterDutyRequestRequest request = duty();
    request.set_question(question(i));
    load.get<v1::RegisterDutyRequestResponse>(cast.school_tyr, "DutyService/RegisterDutyRequest",
                                              request);
  }
  v1::ListDutyRequestsRequest request;
  request.set_case_number(number);
  const std::uint64_t before = load.server.event_count();
  const Answered answered =
      load.server.call(cast.school_tyr, "sspf.v1.DutyService/ListDutyRequests", request);
  EXPECT_EQ(answered.bodies.size(), 2U);
  EXPECT_EQ(load.server.event_count(), before + 2);
  const auto found = answered.as<v1::ListDutyRequestsResponse>().requests();
  ASSERT_EQ(found.size(), count);
  for (int i = 0; i < count; ++i) EXPECT_EQ(found[i].question(), question(i));
}

}  // namespace
}  // namespace sspf::test
