// SPDX-License-Identifier: Apache-2.0
//
// Secret: key bytes that are wiped on destruction, and cannot be copied, printed or compared except
// in constant time.
#pragma once

#include <cstddef>

#include "crypto/bytes.h"

namespace sspf::crypto {

class Secret {
 public:
  explicit Secret(std::size_t size);  // zeroes, to be filled through writable()
  explicit Secret(ByteView bytes);    // copies; the caller wipes its own
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::size_t size() const;
  // Only for handing to a cryptographic function: the view must not outlive the secret or be
  // stored.
  ByteView reveal() const;
  std::span<std::uint8_t> writable();
  Secret duplicate() const;  // the one way to a second copy, so that each is visible in the code
  bool equals(const Secret& other) const;  // constant time for equal sizes

 private:
  Bytes bytes_;
};

// Overwrites memory in a way that the compiler does not remove.
void wipe(std::span<std::uint8_t> bytes);
void wipe(std::string& text);  // and leaves it empty

}  // namespace sspf::crypto
