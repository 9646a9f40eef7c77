// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace sspf::store {

// The version at which a stream of versions goes on: the cursor is made here and never leaves the
// server, so it is a number. The first, when the stream begins.
inline std::uint64_t version_of(const std::string& cursor) {
  return cursor.empty() ? 1 : std::stoull(cursor);
}

}  // namespace sspf::store
