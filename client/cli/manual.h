// SPDX-License-Identifier: Apache-2.0
//
// Manual pages in mdoc(7), made from the command table in the language spoken: sspf(1), and one
// page for each noun.
#pragma once

#include <string>
#include <vector>

#include "client/cli/session.h"

namespace sspf::cli {

// `sspf man [PAGE]` prints one page; with --write-to FOLDER all of them become files there.
void manual(const Session& session);

struct ManualPage {
  std::string name;  // "sspf-case"
  std::string text;
};
std::vector<ManualPage> manual_pages(const CommandTable& table);

}  // namespace sspf::cli
