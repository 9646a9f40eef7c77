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

void fill(std::string& text, std::string_view place, std::string_view with) {
  const auto at = text.find(place);
  if (at != std::string::npos) text.replace(at, place.size(), with);
}

std::string filled(std::string_view text, std::string_view field, std::uint64_t max) {
  std::string sentence(text);
  if (max == 0 && text.find("{max}") != std::string_view::npos) {
    sentence = sentence.substr(0, sentence.rfind(':')) + '.';
  }
  fill(sentence, "{max}", std::to_string(max));
  fill(sentence, "{}", field);
  return sentence;
}

}  // namespace

std::string_view name_of(Reason reason) { return row_of(reason).name; }
Code code_of(Reason reason) { return row_of(reason).code; }
std::string swedish(Reason reason, std::string_view field, std::uint64_t max) {
  return filled(row_of(reason).swedish, field, max);
}
std::string english(Reason reason, std::string_view field, std::uint64_t max) {
  return filled(row_of(reason).english, field, max);
}

bool is_reason(std::uint32_t number) {
  return std::any_of(reason_rows.begin(), reason_rows.end(), [&](const ReasonRow& row) {
    return static_cast<std::uint32_t>(row.reason) == number;
  });
}

}  // namespace sspf
