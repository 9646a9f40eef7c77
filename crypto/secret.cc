// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.h"

#include <openssl/crypto.h>

#include <utility>

#include "crypto/hash.h"

namespace sspf::crypto {

Secret::Secret(std::size_t size) : bytes_(size) {}

Secret::Secret(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}

Secret::Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, Bytes())) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_ = std::exchange(other.bytes_, Bytes());
  }
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

std::size_t Secret::size() const { return bytes_.size(); }

ByteView Secret::reveal() const { return bytes_; }

std::span<std::uint8_t> Secret::writable() { return bytes_; }

Secret Secret::duplicate() const { return Secret(reveal()); }

bool Secret::equals(const Secret& other) const { return equal(bytes_, other.bytes_); }

void wipe(std::span<std::uint8_t> bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

void wipe(std::string& text) {
  // A string that was shortened still holds its old end.
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace sspf::crypto
