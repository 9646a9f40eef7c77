// SPDX-License-Identifier: Apache-2.0
#include "server/base/reason.h"

#include <algorithm>
#include <array>

#include "server/base/ensure.h"

namespace sspf {
namespace {

struct ReasonRow {
  Reason reason;
  std::string_view name;
  Code code;
  std::string_view swedish;
  std::string_view english;
};

constexpr std::array reason_rows{
#define X(number, name, code, swedish, english) \
  ReasonRow{Reason::name, #name, Code::code, swedish, english},
    SSPF_REASONS(X)
#undef X
};

const ReasonRow& row_of(Reason reason) {
  const auto found = std::find_if(reason_rows.begin(), reason_rows.end(),
                                  [&](const ReasonRow& row) { return row.reason == reason; });
  ENSURE(found != reason_rows.end());
  return *found;
}

std::string with_field(std::string_view text, std::string_view field) {
  std::string filled(text);
  const auto place = filled.find("{}");
  if (place != std::string::npos) filled.replace(place, 2, field);
  return filled;
}

}  // namespace

std::string_view name_of(Reason reason) { return row_of(reason).name; }
Code code_of(Reason reason) { return row_of(reason).code; }
std::string swedish(Reason reason, std::string_view field) {
  return with_field(row_of(reason).swedish, field);
}
std::string english(Reason reason, std::string_view field) {
  return with_field(row_of(reason).english, field);
}

bool is_reason(std::uint32_t number) {
  return std::any_of(reason_rows.begin(), reason_rows.end(), [&](const ReasonRow& row) {
    return static_cast<std::uint32_t>(row.reason) == number;
  });
}

}  // namespace sspf
