// SPDX-License-Identifier: Apache-2.0
//
// SQL of reviews of the log: campaigns, their samples, and which rules draw.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/review_access.h"
#include "server/base/result.h"
#include "server/store/audit_log.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/review.pb.h"

namespace sspf::store {

struct NewCampaign {
  std::string month;
  bool is_partial = false;
  std::string due_on;
  std::uint32_t random_items = 0;
  Authorship opened;
};

// What a sample was drawn from.
struct Drawn {
  Instant from;
  Instant to;  // exclusive
  std::uint64_t period_events = 0;
  std::uint64_t scanned_events = 0;
  std::uint64_t case_events = 0;
  std::uint64_t log_size = 0;
  std::string checkpoint_note;
};

struct CampaignRow {
  ItemId id;
  v1::ReviewCampaign shown;
  Drawn drawn;
};

struct CampaignPiece {
  std::vector<v1::ReviewCampaign> rows;
  std::string next_cursor;
};

struct SampledEvent {
  std::uint64_t sequence = 0;
  AccountId account;
  std::vector<v1::ReviewRule> rules;
};

struct ReviewItemRow {
  ItemId id;
  AccountId account;
  v1::ReviewState campaign_state = v1::REVIEW_STATE_UNSPECIFIED;
  std::string campaign;
  LogEntry entry;
  v1::ReviewItem shown;  // all but what the event says
};

struct ReviewItemPiece {
  std::vector<ReviewItemRow> rows;
  std::uint64_t next = 0;  // the sequence after which it goes on; 0 at its end
};

// Months that have ended, of the last twelve in which there was a municipality to review.
struct MissingMonths {
  std::vector<std::string> all;
  std::vector<std::string> overdue;
};

class Reviews {
 public:
  explicit Reviews(Connection& connection) : connection_(&connection) {}

  // Its number. Refuses with campaign_exists and too_many_parts.
  Result<std::string> add(const access::ReviewAccess& in, const NewCampaign& campaign);
  // Hidden when the municipality has no such campaign.
  Result<CampaignRow> find(const access::ReviewAccess& in, const std::string& number,
                           const std::string& today) const;
  CampaignPiece list(const access::ReviewAccess& in, const std::string& today,
                     const std::string& cursor) const;
  MissingMonths missing(const MunicipalityId& municipality, const std::string& today) const;
  // Campaigns past their day and months without one, in the whole installation.
  std::uint32_t count_overdue(const std::string& today) const;

  void set_drawn(const CampaignRow& row, const Drawn& drawn, const Authorship& by);
  void add_found(const CampaignRow& row, v1::ReviewRule rule, std::uint64_t found);
  void add_item(const CampaignRow& row, const SampledEvent& sampled);
  void sign(const CampaignRow& row, const Authorship& signature);

  // By sequence, after the given one; the first piece begins after none.
  ReviewItemPiece items(const CampaignRow& row, const std::optional<std::uint64_t>& after) const;
  // Hidden when no campaign of the municipality has it.
  Result<ReviewItemRow> find_item(const access::ReviewAccess& in, const std::string& ref) const;

  std::vector<v1::ReviewRuleCount> rule_counts(const CampaignRow& row) const;
  std::vector<v1::ReviewVerdictCount> verdict_counts(const CampaignRow& row) const;

  // What the municipality has decided; rules that it has not decided about are not among them.
  std::vector<v1::ReviewRuleSetting> rules(const access::ReviewAccess& in) const;
  void set_rule(const access::ReviewAccess& in, const v1::ReviewRuleSetting& setting,
                const Authorship& by);

 private:
  std::vector<v1::ReviewRule> rules_of(const ItemId& item) const;
  ReviewItemRow item_row(const Query& query) const;

  Connection* connection_;
};

}  // namespace sspf::store
