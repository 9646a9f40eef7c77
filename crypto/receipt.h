// SPDX-License-Identifier: Apache-2.0
//
// Receipts (c2sp.org/tlog-proof): the proof that one event is in the log, as one text file that
// needs nothing but the log's key to be verified. proto/sspf/v1/checkpoint.md, "Receipts".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace sspf::crypto {

inline constexpr std::string_view receipt_first_line = "c2sp.org/tlog-proof@v1\n";
inline constexpr std::size_t receipt_bytes_max = 128 * std::size_t{1024};

struct Receipt {
  Bytes event;
  std::uint64_t index = 0;
  std::vector<Digest> proof;  // at most 63
  std::string checkpoint_note;
};

std::string marshal_receipt(const Receipt& receipt);
// What is accepted marshals back to the same bytes.
std::optional<Receipt> parse_receipt(std::string_view text);

}  // namespace sspf::crypto
