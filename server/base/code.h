// SPDX-License-Identifier: Apache-2.0
//
// The closed set of codes a call can end with: those of the Connect protocol that this server uses.
#pragma once

#include <cstdint>
#include <string_view>

namespace sspf {

// Spelled as on the wire. What each is used for: STYLE.md, "Errors".
enum class Code : std::uint8_t {
  invalid_argument,
  failed_precondition,
  unauthenticated,
  permission_denied,
  not_found,
  already_exists,
  aborted,
  resource_exhausted,
  unimplemented,
  unavailable,
  deadline_exceeded,
  internal,
};

std::string_view wire_name(Code code);

// Connect protocol, "Error codes".
int http_status(Code code);

}  // namespace sspf
