// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle.h"

#include <algorithm>
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

// Leaves [begin, end) that are a subtree in the sense of RFC 6962 2.1: `begin` is a multiple of the
// smallest power of two that holds them.
struct Subtree {
  std::uint64_t begin;
  std::uint64_t end;

  std::uint64_t middle() const { return begin + std::bit_floor(end - begin - 1); }

  Digest root(const NodeAt& node) const {
    const std::uint64_t size = end - begin;
    std::vector<Digest> complete;
    std::uint64_t at = begin;
    for (int level = 63; level >= 0; --level) {
      if ((size >> level & 1U) == 0) continue;
      complete.push_back(node(static_cast<std::uint32_t>(level), at >> level));
      at += std::uint64_t{1} << level;
    }
    return Frontier(size, std::move(complete)).root();
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

std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeAt& node) {
  if (index >= size) throw std::invalid_argument("the leaf is not in the tree");
  std::vector<Digest> proof;
  Subtree tree{.begin = 0, .end = size};
  while (tree.end - tree.begin > 1) {
    const std::uint64_t middle = tree.middle();
    const Subtree left{.begin = tree.begin, .end = middle};
    const Subtree right{.begin = middle, .end = tree.end};
    const bool is_left = index < middle;
    proof.push_back((is_left ? right : left).root(node));
    tree = is_left ? left : right;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::vector<Digest> consistency_proof(std::uint64_t first, std::uint64_t second,
                                      const NodeAt& node) {
  if (first > second) throw std::invalid_argument("the first tree is the larger one");
  std::vector<Digest> proof;
  if (first == 0) return proof;
  Subtree tree{.begin = 0, .end = second};
  while (first != tree.end) {
    const std::uint64_t middle = tree.middle();
    const Subtree left{.begin = tree.begin, .end = middle};
    const Subtree right{.begin = middle, .end = tree.end};
    const bool is_left = first <= middle;
    proof.push_back((is_left ? right : left).root(node));
    tree = is_left ? left : right;
  }
  // Where the first tree is this subtree and not a left edge of its own, the verifier needs it too.
  if (tree.begin != 0) proof.push_back(tree.root(node));
  std::reverse(proof.begin(), proof.end());
  return proof;
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
