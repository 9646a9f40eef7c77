// SPDX-License-Identifier: Apache-2.0
//
// Drawing a sample: the events of the period are looked through once, or random stretches of them
// when they are too many for one call.
#include <algorithm>

#include "server/base/limits.h"
#include "server/base/months.h"
#include "server/handlers/review_scan.h"
#include "server/handlers/reviews.h"

namespace sspf::handlers {
namespace {

struct Sampled {
  const store::ReviewFacts& facts;
  const MunicipalityId& municipality;
  store::Sequences range;
};

// How many numbers of the log are read at once.
constexpr std::uint64_t stretch_events = 1000;

store::Drawn period_of(const store::CampaignRow& row, Instant now) {
  const std::string& month = row.shown.month();
  store::Drawn drawn;
  drawn.from = start_of_month(month);
  drawn.to = start_of_month(months_after(month, 1));
  if (row.shown.partial()) drawn.to = std::min(drawn.to, now);
  return drawn;
}

std::vector<std::uint64_t> stretches_of(const store::Sequences& range) {
  std::vector<std::uint64_t> starts;
  for (std::uint64_t start = range.first; start < range.end; start += stretch_events) {
    starts.push_back(start);
  }
  return starts;
}

void shuffle(std::vector<std::uint64_t>& starts) {
  Lottery lottery;
  for (std::size_t left = starts.size(); left > 1; --left) {
    std::swap(starts[left - 1], starts[lottery.below(left)]);
  }
}

// A period that ends now ends with the log: its times can be ahead of the clock.
store::Sequences range_of(const store::Tables& tables, const store::Drawn& drawn, Instant now) {
  const store::ReviewFacts& facts = tables.review_facts;
  return {facts.first_from(drawn.from),
          drawn.to < now ? facts.first_from(drawn.to) : tables.audit_log.size()};
}

void look_through(const Sampled& from, store::Drawn& drawn, ReviewScan& scan) {
  const auto& [facts, municipality, range] = from;
  drawn.period_events = facts.count(municipality, range);
  std::vector<std::uint64_t> starts = stretches_of(range);
  const bool is_whole = drawn.period_events <= limits::review_scan_events_max;
  if (!is_whole) shuffle(starts);
  for (const std::uint64_t start : starts) {
    if (drawn.scanned_events >= limits::review_scan_events_max) return;
    if (!is_whole) scan.begin_stretch();
    const store::Sequences stretch{start, std::min(start + stretch_events, range.end)};
    for (const store::LogEntry& entry : facts.entries(municipality, stretch)) {
      if (drawn.scanned_events == limits::review_scan_events_max) return;
      scan.look_at(entry);
      ++drawn.scanned_events;
    }
  }
}

}  // namespace

Result<v1::DrawSampleResponse> draw_sample(const Permit<Action::draw_sample>& permit,
                                           Workspace& workspace,
                                           const v1::DrawSampleRequest& request) {
  const access::ReviewAccess& in = permit.target().review();
  store::Reviews& reviews = workspace.tables.reviews;
  const auto row = TRY(reviews.find(in, request.campaign(), workspace.today));
  if (row.shown.state() != v1::REVIEW_STATE_OPEN) return refusal(Reason::drawn_already);
  // A trial can be repeated without end, and reading the log is what costs.
  if (request.write().dry_run()) return v1::DrawSampleResponse();
  const auto rules = rules_in_force(reviews, in);
  RuleMatcher matcher(permit.target(), workspace.tables, rules);
  ReviewScan scan(matcher, rules, row.shown.random_items());
  store::Drawn drawn = period_of(row, workspace.now);
  look_through({workspace.tables.review_facts, in.municipality(),
                range_of(workspace.tables, drawn, workspace.now)},
               drawn, scan);
  const Sample sample = scan.finish();
  drawn.case_events = sample.case_events;
  drawn.log_size = workspace.tables.audit_log.size();
  drawn.checkpoint_note = workspace.tables.audit_log.newest_checkpoint();
  reviews.set_drawn(row, drawn, {permit.caller().account(), workspace.now});
  for (const auto& [rule, found] : sample.found) reviews.add_found(row, rule, found);
  for (const store::SampledEvent& sampled : sample.items) reviews.add_item(row, sampled);
  workspace.tally.note_item(row.id, 2);
  v1::DrawSampleResponse response;
  response.set_items(static_cast<std::uint32_t>(sample.items.size()));
  for (auto& count : reviews.rule_counts(row)) *response.add_rules() = std::move(count);
  return response;
}

}  // namespace sspf::handlers
