// SPDX-License-Identifier: Apache-2.0
#include "server/base/identity_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/base/clock.h"

namespace sspf {
namespace {

// A coordination number carries the day plus 60 (2022:1697 2:8).
constexpr int coordination_offset = 60;
constexpr int year_min = 1900;
constexpr int year_max = 2199;

// The digits as written, and the sign that tells the century of a short one.
struct Written {
  std::string digits;  // ten or twelve
  char sign = '-';
};

struct NumberDate {
  int year;
  int month;
  int day;
};

// Only ASCII digits: a look-alike of another script is another number to whoever compares bytes.
bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char each) { return each >= '0' && each <= '9'; });
}

int number_at(std::string_view digits, std::size_t from, std::size_t count) {
  int number = 0;
  std::from_chars(digits.data() + from, digits.data() + from + count, number);
  return number;
}

std::optional<Written> read(std::string_view text) {
  Written written;
  std::string_view serial;
  if (text.size() == 10 || text.size() == 12) {
    written.digits = text;
  } else if (text.size() == 11 || text.size() == 13) {
    written.sign = text[text.size() - 5];
    written.digits = text.substr(0, text.size() - 5);
    serial = text.substr(text.size() - 4);
  } else {
    return std::nullopt;
  }
  written.digits += serial;
  const bool knows_century = written.digits.size() == 12;
  if (written.sign != '-' && (written.sign != '+' || knows_century)) return std::nullopt;
  if (!is_digits(written.digits)) return std::nullopt;
  return written;
}

// Puts the century before ten digits: the year lies 0 to 99 years back, with a plus 100 to 199.
std::string canonical_form(const Written& written, int this_year) {
  if (written.digits.size() == 12) return written.digits;
  int year = this_year - this_year % 100 + number_at(written.digits, 0, 2);
  if (year > this_year) year -= 100;
  if (written.sign == '+') year -= 100;
  return fmt::format("{:04}{}", year, std::string_view(written.digits).substr(2));
}

// Luhn over the ten digits after the century, weights 2 1 2 1 ... from the left.
bool has_right_check_digit(std::string_view canonical) {
  int sum = 0;
  for (std::size_t i = 2; i < canonical.size(); ++i) {
    const int weighted = (canonical[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += weighted / 10 + weighted % 10;
  }
  return sum % 10 == 0;
}

std::string text_of(const NumberDate& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

// Coordination numbers may have month 00, and days up to 31 in every month (domain.md 3).
bool may_be_date(const NumberDate& date, bool is_coordination) {
  if (!is_coordination) return is_date(text_of(date));
  return date.year >= year_min && date.year <= year_max && date.month <= 12 && date.day >= 1 &&
         date.day <= 31;
}

// Compared as text, so that 2031-00-91 is later than every day of 2030.
bool is_after(const NumberDate& date, const std::string& today) { return text_of(date) > today; }

}  // namespace

Result<IdentityNumber> parse_identity_number(std::string_view text, const std::string& today,
                                             const std::string& field) {
  const auto written = read(text);
  if (!written) return refusal(Reason::wrong_number_form, field);
  IdentityNumber number;
  number.canonical = canonical_form(*written, number_at(today, 0, 4));
  NumberDate date{number_at(number.canonical, 0, 4), number_at(number.canonical, 4, 2),
                  number_at(number.canonical, 6, 2)};
  number.is_coordination = date.day >= coordination_offset;
  if (number.is_coordination) date.day -= coordination_offset;
  if (!may_be_date(date, number.is_coordination)) {
    return refusal(Reason::impossible_birth_date, field);
  }
  if (!has_right_check_digit(number.canonical)) return refusal(Reason::wrong_check_digit, field);
  if (is_after(date, today)) return refusal(Reason::born_in_future, field);
  if (is_date(text_of(date))) number.birth_date = text_of(date);
  return number;
}

}  // namespace sspf
