// SPDX-License-Identifier: Apache-2.0
//
// The clock as a parameter. Instants are microseconds since 1970-01-01 UTC; dates are those of
// Europe/Stockholm, because terms, consents and ages count Swedish calendar days.
#pragma once

#include <cstdint>
#include <ctime>
#include <functional>
#include <string>

namespace sspf {

struct Instant {
  std::int64_t microseconds = 0;
  auto operator<=>(const Instant&) const = default;
};

using Clock = std::function<Instant()>;

// The machine's wall clock.
Clock system_clock();

// Call once at the start of a program, before any thread: makes local time Europe/Stockholm. Where
// it was not, whatever depends on local time ends the program instead of answering with another.
void use_stockholm_time();

// Year, month, day, hour, weekday and so on in Europe/Stockholm, as <ctime> counts them.
std::tm local_parts_of(Instant instant);

// The calendar day in Europe/Stockholm, "2026-11-24". Dates in this form compare as strings.
std::string date_of(Instant instant);

// The first moment of a calendar day in Europe/Stockholm.
Instant start_of(const std::string& date);

// "2026-11-24T13:05:09+01:00", Europe/Stockholm.
std::string local_time_of(Instant instant);

// True for a date that exists, written YYYY-MM-DD, from 1900 to 2199.
bool is_date(const std::string& text);

// The same day so many years later; 1 March for a leap day in a year without one.
std::string years_after(const std::string& date, std::uint32_t years);

// Whole years from `birth_date` to `date`; a leap day's birthday falls on 1 March in other years.
int age_on(const std::string& birth_date, const std::string& date);

}  // namespace sspf
