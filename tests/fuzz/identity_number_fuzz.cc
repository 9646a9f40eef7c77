// SPDX-License-Identifier: Apache-2.0
//
// Personal and coordination numbers: what is accepted is twelve digits that mean the same again,
// and no refusal tells the number.
#include "server/base/identity_number.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  const std::string today = "2026-11-25";
  const auto number = parse_identity_number(input, today, "identity_number");
  if (!number.ok()) {
    ENSURE(number.refusal().field == "identity_number");
    return;
  }
  const std::string& canonical = number.value().canonical;
  ENSURE(canonical.size() == 12);
  ENSURE(canonical.find_first_not_of("0123456789") == std::string::npos);
  const auto again = parse_identity_number(canonical, today, "identity_number");
  ENSURE(again.ok() && again.value().canonical == canonical);
  ENSURE(again.value().birth_date == number.value().birth_date);
}
