// SPDX-License-Identifier: Apache-2.0
//
// How much goes into one piece of a stream, so that no answer keeps the store thread or a client
// busy for long.
#pragma once

#include <cstddef>

#include "server/base/limits.h"

namespace sspf {

class PieceSize {
 public:
  // Counts one more row of so many bytes in; false when it belongs into the next piece. The first
  // row always fits.
  bool takes(std::size_t bytes) {
    const bool fits = rows_ < limits::page_size_max && bytes_ + bytes <= limits::piece_bytes_max;
    if (rows_ > 0 && !fits) return false;
    ++rows_;
    bytes_ += bytes;
    return true;
  }

 private:
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace sspf
