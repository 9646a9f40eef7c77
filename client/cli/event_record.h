// SPDX-License-Identifier: Apache-2.0
//
// An event of the log for other people's tools: references, codes and times, as in the log itself.
#pragma once

#include <string>

#include "sspf/v1/audit.pb.h"

namespace sspf::cli {

// Where the events come from.
struct LogSource {
  std::string origin;    // of the log
  std::string hostname;  // of the server
};

// One JSON object on one line, without its end, with the field names of the Elastic Common Schema
// where it has one, and "sspf.*" for the rest.
std::string ecs_line(const v1::AuditEvent& event, const LogSource& source);

// The same as a message of RFC 5424, framed by its length as RFC 5425 4.3 has it. Facility 13 (log
// audit); warning when refused, error when the server failed, notice otherwise.
std::string syslog_frame(const v1::AuditEvent& event, const LogSource& source);

}  // namespace sspf::cli
