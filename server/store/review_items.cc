// SPDX-License-Identifier: Apache-2.0
//
// The items of a sample, what is counted of them, and which rules draw.
#include "server/base/limits.h"
#include "server/store/reviews.h"
#include "server/store/timestamps.h"

namespace sspf::store {

void Reviews::add_item(const CampaignRow& row, const SampledEvent& sampled) {
  const ItemId id = ItemId::random();
  Query(*connection_,
        "INSERT INTO review_item (item_id, campaign_id, ref, sequence, account_id, verdict, "
        "version) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)",
        id, row.id, random_ref(), sampled.sequence, sampled.account)
      .run();
  for (const v1::ReviewRule rule : sampled.rules) {
    Query(*connection_, "INSERT INTO review_item_rule (item_id, rule) VALUES (?1, ?2)", id,
          static_cast<int>(rule))
        .run();
  }
}

std::vector<v1::ReviewRule> Reviews::rules_of(const ItemId& item) const {
  std::vector<v1::ReviewRule> rules;
  Query query(*connection_, "SELECT rule FROM review_item_rule WHERE item_id = ?1 ORDER BY rule",
              item);
  while (query.step()) rules.push_back(query.enumerator<v1::ReviewRule>(0));
  return rules;
}

// item_id, account_id, sequence, event, ref, verdict, version, handle of who judged, open
// questions, ref of the incident, whether its campaign is signed off, and its number.
ReviewItemRow Reviews::item_row(const Query& query) const {
  ReviewItemRow row;
  row.id = query.id<ItemId>(0);
  row.account = query.id<AccountId>(1);
  row.entry = {static_cast<std::uint64_t>(query.integer(2)), query.blob(3)};
  row.shown.set_review_item(query.text(4));
  row.shown.set_verdict(query.enumerator<v1::ReviewVerdict>(5));
  row.shown.set_version(static_cast<std::uint64_t>(query.integer(6)));
  row.shown.set_judged_by_handle(query.text(7));
  row.shown.set_open_questions(static_cast<std::uint32_t>(query.integer(8)));
  row.shown.set_incident(query.text(9));
  row.campaign_state =
      query.integer(10) != 0 ? v1::REVIEW_STATE_SIGNED_OFF : v1::REVIEW_STATE_DRAWN;
  row.campaign = query.text(11);
  for (const v1::ReviewRule rule : rules_of(row.id)) row.shown.add_rules(rule);
  return row;
}

ReviewItemPiece Reviews::items(const CampaignRow& row,
                               const std::optional<std::uint64_t>& after) const {
  ReviewItemPiece piece;
  Query query(*connection_,
              "SELECT i.item_id, i.account_id, i.sequence, e.event, i.ref, i.verdict, i.version, "
              "a.handle, (SELECT count(*) FROM review_question q WHERE q.item_id = i.item_id "
              "AND q.answered_at IS NULL), n.ref, c.signed_at IS NOT NULL, c.number "
              "FROM review_item i "
              "JOIN review_campaign c ON c.campaign_id = i.campaign_id "
              "JOIN audit_event e ON e.sequence = i.sequence "
              "LEFT JOIN review_verdict v ON v.item_id = i.item_id AND v.version = i.version "
              "LEFT JOIN account a ON a.account_id = v.account_id "
              "LEFT JOIN review_incident n ON n.item_id = i.item_id "
              "WHERE i.campaign_id = ?1 AND (?2 IS NULL OR i.sequence > ?2) "
              "ORDER BY i.sequence LIMIT ?3",
              row.id, after, limits::page_size_max);
  while (query.step()) piece.rows.push_back(item_row(query));
  if (piece.rows.size() == limits::page_size_max) piece.next = piece.rows.back().entry.sequence;
  return piece;
}

Result<ReviewItemRow> Reviews::find_item(const access::ReviewAccess& in,
                                         const std::string& ref) const {
  Query query(*connection_,
              "SELECT i.item_id, i.account_id, i.sequence, e.event, i.ref, i.verdict, i.version, "
              "a.handle, (SELECT count(*) FROM review_question q WHERE q.item_id = i.item_id "
              "AND q.answered_at IS NULL), n.ref, c.signed_at IS NOT NULL, c.number "
              "FROM review_item i "
              "JOIN review_campaign c ON c.campaign_id = i.campaign_id "
              "JOIN audit_event e ON e.sequence = i.sequence "
              "LEFT JOIN review_verdict v ON v.item_id = i.item_id AND v.version = i.version "
              "LEFT JOIN account a ON a.account_id = v.account_id "
              "LEFT JOIN review_incident n ON n.item_id = i.item_id "
              "WHERE c.municipality_id = ?1 AND i.ref = ?2",
              in.municipality(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  return item_row(query);
}

std::vector<v1::ReviewRuleCount> Reviews::rule_counts(const CampaignRow& row) const {
  std::vector<v1::ReviewRuleCount> counts;
  Query query(*connection_,
              "SELECT f.rule, f.found, (SELECT count(*) FROM review_item_rule r "
              "JOIN review_item i ON i.item_id = r.item_id "
              "WHERE i.campaign_id = f.campaign_id AND r.rule = f.rule) "
              "FROM review_found f WHERE f.campaign_id = ?1 ORDER BY f.rule",
              row.id);
  while (query.step()) {
    v1::ReviewRuleCount& count = counts.emplace_back();
    count.set_rule(query.enumerator<v1::ReviewRule>(0));
    count.set_found(static_cast<std::uint64_t>(query.integer(1)));
    count.set_drawn(static_cast<std::uint32_t>(query.integer(2)));
  }
  return counts;
}

std::vector<v1::ReviewVerdictCount> Reviews::verdict_counts(const CampaignRow& row) const {
  std::vector<v1::ReviewVerdictCount> counts;
  Query query(*connection_,
              "SELECT verdict, count(*) FROM review_item WHERE campaign_id = ?1 AND verdict <> 0 "
              "GROUP BY verdict ORDER BY verdict",
              row.id);
  while (query.step()) {
    v1::ReviewVerdictCount& count = counts.emplace_back();
    count.set_verdict(query.enumerator<v1::ReviewVerdict>(0));
    count.set_items(static_cast<std::uint32_t>(query.integer(1)));
  }
  return counts;
}

std::vector<v1::ReviewRuleSetting> Reviews::rules(const access::ReviewAccess& in) const {
  std::vector<v1::ReviewRuleSetting> rules;
  Query query(*connection_,
              "SELECT r.rule, r.enabled, r.threshold, a.handle, r.set_at FROM review_rule r "
              "JOIN account a ON a.account_id = r.account_id "
              "WHERE r.version = (SELECT max(n.version) FROM review_rule n "
              "WHERE n.municipality_id = ?1 AND n.rule = r.rule) ORDER BY r.rule",
              in.municipality());
  while (query.step()) {
    v1::ReviewRuleSetting& rule = rules.emplace_back();
    rule.set_rule(query.enumerator<v1::ReviewRule>(0));
    rule.set_enabled(query.integer(1) != 0);
    rule.set_threshold(static_cast<std::uint32_t>(query.integer(2)));
    rule.set_set_by_handle(query.text(3));
    *rule.mutable_set_at() = timestamp_of(query.integer(4));
  }
  return rules;
}

void Reviews::set_rule(const access::ReviewAccess& in, const v1::ReviewRuleSetting& setting,
                       const Authorship& by) {
  Query(*connection_,
        "INSERT INTO review_rule (municipality_id, rule, version, enabled, threshold, "
        "account_id, set_at) VALUES (?1, ?2, (SELECT coalesce(max(version), 0) + 1 "
        "FROM review_rule WHERE rule = ?2), ?3, ?4, ?5, ?6)",
        in.municipality(), static_cast<int>(setting.rule()), setting.enabled() ? 1 : 0,
        setting.threshold(), by.account, by.at.microseconds)
      .run();
}

}  // namespace sspf::store
