// SPDX-License-Identifier: Apache-2.0
//
// The RFC 6962 Merkle tree over audit events: hashes, appending in O(log n), and what a verifier
// needs.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crypto/bytes.h"

namespace sspf::crypto::merkle {

Digest leaf_hash(ByteView entry);                           // SHA-256(0x00 || entry), RFC 6962 2.1
Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(0x01 || left || right)
Digest empty_root();                                        // SHA-256("")

// A node of the tree that became complete by an append: the root of the leaves
// [index << level, (index + 1) << level). Level 0 is the leaf itself.
struct Node {
  std::uint32_t level;
  std::uint64_t index;
  Digest hash;
};

// The right edge of a tree of `size` leaves: the roots of its complete subtrees, largest first, one
// for each bit set in `size`. Enough to append and to compute the root, so start-up replays
// nothing.
class Frontier {
 public:
  Frontier() = default;
  // Throws std::invalid_argument unless there is one hash for each bit set in `size`.
  Frontier(std::uint64_t size, std::vector<Digest> hashes);

  std::uint64_t size() const { return size_; }
  const std::vector<Digest>& hashes() const { return hashes_; }
  Digest root() const;

  // Appends one leaf and returns the nodes that became complete, from the leaf upwards.
  std::vector<Node> append(const Digest& leaf);

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> hashes_;
};

// The hash of a complete subtree, as Node names them, from wherever they are kept.
using NodeAt = std::function<Digest(std::uint32_t level, std::uint64_t index)>;

// RFC 6962 2.1.1: that leaf `index` is in the tree of the first `size` leaves. Asks for
// O(log(size)^2) nodes. Throws std::invalid_argument unless index < size.
std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeAt& node);

// RFC 6962 2.1.2: that the tree of the first `first` leaves is a prefix of that of the first
// `second`. Empty when both are the same or the first is empty. Throws std::invalid_argument unless
// first <= second.
std::vector<Digest> consistency_proof(std::uint64_t first, std::uint64_t second,
                                      const NodeAt& node);

// RFC 9162 2.1.3.2: does `proof` show that `leaf` is number `index` of the tree with this size and
// root?
bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Digest>& proof, const Digest& root);

// RFC 9162 2.1.4.2: does `proof` show that the first tree is a prefix of the second?
bool verify_consistency(std::uint64_t first_size, const Digest& first_root,
                        std::uint64_t second_size, const Digest& second_root,
                        const std::vector<Digest>& proof);

}  // namespace sspf::crypto::merkle
