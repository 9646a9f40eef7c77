// SPDX-License-Identifier: Apache-2.0
//
// Token buckets: how many calls an account, or a source without a certificate, may make. In memory,
// of the store thread alone; a restart fills them.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/base/clock.h"

namespace sspf::rpc {

// `burst` at once, `per_second` sustained.
struct Rate {
  double per_second;
  double burst;
};

class RateLimit {
 public:
  explicit RateLimit(Rate rate) : rate_(rate) {}

  // Takes one token of `key`; false when there is none.
  bool take(const std::string& key, Instant now);

 private:
  struct Bucket {
    double tokens;
    Instant filled;
  };
  void forget_full(Instant now);

  Rate rate_;
  std::unordered_map<std::string, Bucket> buckets_;
};

struct RateLimits {
  RateLimit calls;      // by account
  RateLimit lookups;    // of persons by number, by account (trust.md 5, enumeration)
  RateLimit strangers;  // calls without a certificate, by address
  // Calls with one certificate, valid or not, before they cost an event: well above what `calls`
  // allows.
  RateLimit certificates;
  std::uint64_t floods_refused = 0;  // by the two above, with no event of their own
};

}  // namespace sspf::rpc
