// SPDX-License-Identifier: Apache-2.0
//
// What the server names in an extract, in words: the field that a text is from, and values of
// enums.
#pragma once

#include <string>

namespace sspf::cli {

// "Goals" for goals; the name itself, as words, of a field that only a newer server knows.
std::string spoken_field(const std::string& field);
// "vårdnadshavare" for SIGNATORY_ROLE_GUARDIAN; any other text as it is.
std::string spoken_value(const std::string& text);

}  // namespace sspf::cli
