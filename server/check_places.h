// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd check` looks at without any key: what the settings name, and who may reach it.
#pragma once

#include "server/base/config.h"
#include "server/check_findings.h"

namespace sspf {

// What the settings of alerts name is read, and nothing is sent.
void look_at_alerts(const Config& config, Findings& findings);

// That nobody but the server's own user can read or write the directories of data and keys. A start
// does not ask: with files that are closed themselves it may go on until somebody has looked.
void look_at_directories(const Config& config, Findings& findings);

}  // namespace sspf
