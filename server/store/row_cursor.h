// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace sspf::store {

// The rowid after which a stream goes on: the cursor is made here and never leaves the server, so
// it is a number. Zero when the stream begins.
inline std::int64_t row_of(const std::string& cursor) {
  return cursor.empty() ? 0 : std::stoll(cursor);
}

}  // namespace sspf::store
