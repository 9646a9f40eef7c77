// SPDX-License-Identifier: Apache-2.0
#include "client/cli/stockholm.h"

#include <fmt/format.h>

#include <algorithm>

namespace sspf::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;

UtcSeconds change_in(std::chrono::year year, std::chrono::month month) {
  return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + 1h;
}

std::chrono::hours offset_at(UtcSeconds time) {
  const auto year = year_month_day(std::chrono::floor<std::chrono::days>(time)).year();
  const bool is_summer =
      time >= change_in(year, std::chrono::March) && time < change_in(year, std::chrono::October);
  return is_summer ? 2h : 1h;
}

bool has_form(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    const bool fits = form[i] == '0' ? is_digit : form[i] == text[i];
    if (!fits) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t at, std::size_t length) {
  int number = 0;
  for (const char digit : text.substr(at, length)) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

std::string stockholm_text(UtcSeconds time, Precision precision) {
  const auto local = time + offset_at(time);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss clock(local - day);
  auto text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count());
  if (precision == Precision::seconds) text += fmt::format(":{:02}", clock.seconds().count());
  return text;
}

std::string utc_seconds_text(UtcSeconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<UtcSeconds> parse_stockholm(std::string_view text) {
  std::string full(text);
  if (full.size() > 10 && full[10] == ' ') full[10] = 'T';
  if (has_form(full, "0000-00-00")) full += "T00:00";
  if (has_form(full, "0000-00-00T00:00")) full += ":00";
  if (!has_form(full, "0000-00-00T00:00:00")) return std::nullopt;
  const year_month_day date{std::chrono::year(number_at(full, 0, 4)),
                            std::chrono::month(static_cast<unsigned>(number_at(full, 5, 2))),
                            std::chrono::day(static_cast<unsigned>(number_at(full, 8, 2)))};
  const int hour = number_at(full, 11, 2);
  const int minute = number_at(full, 14, 2);
  const int second = number_at(full, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const auto local = std::chrono::sys_days(date) + std::chrono::hours(hour) +
                     std::chrono::minutes(minute) + std::chrono::seconds(second);
  for (const auto offset : {2h, 1h}) {
    if (offset_at(local - offset) == offset) return local - offset;
  }
  return std::nullopt;
}

}  // namespace sspf::cli
