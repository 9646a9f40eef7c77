// SPDX-License-Identifier: Apache-2.0
#include "client/cli/extract_words.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cctype>

#include "client/cli/command.h"
#include "client/cli/language.h"
#include "client/cli/words.h"

namespace sspf::cli {

std::string spoken_field(const std::string& field) {
  std::string word = tr_word("SubjectAccessField", field);
  if (word != field || field.empty()) return word;
  std::string plain = field;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  plain[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(plain[0])));
  return plain;
}

std::string spoken_value(const std::string& text) {
  for (const auto* const file : service_files()) {
    const auto* const value = file->FindEnumValueByName(text);
    if (value != nullptr) return spoken_word(value);
  }
  return text;
}

}  // namespace sspf::cli
