// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/alert_rules.h"

#include <algorithm>
#include <array>

namespace sspf::handlers {
namespace {

struct DefaultRule {
  v1::AlertKind kind;
  std::uint32_t threshold;
  std::uint32_t window_minutes;
};

constexpr std::array default_rules = {DefaultRule{v1::ALERT_KIND_VOLUME, 500, 60},
                                      DefaultRule{v1::ALERT_KIND_ENUMERATION, 10, 60},
                                      DefaultRule{v1::ALERT_KIND_DECOY, 1, 60},
                                      DefaultRule{v1::ALERT_KIND_REVOKED_CERTIFICATE, 1, 60},
                                      DefaultRule{v1::ALERT_KIND_EMERGENCY, 1, 60},
                                      DefaultRule{v1::ALERT_KIND_WITNESS_SILENT, 1, 60},
                                      DefaultRule{v1::ALERT_KIND_REVIEW_OVERDUE, 1, 60},
                                      DefaultRule{v1::ALERT_KIND_CLOCK_BEHIND, 1, 60}};

}  // namespace

store::AlertRule default_alert_rule(v1::AlertKind kind) {
  const auto* const found = std::find_if(default_rules.begin(), default_rules.end(),
                                         [&](const DefaultRule& row) { return row.kind == kind; });
  if (found == default_rules.end()) throw Fault("a kind of alert without a rule");
  return {true, found->threshold, found->window_minutes};
}

bool counts_events(v1::AlertKind kind) { return default_alert_rule(kind).threshold > 1; }

bool is_of_server(v1::AlertKind kind) { return kind >= v1::ALERT_KIND_WITNESS_SILENT; }

std::vector<v1::AlertRuleSetting> alert_rules_in_force(const store::Alerts& alerts,
                                                       const access::ReviewAccess& in) {
  const auto decided = alerts.rules(in);
  std::vector<v1::AlertRuleSetting> rules;
  for (const DefaultRule& row : default_rules) {
    if (is_of_server(row.kind)) continue;
    const auto found = std::find_if(
        decided.begin(), decided.end(),
        [&](const v1::AlertRuleSetting& setting) { return setting.kind() == row.kind; });
    v1::AlertRuleSetting& rule = rules.emplace_back();
    if (found != decided.end()) {
      rule = *found;
      continue;
    }
    rule.set_kind(row.kind);
    rule.set_enabled(true);
    rule.set_threshold(row.threshold);
    rule.set_window_minutes(row.window_minutes);
  }
  return rules;
}

}  // namespace sspf::handlers
