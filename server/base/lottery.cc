// SPDX-License-Identifier: Apache-2.0
#include "server/base/lottery.h"

#include "crypto/random.h"
#include "server/base/ensure.h"

namespace sspf {

std::uint64_t Lottery::below(std::uint64_t limit) {
  constexpr std::size_t pool_bytes = 4096;
  ENSURE(limit > 0);
  if (pool_.size() < sizeof(std::uint64_t)) pool_ = crypto::random_bytes(pool_bytes);
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < sizeof drawn; ++i) {
    drawn = drawn << 8U | pool_.back();
    pool_.pop_back();
  }
  // The high half of the product: no remainder, and nothing to reject.
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(Wide{drawn} * limit >> 64U);
}

}  // namespace sspf
