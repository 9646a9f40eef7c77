// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle.h"

#include <bit>
#include <stdexcept>
#include <utility>

#include "crypto/hash.h"

namespace sspf::crypto::merkle {
namespace {

// RFC 6962 2.1: different first bytes for leaf and node, so that neither passes for the other.
constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

bool is_right_or_last(std::uint64_t index, std::uint64_t last) {
  return (index & 1U) != 0 || index == last;
}

// Where a walk towards the root stands: a node of the tree, and the last node of its level.
struct Position {
  std::uint64_t index;
  std::uint64_t last;

  void climb() {
    index >>= 1U;
    last >>= 1U;
  }
  // After a right sibling was taken: over the levels where the node has no sibling.
  void skip_levels_without_sibling() {
    while ((index & 1U) == 0 && index != 0) climb();
  }
};

}  // namespace

Digest leaf_hash(ByteView entry) { return sha256_of({leaf_prefix, entry}); }

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256_of({node_prefix, left, right});
}

Digest empty_root() { return sha256({}); }

Frontier::Frontier(std::uint64_t size, std::vector<Digest> hashes)
    : size_(size), hashes_(std::move(hashes)) {
  if (hashes_.size() != static_cast<std::size_t>(std::popcount(size_))) {
    throw std::invalid_argument("a frontier has one hash for each bit set in its size");
  }
}

Digest Frontier::root() const {
  if (hashes_.empty()) return empty_root();
  Digest root = hashes_.back();
  for (std::size_t i = hashes_.size() - 1; i > 0; --i) root = node_hash(hashes_[i - 1], root);
  return root;
}

std::vector<Node> Frontier::append(const Digest& leaf) {
  std::vector<Node> completed;
  Node node{.level = 0, .index = size_, .hash = leaf};
  completed.push_back(node);
  while ((node.index & 1U) != 0) {
    node = {.level = node.level + 1,
            .index = node.index >> 1U,
            .hash = node_hash(hashes_.back(), node.hash)};
    hashes_.pop_back();
    completed.push_back(node);
  }
  hashes_.push_back(node.hash);
  ++size_;
  return completed;
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Digest>& proof, const Digest& root) {
  if (index >= size) return false;
  Position at{.index = index, .last = size - 1};
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (at.last == 0) return false;
    if (is_right_or_last(at.index, at.last)) {
      hash = node_hash(sibling, hash);
      at.skip_levels_without_sibling();
    } else {
      hash = node_hash(hash, sibling);
    }
    at.climb();
  }
  return at.last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t first_size, const Digest& first_root,
                        std::uint64_t second_size, const Digest& second_root,
                        const std::vector<Digest>& proof) {
  if (first_size > second_size) return false;
  if (first_size == second_size) {
    return proof.empty() && first_root == second_root &&
           (first_size != 0 || first_root == empty_root());
  }
  // RFC 9162 leaves the empty tree out: it is a prefix of every tree and needs no proof.
  if (first_size == 0) return proof.empty() && first_root == empty_root();
  if (proof.empty()) return false;

  Position at{.index = first_size - 1, .last = second_size - 1};
  while ((at.index & 1U) != 0) at.climb();
  // A first tree that is complete is itself the first node of the proof.
  const bool is_complete = std::has_single_bit(first_size);
  Digest first = is_complete ? first_root : proof.front();
  Digest second = first;
  for (std::size_t i = is_complete ? 0 : 1; i < proof.size(); ++i) {
    if (at.last == 0) return false;
    if (is_right_or_last(at.index, at.last)) {
      first = node_hash(proof[i], first);
      second = node_hash(proof[i], second);
      at.skip_levels_without_sibling();
    } else {
      second = node_hash(second, proof[i]);
    }
    at.climb();
  }
  return at.last == 0 && first == first_root && second == second_root;
}

}  // namespace sspf::crypto::merkle
