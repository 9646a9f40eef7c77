// SPDX-License-Identifier: Apache-2.0
//
// What raises an alert, as data: a threshold and a window of time for each kind. One table, since
// the watch of the log needs it for what concerns no municipality, too.
#pragma once

#include <vector>

#include "server/access/review_access.h"
#include "server/store/alert_watching.h"
#include "server/store/alerts.h"

namespace sspf::handlers {

// What applies until a municipality has decided otherwise. Throws Fault for the kind zero.
store::AlertRule default_alert_rule(v1::AlertKind kind);

// Of some kinds a single event is enough.
bool counts_events(v1::AlertKind kind);

// The server's own acts, which no municipality decides about.
bool is_of_server(v1::AlertKind kind);

// What applies in a municipality: its decisions, and the defaults for the rest.
std::vector<v1::AlertRuleSetting> alert_rules_in_force(const store::Alerts& alerts,
                                                       const access::ReviewAccess& in);

}  // namespace sspf::handlers
