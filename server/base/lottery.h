// SPDX-License-Identifier: Apache-2.0
//
// Drawing lots with the cryptographic generator, so that nobody foresees what a review will look
// at, and samples of a fixed size from a stream of unknown length.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "crypto/bytes.h"

namespace sspf {

class Lottery {
 public:
  // Uniform in 0 to `limit` - 1, but for a part in 2^64 / limit. `limit` is positive.
  std::uint64_t below(std::uint64_t limit);

 private:
  crypto::Bytes pool_;  // random bytes that are still unused
};

// Keeps at most `capacity` of what it is offered, each with the same probability.
template <typename Item>
class Reservoir {
 public:
  explicit Reservoir(std::size_t capacity) : capacity_(capacity) {}

  void offer(const Item& item, Lottery& lottery) {
    ++offered_;
    if (kept_.size() < capacity_) {
      kept_.push_back(item);
      return;
    }
    const std::uint64_t place = lottery.below(offered_);
    if (place < capacity_) kept_[place] = item;
  }
  std::uint64_t offered() const { return offered_; }
  const std::vector<Item>& kept() const { return kept_; }

 private:
  std::size_t capacity_;
  std::uint64_t offered_ = 0;
  std::vector<Item> kept_;
};

}  // namespace sspf
