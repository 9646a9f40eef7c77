// SPDX-License-Identifier: Apache-2.0
#include "client/cli/extract_words.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cctype>

#include "client/cli/language.h"
#include "client/cli/words.h"

namespace sspf::cli {

std::string spoken_field(const std::string& field) {
  const std::string word = tr_word("SubjectAccessField", field);
  if (word != field || field.empty()) return word;
  std::string plain = field;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  plain[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(plain[0])));
  return plain;
}

std::string spoken_value(const std::string& text) {
  const auto* const value =
      google::protobuf::DescriptorPool::generated_pool()->FindEnumValueByName("sspf.v1." + text);
  return value == nullptr ? text : spoken_word(value);
}

}  // namespace sspf::cli
