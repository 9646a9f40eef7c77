// SPDX-License-Identifier: Apache-2.0
//
// The words that stand for values of an enum: "green" for RAG_STATUS_GREEN, and "grön" for a
// Swedish reader. English is always understood, Swedish when it is spoken.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sspf::cli {

// The English word: the value's name without the prefix of its type, with - for _.
std::string plain_word(const google::protobuf::EnumValueDescriptor* value);

// The word in the language spoken; empty for the value zero, which means that nothing was said.
std::string spoken_word(const google::protobuf::EnumValueDescriptor* value);

// Null when no value has this word.
const google::protobuf::EnumValueDescriptor* value_of_word(
    const google::protobuf::EnumDescriptor* type, std::string_view word);

// The words that may be given, in the language spoken.
std::vector<std::string> words_of(const google::protobuf::EnumDescriptor* type);

}  // namespace sspf::cli
