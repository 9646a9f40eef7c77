// SPDX-License-Identifier: Apache-2.0
//
// The register of processing in words: what stands in its cells.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>

namespace sspf::cli {

// The sentence for a measure of security; one that only a newer server knows is shown as its name.
std::string measure_text(const std::string& measure);

// A message of the register in one line; nothing for any other message.
std::optional<std::string> register_text(const google::protobuf::Message& message);

}  // namespace sspf::cli
