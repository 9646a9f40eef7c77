// SPDX-License-Identifier: Apache-2.0
#include "client/cli/words.h"

#include <cctype>

#include "client/cli/language.h"

namespace sspf::cli {
namespace {

// "RagStatus" -> "RAG_STATUS_": the prefix that protobuf's style demands of every value.
std::string prefix_of(const google::protobuf::EnumDescriptor* type) {
  std::string prefix;
  for (const char letter : type->name()) {
    if (std::isupper(static_cast<unsigned char>(letter)) != 0 && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return prefix + '_';
}

}  // namespace

std::string plain_word(const google::protobuf::EnumValueDescriptor* value) {
  const std::string prefix = prefix_of(value->type());
  std::string name = value->name();
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  for (char& letter : name) {
    letter =
        letter == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return name;
}

std::string spoken_word(const google::protobuf::EnumValueDescriptor* value) {
  if (value->number() == 0) return "";
  return tr_word(value->type()->name(), plain_word(value));
}

const google::protobuf::EnumValueDescriptor* value_of_word(
    const google::protobuf::EnumDescriptor* type, std::string_view word) {
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* const value = type->value(i);
    if (value->number() == 0) continue;
    if (word == plain_word(value) || word == spoken_word(value)) return value;
  }
  return nullptr;
}

std::vector<std::string> words_of(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> words;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) words.push_back(spoken_word(type->value(i)));
  }
  return words;
}

}  // namespace sspf::cli
