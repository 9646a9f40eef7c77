// SPDX-License-Identifier: Apache-2.0
//
// What holds for every call: one event each, writes done once, dry runs, batches, and what a call
// that fails leaves behind.
#include "server/rpc/serve.h"

#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "tests/support/cast.h"

namespace sspf::test::serve {
namespace {

constexpr auto create = "sspf.v1.MunicipalityService/CreateMunicipality";

v1::CreateMunicipalityRequest municipality(const std::string& code, const std::string& request_id) {
  v1::CreateMunicipalityRequest request;
  request.mutable_write()->set_request_id(request_id);
  request.set_code(code);
  request.set_name("Kommun " + code);
  return request;
}

struct Serve : testing::Test {
  TestServer server;

  std::size_t municipality_count() {
    return static_cast<std::size_t>(
        server
            .get<v1::ListMunicipalitiesResponse>(server.root(),
                                                 "sspf.v1.MunicipalityService/ListMunicipalities",
                                                 v1::ListMunicipalitiesRequest())
            .municipalities_size());
  }
  HttpRequest http(const google::protobuf::Message& request) {
    HttpRequest made;
    made.path = std::string("/") + create;
    made.content_type = "application/proto";
    made.body = request.SerializeAsString();
    made.peer_address = "127.0.0.1";
    made.certificate = server.root().certificate;
    made.arrived = server.now();
    return made;
  }
};

TEST_F(Serve, ARepeatedRequestIdGivesTheFirstAnswerAndChangesNothing) {
  const auto request = municipality("VAR", "aaaaaaaaaaaaaaaa");
  const auto first = server.call(server.root(), create, request);
  const auto second = server.call(server.root(), create, request);
  EXPECT_EQ(first.summary(), "ok");
  EXPECT_EQ(second.summary(), "ok");
  EXPECT_EQ(first.bodies, second.bodies);
  EXPECT_EQ(server.last_event().outcome(), v1::OUTCOME_REPEATED);
  EXPECT_EQ(municipality_count(), 1U);
}

TEST_F(Serve, ARequestIdWithAnotherBodyOrMethodIsRefused) {
  server.call(server.root(), create, municipality("VAR", "aaaaaaaaaaaaaaaa"));
  EXPECT_EQ(server.call(server.root(), create, municipality("TYR", "aaaaaaaaaaaaaaaa")).summary(),
            "already_exists/request_id_reused(write.request_id)");
  v1::CreateAgencyRequest agency;
  agency.mutable_write()->set_request_id("aaaaaaaaaaaaaaaa");
  agency.set_code("VAR-SKO");
  agency.set_name("Skolan");
  agency.set_kind(v1::AGENCY_KIND_SCHOOL);
  agency.add_municipality_codes("VAR");
  EXPECT_EQ(server.call(server.root(), "sspf.v1.AgencyService/CreateAgency", agency).summary(),
            "already_exists/request_id_reused(write.request_id)");
  EXPECT_EQ(municipality_count(), 1U);
}

TEST_F(Serve, TwoAccountsMayChooseTheSameRequestId) {
  Cast cast(server);
  v1::IssueEnrolmentCodeRequest request;
  request.mutable_write()->set_request_id("bbbbbbbbbbbbbbbb");
  request.set_handle(cast.school_tyr.handle);
  const std::string rpc = "sspf.v1.AccountService/IssueEnrolmentCode";
  EXPECT_EQ(server.call(cast.root, rpc, request).summary(), "ok");
  EXPECT_EQ(server.call(cast.admin_tyr, rpc, request).summary(), "ok");
  EXPECT_EQ(server.last_event().outcome(), v1::OUTCOME_ALLOWED);
}

TEST_F(Serve, ACodeIsShownOnceAndNotKeptForARepetition) {
  Cast cast(server);
  v1::IssueEnrolmentCodeRequest request;
  request.mutable_write()->set_request_id("cccccccccccccccc");
  request.set_handle(cast.school_tyr.handle);
  const std::string rpc = "sspf.v1.AccountService/IssueEnrolmentCode";
  const auto first = server.get<v1::IssueEnrolmentCodeResponse>(cast.root, rpc, request);
  const auto second = server.get<v1::IssueEnrolmentCodeResponse>(cast.root, rpc, request);
  EXPECT_FALSE(first.code().empty());
  EXPECT_TRUE(second.code().empty());
  EXPECT_EQ(first.expires_at().seconds(), second.expires_at().seconds());
}

TEST_F(Serve, ADryRunAnswersAndStoresNothingButItsEvent) {
  auto request = municipality("VAR", "dddddddddddddddd");
  request.mutable_write()->set_dry_run(true);
  EXPECT_EQ(server.call(server.root(), create, request).summary(), "ok");
  EXPECT_EQ(server.last_event().outcome(), v1::OUTCOME_DRY_RUN);
  EXPECT_EQ(server.last_event().municipality_id(), "");  // it would be the id of nothing
  EXPECT_EQ(municipality_count(), 0U);
  // Its request_id is free again.
  request.mutable_write()->set_dry_run(false);
  EXPECT_EQ(server.call(server.root(), create, request).summary(), "ok");
  EXPECT_EQ(server.last_event().municipality_id().size(), 16U);
  EXPECT_EQ(municipality_count(), 1U);
}

TEST_F(Serve, ADryRunOfANewAccountNamesNone) {
  const Cast cast(server);
  v1::CreateAccountRequest request;
  request.set_handle("nya.namn");
  request.set_name("Nya Namn");
  request.set_agency_code("TYR-SKO");
  v1::RoleGrant& role = *request.add_roles();
  role.set_role(v1::ROLE_MEMBER);
  role.set_municipality_code("TYR");
  request.mutable_write()->set_dry_run(true);
  const std::string rpc = "sspf.v1.AccountService/CreateAccount";
  EXPECT_EQ(server.call(cast.root, rpc, request).summary(), "ok");
  EXPECT_EQ(server.last_event().outcome(), v1::OUTCOME_DRY_RUN);
  EXPECT_EQ(server.last_event().subject_account_id(), "");
  request.mutable_write()->set_dry_run(false);
  EXPECT_EQ(server.call(cast.root, rpc, request).summary(), "ok");
  EXPECT_EQ(server.last_event().subject_account_id().size(), 16U);
}

TEST_F(Serve, ADryRunIsRefusedAsTheRealCallWouldBe) {
  server.call(server.root(), create, municipality("VAR", "eeeeeeeeeeeeeeee"));
  auto request = municipality("VAR", "ffffffffffffffff");
  request.mutable_write()->set_dry_run(true);
  EXPECT_EQ(server.call(server.root(), create, request).summary(),
            "already_exists/already_there(code)");
}

TEST_F(Serve, EachCallOfABatchStandsByItself) {
  const std::uint64_t before = server.event_count();
  const auto responses = rpc::serve_batch(
      server.installation().services(),
      {http(municipality("VAR", "1111111111111111")), http(municipality("VAR", "2222222222222222")),
       http(municipality("fel", "3333333333333333")),
       http(municipality("TYR", "4444444444444444"))});
  ASSERT_EQ(responses.size(), 4U);
  EXPECT_EQ(responses[0].status, 200);
  EXPECT_EQ(responses[1].status, 409);
  EXPECT_EQ(responses[2].status, 400);
  EXPECT_EQ(responses[3].status, 200);
  EXPECT_EQ(server.event_count(), before + 4);
  EXPECT_EQ(municipality_count(), 2U);
}

TEST_F(Serve, EventsAreNumberedWithoutGapsAndTimeNeverRunsBackwards) {
  server.call(server.root(), create, municipality("VAR", "1111111111111111"));
  server.advance_seconds(-3600);
  server.call(server.root(), create, municipality("TYR", "2222222222222222"));
  const auto events = server.events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].sequence(), i);
    if (i == 0) continue;
    EXPECT_GE(events[i].time_us(), events[i - 1].time_us());
  }
}

TEST_F(Serve, EverythingIsThereAfterARestart) {
  server.call(server.root(), create, municipality("VAR", "1111111111111111"));
  server.installation().checkpointer().sign_if_due();
  const std::uint64_t events = server.event_count();
  const crypto::Digest root = server.installation().database().log_root();
  server.restart();
  EXPECT_EQ(server.event_count(), events);
  EXPECT_EQ(server.installation().database().log_root(), root);
  EXPECT_EQ(municipality_count(), 1U);
}

TEST_F(Serve, TooManyCallsOfOneAccountAreRefusedAndAudited) {
  server.installation().services().rate_limits.calls = rpc::RateLimit({1, 2});
  EXPECT_EQ(municipality_count(), 0U);
  EXPECT_EQ(municipality_count(), 0U);
  const auto third = server.call(server.root(), create, municipality("VAR", "1111111111111111"));
  EXPECT_EQ(third.summary(), "resource_exhausted/too_many_calls");
  EXPECT_EQ(server.last_event().told_reason(), static_cast<std::uint32_t>(Reason::too_many_calls));
  server.advance_seconds(2);
  EXPECT_EQ(municipality_count(), 0U);
}

TEST_F(Serve, LookingUpPersonsIsLimitedForEachAccount) {
  const Cast cast(server);
  server.installation().services().rate_limits.lookups = rpc::RateLimit({1.0 / 180, 1});
  const std::string too_many = "resource_exhausted/too_many_lookups";
  v1::FindCaseRequest find;
  find.set_municipality_code("TYR");
  find.set_identity_number("201105232399");
  const auto look_up = [&](const Account& caller) {
    return server.call(caller, "sspf.v1.CaseService/FindCase", find).summary();
  };
  EXPECT_EQ(look_up(cast.coordinator_tyr), "ok");
  EXPECT_EQ(look_up(cast.coordinator_tyr), too_many);
  EXPECT_EQ(server.last_event().told_reason(),
            static_cast<std::uint32_t>(Reason::too_many_lookups));
  v1::CreateCaseRequest create_case;  // it tells, too, whether the person has a case
  create_case.set_municipality_code("TYR");
  create_case.set_kind(v1::CASE_KIND_INDIVIDUAL);
  create_case.set_title("Test Testsson");
  create_case.set_identity_number("201105232399");
  create_case.set_referring_agency_code("TYR-SKO");
  create_case.mutable_write()->set_dry_run(true);
  EXPECT_EQ(
      server.call(cast.coordinator_tyr, "sspf.v1.CaseService/CreateCase", create_case).summary(),
      too_many);
  EXPECT_NE(look_up(cast.coordinator_nac), too_many);
  server.advance_seconds(180);
  EXPECT_EQ(look_up(cast.coordinator_tyr), "ok");
}

TEST_F(Serve, ARefusalOfAStreamEndsTheStreamAlsoInItsMidst) {
  Cast cast(server);
  for (std::uint32_t i = 0; i < limits::page_size_max; ++i) municipality_count();
  HttpRequest request;
  request.path = "/sspf.v1.AuditService/ListEvents";
  request.content_type = "application/connect+proto";
  request.body = enveloped(0, "");
  request.peer_address = "127.0.0.1";
  request.certificate = cast.auditor.certificate;
  const HttpResponse first = server.raw(request);
  ASSERT_FALSE(first.next_cursor.empty());
  v1::SuspendAccountRequest suspend;
  suspend.set_handle(cast.auditor.handle);
  ASSERT_EQ(server.call(cast.root, "sspf.v1.AccountService/SuspendAccount", suspend).summary(),
            "ok");
  request.stream_cursor = first.next_cursor;
  const HttpResponse second = server.raw(request);
  EXPECT_TRUE(second.is_stream);
  EXPECT_EQ(second.next_cursor, "");
  Answered answered;
  read_envelopes(second.body, answered);
  EXPECT_EQ(answered.summary(), "unauthenticated/unknown_certificate");
  EXPECT_TRUE(answered.bodies.empty());
}

TEST_F(Serve, StrangersBeyondTheirRateLeaveNoEventOfTheirOwn) {
  server.installation().services().rate_limits.strangers = rpc::RateLimit({1, 1});
  const std::uint64_t before = server.event_count();
  EXPECT_EQ(server.call(Account(), create, municipality("VAR", "1111111111111111")).summary(),
            "unauthenticated/no_certificate");
  EXPECT_EQ(server.call(Account(), create, municipality("VAR", "1111111111111111")).summary(),
            "resource_exhausted/too_many_calls");
  EXPECT_EQ(server.event_count(), before + 1);
  EXPECT_EQ(server.installation().services().rate_limits.floods_refused, 1U);
  // Another source has a rate of its own.
  HttpRequest elsewhere;
  elsewhere.path = "/" + std::string(create);
  elsewhere.content_type = "application/proto";
  elsewhere.peer_source = "elsewhere";
  EXPECT_EQ(server.raw(elsewhere).status, 401);
  EXPECT_EQ(server.event_count(), before + 2);
}

}  // namespace
}  // namespace sspf::test::serve
