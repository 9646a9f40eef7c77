// SPDX-License-Identifier: Apache-2.0
//
// Limits of what one case or meeting holds: at the limit yes, one more no.
#include "server/base/limits.h"

#include <gtest/gtest.h>

#include "server/base/reason.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/support/cast.h"

namespace sspf::test {
namespace {

struct Limits : testing::Test {
  TestServer server;
  Cast cast{server};

  std::string group_case() {
    v1::CreateCaseRequest request;
    request.set_municipality_code("TYR");
    request.set_kind(v1::CASE_KIND_GROUP);
    request.set_title("Torget");
    request.set_referring_agency_code("TYR-SKO");
    return server
        .get<v1::CreateCaseResponse>(cast.coordinator_tyr, "sspf.v1.CaseService/CreateCase",
                                     request)
        .number();
  }
  std::string group_case_in_mapping() {
    v1::AdvanceCaseRequest request;
    request.set_case_number(group_case());
    request.set_version(1);
    request.set_state(v1::CASE_STATE_MAPPING);
    server.get<v1::AdvanceCaseResponse>(cast.coordinator_tyr, "sspf.v1.CaseService/AdvanceCase",
                                        request);
    return request.case_number();
  }
  v1::CreateMeetingRequest meeting_lasting(std::int64_t seconds) {
    v1::CreateMeetingRequest request;
    request.set_municipality_code("TYR");
    request.set_place("Rum 1");
    request.mutable_starts_at()->set_seconds(1'800'000'000);
    request.mutable_ends_at()->set_seconds(1'800'000'000 + seconds);
    return request;
  }
  std::string meeting() {
    return server
        .get<v1::CreateMeetingResponse>(
            cast.coordinator_tyr, "sspf.v1.MeetingService/CreateMeeting", meeting_lasting(3600))
        .number();
  }
  // How many of these calls in a row are answered, and with what the first other one is refused.
  std::pair<std::size_t, std::string> count_until_refused(const std::string& rpc,
                                                          const google::protobuf::Message& request,
                                                          std::size_t at_most) {
    for (std::size_t count = 0; count < at_most; ++count) {
      const Answered answered = server.call(cast.coordinator_tyr, rpc, request);
      if (!answered.ok()) return {count, answered.reason};
    }
    return {at_most, "none"};
  }
};

TEST_F(Limits, NotesOfACase) {
  v1::AddNoteRequest request;
  request.set_case_number(group_case());
  request.set_text("Lugnt i kväll.");
  const auto max = static_cast<std::size_t>(limits::records_per_case_max);
  const auto [count, reason] = count_until_refused("sspf.v1.CaseService/AddNote", request, max + 2);
  EXPECT_EQ(count, max);
  EXPECT_NE(reason, "none");
}

TEST_F(Limits, ItemsOfAnAgenda) {
  v1::AddAgendaItemRequest request;
  request.set_meeting_number(meeting());
  request.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
  request.set_title("En punkt");
  constexpr std::size_t from_template = 11;
  const auto [count, reason] = count_until_refused("sspf.v1.AgendaService/AddAgendaItem", request,
                                                   limits::agenda_items_max + 2);
  EXPECT_EQ(count, limits::agenda_items_max - from_template);
  EXPECT_EQ(reason, "meeting_full");
}

TEST_F(Limits, ParticipantsOfAMeeting) {
  v1::AddParticipantRequest request;
  request.set_meeting_number(meeting());
  request.set_guest_name("Gäst Gästsson");
  const auto [count, reason] = count_until_refused("sspf.v1.MeetingService/AddParticipant", request,
                                                   limits::participants_max + 2);
  EXPECT_EQ(count, limits::participants_max - 1);  // the coordinator is one
  EXPECT_EQ(reason, "meeting_full");
}

TEST_F(Limits, HoursOfAMeeting) {
  const auto max =
      std::chrono::duration_cast<std::chrono::seconds>(limits::meeting_time_max).count();
  const std::string rpc = "sspf.v1.MeetingService/CreateMeeting";
  EXPECT_EQ(server.call(cast.coordinator_tyr, rpc, meeting_lasting(max)).summary(), "ok");
  const Answered refused = server.call(cast.coordinator_tyr, rpc, meeting_lasting(max + 1));
  EXPECT_EQ(refused.summary(), "invalid_argument/meeting_too_long(ends_at)");
  // The sentence says how long a meeting may be.
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(limits::meeting_time_max);
  const std::string said = std::to_string(hours.count()) + " ";
  EXPECT_NE(swedish(Reason::meeting_too_long, "").find(said + "timmar"), std::string::npos);
  EXPECT_NE(english(Reason::meeting_too_long, "").find(said + "hours"), std::string::npos);
}

TEST_F(Limits, CommitmentsOfACase) {
  const std::string number = group_case_in_mapping();
  v1::AddCommitmentRequest request;
  request.set_case_number(number);
  request.mutable_draft()->set_agency_code("TYR-SKO");
  request.mutable_draft()->set_responsible("Rektor");
  request.mutable_draft()->set_action("Vuxna på torget.");
  request.mutable_draft()->set_due_date("2027-01-15");
  const auto [count, reason] = count_until_refused("sspf.v1.CommitmentService/AddCommitment",
                                                   request, limits::commitments_per_case_max + 2);
  EXPECT_EQ(count, limits::commitments_per_case_max);
  EXPECT_EQ(reason, "too_many_commitments");
}

TEST_F(Limits, VersionsOfAPlan) {
  const std::string number = group_case_in_mapping();
  v1::CreatePlanRequest create;
  create.set_case_number(number);
  create.mutable_content()->add_goals("Ett lugnare torg.");
  create.mutable_content()->set_review_date("2027-01-15");
  ASSERT_EQ(server.call(cast.coordinator_tyr, "sspf.v1.PlanService/CreatePlan", create).summary(),
            "ok");
  v1::RevisePlanRequest revise;
  revise.set_case_number(number);
  *revise.mutable_content() = create.content();
  std::uint64_t version = 1;
  std::string reason = "none";
  while (reason == "none" && version < limits::versions_per_item_max + 2) {
    revise.set_version(version);
    const Answered answered =
        server.call(cast.coordinator_tyr, "sspf.v1.PlanService/RevisePlan", revise);
    if (answered.ok()) {
      ++version;
    } else {
      reason = answered.reason;
    }
  }
  EXPECT_EQ(version, limits::versions_per_item_max);
  EXPECT_EQ(reason, "too_many_versions");
}

// A list of the log goes on beyond one page.
TEST_F(Limits, ALogLongerThanOnePageIsListedWhole) {
  v1::WhoAmIRequest who;
  for (std::uint32_t i = 0; i < limits::page_size_max; ++i) {
    server.call(cast.auditor, "sspf.v1.AccountService/WhoAmI", who);
  }
  const std::uint64_t before = server.event_count();
  const auto listed = server.get<v1::ListEventsResponse>(
      cast.auditor, "sspf.v1.AuditService/ListEvents", v1::ListEventsRequest());
  EXPECT_GE(static_cast<std::uint64_t>(listed.events_size()), before);
  EXPECT_GT(before, limits::page_size_max);
}

}  // namespace
}  // namespace sspf::test
