// SPDX-License-Identifier: Apache-2.0
//
// JSON as strict as RFC 8259, before Protobuf's own lenient parser sees it (evidence.md 0.8):
// Protobuf takes unquoted names, trailing commas and duplicate names, and is slow on deep nesting.
#pragma once

#include <string>
#include <string_view>

namespace sspf::rpc {

// One JSON value, objects without duplicate names, at most limits::message_depth_max deep, valid
// UTF-8.
bool is_strict_json(std::string_view text);

}  // namespace sspf::rpc
