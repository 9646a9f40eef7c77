// SPDX-License-Identifier: Apache-2.0
//
// Long answers come in pieces of bounded size: nothing is lost or repeated between them, each is an
// event of its own, and what the caller may not see leaves no trace in how they are cut.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/caseload.h"

namespace sspf::test::pieces {
namespace {

constexpr std::size_t characters = 10'000;  // of the longest note
// The envelope and the fields beside the text.
constexpr std::size_t overhead = 64 * 1024;

// So long that a few dozen exceed a piece; told apart by its first characters.
std::string long_text(int number) {
  std::string text = std::to_string(number) + " ";
  for (std::size_t i = text.size(); i < characters; ++i) text += "\xF0\x9F\x8C\xB2";
  return text;
}

struct Pieces : testing::Test {
  Caseload load;
  const std::string number = load.mapped();

  Answered list(const Account& caller, const std::string& rpc,
                const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1." + rpc, request);
  }
  void expect_pieces(const Answered& answered, std::size_t count, std::uint64_t events) {
    EXPECT_EQ(answered.summary(), "ok");
    EXPECT_EQ(answered.bodies.size(), count);
    EXPECT_EQ(events, count);
    for (const std::string& body : answered.bodies) {
      EXPECT_LE(body.size(), limits::piece_bytes_max + overhead);
    }
  }
};

TEST_F(Pieces, NotesOfMoreThanOnePieceComeInOrder) {
  constexpr int count = 30;
  load.assign(number, load.cast.school_tyr);
  for (int i = 0; i < count; ++i) load.note(load.cast.school_tyr, number, long_text(i));
  v1::ListNotesRequest request;
  request.set_case_number(number);
  const std::uint64_t before = load.server.event_count();
  const Answered answered = list(load.cast.school_tyr, "CaseService/ListNotes", request);
  expect_pieces(answered, 2, load.server.event_count() - before);
  const auto notes = answered.as<v1::ListNotesResponse>().notes();
  ASSERT_EQ(notes.size(), count);
  for (int i = 0; i < count; ++i) EXPECT_EQ(notes[i].text(), long_text(i)) << i;
}

TEST_F(Pieces, WhatIsHiddenDoesNotShowInHowAListIsCut) {
  load.assign(number, load.cast.school_tyr);
  load.assign(number, load.cast.recreation_tyr);
  Terms terms;
  terms.agencies = {"TYR-FRI"};
  terms.kinds = {v1::INFORMATION_KIND_PLAN};
  load.consent(number, terms);
  for (int i = 0; i < 30; ++i) load.note(load.cast.school_tyr, number, long_text(i));
  load.note(load.cast.recreation_tyr, number, "Egen anteckning.");
  v1::ListNotesRequest request;
  request.set_case_number(number);
  const std::uint64_t before = load.server.event_count();
  const Answered answered = list(load.cast.recreation_tyr, "CaseService/ListNotes", request);
  expect_pieces(answered, 1, load.server.event_count() - before);
  EXPECT_EQ(answered.as<v1::ListNotesResponse>().notes_size(), 1);
}

TEST_F(Pieces, VersionsOfANoteComeInOrder) {
  const std::string note = load.note(load.cast.coordinator_tyr, number, long_text(1));
  constexpr int count = 30;
  for (int version = 1; version < count; ++version) {
    v1::CorrectNoteRequest correct;
    correct.set_case_number(number);
    correct.set_note(note);
    correct.set_version(static_cast<std::uint64_t>(version));
    correct.set_text(long_text(version + 1));
    load.get<v1::CorrectNoteResponse>(load.cast.coordinator_tyr, "CaseService/CorrectNote",
                                      correct);
  }
  v1::ListNoteVersionsRequest request;
  request.set_case_number(number);
  request.set_note(note);
  const std::uint64_t before = load.server.event_count();
  const Answered answered =
      list(load.cast.coordinator_tyr, "CaseService/ListNoteVersions", request);
  expect_pieces(answered, 2, load.server.event_count() - before);
  const auto versions = answered.as<v1::ListNoteVersionsResponse>().versions();
  ASSERT_EQ(versions.size(), count);
  for (int i = 0; i < count; ++i) EXPECT_EQ(versions[i].text(), long_text(i + 1)) << i;
}

TEST_F(Pieces, VersionsOfAPlanComeInOrder) {
  v1::CreatePlanRequest create;
  create.set_case_number(number);
  create.mutable_content()->add_goals("Mål");
  create.mutable_content()->set_review_date("2027-01-15");
  for (int i = 0; i < 4; ++i) create.mutable_content()->add_goals(std::string(1000, 'm'));
  create.mutable_content()->set_strengths(long_text(1).substr(0, 2 + 4 * 4990));
  load.get<v1::CreatePlanResponse>(load.cast.coordinator_tyr, "PlanService/CreatePlan", create);
  constexpr int count = 45;
  for (int version = 1; version < count; ++version) {
    v1::RevisePlanRequest revise;
    revise.set_case_number(number);
    revise.set_version(static_cast<std::uint64_t>(version));
    *revise.mutable_content() = create.content();
    load.get<v1::RevisePlanResponse>(load.cast.coordinator_tyr, "PlanService/RevisePlan", revise);
  }
  v1::ListPlanVersionsRequest request;
  request.set_case_number(number);
  const std::uint64_t before = load.server.event_count();
  const Answered answered =
      list(load.cast.coordinator_tyr, "PlanService/ListPlanVersions", request);
  expect_pieces(answered, 2, load.server.event_count() - before);
  const auto versions = answered.as<v1::ListPlanVersionsResponse>().versions();
  ASSERT_EQ(versions.size(), count);
  for (int i = 0; i < count; ++i) EXPECT_EQ(versions[i].version(), std::uint64_t(i) + 1);
}

// The one event that is asked for lies beyond what is read for one piece.
TEST_F(Pieces, AListOfTheLogLooksFurtherThanOnePieceReads) {
  for (std::uint64_t i = 0; i <= limits::log_scan_events_max; ++i) {
    rpc::record_own_act(load.server.installation().services(), "server/test", 0);
  }
  const v1::WhoAmIRequest who;
  load.get<v1::WhoAmIResponse>(load.cast.auditor, "AccountService/WhoAmI", who);
  v1::ListEventsRequest request;
  request.set_rpc("sspf.v1.AccountService/WhoAmI");
  const std::uint64_t before = load.server.event_count();
  ASSERT_GT(before, limits::log_scan_events_max);
  const Answered answered = list(load.cast.auditor, "AuditService/ListEvents", request);
  expect_pieces(answered, 2, load.server.event_count() - before);
  EXPECT_EQ(answered.as<v1::ListEventsResponse>().events_size(), 1);
}

}  // namespace
}  // namespace sspf::test::pieces
