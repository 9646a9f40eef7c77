// SPDX-License-Identifier: Apache-2.0
//
// Personal numbers (personnummer) and coordination numbers (samordningsnummer), domain.md 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/result.h"

namespace sspf {

struct IdentityNumber {
  std::string canonical;  // twelve digits
  bool is_coordination = false;
  // The date in the number. Absent when it is none, as in a coordination number with month 00. It
  // may be a neighbouring day (FOL 18 §): age is computed from a stored birth date, never from the
  // number.
  std::optional<std::string> birth_date;
};

// Twelve digits, also as YYYYMMDD-NNNN; or ten, YYMMDD-NNNN or without the sign (0 to 99 years
// ago), or YYMMDD+NNNN (100 to 199). `today` is YYYY-MM-DD. Refuses with wrong_number_form,
// impossible_birth_date, wrong_check_digit or born_in_future, in this order, naming `field`; never
// with the number.
Result<IdentityNumber> parse_identity_number(std::string_view text, const std::string& today,
                                             const std::string& field);

}  // namespace sspf
