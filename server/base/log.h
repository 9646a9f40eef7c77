// SPDX-License-Identifier: Apache-2.0
//
// The server's log for its operator: one structured line (logfmt) an event, to standard error. It
// holds names of RPCs, codes, counts and texts of faults; never anything of a caller, a case or a
// message.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sspf {

using LogFields = std::initializer_list<std::pair<std::string_view, std::string>>;

// Call once at the start of a program.
void start_log();

void log_info(std::string_view event, LogFields fields);
void log_error(std::string_view event, LogFields fields);
void log_fault(std::string_view rpc, std::string_view what);

}  // namespace sspf
