// SPDX-License-Identifier: Apache-2.0
//
// Listing the audit log: every filter and their combinations against the same filter done here over
// all events.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "crypto/bytes.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

google::protobuf::Timestamp time_at(std::int64_t microseconds) {
  google::protobuf::Timestamp time;
  time.set_seconds(microseconds / 1'000'000);
  time.set_nanos(static_cast<std::int32_t>(microseconds % 1'000'000 * 1000));
  return time;
}

struct AuditList : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  std::map<std::string, std::string> handles;  // by account id

  // Cases, notes, lists, refusals, a dry run and a repetition, a second apart.
  void SetUp() override {
    const std::string first = load.mapped();
    const std::string second = load.create(new_group());
    for (const std::string& number : {first, second}) {
      load.assign(number, cast.school_tyr);
      load.note(cast.school_tyr, number, "En anteckning.");
      load.server.advance_seconds(1);
      load.notes(cast.coordinator_tyr, number);
    }
    load.listed(cast.school_tyr);
    load.server.advance_seconds(1);
    v1::GetCaseRequest hidden;
    hidden.set_case_number(first);
    load.server.call(cast.school_nac, "sspf.v1.CaseService/GetCase", hidden);
    load.server.call(cast.nobody, "sspf.v1.CaseService/GetCase", hidden);
    load.server.call(cast.suspended, "sspf.v1.CaseService/GetCase", hidden);
    load.server.advance_seconds(1);
    v1::AddNoteRequest note;
    note.set_case_number(second);
    note.set_text("Text");
    note.mutable_write()->set_request_id("0123456789abcdef");
    note.mutable_write()->set_dry_run(true);
    load.server.call(cast.school_tyr, "sspf.v1.CaseService/AddNote", note);
    note.mutable_write()->set_dry_run(false);
    load.server.call(cast.school_tyr, "sspf.v1.CaseService/AddNote", note);
    load.server.call(cast.school_tyr, "sspf.v1.CaseService/AddNote", note);
    load.server.call(cast.auditor, "sspf.v1.AuditService/GetCheckpoint",
                     v1::GetCheckpointRequest());
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    for (const auto& event : load_events(unit)) {
      for (const std::string& id : {event.account_id(), event.subject_account_id()}) {
        if (id.empty()) continue;
        handles[id] = unit.tables().accounts.handle(AccountId::of(crypto::view_of(id)));
      }
    }
  }
  static std::vector<v1::AuditEvent> load_events(store::Unit& unit) {
    std::vector<v1::AuditEvent> events;
    for (const auto& entry : unit.tables().audit_log.range(0, 1'000'000, 1'000'000)) {
      events.emplace_back().ParseFromString(entry.bytes);
    }
    return events;
  }

  bool matches(const v1::AuditEvent& event, const v1::ListEventsRequest& request) {
    const auto is_about = [&](const std::string& case_ref) {
      if (reference_of(event.case_id()) == case_ref) return true;
      for (const auto& shown : event.cases_shown()) {
        if (reference_of(shown.case_id()) == case_ref) return true;
      }
      return false;
    };
    const auto us = [](const google::protobuf::Timestamp& time) {
      return time.seconds() * 1'000'000 + time.nanos() / 1000;
    };
    const auto is_of = [&](const std::string& id) {
      return !id.empty() && handles.at(id) == request.handle();
    };
    return (request.handle().empty() || is_of(event.account_id()) ||
            is_of(event.subject_account_id())) &&
           (request.case_ref().empty() || is_about(request.case_ref())) &&
           (request.rpc().empty() || event.rpc() == request.rpc()) &&
           (request.outcome() == v1::OUTCOME_UNSPECIFIED || event.outcome() == request.outcome()) &&
           (!request.has_from() || event.time_us() >= us(request.from())) &&
           (!request.has_to() || event.time_us() < us(request.to()));
  }
  std::vector<std::uint64_t> filtered(const v1::ListEventsRequest& request) {
    std::vector<std::uint64_t> sequences;
    for (const v1::AuditEvent& event : load.server.events()) {
      if (matches(event, request)) sequences.push_back(event.sequence());
    }
    return sequences;
  }
  std::vector<v1::EventView> listed(const v1::ListEventsRequest& request) {
    const auto response =
        load.get<v1::ListEventsResponse>(cast.auditor, "AuditService/ListEvents", request);
    return {response.events().begin(), response.events().end()};
  }
  // The list is what this filter finds; how many it finds. Later pieces of one answer list the
  // events of the earlier ones too.
  std::size_t expect_as_filtered(const v1::ListEventsRequest& request) {
    const auto before = filtered(request);
    std::vector<std::uint64_t> sequences;
    for (const v1::EventView& event : listed(request)) sequences.push_back(event.sequence());
    auto after = filtered(request);
    EXPECT_GE(sequences.size(), before.size()) << request.DebugString();
    EXPECT_LE(sequences.size(), after.size()) << request.DebugString();
    after.resize(std::min(after.size(), sequences.size()));
    EXPECT_EQ(sequences, after) << request.DebugString();
    return before.size();
  }
  std::vector<std::string> case_refs() {
    std::vector<std::string> refs = {"", reference_of(std::string(16, 'x'))};
    for (const v1::AuditEvent& event : load.server.events()) {
      const std::string ref = reference_of(event.case_id());
      if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
    }
    return refs;
  }
};

TEST_F(AuditList, EachFilterByItselfFindsSomethingAndNotAll) {
  std::vector<v1::ListEventsRequest> requests;
  for (const std::string handle : {"sven.skog", "anna.alm", "nora.norr"}) {
    requests.emplace_back().set_handle(handle);
  }
  const auto refs = case_refs();
  ASSERT_EQ(refs.size(), 4U);
  requests.emplace_back().set_case_ref(refs[2]);
  requests.emplace_back().set_case_ref(refs[3]);
  for (const std::string rpc : {"sspf.v1.CaseService/GetCase", "server/init"}) {
    requests.emplace_back().set_rpc(rpc);
  }
  for (const v1::Outcome outcome :
       {v1::OUTCOME_ALLOWED, v1::OUTCOME_REFUSED, v1::OUTCOME_DRY_RUN, v1::OUTCOME_REPEATED}) {
    requests.emplace_back().set_outcome(outcome);
  }
  const std::int64_t end = load.server.now().microseconds;
  *requests.emplace_back().mutable_from() = time_at(end);
  *requests.emplace_back().mutable_to() = time_at(end);
  for (const auto& request : requests) {
    const std::size_t found = expect_as_filtered(request);
    EXPECT_GT(found, 0U) << request.DebugString();
    EXPECT_LT(found, load.server.event_count() - 1) << request.DebugString();
  }
  // What was shown of a case in a list of cases counts, too.
  bool has_list = false;
  for (const v1::EventView& event : listed(requests[3])) {
    has_list = has_list || event.rpc() == "sspf.v1.CaseService/ListCases";
  }
  EXPECT_TRUE(has_list);
}

TEST_F(AuditList, TimesAreExactToTheMicrosecondAndTheEndIsExclusive) {
  const std::int64_t at = load.server.events().back().time_us();
  std::size_t then = 0;
  for (const auto& event : load.server.events()) then += event.time_us() == at ? 1 : 0;
  load.server.advance_seconds(1);  // so that the lists themselves come later
  const auto between = [&](std::int64_t from, std::int64_t to) {
    v1::ListEventsRequest request;
    *request.mutable_from() = time_at(from);
    *request.mutable_to() = time_at(to);
    return expect_as_filtered(request);
  };
  EXPECT_EQ(between(at, at + 1), then);
  EXPECT_EQ(between(at - 1, at + 1), then);
  EXPECT_EQ(between(at - 1, at), 0U);
  EXPECT_EQ(between(at + 1, at + 2), 0U);
  EXPECT_EQ(between(at, at), 0U);
  EXPECT_EQ(between(at + 1, at), 0U);
}

TEST_F(AuditList, AnyCombinationOfFiltersFindsWhatItShould) {
  std::mt19937 random(2026);
  const auto one_of = [&](const auto& values) {
    return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random)];
  };
  auto refs = case_refs();
  refs.insert(refs.end(), 3, "");
  const std::vector<std::string> accounts = {
      "", "", "", "", "", "", "sven.skog", "anna.alm", "nora.norr", "siv.sjo", "finns.inte"};
  const std::vector<std::string> rpcs = {"",
                                         "",
                                         "",
                                         "",
                                         "",
                                         "sspf.v1.CaseService/GetCase",
                                         "sspf.v1.CaseService/AddNote",
                                         "sspf.v1.CaseService/ListCases",
                                         "finns/inte"};
  const std::vector<v1::Outcome> outcomes = {
      v1::OUTCOME_UNSPECIFIED, v1::OUTCOME_UNSPECIFIED, v1::OUTCOME_ALLOWED, v1::OUTCOME_REFUSED,
      v1::OUTCOME_FAILED,      v1::OUTCOME_DRY_RUN,     v1::OUTCOME_REPEATED};
  const std::int64_t end = load.server.now().microseconds;
  const std::vector<std::int64_t> times = {
      0, 0, 0, 0, end - 4'000'000, end - 3'000'000, end - 1, end - 1'000'000, end, end + 1};
  std::size_t found_something = 0;
  for (int i = 0; i < 200; ++i) {
    v1::ListEventsRequest request;
    request.set_handle(one_of(accounts));
    request.set_case_ref(one_of(refs));
    request.set_rpc(one_of(rpcs));
    request.set_outcome(one_of(outcomes));
    const std::int64_t from = one_of(times);
    const std::int64_t to = one_of(times);
    if (from != 0) *request.mutable_from() = time_at(from);
    if (to != 0) *request.mutable_to() = time_at(to);
    found_something += expect_as_filtered(request) > 0 ? 1 : 0;
  }
  EXPECT_GT(found_something, 20U);
}

}  // namespace
}  // namespace sspf::test
