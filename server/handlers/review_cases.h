// SPDX-License-Identifier: Apache-2.0
//
// Which cases of one municipality an event touched, as references: an event can show cases of
// several, and a review is of one.
#pragma once

#include <string>
#include <vector>

#include "server/store/tables.h"

namespace sspf::handlers {

struct ReviewedCases {
  std::vector<std::string> case_refs;
  std::vector<std::string> basis_refs;
  std::uint32_t items_shown = 0;
};

ReviewedCases reviewed_cases(const store::Tables& tables, const MunicipalityId& municipality,
                             const store::LogEntry& entry);

}  // namespace sspf::handlers
