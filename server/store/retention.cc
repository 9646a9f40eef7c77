// SPDX-License-Identifier: Apache-2.0
#include "server/store/retention.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// Bit d is day d.
void show_days(std::uint32_t days, v1::RetentionRule& rule) {
  for (std::uint32_t day = 1; day <= 31; ++day) {
    if ((days >> day & 1U) != 0) rule.add_preserved_birth_days(day);
  }
}

}  // namespace

Result<Done> Retention::add_rule(const access::MunicipalityAccess& municipality,
                                 const RetentionRuleRow& rule, const Authorship& set) {
  {
    Query stored(*connection_, "SELECT count(*) FROM retention_rule WHERE municipality_id = ?1",
                 municipality.municipality());
    if (stored.step() && stored.integer(0) >= limits::retention_rules_max) {
      return refusal(Reason::too_many_rules);
    }
  }
  Query(*connection_,
        "INSERT INTO retention_rule (rule_id, municipality_id, ref, category, valid_from, years, "
        "preserves_everything, preserved_birth_days, account_id, set_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        rule.id, municipality.municipality(), rule.ref, static_cast<int>(rule.category),
        rule.valid_from, rule.years, rule.preserves_everything ? 1 : 0, rule.preserved_birth_days,
        set.account, set.at.microseconds)
      .run();
  return Done();
}

RetentionRuleRow Retention::rule_on(const MunicipalityId& municipality, const std::string& day,
                                    const RetentionRuleRow& undecided) const {
  Query query(*connection_,
              "SELECT rule_id, ref, valid_from, years, preserves_everything, preserved_birth_days "
              "FROM retention_rule WHERE municipality_id = ?1 AND category = ?2 "
              "AND valid_from <= ?3 ORDER BY valid_from DESC, rowid DESC LIMIT 1",
              municipality, static_cast<int>(undecided.category), day);
  if (!query.step()) return undecided;
  RetentionRuleRow rule;
  rule.id = query.id<ItemId>(0);
  rule.ref = query.text(1);
  rule.category = undecided.category;
  rule.valid_from = query.text(2);
  rule.years = static_cast<std::uint32_t>(query.integer(3));
  rule.preserves_everything = query.integer(4) != 0;
  rule.preserved_birth_days = static_cast<std::uint32_t>(query.integer(5));
  return rule;
}

std::vector<v1::RetentionRule> Retention::list_rules(
    const access::MunicipalityAccess& municipality) const {
  std::vector<v1::RetentionRule> rules;
  Query query(*connection_,
              "SELECT r.ref, r.category, r.valid_from, r.years, r.preserves_everything, "
              "r.preserved_birth_days, a.handle, r.set_at FROM retention_rule r "
              "JOIN account a ON a.account_id = r.account_id WHERE r.municipality_id = ?1 "
              "ORDER BY r.category, r.valid_from, r.rowid",
              municipality.municipality());
  while (query.step()) {
    v1::RetentionRule& rule = rules.emplace_back();
    rule.set_rule(query.text(0));
    rule.set_category(query.enumerator<v1::DocumentCategory>(1));
    rule.set_valid_from(query.text(2));
    rule.set_years(static_cast<std::uint32_t>(query.integer(3)));
    rule.set_preserves_everything(query.integer(4) != 0);
    show_days(static_cast<std::uint32_t>(query.integer(5)), rule);
    rule.set_set_by_handle(query.text(6));
    *rule.mutable_set_at() = timestamp_of(query.integer(7));
  }
  return rules;
}

std::vector<std::string> Retention::quiet_cases(const MunicipalityId& municipality,
                                                Instant since) const {
  std::vector<std::string> numbers;
  Query query(*connection_,
              "SELECT f.number FROM case_file f WHERE f.municipality_id = ?1 "
              "AND NOT EXISTS (SELECT 1 FROM case_state_change c "
              "WHERE c.case_id = f.case_id AND c.changed_at > ?2) "
              "AND NOT EXISTS (SELECT 1 FROM disposal_item d "
              "WHERE d.case_id = f.case_id AND d.outcome = ?3) ORDER BY f.number",
              municipality, since.microseconds, static_cast<int>(v1::DISPOSAL_OUTCOME_DISPOSED));
  while (query.step()) numbers.push_back(query.text(0));
  return numbers;
}

Instant Retention::last_activity(const CaseId& id) const {
  Query query(
      *connection_,
      "SELECT max(at) FROM (SELECT max(changed_at) AS at FROM case_state_change "
      "WHERE case_id = ?1 UNION ALL "
      "SELECT max(v.written_at) FROM note_version v JOIN note n ON n.note_id = v.note_id "
      "WHERE n.case_id = ?1 UNION ALL "
      "SELECT max(max(recorded_at, coalesce(revoked_at, 0))) FROM consent WHERE case_id = ?1 "
      "UNION ALL SELECT max(written_at) FROM plan_version WHERE case_id = ?1 UNION ALL "
      "SELECT max(v.written_at) FROM commitment_version v "
      "JOIN commitment c ON c.commitment_id = v.commitment_id WHERE c.case_id = ?1 UNION ALL "
      "SELECT max(m.written_at) FROM minutes m JOIN agenda_item i ON i.item_id = m.item_id "
      "WHERE i.case_id = ?1 UNION ALL "
      "SELECT max(t.recorded_at) FROM attendance t JOIN agenda_item i ON i.item_id = t.scope_id "
      "WHERE i.case_id = ?1 UNION ALL "
      "SELECT max(recorded_at) FROM disclosure WHERE case_id = ?1 UNION ALL "
      "SELECT max(answered_at) FROM duty_request WHERE case_id = ?1 UNION ALL "
      "SELECT max(max(opened_at, coalesce(reviewed_at, 0))) FROM emergency_opening "
      "WHERE case_id = ?1 UNION ALL "
      "SELECT max(max(opened_at, coalesce(closed_at, 0))) FROM subject_access "
      "WHERE case_id = ?1)",
      id);
  if (!query.step()) throw Fault("an aggregate gave no row");
  return {query.integer(0)};
}

Result<Done> Retention::add_hold(const access::CaseAccess& access, const NewHold& hold) {
  {
    Query stored(*connection_, "SELECT count(*) FROM legal_hold WHERE case_id = ?1",
                 access.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  Query(*connection_,
        "INSERT INTO legal_hold (hold_id, case_id, ref, sealed_reason, account_id, set_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        hold.id, access.case_id(), hold.ref, Blob{hold.reason.bytes}, hold.set.account,
        hold.set.at.microseconds)
      .run();
  return Done();
}

Result<ItemId> Retention::lift_hold(const access::CaseAccess& access, const std::string& ref,
                                    const Authorship& lifted) {
  ItemId id;
  {
    Query query(*connection_,
                "SELECT hold_id, lifted_at IS NOT NULL FROM legal_hold "
                "WHERE case_id = ?1 AND ref = ?2",
                access.case_id(), ref);
    if (!query.step()) return hidden(Reason::not_found);
    if (query.integer(1) != 0) return refusal(Reason::hold_lifted);
    id = query.id<ItemId>(0);
  }
  Query(*connection_, "UPDATE legal_hold SET lifted_by_id = ?1, lifted_at = ?2 WHERE hold_id = ?3",
        lifted.account, lifted.at.microseconds, id)
      .run();
  return id;
}

std::vector<HoldRow> Retention::list_holds(const access::CaseAccess& access) const {
  std::vector<HoldRow> rows;
  Query query(*connection_,
              "SELECT h.hold_id, h.ref, h.sealed_reason, a.handle, h.set_at, h.lifted_at, "
              "l.handle FROM legal_hold h JOIN account a ON a.account_id = h.account_id "
              "LEFT JOIN account l ON l.account_id = h.lifted_by_id "
              "WHERE h.case_id = ?1 ORDER BY h.set_at, h.rowid",
              access.case_id());
  while (query.step()) {
    HoldRow& row = rows.emplace_back();
    row.id = query.id<ItemId>(0);
    row.shown.set_hold(query.text(1));
    row.reason.bytes = query.blob(2);
    row.shown.set_set_by_handle(query.text(3));
    *row.shown.mutable_set_at() = timestamp_of(query.integer(4));
    if (query.is_null(5)) continue;
    *row.shown.mutable_lifted_at() = timestamp_of(query.integer(5));
    row.shown.set_lifted_by_handle(query.text(6));
  }
  return rows;
}

bool Retention::is_on_hold(const CaseId& id) const {
  Query query(*connection_,
              "SELECT 1 FROM legal_hold WHERE case_id = ?1 AND lifted_at IS NULL UNION ALL "
              "SELECT 1 FROM subject_access WHERE case_id = ?1 AND closed_at IS NULL",
              id);
  return query.step();
}

}  // namespace sspf::store
