// SPDX-License-Identifier: Apache-2.0
//
// SQL of meetings, and of the agenda template that a municipality's new meetings start from.
#pragma once

#include <string>
#include <vector>

#include "server/access/scopes.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::store {

struct AgendaTemplate {
  std::vector<v1::TemplateItem> items;
  std::uint64_t version = 0;
};

struct MeetingDraft {
  std::int64_t starts_at = 0;  // microseconds since 1970
  std::int64_t ends_at = 0;
  std::string place;
};

class Meetings {
 public:
  explicit Meetings(Connection& connection) : connection_(&connection) {}

  // The agenda of domain.md 1, as version 1 of the new municipality's template.
  void add_default_template(const access::Directory& scope, const MunicipalityId& municipality);
  AgendaTemplate agenda_template(const access::MunicipalityAccess& municipality) const;
  // Replaces every item. Refuses with stale_version unless `changed.version` is the stored one.
  Result<std::uint64_t> replace_template(const access::MunicipalityAccess& municipality,
                                         const AgendaTemplate& changed);

  // "TYR-M-2026-0003": counted for each municipality and year, and never used again.
  std::string next_number(const access::MunicipalityAccess& municipality, const std::string& year);
  // Planned, at version 1.
  void add(const access::MeetingAccess& meeting, const MeetingDraft& draft);
  v1::Meeting get(const access::MeetingAccess& meeting) const;
  // Refuses with stale_version unless `version` is the stored one. Returns the next.
  Result<std::uint64_t> set_state(const access::MeetingAccess& meeting, std::uint64_t version,
                                  v1::MeetingState state);

 private:
  void add_template_items(const MunicipalityId& municipality,
                          const std::vector<v1::TemplateItem>& items);

  Connection* connection_;
};

}  // namespace sspf::store
