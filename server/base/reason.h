// SPDX-License-Identifier: Apache-2.0
//
// Every reason for which a call can be refused: one row gives its wire name, its code and its text
// in Swedish and English. The numbers are stored in the audit log, so a number is never used again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/code.h"
#include "server/base/reason_of_calls.h"
#include "server/base/reason_of_reviews.h"
#include "server/base/reason_of_work.h"

namespace sspf {

// SSPF_REASONS(X) lists X(number, name, code, swedish, english). In a text, {} is the field's name
// and ": at most {max}" at its end the most that it may hold, left out where that is not given.
#define SSPF_REASONS(X)    \
  SSPF_REASONS_OF_CALLS(X) \
  SSPF_REASONS_OF_WORK(X)  \
  SSPF_REASONS_OF_REVIEWS(X)

enum class Reason : std::uint16_t {
#define X(number, name, code, swedish, english) name = (number),
  SSPF_REASONS(X)
#undef X
};

// The name in the audit log and in error details, "stale_version".
std::string_view name_of(Reason reason);
Code code_of(Reason reason);
// `max`: 0 when not given.
std::string swedish(Reason reason, std::string_view field, std::uint64_t max = 0);
std::string english(Reason reason, std::string_view field, std::uint64_t max = 0);

// For a number read back from the log; false when no reason has it.
bool is_reason(std::uint32_t number);

}  // namespace sspf
