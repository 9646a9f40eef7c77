// SPDX-License-Identifier: Apache-2.0
//
// The generations of epoch keys and their files. There is one, but for the moment of a disposal:
// the next is made, every key that goes on is wrapped under it, and only then are the older
// destroyed (trust.md 3). Each step leaves either the old files or the new ones whole, whenever the
// process is killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>

#include "crypto/secret.h"

namespace sspf::store {

class EpochKeys {
 public:
  // Reads "epoch-N.key", every one there is, and changes nothing. Throws Fault when there is none,
  // or one that read_key_file() refuses.
  explicit EpochKeys(std::filesystem::path directory);

  std::uint32_t newest() const { return keys_.rbegin()->first; }
  // Throws Fault when it is not there.
  const crypto::Secret& key(std::uint32_t epoch) const;
  // One generation, and nothing that an interrupted change has left.
  bool is_settled() const;

  // The next generation, durable on return. Throws Fault.
  void make_next();
  // Overwrites and removes the files of all but the newest, and what an interrupted change has
  // left. Throws Fault.
  void destroy_older();

 private:
  std::filesystem::path file_of(std::uint32_t epoch) const;

  std::filesystem::path directory_;
  std::map<std::uint32_t, crypto::Secret> keys_;
};

}  // namespace sspf::store
