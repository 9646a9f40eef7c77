// SPDX-License-Identifier: Apache-2.0
#include "server/audit/event.h"

#include "crypto/hash.h"

namespace sspf::audit {
namespace {

template <typename AnyId>
std::string blob_of(const std::optional<AnyId>& id) {
  return id ? id->blob() : std::string();
}

void describe_caller(const access::Caller& caller, v1::AuditEvent& event) {
  event.set_account_id(caller.account().blob());
  event.set_agency_id(caller.agency().blob());
}

// But for what was not there before, when the call was undone.
void describe_target(const access::Tally& tally, v1::AuditEvent& event) {
  using access::Founded;
  const auto is_there = [&](Founded target) {
    return event.outcome() == v1::OUTCOME_ALLOWED || tally.founded != target;
  };
  if (is_there(Founded::municipality)) event.set_municipality_id(blob_of(tally.municipality));
  if (is_there(Founded::case_file)) event.set_case_id(blob_of(tally.case_id));
  if (is_there(Founded::meeting)) event.set_meeting_id(blob_of(tally.meeting));
  if (is_there(Founded::account)) event.set_subject_account_id(blob_of(tally.subject_account));
  event.set_role(static_cast<std::uint32_t>(tally.role));
}

void describe_shown(const access::Tally& tally, v1::AuditEvent& event) {
  event.set_items_shown(tally.items_shown);
  for (const access::CaseShown& shown : tally.cases_shown) {
    v1::AuditEvent::CaseShown& row = *event.add_cases_shown();
    row.set_case_id(shown.case_id.blob());
    row.set_basis_id(blob_of(shown.basis));
    row.set_items(shown.items);
  }
}

void describe_basis_change(const access::BasisChange& change, v1::AuditEvent& event) {
  v1::AuditEvent::BasisChange& row = *event.mutable_basis_change();
  row.set_basis_id(change.basis.blob());
  row.set_from_date(change.from_date);
  row.set_to_date(change.to_date);
  row.set_until_us(change.until_us);
  row.set_withdrawn(change.is_withdrawn);
}

// Of a call that was undone, nothing.
void describe_stored(const access::Tally& tally, v1::AuditEvent& event) {
  event.set_item_id(blob_of(tally.item));
  event.set_item_version(tally.item_version);
  for (const CaseId& id : tally.disposed_cases) event.add_disposed_case_ids(id.blob());
  event.set_key_epoch(tally.key_epoch);
  event.set_bundle_digest(std::string(crypto::text_of(tally.bundle_digest)));
  event.set_erased_month(tally.erased_month);
  if (tally.basis_change) describe_basis_change(*tally.basis_change, event);
  if (!tally.ciphertext_digests.empty()) {
    const crypto::Digest digest = crypto::sha256(tally.ciphertext_digests);
    event.set_ciphertext_digest(std::string(crypto::text_of(digest)));
  }
}

}  // namespace

store::EventDraft describe(const Described& call) {
  store::EventDraft draft;
  v1::AuditEvent& event = draft.event;
  event.set_rpc(std::string(call.rpc));
  event.set_outcome(call.outcome);
  if (call.caller != nullptr) describe_caller(*call.caller, event);
  describe_target(call.tally, event);
  if (call.outcome == v1::OUTCOME_ALLOWED || call.outcome == v1::OUTCOME_DRY_RUN) {
    describe_shown(call.tally, event);
  }
  if (call.outcome == v1::OUTCOME_ALLOWED) {
    describe_stored(call.tally, event);
    draft.items_by_basis = call.tally.items_by_basis;
    if (call.caller != nullptr) draft.recipient = call.caller->agency();
  }
  if (call.refusal != nullptr) {
    event.set_told_reason(static_cast<std::uint32_t>(call.refusal->told));
    event.set_cause_reason(static_cast<std::uint32_t>(call.refusal->cause));
    draft.details.set_field(call.refusal->field);
  }
  if (call.http.certificate) {
    event.set_certificate_ref(
        std::string(crypto::text_of(call.http.certificate->fingerprint).substr(0, 8)));
  }
  draft.details.set_peer_address(call.http.peer_address);
  draft.details.set_user_agent(call.http.user_agent.substr(0, 200));
  return draft;
}

store::EventDraft describe_own_act(std::string_view act, std::uint32_t count) {
  store::EventDraft draft;
  draft.event.set_rpc(std::string(act));
  draft.event.set_outcome(v1::OUTCOME_ALLOWED);
  draft.event.set_items_shown(count);
  return draft;
}

}  // namespace sspf::audit
