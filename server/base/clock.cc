// SPDX-License-Identifier: Apache-2.0
#include "server/base/clock.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <tuple>

#include "server/base/ensure.h"

namespace sspf {
namespace {

struct CivilDate {
  int year;
  unsigned month;
  unsigned day;
};

// Written before any thread is there.
bool is_stockholm_time = false;

bool digits_at(const std::string& text, std::size_t from, std::size_t count) {
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

CivilDate parse(const std::string& date) {
  return {std::stoi(date.substr(0, 4)), static_cast<unsigned>(std::stoi(date.substr(5, 2))),
          static_cast<unsigned>(std::stoi(date.substr(8, 2)))};
}

}  // namespace

Clock system_clock() {
  return [] {
    using std::chrono::duration_cast;
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Instant{duration_cast<std::chrono::microseconds>(since_epoch).count()};
  };
}

void use_stockholm_time() {
  if (is_stockholm_time) return;
  ENSURE(setenv("TZ", "Europe/Stockholm", 1) == 0);
  tzset();
  is_stockholm_time = true;
}

std::tm local_parts_of(Instant instant) {
  ENSURE(is_stockholm_time);
  std::int64_t whole_seconds = instant.microseconds / 1'000'000;
  if (instant.microseconds % 1'000'000 < 0) --whole_seconds;
  const std::time_t seconds = whole_seconds;
  std::tm local{};
  ENSURE(localtime_r(&seconds, &local) != nullptr);
  return local;
}

std::string date_of(Instant instant) {
  const std::tm local = local_parts_of(instant);
  return fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

Instant start_of(const std::string& date) {
  ENSURE(is_stockholm_time && is_date(date));
  const CivilDate day = parse(date);
  std::tm local{};
  local.tm_year = day.year - 1900;
  local.tm_mon = static_cast<int>(day.month) - 1;
  local.tm_mday = static_cast<int>(day.day);
  local.tm_isdst = -1;  // as it is on that day
  return {std::int64_t{std::mktime(&local)} * 1'000'000};
}

std::string local_time_of(Instant instant) {
  const std::tm local = local_parts_of(instant);
  const long offset = local.tm_gmtoff / 60;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", local.tm_year + 1900,
                     local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec,
                     offset < 0 ? '-' : '+', std::labs(offset) / 60, std::labs(offset) % 60);
}

bool is_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!digits_at(text, 0, 4) || !digits_at(text, 5, 2) || !digits_at(text, 8, 2)) return false;
  const CivilDate date = parse(text);
  if (date.year < 1900 || date.year > 2199) return false;
  return std::chrono::year_month_day{std::chrono::year{date.year}, std::chrono::month{date.month},
                                     std::chrono::day{date.day}}
      .ok();
}

std::string years_after(const std::string& date, std::uint32_t years) {
  ENSURE(is_date(date));
  CivilDate later = parse(date);
  later.year += static_cast<int>(years);
  if (later.month == 2 && later.day == 29 && !std::chrono::year{later.year}.is_leap()) {
    later.month = 3;
    later.day = 1;
  }
  return fmt::format("{:04}-{:02}-{:02}", later.year, later.month, later.day);
}

int age_on(const std::string& birth_date, const std::string& date) {
  ENSURE(is_date(birth_date) && is_date(date));
  const CivilDate born = parse(birth_date);
  const CivilDate on = parse(date);
  const bool before_birthday = std::tie(on.month, on.day) < std::tie(born.month, born.day);
  return on.year - born.year - (before_birthday ? 1 : 0);
}

}  // namespace sspf
