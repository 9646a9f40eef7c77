// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/case_readers.h"

#include <algorithm>
#include <map>

#include "crypto/encoding.h"
#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

using Who = std::pair<std::string, std::uint32_t>;  // account and role

void add_lifting_basis(v1::CaseReader& reader, const std::string& basis_id) {
  if (basis_id.empty()) return;
  const std::string ref = crypto::base32(crypto::view_of(basis_id));
  const auto& refs = reader.basis_refs();
  if (std::find(refs.begin(), refs.end(), ref) == refs.end()) reader.add_basis_refs(ref);
}

// False when the event showed nothing of this case.
bool add_look(const std::string& case_id, const v1::AuditEvent& event, v1::CaseReader& reader) {
  bool is_shown = false;
  for (const auto& shown : event.cases_shown()) {
    if (shown.case_id() != case_id) continue;
    is_shown = true;
    add_lifting_basis(reader, shown.basis_id());
  }
  if (!is_shown) return false;
  if (reader.times() == 0) *reader.mutable_first_at() = store::timestamp_of(event.time_us());
  *reader.mutable_last_at() = store::timestamp_of(event.time_us());
  reader.set_times(reader.times() + 1);
  return true;
}

void describe(const store::Tables& tables, const v1::AuditEvent& event, v1::CaseReader& reader) {
  reader.set_account(tables.accounts.handle(AccountId::of(crypto::view_of(event.account_id()))));
  reader.set_agency_code(
      tables.directory.agency_code(AgencyId::of(crypto::view_of(event.agency_id()))));
  if (v1::Role_IsValid(static_cast<int>(event.role()))) {
    reader.set_role(static_cast<v1::Role>(event.role()));
  }
}

}  // namespace

Result<Piece<v1::ListCaseReadersResponse>> list_case_readers(
    const Permit<Action::list_case_readers>& permit, Workspace& workspace,
    const v1::ListCaseReadersRequest& /*request*/, const std::string& cursor) {
  const access::CaseAccess& in = permit.target();
  const std::string case_id = in.case_id().blob();
  in.note_shown();
  std::map<Who, v1::CaseReader> readers;
  std::optional<std::uint64_t> next = cursor.empty() ? 0 : std::stoull(cursor);
  for (std::uint64_t seen = 0; next && seen < limits::log_scan_events_max;) {
    const auto found = workspace.tables.subject_accesses.looks(in, *next);
    for (const store::LogEntry& entry : found.entries) {
      v1::AuditEvent event;
      if (!event.ParseFromString(entry.bytes)) throw Fault("a stored audit event does not parse");
      v1::CaseReader& reader = readers[{event.account_id(), event.role()}];
      const bool is_new = reader.times() == 0;
      if (add_look(case_id, event, reader) && is_new) describe(workspace.tables, event, reader);
    }
    seen += found.entries.size();
    next = found.next;
  }
  std::vector<v1::CaseReader> rows;
  for (auto& [who, reader] : readers) {
    if (reader.times() != 0) rows.push_back(std::move(reader));
  }
  std::sort(rows.begin(), rows.end(), [](const v1::CaseReader& a, const v1::CaseReader& b) {
    return store::microseconds_of(a.first_at()) < store::microseconds_of(b.first_at());
  });
  Piece<v1::ListCaseReadersResponse> piece;
  for (v1::CaseReader& row : rows) *piece.message.add_readers() = std::move(row);
  if (next) piece.next_cursor = std::to_string(*next);
  return piece;
}

}  // namespace sspf::handlers
