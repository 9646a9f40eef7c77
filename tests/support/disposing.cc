// SPDX-License-Identifier: Apache-2.0
#include "tests/support/disposing.h"

#include "crypto/derive.h"

namespace sspf::test {
namespace {

std::string lines_of(store::Query& query) {
  std::string lines;
  while (query.step()) lines += query.text(0) + "\n";
  return lines;
}

}  // namespace

v1::SetRetentionRuleRequest new_rule(std::uint32_t years) {
  auto request = of_tyr<v1::SetRetentionRuleRequest>();
  request.set_category(v1::DOCUMENT_CATEGORY_CASE);
  request.set_years(years);
  return request;
}

v1::ReviewDisposalItemRequest verdict_on(const std::string& list, const std::string& case_number,
                                         v1::DisposalVerdict verdict) {
  auto request = of_case<v1::ReviewDisposalItemRequest>(case_number);
  request.set_list(list);
  request.set_verdict(verdict);
  if (verdict == v1::DISPOSAL_VERDICT_KEEP) request.set_reason("Syskonets ärende pågår.");
  return request;
}

v1::ExecuteDisposalRequest execution_of(const std::string& list) {
  auto request = of_tyr<v1::ExecuteDisposalRequest>();
  request.set_list(list);
  return request;
}

store::Connection open_database(const Config& config) {
  return {config.database_file().string(),
          crypto::derive(read_key(config.root_key_file()), "sspf/database/v1"),
          store::OpenMode::existing};
}

store::Connection open_keystore(const Config& config) {
  return {config.keystore_file().string(),
          crypto::derive(read_key(config.root_key_file()), "sspf/keystore/v1"),
          store::OpenMode::existing};
}

Disposing::Disposing()
    : reviewer(make_account(load.server, {"rita.ros", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}})),
      executor(make_account(load.server, {"eskil.ek", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}})) {
}

std::string Disposing::ended(const v1::CreateCaseRequest& request) {
  const std::string today = load.server.today();
  load.server.set_date("2020-03-01");
  const std::string number = load.create(request);
  load.advance(number, v1::CASE_STATE_HANDED_OVER);
  load.server.set_date(today);
  return number;
}

std::string Disposing::old_group() { return ended(new_group()); }

std::string Disposing::old_person(const std::string& birth_date) {
  v1::CreateCaseRequest request = new_person("");
  request.set_birth_date(birth_date);
  return ended(request);
}

v1::GetRetentionResponse Disposing::retention(const std::string& case_number) {
  return load.get<v1::GetRetentionResponse>(coordinator, "RetentionService/GetRetention",
                                            of_case<v1::GetRetentionRequest>(case_number));
}

std::string Disposing::hold(const std::string& case_number) {
  auto request = of_case<v1::SetLegalHoldRequest>(case_number);
  request.set_reason("En domstol har begärt handlingarna.");
  return load.get<v1::SetLegalHoldResponse>(coordinator, "RetentionService/SetLegalHold", request)
      .hold();
}

void Disposing::lift(const std::string& case_number, const std::string& hold) {
  auto request = of_case<v1::LiftLegalHoldRequest>(case_number);
  request.set_hold(hold);
  load.get<v1::LiftLegalHoldResponse>(coordinator, "RetentionService/LiftLegalHold", request);
}

std::string Disposing::list() {
  return load
      .get<v1::CreateDisposalListResponse>(coordinator, "DisposalService/CreateDisposalList",
                                           of_tyr<v1::CreateDisposalListRequest>())
      .list();
}

void Disposing::review(const std::string& list, const std::string& case_number,
                       v1::DisposalVerdict verdict) {
  load.get<v1::ReviewDisposalItemResponse>(reviewer, "DisposalService/ReviewDisposalItem",
                                           verdict_on(list, case_number, verdict));
}

void Disposing::review_all(const std::string& list) {
  const auto shown = show(list);
  for (const v1::DisposalItem& item : shown.items()) {
    review(list, item.case_number(), v1::DISPOSAL_VERDICT_DISPOSE);
  }
}

v1::GetDisposalListResponse Disposing::show(const std::string& list) {
  auto request = of_tyr<v1::GetDisposalListRequest>();
  request.set_list(list);
  return load.get<v1::GetDisposalListResponse>(coordinator, "DisposalService/GetDisposalList",
                                               request);
}

v1::ExecuteDisposalResponse Disposing::execute(const std::string& list) {
  return load.get<v1::ExecuteDisposalResponse>(executor, "DisposalService/ExecuteDisposal",
                                               execution_of(list));
}

std::string Disposing::dispose_of_everything() {
  const std::string made = list();
  review_all(made);
  execute(made);
  return made;
}

std::string Disposing::outcome(const Account& caller, const std::string& rpc,
                               const google::protobuf::Message& request) {
  const std::string rows = stored();
  const std::uint64_t before = load.server.event_count();
  const Answered answered = load.server.call(caller, "sspf.v1." + rpc, request);
  const v1::AuditEvent event = load.server.last_event();
  const std::string changed = stored() == rows ? "" : " and is stored";
  if (load.server.event_count() != before + 1) return "not one event";
  if (event.rpc() != "sspf.v1." + rpc) return "an event of " + event.rpc();
  if (answered.ok() && event.outcome() == v1::OUTCOME_ALLOWED) return "allowed";
  if (event.disposed_case_ids_size() != 0 || event.key_epoch() != 0) return "a certificate";
  if (answered.ok() && event.outcome() == v1::OUTCOME_DRY_RUN) return "dry run" + changed;
  if (answered.ok() && event.outcome() == v1::OUTCOME_REPEATED) return "repeated" + changed;
  if (answered.ok() || event.outcome() != v1::OUTCOME_REFUSED) {
    return answered.summary() + ", and the event " + v1::Outcome_Name(event.outcome());
  }
  if (event.items_shown() != 0 || event.cases_shown_size() != 0) return "refused and shown";
  return "refused " + answered.summary() + " for " + cause_of(event) + changed;
}

std::string Disposing::stored() {
  store::Connection database = open_database(load.server.config());
  store::Query rows(
      database,
      "SELECT 'rule ' || concat_ws('|', ref, category, valid_from, years, preserves_everything, "
      "preserved_birth_days) FROM retention_rule UNION ALL "
      "SELECT 'hold ' || concat_ws('|', ref, hex(sealed_reason), set_at, lifted_at) "
      "FROM legal_hold UNION ALL "
      "SELECT 'list ' || concat_ws('|', ref, hex(account_id), executed_at) FROM disposal_list "
      "UNION ALL SELECT 'item ' || concat_ws('|', hex(list_id), hex(case_id), hex(rule_id), "
      "due_on, verdict, hex(sealed_reason), hex(reviewed_by_id), outcome) FROM disposal_item "
      "UNION ALL SELECT 'case ' || concat_ws('|', number, state, hex(sealed_subject), version) "
      "FROM case_file");
  store::Connection keystore = open_keystore(load.server.config());
  store::Query keys(keystore,
                    "SELECT 'key ' || concat_ws('|', hex(key_id), kind, epoch) FROM wrapped_key");
  return lines_of(rows) + lines_of(keys);
}

std::string Disposing::counts() {
  store::Connection database = open_database(load.server.config());
  store::Query query(
      database,
      "SELECT 'agenda_item ' || count(*) FROM agenda_item UNION ALL "
      "SELECT 'assignment ' || count(*) FROM assignment UNION ALL "
      "SELECT 'attendance ' || count(*) FROM attendance UNION ALL "
      "SELECT 'case_block ' || count(*) FROM case_block UNION ALL "
      "SELECT 'case_handler ' || count(*) FROM case_handler UNION ALL "
      "SELECT 'case_protection ' || count(*) FROM case_protection UNION ALL "
      "SELECT 'consent_purpose ' || count(*) FROM consent_purpose UNION ALL "
      "SELECT 'disclosure ' || count(*) FROM disclosure UNION ALL "
      "SELECT 'duty_request ' || count(*) FROM duty_request UNION ALL "
      "SELECT 'emergency_opening ' || count(*) FROM emergency_opening UNION ALL "
      "SELECT 'subject_access ' || count(*) FROM subject_access UNION ALL "
      "SELECT 'subject_access_entry ' || count(*) FROM subject_access_entry UNION ALL "
      "SELECT 'shown_item ' || count(*) FROM shown_item UNION ALL "
      "SELECT 'case_file ' || count(*) FROM case_file WHERE sealed_subject <> x'' UNION ALL "
      "SELECT 'case_state_change ' || count(*) FROM case_state_change UNION ALL "
      "SELECT 'commitment ' || count(*) FROM commitment UNION ALL "
      "SELECT 'commitment_version ' || count(*) FROM commitment_version UNION ALL "
      "SELECT 'consent ' || count(*) FROM consent UNION ALL "
      "SELECT 'consent_agency ' || count(*) FROM consent_agency UNION ALL "
      "SELECT 'consent_kind ' || count(*) FROM consent_kind UNION ALL "
      "SELECT 'disposal_item ' || count(*) FROM disposal_item WHERE sealed_reason IS NOT NULL "
      "UNION ALL SELECT 'legal_hold ' || count(*) FROM legal_hold UNION ALL "
      "SELECT 'minutes ' || count(*) FROM minutes UNION ALL "
      "SELECT 'note ' || count(*) FROM note UNION ALL "
      "SELECT 'note_recipient ' || count(*) FROM note_recipient UNION ALL "
      "SELECT 'note_version ' || count(*) FROM note_version UNION ALL "
      "SELECT 'participant ' || count(*) FROM participant UNION ALL "
      "SELECT 'plan ' || count(*) FROM plan UNION ALL "
      "SELECT 'plan_version ' || count(*) FROM plan_version");
  return lines_of(query);
}

std::string Disposing::id_of(const std::string& case_number) {
  store::Batch batch(load.server.installation().database());
  store::Unit unit(batch);
  return unit.facts().case_of(case_number).value().id.blob();
}

}  // namespace sspf::test
