// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/rate_limit.h"

#include <algorithm>

namespace sspf::rpc {
namespace {

// Above this many keys the full buckets are forgotten: they say no more than a missing one.
constexpr std::size_t buckets_max = 10'000;

}  // namespace

bool RateLimit::take(const std::string& key, Instant now) {
  if (buckets_.size() > buckets_max) forget_full(now);
  Bucket& bucket = buckets_.try_emplace(key, Bucket{rate_.burst, now}).first->second;
  const double seconds = static_cast<double>(std::max<std::int64_t>(
                             0, now.microseconds - bucket.filled.microseconds)) /
                         1e6;
  bucket.tokens = std::min(rate_.burst, bucket.tokens + seconds * rate_.per_second);
  bucket.filled = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

void RateLimit::forget_full(Instant now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const Bucket& bucket = entry.second;
    const double seconds = static_cast<double>(now.microseconds - bucket.filled.microseconds) / 1e6;
    return bucket.tokens + seconds * rate_.per_second >= rate_.burst;
  });
}

}  // namespace sspf::rpc
