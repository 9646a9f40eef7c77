// SPDX-License-Identifier: Apache-2.0
//
// A field of a message as a person reads it: dates and times in Swedish time, words for enums, yes
// and no. What comes out holds line feeds perhaps, and nothing else that is not printable.
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace sspf::cli {

// How a value stands out where there is colour.
enum class Tone { plain, green, yellow, red };

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
  bool is_no = false;  // "no": a table shows only what is so
};

// The field at `path`; empty when it is not set.
Cell cell_of(const google::protobuf::Message& message, const std::string& path);

// The message at `path`, the message itself when the path is empty; null when it is not set.
const google::protobuf::Message* message_at(const google::protobuf::Message& message,
                                            const std::string& path);

}  // namespace sspf::cli
