// SPDX-License-Identifier: Apache-2.0
//
// The municipality's template: what every new meeting's agenda begins as.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

struct AgendaTemplates : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;

  v1::UpdateAgendaTemplateRequest update(std::uint64_t version,
                                         const std::vector<std::string>& titles) {
    v1::UpdateAgendaTemplateRequest request;
    request.set_municipality_code("TYR");
    request.set_version(version);
    for (const std::string& title : titles) {
      v1::TemplateItem& item = *request.add_items();
      item.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
      item.set_title(title);
    }
    return request;
  }
  std::string updated(const Account& caller, const v1::UpdateAgendaTemplateRequest& request) {
    return room.outcome(caller, "AgendaService/UpdateAgendaTemplate", request);
  }
  std::string refusal(const v1::UpdateAgendaTemplateRequest& request) {
    return room.refusal("AgendaService/UpdateAgendaTemplate", request);
  }
  std::vector<std::string> titles() {
    std::vector<std::string> found;
    const auto stored = room.agenda_template();
    for (const v1::TemplateItem& item : stored.items()) found.push_back(item.title());
    return found;
  }
  std::vector<std::string> titles_of(const std::string& meeting) {
    std::vector<std::string> found;
    for (const v1::AgendaItem& item : room.agenda(coordinator, meeting)) {
      found.push_back(item.title());
    }
    return found;
  }
};

using Titles = std::vector<std::string>;

TEST_F(AgendaTemplates, BeginAsTheElevenPointsOfTheFixedAgenda) {
  const auto found = room.agenda_template();
  EXPECT_EQ(found.version(), 1U);
  EXPECT_EQ(titles(), (Titles{"Mötets öppnande, upprop och påminnelse om sekretess",
                              "Föregående minnesanteckningar",
                              "Lägesbild: polis, skola, fritid, socialtjänst",
                              "Grupper och platser", "Nya aktualiseringar (finns samtycke?)",
                              "Uppföljning av öppna åtaganden", "Planer att se över", "Avslut",
                              "Generella insatser", "Övriga frågor", "Nästa möte"}));
  for (int i = 0; i < found.items_size(); ++i) {
    EXPECT_EQ(found.items(i).kind(),
              i == 3 ? v1::AGENDA_ITEM_KIND_GROUP : v1::AGENDA_ITEM_KIND_GENERAL)
        << i;
  }
  EXPECT_EQ(titles_of(room.plan()), titles());
}

TEST_F(AgendaTemplates, AreReplacedWholeForNewMeetingsAndNotForThoseThatExist) {
  const Titles first = titles();
  const std::string old = room.plan();
  v1::UpdateAgendaTemplateRequest request = update(1, {"Upprop", "Torget", "Upprop"});
  request.mutable_items(1)->set_kind(v1::AGENDA_ITEM_KIND_GROUP);
  const auto response = room.load.get<v1::UpdateAgendaTemplateResponse>(
      coordinator, "AgendaService/UpdateAgendaTemplate", request);
  EXPECT_EQ(response.version(), 2U);
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.item_version(), 2U);
  EXPECT_EQ(event.municipality_id().size(), 16U);
  EXPECT_EQ(event.role(), static_cast<std::uint32_t>(v1::ROLE_COORDINATOR));
  EXPECT_EQ(room.agenda_template().version(), 2U);
  EXPECT_EQ(titles(), (Titles{"Upprop", "Torget", "Upprop"}));
  const std::string meeting = room.plan();
  EXPECT_EQ(titles_of(meeting), titles());
  EXPECT_EQ(room.agenda(coordinator, meeting).at(1).kind(), v1::AGENDA_ITEM_KIND_GROUP);
  EXPECT_EQ(titles_of(old), first);
}

TEST_F(AgendaTemplates, AreWrittenByTheAdministratorToo) {
  EXPECT_EQ(updated(cast.admin_tyr, update(1, {"Upprop"})), "allowed");
  EXPECT_EQ(room.load.server.last_event().role(),
            static_cast<std::uint32_t>(v1::ROLE_ADMINISTRATOR));
  EXPECT_EQ(updated(cast.root, update(2, {"Upprop", "Avslut"})), "allowed");
  EXPECT_EQ(titles(), (Titles{"Upprop", "Avslut"}));
}

TEST_F(AgendaTemplates, OfOneMunicipalityAreNotThoseOfAnother) {
  const Titles first = titles();
  EXPECT_EQ(updated(coordinator, update(1, {"Upprop"})), "allowed");
  const std::string in_nac = room.plan_in_nac();
  v1::GetAgendaTemplateRequest read;
  read.set_municipality_code("NAC");
  const auto other = room.load.get<v1::GetAgendaTemplateResponse>(
      cast.coordinator_nac, "AgendaService/GetAgendaTemplate", read);
  EXPECT_EQ(other.version(), 1U);
  EXPECT_EQ(static_cast<std::size_t>(other.items_size()), first.size());
  EXPECT_EQ(room.agenda(cast.coordinator_nac, in_nac).size(), first.size());
}

TEST_F(AgendaTemplates, AnotherVersionIsRefused) {
  const std::string stale = "refused aborted/stale_version for stale_version";
  EXPECT_EQ(refusal(update(2, {"Upprop"})), stale);
  EXPECT_EQ(updated(coordinator, update(1, {"Upprop"})), "allowed");
  EXPECT_EQ(refusal(update(1, {"Avslut"})), stale);
  EXPECT_EQ(titles(), Titles{"Upprop"});
}

TEST_F(AgendaTemplates, HoldNoCaseAndNothingEmpty) {
  v1::UpdateAgendaTemplateRequest request = update(1, {"Upprop", "Avslut"});
  request.mutable_items(1)->set_kind(v1::AGENDA_ITEM_KIND_CASE);
  EXPECT_EQ(refusal(request),
            "refused invalid_argument/unknown_value(items.kind) for unknown_value");
  request.mutable_items(1)->set_kind(static_cast<v1::AgendaItemKind>(4));
  EXPECT_EQ(refusal(request),
            "refused invalid_argument/unknown_value(items.kind) for unknown_value");
  request.mutable_items(1)->clear_kind();
  EXPECT_EQ(refusal(request), "refused invalid_argument/missing(items.kind) for missing");
  for (const char* title : {"", "   "}) {
    EXPECT_EQ(refusal(update(1, {"Upprop", title})),
              "refused invalid_argument/missing(items.title) for missing");
  }
  EXPECT_EQ(refusal(update(1, {std::string(limits::text_characters_max + 1, 'a')})),
            "refused invalid_argument/too_long(items.title) for too_long");
  EXPECT_EQ(refusal(update(1, {"a\tb"})),
            "refused invalid_argument/control_character(items.title) for control_character");
  EXPECT_EQ(refusal(update(1, {})), "refused invalid_argument/missing(items) for missing");
}

TEST_F(AgendaTemplates, HoldNoMoreThanAnAgendaDoes) {
  const std::string too_many = "refused invalid_argument/too_many_items(items) for too_many_items";
  Titles most(limits::agenda_items_max, "Punkt");
  EXPECT_EQ(updated(coordinator, update(1, most)), "allowed");
  const std::string meeting = room.plan();
  EXPECT_EQ(titles_of(meeting).size(), limits::agenda_items_max);
  EXPECT_EQ(room.refusal("AgendaService/AddAgendaItem", new_item(meeting, "En till")),
            "refused failed_precondition/meeting_full for meeting_full");
  most.emplace_back("En till");
  EXPECT_EQ(refusal(update(2, most)), too_many);
  EXPECT_EQ(refusal(update(2, Titles(limits::repeated_items_max + 1, "Punkt"))), too_many);
}

}  // namespace
}  // namespace sspf::test
