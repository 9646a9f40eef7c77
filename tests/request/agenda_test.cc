// SPDX-License-Identifier: Apache-2.0
//
// The agenda of a meeting: the order of its items, what can be added, moved and removed, and the
// minutes of each item.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/request/refused.h"
#include "tests/support/meetings.h"

namespace sspf::test::agenda {
namespace {

constexpr auto unknown_after =
    "refused invalid_argument/unknown_value(after_item) for unknown_value";

using Titles = std::vector<std::string>;

// An agenda of three items, "A", "B" and "C", and no others.
struct AgendaOfAMeeting : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  std::string meeting;
  std::string a, b, c;

  void SetUp() override {
    v1::UpdateAgendaTemplateRequest update;
    update.set_municipality_code("TYR");
    update.set_version(1);
    for (const char* title : {"A", "B", "C"}) {
      v1::TemplateItem& item = *update.add_items();
      item.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
      item.set_title(title);
    }
    room.load.get<v1::UpdateAgendaTemplateResponse>(coordinator,
                                                    "AgendaService/UpdateAgendaTemplate", update);
    meeting = room.plan();
    const auto items = room.agenda(coordinator, meeting);
    a = items.at(0).item();
    b = items.at(1).item();
    c = items.at(2).item();
  }
  // Title and version of each item, "A 1".
  Titles list() {
    Titles lines;
    for (const v1::AgendaItem& item : room.agenda(coordinator, meeting)) {
      lines.push_back(item.title() + " " + std::to_string(item.version()));
    }
    return lines;
  }
  v1::MoveAgendaItemRequest move(const std::string& item, const std::string& after) {
    auto request = about_meeting<v1::MoveAgendaItemRequest>(meeting);
    request.set_item(item);
    request.set_version(1);
    request.set_after_item(after);
    return request;
  }
  v1::RemoveAgendaItemRequest remove(const std::string& item, std::uint64_t version) {
    auto request = about_meeting<v1::RemoveAgendaItemRequest>(meeting);
    request.set_item(item);
    request.set_version(version);
    return request;
  }
  std::string moved(const v1::MoveAgendaItemRequest& request) {
    return room.outcome(coordinator, "AgendaService/MoveAgendaItem", request);
  }
  std::string removed(const v1::RemoveAgendaItemRequest& request) {
    return room.outcome(coordinator, "AgendaService/RemoveAgendaItem", request);
  }
  std::string attend(const std::string& item, v1::AttendanceStatus status) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(room.participant(meeting, coordinator));
    request.set_item(item);
    request.set_status(status);
    return room.outcome(coordinator, "AttendanceService/RecordAttendance", request);
  }
};

TEST_F(AgendaOfAMeeting, TakesNewItemsLastOrAfterTheOneThatIsNamed) {
  room.add_item(meeting, "D");
  v1::AddAgendaItemRequest after = new_item(meeting, "E");
  after.set_kind(v1::AGENDA_ITEM_KIND_GROUP);
  after.set_after_item(a);
  const auto added =
      room.load.get<v1::AddAgendaItemResponse>(coordinator, "AgendaService/AddAgendaItem", after);
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.case_id(), "");
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
  EXPECT_EQ(added.version(), 1U);
  EXPECT_EQ(list(), (Titles{"A 1", "E 1", "B 1", "C 1", "D 1"}));
  const v1::AgendaItem item = room.agenda(coordinator, meeting).at(1);
  EXPECT_EQ(item.item(), added.item());
  EXPECT_EQ(item.kind(), v1::AGENDA_ITEM_KIND_GROUP);
  EXPECT_EQ(item.case_number(), "");
  after.set_title("F");
  after.set_after_item(room.agenda(coordinator, meeting).back().item());
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/AddAgendaItem", after), "allowed");
  EXPECT_EQ(list(), (Titles{"A 1", "E 1", "B 1", "C 1", "D 1", "F 1"}));
}

TEST_F(AgendaOfAMeeting, ItemsMoveFirstOrAfterTheOneThatIsNamed) {
  const auto response = room.load.get<v1::MoveAgendaItemResponse>(
      coordinator, "AgendaService/MoveAgendaItem", move(c, ""));
  EXPECT_EQ(response.version(), 2U);
  EXPECT_EQ(room.load.server.last_event().item_version(), 2U);
  EXPECT_EQ(room.load.server.last_event().item_id().size(), 16U);
  EXPECT_EQ(list(), (Titles{"C 2", "A 1", "B 1"}));
  EXPECT_EQ(moved(move(a, b)), "allowed");
  EXPECT_EQ(list(), (Titles{"C 2", "B 1", "A 2"}));
  // To where it is.
  EXPECT_EQ(moved(move(b, c)), "allowed");
  EXPECT_EQ(list(), (Titles{"C 2", "B 2", "A 2"}));
}

TEST_F(AgendaOfAMeeting, NoItemStandsAfterOneThatIsNotThere) {
  const std::string other = room.plan();
  const std::string elsewhere = room.agenda(coordinator, other).at(0).item();
  const std::string gone = room.add_item(meeting, "D");
  EXPECT_EQ(removed(remove(gone, 1)), "allowed");
  for (const std::string& after : {elsewhere, gone, std::string("00000000"), std::string("A")}) {
    v1::AddAgendaItemRequest add = new_item(meeting, "D");
    add.set_after_item(after);
    EXPECT_EQ(room.refusal("AgendaService/AddAgendaItem", add), unknown_after) << after;
    EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", move(a, after)), unknown_after) << after;
  }
  EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", move(a, a)), unknown_after);
}

TEST_F(AgendaOfAMeeting, AnItemOfAnotherMeetingIsNotThere) {
  const std::string other = room.plan();
  room.open(meeting);
  for (const std::string& item :
       {room.agenda(coordinator, other).at(0).item(), std::string("00000000"), std::string("A")}) {
    EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", move(item, "")), refused::not_found)
        << item;
    EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(item, 1)), refused::not_found)
        << item;
    auto minutes = about_meeting<v1::RecordMinutesRequest>(meeting);
    minutes.set_item(item);
    minutes.set_version(1);
    minutes.set_notes("Text");
    EXPECT_EQ(room.refusal("AgendaService/RecordMinutes", minutes), refused::not_found) << item;
  }
}

TEST_F(AgendaOfAMeeting, AnotherVersionIsRefused) {
  room.open(meeting);
  for (const std::uint64_t version : {std::uint64_t{2}, ~std::uint64_t{0}}) {
    v1::MoveAgendaItemRequest request = move(c, a);
    request.set_version(version);
    EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", request), refused::stale_version)
        << version;
    EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(c, version)),
              refused::stale_version)
        << version;
    v1::RecordMinutesRequest minutes = room.minutes(meeting, c);
    minutes.set_version(version);
    minutes.set_notes("Text");
    EXPECT_EQ(room.refusal("AgendaService/RecordMinutes", minutes), refused::stale_version)
        << version;
  }
  // Each change makes the version before it old.
  EXPECT_EQ(moved(move(c, a)), "allowed");
  EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", move(c, b)), refused::stale_version);
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(c, 1)), refused::stale_version);
  EXPECT_EQ(removed(remove(c, 2)), "allowed");
}

TEST_F(AgendaOfAMeeting, AnItemThatIsRemovedLeavesNothing) {
  EXPECT_EQ(removed(remove(b, 1)), "allowed");
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(list(), (Titles{"A 1", "C 1"}));
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(b, 1)), refused::not_found);
  EXPECT_EQ(room.refusal("AgendaService/MoveAgendaItem", move(b, "")), refused::not_found);
  EXPECT_EQ(moved(move(c, "")), "allowed");
  EXPECT_EQ(list(), (Titles{"C 2", "A 1"}));
}

TEST_F(AgendaOfAMeeting, AnItemWithMinutesOrAttendanceStays) {
  const std::string refused = "refused failed_precondition/item_has_records for item_has_records";
  EXPECT_EQ(attend(a, v1::ATTENDANCE_STATUS_INVITED), "allowed");
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(a, 1)), refused);
  room.open(meeting);
  EXPECT_EQ(attend(b, v1::ATTENDANCE_STATUS_ABSENT), "allowed");
  EXPECT_EQ(attend("", v1::ATTENDANCE_STATUS_PRESENT), "allowed");  // at the meeting: of no item
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(b, 1)), refused);
  room.record_minutes(meeting, c, "Lugnt.");
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove(c, 2)), refused);
  const std::string empty = room.add_item(meeting, "D");
  EXPECT_EQ(removed(remove(empty, 1)), "allowed");
}

TEST_F(AgendaOfAMeeting, AnItemIsOfOneKindWithWhatBelongsToIt) {
  const std::string number = room.load.create(new_group());
  const auto refusal = [&](const v1::AddAgendaItemRequest& request) {
    return room.refusal("AgendaService/AddAgendaItem", request);
  };
  const std::string no_title = "refused invalid_argument/missing(title) for missing";
  EXPECT_EQ(refusal(new_item(meeting, "")), no_title);
  EXPECT_EQ(refusal(new_item(meeting, "   ")), no_title);
  v1::AddAgendaItemRequest request = new_item(meeting, "D");
  request.set_case_number(number);
  EXPECT_EQ(refusal(request), "refused invalid_argument/unexpected(case_number) for unexpected");
  request = new_case_item(meeting, number);
  request.set_title("D");
  EXPECT_EQ(refusal(request), "refused invalid_argument/unexpected(title) for unexpected");
  EXPECT_EQ(refusal(new_case_item(meeting, "")),
            "refused invalid_argument/missing(case_number) for missing");
  request = new_item(meeting, "D");
  request.clear_kind();
  EXPECT_EQ(refusal(request), "refused invalid_argument/missing(kind) for missing");
  request.set_kind(static_cast<v1::AgendaItemKind>(4));
  EXPECT_EQ(refusal(request), "refused invalid_argument/unknown_value(kind) for unknown_value");
}

TEST_F(AgendaOfAMeeting, MinutesAreTakenWhileTheMeetingIsOpen) {
  v1::RecordMinutesRequest request = room.minutes(meeting, b);
  request.set_notes("Första raden.\nAndra raden.");
  request.set_decision("Vi går runt på torget.");
  EXPECT_EQ(room.refusal("AgendaService/RecordMinutes", request),
            "refused failed_precondition/meeting_not_open for meeting_not_open");
  room.open(meeting);
  const auto response =
      room.load.get<v1::RecordMinutesResponse>(coordinator, "AgendaService/RecordMinutes", request);
  EXPECT_EQ(response.version(), 2U);
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.item_version(), 2U);
  EXPECT_EQ(event.case_id(), "");
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
  const auto items = room.agenda(coordinator, meeting);
  EXPECT_EQ(room.load.server.last_event().items_shown(), 4U);  // three titles and the minutes
  EXPECT_EQ(items.at(1).notes(), request.notes());
  EXPECT_EQ(items.at(1).decision(), request.decision());
  for (const v1::AgendaItem& other : {items.at(0), items.at(2)}) {
    EXPECT_EQ(other.notes() + other.decision(), "");
    EXPECT_EQ(other.version(), 1U);
  }
}

TEST_F(AgendaOfAMeeting, MinutesAreReplacedWhole) {
  room.open(meeting);
  v1::RecordMinutesRequest request = room.minutes(meeting, a);
  request.set_notes("Första.");
  request.set_decision("Beslut.");
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", request), "allowed");
  room.record_minutes(meeting, b, "Av B.");
  room.record_minutes(meeting, a, "Andra.");
  // The item may move between: the minutes go with it.
  v1::MoveAgendaItemRequest later = move(a, c);
  later.set_version(3);
  EXPECT_EQ(moved(later), "allowed");
  const auto items = room.agenda(coordinator, meeting);
  EXPECT_EQ(list(), (Titles{"B 2", "C 1", "A 4"}));
  EXPECT_EQ(items.at(2).notes(), "Andra.");
  EXPECT_EQ(items.at(2).decision(), "");
  EXPECT_EQ(items.at(0).notes(), "Av B.");
  request = room.minutes(meeting, a);
  request.set_decision("Bara ett beslut.");
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", request), "allowed");
  EXPECT_EQ(room.agenda(coordinator, meeting).at(2).notes(), "");
  EXPECT_EQ(room.agenda(coordinator, meeting).at(2).decision(), "Bara ett beslut.");
}

}  // namespace
}  // namespace sspf::test::agenda
