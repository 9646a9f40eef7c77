// SPDX-License-Identifier: Apache-2.0
//
// Bad input to the RPCs about meetings, field by field: each is named, leaves one event, and stores
// nothing.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "server/rpc/methods.h"
#include "sspf/v1/options.pb.h"
#include "tests/support/meetings.h"

namespace sspf::test::meeting_input {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr auto create = "MeetingService/CreateMeeting";

struct MeetingInput : testing::Test {
  Meetings room;
  const Account& coordinator = room.coordinator;
  const std::string group = room.load.create(new_group());
  const std::string meeting = room.plan();

  // Each RPC that has a field, with a request that is right.
  Requests right() {
    Requests made = room.reads(meeting);
    for (auto& each : room.writes(meeting, group)) made.push_back(std::move(each));
    made.emplace_back(create, copy_of(new_meeting("TYR")));
    v1::GetAgendaTemplateRequest read;
    read.set_municipality_code("TYR");
    made.emplace_back("AgendaService/GetAgendaTemplate", copy_of(read));
    v1::UpdateAgendaTemplateRequest update;
    update.set_municipality_code("TYR");
    update.set_version(1);
    *update.mutable_items() = room.agenda_template().items();
    made.emplace_back("AgendaService/UpdateAgendaTemplate", copy_of(update));
    return made;
  }
  void expect_told(const std::string& rpc, const Message& request, const std::string& reason,
                   const std::string& field) {
    EXPECT_EQ(room.outcome(coordinator, rpc, request),
              "refused invalid_argument/" + reason + "(" + field + ") for " + reason)
        << rpc;
  }
  void spoil_text(const std::string& rpc, const Message& request, const FieldDescriptor& field) {
    const v1::Rule& rule = field.options().GetExtension(v1::rule);
    const std::size_t max =
        rule.characters_max() == 0 ? limits::text_characters_max : rule.characters_max();
    const auto spoilt = copy_of(request);
    const auto set = [&](const std::string& text) {
      spoilt->GetReflection()->SetString(spoilt.get(), &field, text);
    };
    set(repeated("å", max + 1));
    expect_told(rpc, *spoilt, "too_long", field.name());
    for (const char* text : {"a\x1b[31m", "a\rb", "a\xE2\x80\xAE"}) {
      set(text);
      expect_told(rpc, *spoilt, "control_character", field.name());
    }
    if (!rule.required()) return;
    for (const char* text : {"", "  "}) {
      set(text);
      expect_told(rpc, *spoilt, "missing", field.name());
    }
  }
  void spoil(const std::string& rpc, const Message& request, const FieldDescriptor& field) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      return spoil_text(rpc, request, field);
    }
    const auto spoilt = copy_of(request);
    spoilt->GetReflection()->ClearField(spoilt.get(), &field);
    // A write that is cleared would get a fresh request_id: see below.
    if (field.options().GetExtension(v1::rule).required() && field.name() != "write") {
      expect_told(rpc, *spoilt, "missing", field.name());
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return;
    spoilt->GetReflection()->SetEnumValue(spoilt.get(), &field, 99);
    expect_told(rpc, *spoilt, "unknown_value", field.name());
  }
  // The body as it stands, with every "!!!!" made bytes that are no UTF-8.
  std::string raw(const std::string& rpc, std::string body) {
    const auto at = body.find("!!!!");
    if (at != std::string::npos) body.replace(at, 4, "\xff\xc0\x80\xed");
    HttpRequest http;
    http.path = "/sspf.v1." + rpc;
    http.content_type = "application/proto";
    http.body = body;
    http.peer_address = "127.0.0.1";
    http.certificate = coordinator.certificate;
    const HttpResponse response = room.load.server.raw(http);
    Answered answered;
    read_unary(response.status, response.body, answered);
    return answered.summary();
  }
  std::string planned(const v1::CreateMeetingRequest& request) {
    return room.outcome(coordinator, create, request);
  }
};

TEST_F(MeetingInput, EveryRpcWithAFieldIsHere) {
  std::size_t count = 0;
  for (const rpc::Method& method : rpc::methods()) {
    const bool is_here = method.path.find(".MeetingService/") != std::string_view::npos ||
                         method.path.find(".AgendaService/") != std::string_view::npos ||
                         method.path.find(".AttendanceService/") != std::string_view::npos;
    if (is_here && method.request_type().GetDescriptor()->field_count() != 0) ++count;
  }
  EXPECT_EQ(right().size(), count);
}

TEST_F(MeetingInput, EveryFieldThatIsMissingTooLongOrOfTheWrongCharactersIsNamed) {
  const std::string before = room.stored();
  for (const auto& [rpc, request] : right()) {
    const auto& descriptor = *request->GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) spoil(rpc, *request, *descriptor.field(i));
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingInput, TextThatIsNoUtf8IsRefusedInEveryField) {
  const std::string before = room.stored();
  for (const auto& [rpc, request] : right()) {
    const auto& descriptor = *request->GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
      const FieldDescriptor& field = *descriptor.field(i);
      if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
      const auto spoilt = copy_of(*request);
      spoilt->GetReflection()->SetString(spoilt.get(), &field, "!!!!");
      const std::uint64_t events = room.load.server.event_count();
      EXPECT_EQ(raw(rpc, body_with_request_id(*spoilt)), "invalid_argument/malformed_message")
          << rpc << " " << field.name();
      EXPECT_EQ(room.load.server.event_count(), events + 1);
      EXPECT_EQ(room.load.server.last_event().outcome(), v1::OUTCOME_REFUSED);
    }
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingInput, AWriteWithoutARequestIdIsRefused) {
  const std::string before = room.stored();
  for (const auto& [rpc, request] : right()) {
    const auto* field = request->GetDescriptor()->FindFieldByName("write");
    if (field == nullptr) continue;
    const auto spoilt = copy_of(*request);
    auto& write =
        dynamic_cast<v1::Write&>(*spoilt->GetReflection()->MutableMessage(spoilt.get(), field));
    write.set_request_id("too-short-by-1-");
    EXPECT_EQ(raw(rpc, spoilt->SerializeAsString()),
              "invalid_argument/wrong_request_id(write.request_id)")
        << rpc;
    write.clear_request_id();
    EXPECT_EQ(raw(rpc, spoilt->SerializeAsString()), "invalid_argument/missing(write.request_id)")
        << rpc;
    spoilt->GetReflection()->ClearField(spoilt.get(), field);
    EXPECT_EQ(raw(rpc, spoilt->SerializeAsString()), "invalid_argument/missing(write)") << rpc;
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingInput, TextAtItsLimitIsKeptWhole) {
  const std::string longest = repeated("å", limits::text_characters_max);
  v1::CreateMeetingRequest request = new_meeting("TYR");
  request.set_place(longest);
  const std::string number =
      room.load.get<v1::CreateMeetingResponse>(coordinator, create, request).number();
  EXPECT_EQ(room.show(number).place(), longest);
  room.invite_guest(number, longest);
  EXPECT_EQ(room.participants(coordinator, number).back().name(), longest);
  const std::string item = room.add_item(number, longest);
  room.open(number);
  v1::RecordMinutesRequest minutes = room.minutes(number, item);
  minutes.set_notes(repeated("ö", 10'000));
  minutes.set_decision(repeated("ö\n", 1'000));
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", minutes), "allowed");
  const v1::AgendaItem shown = room.agenda(coordinator, number).back();
  EXPECT_EQ(shown.title(), longest);
  EXPECT_EQ(shown.notes(), minutes.notes());
  EXPECT_EQ(shown.decision(), minutes.decision());
}

TEST_F(MeetingInput, AMeetingEndsAfterItBeginsAndLastsADayAtMost) {
  const std::int64_t day =
      std::chrono::duration_cast<std::chrono::seconds>(limits::meeting_time_max).count();
  const std::string before_start =
      "refused invalid_argument/meeting_ends_before_start(ends_at) for meeting_ends_before_start";
  const std::string too_long =
      "refused invalid_argument/meeting_too_long(ends_at) for meeting_too_long";
  struct Row {
    std::int64_t seconds;
    std::int32_t nanos;
    std::string expected;
  };
  const std::string before = room.stored();
  for (const Row& row :
       {Row{0, 0, before_start}, Row{-1, 999'999'999, before_start}, Row{0, 999, before_start},
        Row{0, 1'000, "dry run"}, Row{day, 0, "dry run"}, Row{day, 1'000, too_long},
        Row{day + 1, 0, too_long}}) {
    v1::CreateMeetingRequest request = new_meeting("TYR");
    request.mutable_write()->set_dry_run(true);
    request.mutable_ends_at()->set_seconds(meeting_starts_at + row.seconds);
    request.mutable_ends_at()->set_nanos(row.nanos);
    EXPECT_EQ(planned(request), row.expected) << row.seconds << " " << row.nanos;
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingInput, AMeetingLiesBetweenTheYears2000And2199InStockholm) {
  const std::string wrong_start = "refused invalid_argument/wrong_time(starts_at) for wrong_time";
  const std::string wrong_end = "refused invalid_argument/wrong_time(ends_at) for wrong_time";
  struct Row {
    std::int64_t starts;
    std::int64_t ends;
    std::string expected;
  };
  const std::string before = room.stored();
  for (const Row& row :
       {Row{946'681'199, 946'684'800, wrong_start},  // 1999-12-31 23:59:59
        Row{946'681'200, 946'684'800, "dry run"}, Row{7'258'114'700, 7'258'114'799, "dry run"},
        Row{7'258'114'700, 7'258'114'800, wrong_end},  // 2200-01-01 00:00:00
        Row{7'258'118'400, 7'258'118'401, wrong_start},
        Row{std::int64_t{1} << 62, std::int64_t{1} << 62, wrong_start},
        Row{meeting_starts_at, std::int64_t{1} << 62, wrong_end}}) {
    v1::CreateMeetingRequest request = new_meeting("TYR");
    request.mutable_write()->set_dry_run(true);
    request.mutable_starts_at()->set_seconds(row.starts);
    request.mutable_ends_at()->set_seconds(row.ends);
    EXPECT_EQ(planned(request), row.expected) << row.starts << " " << row.ends;
  }
  for (const std::int32_t nanos : {-1, 1'000'000'000}) {
    v1::CreateMeetingRequest request = new_meeting("TYR");
    request.mutable_starts_at()->set_nanos(nanos);
    EXPECT_EQ(planned(request), wrong_start) << nanos;
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingInput, ACodeHasItsForm) {
  const std::string before = room.stored();
  for (const auto& [rpc, request] : right()) {
    const auto* field = request->GetDescriptor()->FindFieldByName("municipality_code");
    if (field == nullptr) continue;
    const auto spoilt = copy_of(*request);
    for (const char* code : {"tyr", "T", "TYRESÖ", "TYR TYR"}) {
      spoilt->GetReflection()->SetString(spoilt.get(), field, code);
      expect_told(rpc, *spoilt, "wrong_code_form", "municipality_code");
    }
  }
  auto invite = about_meeting<v1::AddParticipantRequest>(meeting);
  for (const char* handle : {"SVEN", "s", "sven skog"}) {
    invite.set_handle(handle);
    expect_told("MeetingService/AddParticipant", invite, "wrong_handle_form", "handle");
  }
  EXPECT_EQ(room.stored(), before);
}

}  // namespace
}  // namespace sspf::test::meeting_input
