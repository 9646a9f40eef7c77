// SPDX-License-Identifier: Apache-2.0
//
// Calendar months of Europe/Stockholm, "2026-10", and the hours in which offices are open there.
#pragma once

#include <string>

#include "server/base/clock.h"

namespace sspf {

bool is_month(const std::string& text);
std::string month_of(const std::string& date);

// So many months later; earlier, when negative.
std::string months_after(const std::string& month, int months);

// Its first moment. Its end is the first moment of the next one.
Instant start_of_month(const std::string& month);

// So many days after a date.
std::string days_after(const std::string& date, int days);

// Outside 06-19 from Monday to Friday. Public holidays are days like others: they differ from year
// to year, and a review that knows them hides what is done on them.
bool is_off_hours(Instant instant);

}  // namespace sspf
