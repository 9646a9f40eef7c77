// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/event_view.h"

#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

std::string reference(const std::string& bytes) { return crypto::base32(crypto::view_of(bytes)); }

// A reason that a newer server has written shows as its number.
std::string reason_text(std::uint32_t number) {
  if (number == 0) return {};
  if (!is_reason(number)) return std::to_string(number);
  return std::string(name_of(static_cast<Reason>(number)));
}

std::string handle_of(const store::Tables& tables, const std::string& account_id) {
  if (account_id.empty()) return {};
  return tables.accounts.handle(AccountId::of(crypto::view_of(account_id)));
}

}  // namespace

v1::EventView event_view(const store::Tables& tables, const store::LogEntry& entry) {
  v1::AuditEvent event;
  if (!event.ParseFromString(entry.bytes)) throw Fault("a stored audit event does not parse");
  v1::EventView view;
  view.set_sequence(event.sequence());
  *view.mutable_time() = store::timestamp_of(event.time_us());
  view.set_account(handle_of(tables, event.account_id()));
  view.set_subject_account(handle_of(tables, event.subject_account_id()));
  if (!event.agency_id().empty()) {
    view.set_agency_code(
        tables.directory.agency_code(AgencyId::of(crypto::view_of(event.agency_id()))));
  }
  if (!event.municipality_id().empty()) {
    view.set_municipality_code(tables.directory.municipality_code(
        MunicipalityId::of(crypto::view_of(event.municipality_id()))));
  }
  if (v1::Role_IsValid(static_cast<int>(event.role()))) {
    view.set_role(static_cast<v1::Role>(event.role()));
  }
  view.set_rpc(event.rpc());
  view.set_outcome(event.outcome());
  view.set_told_reason(reason_text(event.told_reason()));
  view.set_cause_reason(reason_text(event.cause_reason()));
  view.set_case_ref(reference(event.case_id()));
  view.set_meeting_ref(reference(event.meeting_id()));
  view.set_item_ref(reference(event.item_id()));
  for (const auto& shown : event.cases_shown()) {
    view.add_cases_shown(reference(shown.case_id()));
    if (!shown.basis_id().empty()) view.add_basis_refs(reference(shown.basis_id()));
  }
  for (const std::string& disposed : event.disposed_case_ids()) {
    view.add_disposed_cases(reference(disposed));
  }
  view.set_key_epoch(event.key_epoch());
  view.set_bundle_digest(crypto::hex(crypto::view_of(event.bundle_digest())));
  view.set_erased_month(event.erased_month());
  view.set_certificate_ref(reference(event.certificate_ref()));
  view.set_items_shown(event.items_shown());
  return view;
}

}  // namespace sspf::handlers
