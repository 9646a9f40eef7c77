// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>

namespace sspf::store {

// Microseconds since 1970 as stored, to and from the wire's form.
inline google::protobuf::Timestamp timestamp_of(std::int64_t microseconds) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(microseconds / 1'000'000);
  timestamp.set_nanos(static_cast<std::int32_t>(microseconds % 1'000'000 * 1000));
  return timestamp;
}

inline std::int64_t microseconds_of(const google::protobuf::Timestamp& timestamp) {
  return timestamp.seconds() * 1'000'000 + timestamp.nanos() / 1000;
}

}  // namespace sspf::store
