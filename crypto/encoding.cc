// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.h"

namespace sspf::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base32_digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t not_a_digit = 0xFF;
using DigitValues = std::array<std::uint8_t, 256>;

// By table, so that the time to decode a key does not tell of its digits through a search.
constexpr DigitValues values_of(std::string_view digits) {
  DigitValues values{};
  values.fill(not_a_digit);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr DigitValues with_upper_case(DigitValues values) {
  for (std::size_t letter = 'a'; letter <= 'z'; ++letter) {
    values[letter - 'a' + 'A'] = values[letter];
  }
  return values;
}

constexpr DigitValues hex_values = values_of(hex_digits);
constexpr DigitValues base32_values = with_upper_case(values_of(base32_digits));
constexpr DigitValues base64_values = values_of(base64_digits);

// The bits of `bytes` from the most significant on, so many to a digit; the last is filled with
// zeroes.
std::string encode(ByteView bytes, std::string_view digits, unsigned digit_bits) {
  std::string text;
  text.reserve((bytes.size() * 8 + digit_bits - 1) / digit_bits);
  const std::uint32_t mask = (1U << digit_bits) - 1;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = (pending << 8U) | byte;
    pending_bits += 8;
    for (; pending_bits >= digit_bits; pending_bits -= digit_bits) {
      text.push_back(digits[(pending >> (pending_bits - digit_bits)) & mask]);
    }
  }
  if (pending_bits > 0) text.push_back(digits[(pending << (digit_bits - pending_bits)) & mask]);
  return text;
}

// The inverse of encode(). Refuses a digit too many and filling bits that are not zero, so that one
// value has one text.
std::optional<Bytes> decode(std::string_view text, const DigitValues& values, unsigned digit_bits) {
  Bytes bytes;
  bytes.reserve(text.size() * digit_bits / 8);
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const char digit : text) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(digit)];
    if (value == not_a_digit) return std::nullopt;
    pending = (pending << digit_bits) | value;
    pending_bits += digit_bits;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>((pending >> pending_bits) & 0xFFU));
    }
  }
  const std::uint32_t filling = pending & ((1U << pending_bits) - 1);
  if (pending_bits >= digit_bits || filling != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::string hex(ByteView bytes) { return encode(bytes, hex_digits, 4); }

std::optional<Bytes> from_hex(std::string_view text) { return decode(text, hex_values, 4); }

std::string base64(ByteView bytes) {
  std::string text = base64_unpadded(bytes);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  // Two padding characters at most: a third would stand for a digit that is not a byte.
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode(text, base64_values, 6);
}

std::string base64_unpadded(ByteView bytes) { return encode(bytes, base64_digits, 6); }

std::string base32(ByteView bytes) { return encode(bytes, base32_digits, 5); }

std::optional<Bytes> from_base32(std::string_view text) { return decode(text, base32_values, 5); }

}  // namespace sspf::crypto
