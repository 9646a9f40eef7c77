// SPDX-License-Identifier: Apache-2.0
//
// What the network side counts. It writes no log: the counters are all that it tells about its
// callers, and they are exported as metrics.
#pragma once

#include <atomic>
#include <cstdint>

namespace sspf::net {

struct NetCounters {
  std::atomic<std::uint64_t> connections_accepted{0};
  std::atomic<std::uint64_t> connections_refused{0};  // over a cap; closed before the handshake
  std::atomic<std::uint64_t> accepts_failed{0};       // no descriptors or memory; retried
  std::atomic<std::uint64_t> handshakes_failed{0};
  std::atomic<std::uint64_t> requests{0};  // handed to Serve; a stream counts once
  std::atomic<std::uint64_t> requests_refused_before_call{0};
  std::atomic<std::uint64_t> connections_timed_out{
      0};                                        // idle, or too slow with a part of a request
  std::atomic<std::uint64_t> streams_broken{0};  // ended before their last piece
  std::atomic<std::int64_t> connections_open{0};
};

}  // namespace sspf::net
