// SPDX-License-Identifier: Apache-2.0
#include "server/store/alerts.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// alert_id, municipality_id, account_id, ref, kind, code, handle, raised_at, first_sequence,
// last_sequence, count, handle, acknowledged_at.
AlertRow alert_row(const Query& query) {
  AlertRow row;
  row.id = query.id<ItemId>(0);
  row.municipality = query.optional_id<MunicipalityId>(1);
  row.account = query.optional_id<AccountId>(2);
  v1::Alert& shown = row.shown;
  shown.set_alert(query.text(3));
  shown.set_kind(query.enumerator<v1::AlertKind>(4));
  if (!query.is_null(5)) shown.set_municipality_code(query.text(5));
  if (!query.is_null(6)) shown.set_account(query.text(6));
  *shown.mutable_raised_at() = timestamp_of(query.integer(7));
  shown.set_first_sequence(static_cast<std::uint64_t>(query.integer(8)));
  shown.set_last_sequence(static_cast<std::uint64_t>(query.integer(9)));
  shown.set_count(static_cast<std::uint32_t>(query.integer(10)));
  if (query.is_null(12)) return row;
  shown.set_acknowledged_by_handle(query.text(11));
  *shown.mutable_acknowledged_at() = timestamp_of(query.integer(12));
  return row;
}

}  // namespace

Alerts::Listed Alerts::list(const Grants& within_grants_of, bool unacknowledged,
                            const std::string& cursor) const {
  Listed listed;
  std::optional<std::int64_t> before;
  if (!cursor.empty()) before = std::stoll(cursor);
  std::int64_t last = 0;
  Query query(*connection_,
              "SELECT x.alert_id, x.municipality_id, x.account_id, x.ref, x.kind, m.code, "
              "a.handle, x.raised_at, x.first_sequence, x.last_sequence, x.count, k.handle, "
              "x.acknowledged_at, x.rowid FROM alert x "
              "LEFT JOIN municipality m ON m.municipality_id = x.municipality_id "
              "LEFT JOIN account a ON a.account_id = x.account_id "
              "LEFT JOIN account k ON k.account_id = x.acknowledged_by_id "
              "WHERE (?1 IS NULL OR x.municipality_id IN (SELECT r.municipality_id "
              "FROM role_grant r JOIN account o ON o.account_id = r.account_id "
              "JOIN agency_municipality s ON s.agency_id = o.agency_id "
              "AND s.municipality_id = r.municipality_id "
              "WHERE r.account_id = ?1 AND r.role = ?2)) "
              "AND (?3 = 0 OR x.acknowledged_at IS NULL) AND (?4 IS NULL OR x.rowid < ?4) "
              "ORDER BY x.rowid DESC LIMIT ?5",
              within_grants_of, static_cast<int>(v1::ROLE_AUDITOR), unacknowledged ? 1 : 0, before,
              limits::page_size_max);
  while (query.step()) {
    listed.rows.push_back(alert_row(query).shown);
    last = query.integer(13);
  }
  if (listed.rows.size() == limits::page_size_max) listed.next_cursor = std::to_string(last);
  return listed;
}

Result<AlertRow> Alerts::find(const Grants& within_grants_of, const std::string& ref) const {
  Query query(*connection_,
              "SELECT x.alert_id, x.municipality_id, x.account_id, x.ref, x.kind, m.code, "
              "a.handle, x.raised_at, x.first_sequence, x.last_sequence, x.count, k.handle, "
              "x.acknowledged_at FROM alert x "
              "LEFT JOIN municipality m ON m.municipality_id = x.municipality_id "
              "LEFT JOIN account a ON a.account_id = x.account_id "
              "LEFT JOIN account k ON k.account_id = x.acknowledged_by_id "
              "WHERE (?1 IS NULL OR x.municipality_id IN (SELECT r.municipality_id "
              "FROM role_grant r JOIN account o ON o.account_id = r.account_id "
              "JOIN agency_municipality s ON s.agency_id = o.agency_id "
              "AND s.municipality_id = r.municipality_id "
              "WHERE r.account_id = ?1 AND r.role = ?2)) AND x.ref = ?3",
              within_grants_of, static_cast<int>(v1::ROLE_AUDITOR), ref);
  if (!query.step()) return hidden(Reason::not_found);
  return alert_row(query);
}

Result<Done> Alerts::acknowledge(const AlertRow& row, const Authorship& by) {
  const int changed = Query(*connection_,
                            "UPDATE alert SET acknowledged_by_id = ?1, acknowledged_at = ?2 "
                            "WHERE alert_id = ?3 AND acknowledged_at IS NULL",
                            by.account, by.at.microseconds, row.id)
                          .run();
  if (changed == 0) return refusal(Reason::acknowledged_already);
  return Done();
}

std::vector<v1::AlertRuleSetting> Alerts::rules(const access::ReviewAccess& in) const {
  std::vector<v1::AlertRuleSetting> rules;
  Query query(*connection_,
              "SELECT r.kind, r.enabled, r.threshold, r.window_minutes, a.handle, r.set_at "
              "FROM alert_rule r JOIN account a ON a.account_id = r.account_id "
              "WHERE r.version IN (SELECT max(n.version) FROM alert_rule n "
              "WHERE n.municipality_id = ?1 GROUP BY n.kind) ORDER BY r.kind",
              in.municipality());
  while (query.step()) {
    v1::AlertRuleSetting& rule = rules.emplace_back();
    rule.set_kind(query.enumerator<v1::AlertKind>(0));
    rule.set_enabled(query.integer(1) != 0);
    rule.set_threshold(static_cast<std::uint32_t>(query.integer(2)));
    rule.set_window_minutes(static_cast<std::uint32_t>(query.integer(3)));
    rule.set_set_by_handle(query.text(4));
    *rule.mutable_set_at() = timestamp_of(query.integer(5));
  }
  return rules;
}

void Alerts::set_rule(const access::ReviewAccess& in, const v1::AlertRuleSetting& setting,
                      const Authorship& by) {
  Query(*connection_,
        "INSERT INTO alert_rule (municipality_id, kind, enabled, threshold, window_minutes, "
        "account_id, set_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        in.municipality(), static_cast<int>(setting.kind()), setting.enabled() ? 1 : 0,
        setting.threshold(), setting.window_minutes(), by.account, by.at.microseconds)
      .run();
}

std::vector<v1::Decoy> Alerts::decoys(const access::ReviewAccess& in) const {
  std::vector<v1::Decoy> decoys;
  Query query(*connection_,
              "SELECT d.log_case_id, a.handle, d.added_at FROM alert_decoy d "
              "JOIN account a ON a.account_id = d.account_id "
              "WHERE d.municipality_id = ?1 AND d.removed_at IS NULL ORDER BY d.rowid",
              in.municipality());
  while (query.step()) {
    v1::Decoy& decoy = decoys.emplace_back();
    decoy.set_case_ref(query.id<CaseId>(0).text());
    decoy.set_added_by_handle(query.text(1));
    *decoy.mutable_added_at() = timestamp_of(query.integer(2));
  }
  return decoys;
}

Result<Done> Alerts::add_decoy(const access::ReviewAccess& in, const CaseId& id,
                               const Authorship& by) {
  if (!Query(*connection_, "SELECT 1 FROM case_file WHERE case_id = ?1 AND municipality_id = ?2",
             id, in.municipality())
           .step()) {
    return hidden(Reason::not_found);
  }
  if (Query(*connection_, "SELECT 1 FROM alert_decoy WHERE log_case_id = ?1 AND removed_at IS NULL",
            id)
          .step()) {
    return refusal(Reason::already_there, "case_ref");
  }
  {
    Query query(*connection_,
                "SELECT count(*) FROM alert_decoy WHERE municipality_id = ?1 "
                "AND removed_at IS NULL",
                in.municipality());
    if (query.step() && query.integer(0) >= limits::alert_decoys_max) {
      return refusal(Reason::too_many_decoys);
    }
  }
  Query(*connection_,
        "INSERT INTO alert_decoy (decoy_id, municipality_id, log_case_id, account_id, added_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        ItemId::random(), in.municipality(), id, by.account, by.at.microseconds)
      .run();
  return Done();
}

Result<Done> Alerts::remove_decoy(const access::ReviewAccess& in, const CaseId& id,
                                  const Authorship& by) {
  const int changed =
      Query(*connection_,
            "UPDATE alert_decoy SET removed_by_id = ?1, removed_at = ?2 "
            "WHERE log_case_id = ?3 AND municipality_id = ?4 AND removed_at IS NULL",
            by.account, by.at.microseconds, id, in.municipality())
          .run();
  if (changed == 0) return hidden(Reason::not_found);
  return Done();
}

}  // namespace sspf::store
