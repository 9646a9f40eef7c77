// SPDX-License-Identifier: Apache-2.0
#include "server/store/meetings.h"

#include <fmt/format.h>

#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

constexpr std::string_view place_column = "meeting.sealed_place";

v1::TemplateItem template_item(v1::AgendaItemKind kind, const std::string& title) {
  v1::TemplateItem item;
  item.set_kind(kind);
  item.set_title(title);
  return item;
}

// domain.md 1, "Default agenda".
std::vector<v1::TemplateItem> default_items() {
  const auto general = [](const std::string& title) {
    return template_item(v1::AGENDA_ITEM_KIND_GENERAL, title);
  };
  return {
      general("Mötets öppnande, upprop och påminnelse om sekretess"),
      general("Föregående minnesanteckningar"),
      general("Lägesbild: polis, skola, fritid, socialtjänst"),
      template_item(v1::AGENDA_ITEM_KIND_GROUP, "Grupper och platser"),
      general("Nya aktualiseringar (finns samtycke?)"),
      general("Uppföljning av öppna åtaganden"),
      general("Planer att se över"),
      general("Avslut"),
      general("Generella insatser"),
      general("Övriga frågor"),
      general("Nästa möte"),
  };
}

}  // namespace

void Meetings::add_template_items(const MunicipalityId& municipality,
                                  const std::vector<v1::TemplateItem>& items) {
  int position = 0;
  for (const v1::TemplateItem& item : items) {
    Query(*connection_,
          "INSERT INTO agenda_template_item (municipality_id, position, kind, title) "
          "VALUES (?1, ?2, ?3, ?4)",
          municipality, ++position, static_cast<int>(item.kind()), item.title())
        .run();
  }
}

void Meetings::add_default_template(const access::Directory& /*scope*/,
                                    const MunicipalityId& municipality) {
  Query(*connection_, "INSERT INTO agenda_template (municipality_id, version) VALUES (?1, 1)",
        municipality)
      .run();
  add_template_items(municipality, default_items());
}

AgendaTemplate Meetings::agenda_template(const access::MunicipalityAccess& municipality) const {
  AgendaTemplate found;
  {
    Query query(*connection_, "SELECT version FROM agenda_template WHERE municipality_id = ?1",
                municipality.municipality());
    if (!query.step()) throw Fault("a municipality has no agenda template");
    found.version = static_cast<std::uint64_t>(query.integer(0));
  }
  Query query(*connection_,
              "SELECT kind, title FROM agenda_template_item WHERE municipality_id = ?1 "
              "ORDER BY position",
              municipality.municipality());
  while (query.step()) {
    found.items.push_back(template_item(query.enumerator<v1::AgendaItemKind>(0), query.text(1)));
  }
  return found;
}

Result<std::uint64_t> Meetings::replace_template(const access::MunicipalityAccess& municipality,
                                                 const AgendaTemplate& changed) {
  const int updated = Query(*connection_,
                            "UPDATE agenda_template SET version = version + 1 "
                            "WHERE municipality_id = ?1 AND version = ?2",
                            municipality.municipality(), changed.version)
                          .run();
  if (updated == 0) return refusal(Reason::stale_version);
  Query(*connection_, "DELETE FROM agenda_template_item WHERE municipality_id = ?1",
        municipality.municipality())
      .run();
  add_template_items(municipality.municipality(), changed.items);
  return changed.version + 1;
}

std::string Meetings::next_number(const access::MunicipalityAccess& municipality,
                                  const std::string& year) {
  Query query(*connection_,
              "INSERT INTO meeting_counter (municipality_id, year, last) VALUES (?1, ?2, 1) "
              "ON CONFLICT (municipality_id, year) DO UPDATE SET last = meeting_counter.last + 1 "
              "RETURNING last",
              municipality.municipality(), std::stoi(year));
  if (!query.step()) throw Fault("a meeting got no number");
  return fmt::format("{}-M-{}-{:04}", municipality.code(), year, query.integer(0));
}

void Meetings::add(const access::MeetingAccess& meeting, const MeetingDraft& draft) {
  const access::Place place{place_column, meeting.meeting_id().bytes(), 1};
  Query(*connection_,
        "INSERT INTO meeting (meeting_id, municipality_id, number, state, starts_at, ends_at, "
        "sealed_place, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
        meeting.meeting_id(), meeting.municipality(), meeting.number(),
        static_cast<int>(v1::MEETING_STATE_PLANNED), draft.starts_at, draft.ends_at,
        Blob{meeting.seal(place, draft.place).bytes})
      .run();
}

v1::Meeting Meetings::get(const access::MeetingAccess& meeting) const {
  const access::Place place{place_column, meeting.meeting_id().bytes(), 1};
  Query query(*connection_,
              "SELECT g.number, m.code, g.state, g.starts_at, g.ends_at, g.sealed_place, "
              "g.version FROM meeting g "
              "JOIN municipality m ON m.municipality_id = g.municipality_id "
              "WHERE g.meeting_id = ?1",
              meeting.meeting_id());
  if (!query.step()) throw Fault("a permit names a meeting that is not there");
  v1::Meeting row;
  row.set_number(query.text(0));
  row.set_municipality_code(query.text(1));
  row.set_state(query.enumerator<v1::MeetingState>(2));
  *row.mutable_starts_at() = timestamp_of(query.integer(3));
  *row.mutable_ends_at() = timestamp_of(query.integer(4));
  row.set_place(meeting.open(place, {query.blob(5)}));
  row.set_version(static_cast<std::uint64_t>(query.integer(6)));
  return row;
}

Result<std::uint64_t> Meetings::set_state(const access::MeetingAccess& meeting,
                                          std::uint64_t version, v1::MeetingState state) {
  const int changed = Query(*connection_,
                            "UPDATE meeting SET state = ?1, version = version + 1 "
                            "WHERE meeting_id = ?2 AND version = ?3",
                            static_cast<int>(state), meeting.meeting_id(), version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  return version + 1;
}

}  // namespace sspf::store
