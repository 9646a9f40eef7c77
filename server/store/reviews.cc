// SPDX-License-Identifier: Apache-2.0
#include "server/store/reviews.h"

#include <algorithm>

#include "server/base/limits.h"
#include "server/base/months.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

v1::ReviewState state_of(bool is_drawn, bool is_signed) {
  if (is_signed) return v1::REVIEW_STATE_SIGNED_OFF;
  return is_drawn ? v1::REVIEW_STATE_DRAWN : v1::REVIEW_STATE_OPEN;
}

// campaign_id, number, month, part, due_on, random_items, items, unjudged, handle, opened_at,
// handle, drawn_at, handle, signed_at, from_us, to_us, period_events, scanned_events, case_events,
// log_size, checkpoint_note.
CampaignRow campaign_row(const Query& query, const std::string& today) {
  CampaignRow row;
  row.id = query.id<ItemId>(0);
  v1::ReviewCampaign& shown = row.shown;
  shown.set_campaign(query.text(1));
  shown.set_month(query.text(2));
  shown.set_partial(query.integer(3) != 0);
  shown.set_due_on(query.text(4));
  shown.set_random_items(static_cast<std::uint32_t>(query.integer(5)));
  shown.set_items(static_cast<std::uint32_t>(query.integer(6)));
  shown.set_unjudged(static_cast<std::uint32_t>(query.integer(7)));
  shown.set_opened_by_handle(query.text(8));
  *shown.mutable_opened_at() = timestamp_of(query.integer(9));
  shown.set_state(state_of(!query.is_null(11), !query.is_null(13)));
  shown.set_overdue(shown.state() != v1::REVIEW_STATE_SIGNED_OFF && shown.due_on() < today);
  if (query.is_null(11)) return row;
  shown.set_drawn_by_handle(query.text(10));
  *shown.mutable_drawn_at() = timestamp_of(query.integer(11));
  row.drawn.from.microseconds = query.integer(14);
  row.drawn.to.microseconds = query.integer(15);
  row.drawn.period_events = static_cast<std::uint64_t>(query.integer(16));
  row.drawn.scanned_events = static_cast<std::uint64_t>(query.integer(17));
  row.drawn.case_events = static_cast<std::uint64_t>(query.integer(18));
  row.drawn.log_size = static_cast<std::uint64_t>(query.integer(19));
  row.drawn.checkpoint_note = query.text(20);
  if (query.is_null(13)) return row;
  shown.set_signed_by_handle(query.text(12));
  *shown.mutable_signed_at() = timestamp_of(query.integer(13));
  return row;
}

}  // namespace

Result<std::string> Reviews::add(const access::ReviewAccess& in, const NewCampaign& campaign) {
  std::int64_t part = 0;
  {
    Query query(*connection_,
                "SELECT coalesce(max(part), -1) FROM review_campaign "
                "WHERE municipality_id = ?1 AND month = ?2 AND (part > 0) = ?3",
                in.municipality(), campaign.month, campaign.is_partial ? 1 : 0);
    const std::int64_t last = query.step() ? query.integer(0) : -1;
    if (!campaign.is_partial && last == 0) return refusal(Reason::campaign_exists);
    if (campaign.is_partial) part = std::max<std::int64_t>(last, 0) + 1;
    if (part > limits::review_parts_max) return refusal(Reason::too_many_parts);
  }
  std::string number = in.code() + "-G-" + campaign.month;
  if (part > 0) number += "-" + std::to_string(part);
  Query(*connection_,
        "INSERT INTO review_campaign (campaign_id, municipality_id, number, month, part, due_on, "
        "random_items, opened_by_id, opened_at, period_events, scanned_events, case_events, "
        "log_size, checkpoint_note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0, 0, '')",
        ItemId::random(), in.municipality(), number, campaign.month, part, campaign.due_on,
        campaign.random_items, campaign.opened.account, campaign.opened.at.microseconds)
      .run();
  return number;
}

Result<CampaignRow> Reviews::find(const access::ReviewAccess& in, const std::string& number,
                                  const std::string& today) const {
  Query query(*connection_,
              "SELECT c.campaign_id, c.number, c.month, c.part, c.due_on, c.random_items, "
              "(SELECT count(*) FROM review_item i WHERE i.campaign_id = c.campaign_id), "
              "(SELECT count(*) FROM review_item i WHERE i.campaign_id = c.campaign_id "
              "AND i.verdict = 0), o.handle, c.opened_at, d.handle, c.drawn_at, s.handle, "
              "c.signed_at, c.from_us, c.to_us, c.period_events, c.scanned_events, "
              "c.case_events, c.log_size, c.checkpoint_note FROM review_campaign c "
              "JOIN account o ON o.account_id = c.opened_by_id "
              "LEFT JOIN account d ON d.account_id = c.drawn_by_id "
              "LEFT JOIN account s ON s.account_id = c.signed_by_id "
              "WHERE c.municipality_id = ?1 AND c.number = ?2",
              in.municipality(), number);
  if (!query.step()) return hidden(Reason::not_found);
  return campaign_row(query, today);
}

CampaignPiece Reviews::list(const access::ReviewAccess& in, const std::string& today,
                            const std::string& cursor) const {
  CampaignPiece piece;
  std::optional<std::int64_t> before;
  if (!cursor.empty()) before = std::stoll(cursor);
  std::int64_t last = 0;
  Query query(*connection_,
              "SELECT c.campaign_id, c.number, c.month, c.part, c.due_on, c.random_items, "
              "(SELECT count(*) FROM review_item i WHERE i.campaign_id = c.campaign_id), "
              "(SELECT count(*) FROM review_item i WHERE i.campaign_id = c.campaign_id "
              "AND i.verdict = 0), o.handle, c.opened_at, d.handle, c.drawn_at, s.handle, "
              "c.signed_at, c.from_us, c.to_us, c.period_events, c.scanned_events, "
              "c.case_events, c.log_size, c.checkpoint_note, c.rowid FROM review_campaign c "
              "JOIN account o ON o.account_id = c.opened_by_id "
              "LEFT JOIN account d ON d.account_id = c.drawn_by_id "
              "LEFT JOIN account s ON s.account_id = c.signed_by_id "
              "WHERE c.municipality_id = ?1 AND (?2 IS NULL OR c.rowid < ?2) "
              "ORDER BY c.rowid DESC LIMIT ?3",
              in.municipality(), before, limits::page_size_max);
  while (query.step()) {
    piece.rows.push_back(campaign_row(query, today).shown);
    last = query.integer(21);
  }
  if (piece.rows.size() == limits::page_size_max) piece.next_cursor = std::to_string(last);
  return piece;
}

MissingMonths Reviews::missing(const MunicipalityId& municipality, const std::string& today) const {
  MissingMonths missing;
  std::string first = months_after(month_of(today), -12);
  {
    Query query(*connection_,
                "SELECT e.time_us FROM audit_event_municipality m "
                "JOIN audit_event e ON e.sequence = m.sequence "
                "WHERE m.municipality_id = ?1 ORDER BY m.sequence LIMIT 1",
                municipality);
    if (!query.step()) return missing;
    first = std::max(first, month_of(date_of({query.integer(0)})));
  }
  for (std::string month = first; month < month_of(today); month = months_after(month, 1)) {
    if (Query(*connection_,
              "SELECT 1 FROM review_campaign WHERE municipality_id = ?1 AND month = ?2 "
              "AND part = 0",
              municipality, month)
            .step()) {
      continue;
    }
    missing.all.push_back(month);
    const std::string last_day =
        days_after(months_after(month, 1) + "-01", limits::review_days_max);
    if (last_day < today) missing.overdue.push_back(month);
  }
  return missing;
}

std::uint32_t Reviews::count_overdue(const std::string& today) const {
  std::size_t count = 0;
  {
    Query query(*connection_,
                "SELECT count(*) FROM review_campaign WHERE signed_at IS NULL AND due_on < ?1",
                today);
    if (query.step()) count = static_cast<std::size_t>(query.integer(0));
  }
  std::vector<MunicipalityId> municipalities;
  Query query(*connection_, "SELECT municipality_id FROM municipality");
  while (query.step()) municipalities.push_back(query.id<MunicipalityId>(0));
  for (const MunicipalityId& id : municipalities) count += missing(id, today).overdue.size();
  return static_cast<std::uint32_t>(count);
}

void Reviews::set_drawn(const CampaignRow& row, const Drawn& drawn, const Authorship& by) {
  Query(*connection_,
        "UPDATE review_campaign SET drawn_by_id = ?1, drawn_at = ?2, from_us = ?3, to_us = ?4, "
        "period_events = ?5, scanned_events = ?6, case_events = ?7, log_size = ?8, "
        "checkpoint_note = ?9 WHERE campaign_id = ?10",
        by.account, by.at.microseconds, drawn.from.microseconds, drawn.to.microseconds,
        drawn.period_events, drawn.scanned_events, drawn.case_events, drawn.log_size,
        drawn.checkpoint_note, row.id)
      .run();
}

void Reviews::add_found(const CampaignRow& row, v1::ReviewRule rule, std::uint64_t found) {
  Query(*connection_, "INSERT INTO review_found (campaign_id, rule, found) VALUES (?1, ?2, ?3)",
        row.id, static_cast<int>(rule), found)
      .run();
}

void Reviews::sign(const CampaignRow& row, const Authorship& signature) {
  Query(*connection_,
        "UPDATE review_campaign SET signed_by_id = ?1, signed_at = ?2 WHERE campaign_id = ?3",
        signature.account, signature.at.microseconds, row.id)
      .run();
}

}  // namespace sspf::store
