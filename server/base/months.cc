// SPDX-License-Identifier: Apache-2.0
#include "server/base/months.h"

#include <fmt/format.h>

#include "server/base/ensure.h"

namespace sspf {

bool is_month(const std::string& text) { return text.size() == 7 && is_date(text + "-01"); }

std::string month_of(const std::string& date) { return date.substr(0, 7); }

std::string months_after(const std::string& month, int months) {
  ENSURE(is_month(month));
  const int count = std::stoi(month.substr(0, 4)) * 12 + std::stoi(month.substr(5)) - 1 + months;
  return fmt::format("{:04}-{:02}", count / 12, count % 12 + 1);
}

Instant start_of_month(const std::string& month) { return start_of(month + "-01"); }

std::string days_after(const std::string& date, int days) {
  // From noon to noon: summer time moves neither out of its day.
  constexpr std::int64_t hour_us = 3600LL * 1'000'000;
  return date_of({start_of(date).microseconds + (12 + std::int64_t{24} * days) * hour_us});
}

bool is_off_hours(Instant instant) {
  const std::tm local = local_parts_of(instant);
  const bool is_weekend = local.tm_wday == 0 || local.tm_wday == 6;
  return is_weekend || local.tm_hour < 6 || local.tm_hour >= 19;
}

}  // namespace sspf
