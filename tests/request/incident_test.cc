// SPDX-License-Identifier: Apache-2.0
//
// Exports of incidents: who may record one and see them, what is stored, and what the event of it
// carries for the bundle's seal.
#include <gtest/gtest.h>

#include <set>

#include "server/base/limits.h"
#include "server/store/timestamps.h"
#include "sspf/v1/incident.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "tests/support/reviewing.h"

namespace sspf::test::incident {
namespace {

constexpr auto record = "IncidentService/RecordIncidentExport";
constexpr auto list = "IncidentService/ListIncidentExports";
constexpr std::int64_t hour = 3600;

struct IncidentExports : testing::Test {
  Reviewing town;
  const Cast& cast = town.cast;
  TestServer& server = town.server;

  std::int64_t now() const { return server.now().microseconds / 1'000'000; }
  v1::RecordIncidentExportRequest recording() {
    auto request = review_of_tyr<v1::RecordIncidentExportRequest>();
    request.mutable_known_at()->set_seconds(now() - hour);
    request.set_events(3);
    request.set_bundle_sha256(std::string(64, 'a'));
    return request;
  }
  std::string outcome(const Account& caller, const google::protobuf::Message& request) {
    return town.outcome(caller, record, request);
  }
  std::string recorded(const Account& caller, const v1::RecordIncidentExportRequest& request) {
    return town.load.get<v1::RecordIncidentExportResponse>(caller, record, request).incident();
  }
  std::vector<v1::IncidentExport> listed(const std::string& municipality) {
    v1::ListIncidentExportsRequest request;
    request.set_municipality_code(municipality);
    const auto found = town.load.get<v1::ListIncidentExportsResponse>(cast.auditor, list, request);
    return {found.exports().begin(), found.exports().end()};
  }
};

TEST_F(IncidentExports, AreForAuditorsOfTheMunicipalityAlone) {
  auto trial = recording();
  trial.mutable_write()->set_dry_run(true);
  const auto wanted = review_of_tyr<v1::ListIncidentExportsRequest>();
  const auto expect = [&](const Account& caller, const std::string& written,
                          const std::string& read) {
    EXPECT_EQ(outcome(caller, trial), written) << caller.handle;
    EXPECT_EQ(town.outcome(caller, list, wanted), read) << caller.handle;
  };
  const auto expect_refused = [&](const Account& caller, const std::string& refused) {
    expect(caller, refused, refused);
  };
  expect(cast.auditor_tyr, "dry run", "allowed");
  expect(cast.auditor, "dry run", "allowed");
  expect_refused(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  expect_refused(cast.suspended,
                 "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& caller : {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr,
                                cast.social_tyr, cast.recreation_tyr, cast.police}) {
    expect_refused(caller, "refused permission_denied/role_missing for role_missing");
  }
  const Account nacka = make_account(server, {"nina.nord", "NAC-SSPF", v1::ROLE_AUDITOR, {"NAC"}});
  for (const Account& caller : {nacka, cast.coordinator_nac, cast.school_nac}) {
    expect_refused(caller, "refused not_found/not_found for other_municipality");
  }
}

TEST_F(IncidentExports, AreSealedByTheEventOfTheCall) {
  const std::string rows = town.stored();
  EXPECT_EQ(recorded(cast.auditor_tyr, recording()), "TYR-I-2026-1");
  const v1::AuditEvent event = server.last_event();
  EXPECT_EQ(event.bundle_digest(), std::string(32, '\xaa'));
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_FALSE(event.municipality_id().empty());
  EXPECT_NE(town.stored(), rows);
  // What a refused call or a dry run would have sealed is sealed by nothing.
  auto trial = recording();
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(outcome(cast.auditor_tyr, trial), "dry run");
  EXPECT_EQ(server.last_event().bundle_digest(), "");
  EXPECT_EQ(outcome(cast.school_tyr, recording()),
            "refused permission_denied/role_missing for role_missing");
  EXPECT_EQ(server.last_event().bundle_digest(), "");
}

TEST_F(IncidentExports, AreNumberedInTheirMunicipalityAndYear) {
  EXPECT_EQ(recorded(cast.auditor_tyr, recording()), "TYR-I-2026-1");
  EXPECT_EQ(recorded(cast.auditor, recording()), "TYR-I-2026-2");
  auto nacka = recording();
  nacka.set_municipality_code("NAC");
  EXPECT_EQ(recorded(cast.auditor, nacka), "NAC-I-2026-1");
  server.set_date("2027-01-02");
  EXPECT_EQ(recorded(cast.auditor_tyr, recording()), "TYR-I-2027-1");
  const auto shown = listed("TYR");
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0].incident(), "TYR-I-2027-1");
  EXPECT_EQ(shown[2].incident(), "TYR-I-2026-1");
  EXPECT_EQ(shown[2].exported_by_handle(), cast.auditor_tyr.handle);
  EXPECT_EQ(listed("NAC").size(), 1U);
}

TEST_F(IncidentExports, AreListedAsTheyWereRecordedWithTheirDeadlines) {
  auto request = recording();
  request.mutable_from()->set_seconds(now() - 3 * hour);
  request.mutable_to()->set_seconds(now());
  recorded(cast.auditor_tyr, request);
  const v1::IncidentExport shown = listed("TYR").at(0);
  EXPECT_EQ(shown.events(), 3U);
  EXPECT_EQ(shown.bundle_sha256(), request.bundle_sha256());
  EXPECT_EQ(shown.from().seconds(), request.from().seconds());
  EXPECT_EQ(shown.to().seconds(), request.to().seconds());
  const std::int64_t known = request.known_at().seconds();
  EXPECT_EQ(shown.known_at().seconds(), known);
  EXPECT_EQ(shown.deadlines().early_warning_by().seconds(), known + 24 * hour);
  EXPECT_EQ(shown.deadlines().report_by().seconds(), known + 72 * hour);
  EXPECT_EQ(shown.deadlines().final_report_by().seconds(), known + 30 * 24 * hour);  // of November
}

TEST_F(IncidentExports, ARepeatedRequestIsRecordedOnce) {
  auto request = recording();
  request.mutable_write()->set_request_id(std::string(32, '7'));
  EXPECT_EQ(outcome(cast.auditor_tyr, request), "allowed");
  EXPECT_EQ(outcome(cast.auditor_tyr, request), "repeated");
  EXPECT_EQ(listed("TYR").size(), 1U);
}

TEST_F(IncidentExports, WhatCannotBeIsRefusedAndNotStored) {
  const auto refused = [&](const char* name, const auto& change) {
    auto request = recording();
    change(request);
    return std::string(name) + ": " + outcome(cast.auditor_tyr, request);
  };
  using Request = v1::RecordIncidentExportRequest;
  EXPECT_EQ(refused("future", [&](Request& r) { r.mutable_known_at()->set_seconds(now() + 1); }),
            "future: refused invalid_argument/in_future(known_at) for in_future");
  EXPECT_EQ(refused("end",
                    [&](Request& r) {
                      r.mutable_from()->set_seconds(now());
                      r.mutable_to()->set_seconds(now());
                    }),
            "end: refused invalid_argument/ends_before_start(to) for ends_before_start");
  EXPECT_EQ(refused("none", [](Request& r) { r.set_events(0); }),
            "none: refused invalid_argument/missing(events) for missing");
  EXPECT_EQ(refused("sum", [](Request& r) { r.clear_bundle_sha256(); }),
            "sum: refused invalid_argument/missing(bundle_sha256) for missing");
  EXPECT_EQ(refused("form", [](Request& r) { r.set_bundle_sha256("abc"); }),
            "form: refused invalid_argument/wrong_sha256(bundle_sha256) for wrong_sha256");
  EXPECT_EQ(refused("many", [](Request& r) { r.set_events(limits::incident_events_max + 1); }),
            "many: refused invalid_argument/too_many_incident_events(events) for "
            "too_many_incident_events");
  EXPECT_EQ(refused("most", [](Request& r) { r.set_events(limits::incident_events_max); }),
            "most: allowed");
}

// A dry run comes before there is a bundle, and still says when there are too many events.
TEST_F(IncidentExports, CanBeTriedBeforeThereIsABundle) {
  auto trial = recording();
  trial.clear_bundle_sha256();
  trial.mutable_write()->set_dry_run(true);
  const auto answer =
      town.load.get<v1::RecordIncidentExportResponse>(cast.auditor_tyr, record, trial);
  EXPECT_EQ(answer.incident(), "TYR-I-2026-1");
  EXPECT_EQ(answer.deadlines().report_by().seconds(), now() - hour + 72 * hour);
  trial.set_events(limits::incident_events_max + 1);
  EXPECT_EQ(server.call(cast.auditor_tyr, std::string("sspf.v1.") + record, trial).summary(),
            "invalid_argument/too_many_incident_events(events)");
  EXPECT_TRUE(listed("TYR").empty());
}

TEST_F(IncidentExports, EventsAreListedOfOneMunicipalityWhereTheCallerIsAuditor) {
  town.load.create(new_group());
  v1::CreateMeetingRequest meeting;
  meeting.set_municipality_code("NAC");
  meeting.mutable_starts_at()->set_seconds(1'796'126'400);
  meeting.mutable_ends_at()->set_seconds(1'796'130'000);
  meeting.set_place("Rum 1");
  town.load.get<v1::CreateMeetingResponse>(cast.coordinator_nac, "MeetingService/CreateMeeting",
                                           meeting);
  const auto calls_seen = [&](const Account& caller, const std::string& municipality) {
    v1::ListEventsRequest request;
    request.set_municipality_code(municipality);
    std::set<std::string> calls;
    const auto found =
        town.load.get<v1::ListEventsResponse>(caller, "AuditService/ListEvents", request);
    for (const v1::EventView& view : found.events()) calls.insert(view.rpc());
    return calls;
  };
  const std::string made_case = "sspf.v1.CaseService/CreateCase";
  const std::string made_meeting = "sspf.v1.MeetingService/CreateMeeting";
  EXPECT_TRUE(calls_seen(cast.auditor, "TYR").contains(made_case));
  EXPECT_FALSE(calls_seen(cast.auditor, "TYR").contains(made_meeting));
  EXPECT_TRUE(calls_seen(cast.auditor, "NAC").contains(made_meeting));
  EXPECT_FALSE(calls_seen(cast.auditor, "NAC").contains(made_case));
  EXPECT_TRUE(calls_seen(cast.auditor_tyr, "TYR").contains(made_case));
  EXPECT_TRUE(calls_seen(cast.auditor_tyr, "NAC").empty());
  EXPECT_TRUE(calls_seen(cast.auditor_tyr, "ZZZ").empty());
}

// The rest of a stream that was begun is asked for anew, piece by piece.
TEST_F(IncidentExports, ARunningStreamOfASuspendedAccountGetsNothingMore) {
  for (std::uint64_t i = 0; i <= limits::page_size_max; ++i) {
    rpc::record_own_act(server.installation().services(), "server/test", 0);
  }
  HttpRequest http;
  http.path = "/sspf.v1.AuditService/ListEvents";
  http.content_type = "application/connect+proto";
  http.body = enveloped(0, v1::ListEventsRequest().SerializeAsString());
  http.certificate = cast.auditor.certificate;
  HttpResponse response = server.raw(http);
  ASSERT_FALSE(response.next_cursor.empty());
  v1::SuspendAccountRequest suspend;
  suspend.set_handle(cast.auditor.handle);
  town.load.get<v1::SuspendAccountResponse>(cast.root, "AccountService/SuspendAccount", suspend);
  http.stream_cursor = response.next_cursor;
  response = server.raw(http);
  Answered answered;
  read_envelopes(response.body, answered);
  EXPECT_EQ(answered.summary(), "unauthenticated/unknown_certificate");
  EXPECT_TRUE(answered.bodies.empty());
  EXPECT_TRUE(response.next_cursor.empty());
  EXPECT_EQ(server.last_event().cause_reason(),
            static_cast<std::uint32_t>(Reason::account_suspended));
}

}  // namespace
}  // namespace sspf::test::incident
