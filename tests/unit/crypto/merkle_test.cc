// SPDX-License-Identifier: Apache-2.0
#include "crypto/merkle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <stdexcept>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto::merkle {
namespace {

using Leaves = std::span<const Digest>;
using Proof = std::vector<Digest>;

// The definitions of RFC 6962 2.1, word by word: what the real code is compared with.
Leaves::size_type split_of(Leaves leaves) { return std::bit_floor(leaves.size() - 1); }

Digest reference_root(Leaves leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  const auto split = split_of(leaves);
  return node_hash(reference_root(leaves.first(split)), reference_root(leaves.subspan(split)));
}

Proof reference_path(std::size_t index, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const auto split = split_of(leaves);
  const bool is_left = index < split;
  Proof path = is_left ? reference_path(index, leaves.first(split))
                       : reference_path(index - split, leaves.subspan(split));
  path.push_back(reference_root(is_left ? leaves.subspan(split) : leaves.first(split)));
  return path;
}

enum class Whole { yes, no };  // is this subtree the whole of the first tree?

Proof reference_subproof(std::size_t first_size, Leaves leaves, Whole whole) {
  if (first_size == leaves.size()) {
    return whole == Whole::yes ? Proof{} : Proof{reference_root(leaves)};
  }
  const auto split = split_of(leaves);
  if (first_size <= split) {
    Proof proof = reference_subproof(first_size, leaves.first(split), whole);
    proof.push_back(reference_root(leaves.subspan(split)));
    return proof;
  }
  Proof proof = reference_subproof(first_size - split, leaves.subspan(split), Whole::no);
  proof.push_back(reference_root(leaves.first(split)));
  return proof;
}

// On which side the siblings of a path are, from the leaf upwards. A root does not tell the size of
// its tree: a path fits every size in which it has this shape.
std::string shape_of(std::size_t index, std::size_t size) {
  if (size == 1) return "";
  const std::size_t split = std::bit_floor(size - 1);
  return index < split ? shape_of(index, split) + "L" : shape_of(index - split, size - split) + "R";
}

std::vector<Digest> make_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(leaf_hash(view_of(std::to_string(i))));
  }
  return leaves;
}

struct Published {
  std::vector<Digest> leaves;
  std::map<std::uint64_t, Digest> roots;
};

struct PublishedProof {
  std::uint64_t first;
  std::uint64_t second;
  Proof proof;
};

Published published() {
  Published published;
  for (const auto& row : vector_lines("merkle_rfc6962.txt")) {
    if (row[0] == "leaf") {
      published.leaves.push_back(leaf_hash(unhex(row[1] == "-" ? "" : row[1])));
    }
    if (row[0] == "root") published.roots[std::stoull(row[1])] = digest_from_hex(row[2]);
  }
  return published;
}

std::vector<PublishedProof> published_proofs(const std::string& kind) {
  std::vector<PublishedProof> proofs;
  for (const auto& row : vector_lines("merkle_rfc6962.txt")) {
    if (row[0] != kind) continue;
    PublishedProof proof{.first = std::stoull(row[1]), .second = std::stoull(row[2]), .proof = {}};
    std::transform(row.begin() + 3, row.end(), std::back_inserter(proof.proof), digest_from_hex);
    proofs.push_back(proof);
  }
  return proofs;
}

TEST(Merkle, RootsAreThoseOfThePublishedVectors) {
  const Published expected = published();
  ASSERT_EQ(expected.leaves.size(), 8U);
  ASSERT_EQ(expected.roots.size(), 9U);
  Frontier frontier;
  EXPECT_EQ(frontier.root(), expected.roots.at(0));
  for (const Digest& leaf : expected.leaves) {
    frontier.append(leaf);
    EXPECT_EQ(frontier.root(), expected.roots.at(frontier.size())) << frontier.size();
  }
}

TEST(Merkle, PublishedProofsVerify) {
  const Published tree = published();
  ASSERT_EQ(published_proofs("inclusion").size(), 5U);
  ASSERT_EQ(published_proofs("consistency").size(), 4U);
  for (const PublishedProof& vector : published_proofs("inclusion")) {
    EXPECT_TRUE(verify_inclusion(tree.leaves.at(vector.first), vector.first, vector.second,
                                 vector.proof, tree.roots.at(vector.second)));
  }
  for (const PublishedProof& vector : published_proofs("consistency")) {
    EXPECT_TRUE(verify_consistency(vector.first, tree.roots.at(vector.first), vector.second,
                                   tree.roots.at(vector.second), vector.proof));
  }
}

TEST(Merkle, FrontierHasTheRootOfTheDefinition) {
  const std::vector<Digest> leaves = make_leaves(300);
  Frontier frontier;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(frontier.root(), reference_root(Leaves(leaves).first(size))) << size;
    EXPECT_EQ(frontier.hashes().size(), static_cast<std::size_t>(std::popcount(size)));
    if (size < leaves.size()) frontier.append(leaves[size]);
  }
}

TEST(Merkle, AppendNamesEachCompletedNodeOnce) {
  const std::vector<Digest> leaves = make_leaves(300);
  std::map<std::pair<std::uint32_t, std::uint64_t>, Digest> nodes;
  Frontier frontier;
  for (const Digest& leaf : leaves) {
    for (const Node& node : frontier.append(leaf)) {
      EXPECT_TRUE(nodes.emplace(std::pair{node.level, node.index}, node.hash).second);
    }
  }
  std::size_t expected = 0;
  for (std::uint32_t level = 0; (leaves.size() >> level) > 0; ++level) {
    const std::size_t width = std::size_t{1} << level;
    for (std::size_t index = 0; (index + 1) * width <= leaves.size(); ++index, ++expected) {
      EXPECT_EQ(nodes.at({level, index}),
                reference_root(Leaves(leaves).subspan(index * width, width)));
    }
  }
  EXPECT_EQ(nodes.size(), expected);
}

TEST(Merkle, AStoredFrontierGoesOnWhereItStopped) {
  const std::vector<Digest> leaves = make_leaves(40);
  for (std::size_t size = 0; size < leaves.size(); ++size) {
    Frontier frontier;
    for (std::size_t i = 0; i < size; ++i) frontier.append(leaves[i]);
    Frontier restored(frontier.size(), frontier.hashes());
    restored.append(leaves[size]);
    EXPECT_EQ(restored.root(), reference_root(Leaves(leaves).first(size + 1)));
  }
}

TEST(Merkle, AFrontierOfTheWrongWidthIsRefused) {
  EXPECT_THROW(Frontier(5, std::vector<Digest>(1)), std::invalid_argument);
  EXPECT_THROW(Frontier(5, std::vector<Digest>(3)), std::invalid_argument);
  EXPECT_THROW(Frontier(0, std::vector<Digest>(1)), std::invalid_argument);
  EXPECT_NO_THROW(Frontier(5, std::vector<Digest>(2)));
}

TEST(Merkle, EveryInclusionVerifiesAtItsPlaceAndNoOther) {
  const std::vector<Digest> leaves = make_leaves(65);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Digest root = reference_root(Leaves(leaves).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      const Proof proof = reference_path(index, Leaves(leaves).first(size));
      EXPECT_TRUE(verify_inclusion(leaves[index], index, size, proof, root));
      const std::size_t other = (index + 1) % size;
      if (other != index) {
        EXPECT_FALSE(verify_inclusion(leaves[index], other, size, proof, root));
        EXPECT_FALSE(verify_inclusion(leaves[other], index, size, proof, root));
      }
      EXPECT_FALSE(verify_inclusion(leaves[index], size, size, proof, root));
    }
  }
}

TEST(Merkle, AnInclusionFitsAnotherSizeOnlyWithTheSameShape) {
  const std::vector<Digest> leaves = make_leaves(33);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Digest root = reference_root(Leaves(leaves).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      const Proof proof = reference_path(index, Leaves(leaves).first(size));
      for (std::size_t other = index + 1; other <= leaves.size() + 1; ++other) {
        EXPECT_EQ(verify_inclusion(leaves[index], index, other, proof, root),
                  shape_of(index, other) == shape_of(index, size));
      }
    }
  }
}

TEST(Merkle, EveryConsistencyVerifiesForItsSizesAndNoOtherFirst) {
  const std::vector<Digest> leaves = make_leaves(65);
  for (std::size_t second = 1; second <= leaves.size(); ++second) {
    const Digest second_root = reference_root(Leaves(leaves).first(second));
    for (std::size_t first = 1; first <= second; ++first) {
      const Digest first_root = reference_root(Leaves(leaves).first(first));
      const Proof proof = reference_subproof(first, Leaves(leaves).first(second), Whole::yes);
      EXPECT_TRUE(verify_consistency(first, first_root, second, second_root, proof));
      EXPECT_FALSE(verify_consistency(first + 1, first_root, second, second_root, proof));
      EXPECT_FALSE(verify_consistency(first - 1, first_root, second, second_root, proof));
      EXPECT_FALSE(verify_consistency(first, first_root, first - 1, second_root, proof));
      if (first != second) {
        EXPECT_FALSE(verify_consistency(first, second_root, second, second_root, proof));
        EXPECT_FALSE(verify_consistency(first, first_root, second, first_root, proof));
        EXPECT_FALSE(verify_consistency(second, second_root, first, first_root, proof));
      }
    }
  }
}

TEST(Merkle, TheEmptyTreeIsAPrefixOfEveryTreeWithoutProof) {
  const Digest root = reference_root(make_leaves(5));
  EXPECT_TRUE(verify_consistency(0, empty_root(), 5, root, {}));
  EXPECT_TRUE(verify_consistency(0, empty_root(), 0, empty_root(), {}));
  EXPECT_FALSE(verify_consistency(0, root, 5, root, {}));
  EXPECT_FALSE(verify_consistency(0, root, 0, root, {}));
  EXPECT_FALSE(verify_consistency(0, empty_root(), 5, root, {root}));
  EXPECT_FALSE(verify_consistency(3, root, 5, root, {}));
  EXPECT_FALSE(verify_inclusion(root, 0, 0, {}, empty_root()));
}

// Every proof that differs in one bit, or has a hash more or less.
std::vector<Proof> mutations_of(const Proof& proof) {
  std::vector<Proof> mutations;
  for (std::size_t bit = 0; !proof.empty() && bit < 256; ++bit) {
    Proof mutation = proof;
    mutation[bit % proof.size()][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    mutations.push_back(mutation);
  }
  for (std::size_t place = 0; place <= proof.size(); ++place) {
    Proof longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(place),
                  place == 0 ? empty_root() : proof[place - 1]);
    mutations.push_back(longer);
    if (place == proof.size()) continue;
    Proof shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(place));
    mutations.push_back(shorter);
  }
  return mutations;
}

TEST(Merkle, NoMutatedInclusionVerifies) {
  const std::vector<Digest> leaves = make_leaves(65);
  for (const std::size_t size : {1U, 2U, 7U, 8U, 13U, 65U}) {
    const Digest root = reference_root(Leaves(leaves).first(size));
    for (std::size_t index = 0; index < size; index += 3) {
      const Proof proof = reference_path(index, Leaves(leaves).first(size));
      for (const Proof& mutation : mutations_of(proof)) {
        EXPECT_FALSE(verify_inclusion(leaves[index], index, size, mutation, root));
      }
    }
  }
}

TEST(Merkle, NoMutatedConsistencyVerifies) {
  const std::vector<Digest> leaves = make_leaves(65);
  for (const std::size_t second : {2U, 7U, 8U, 13U, 65U}) {
    const Digest second_root = reference_root(Leaves(leaves).first(second));
    for (std::size_t first = 1; first <= second; first += 3) {
      const Digest first_root = reference_root(Leaves(leaves).first(first));
      const Proof proof = reference_subproof(first, Leaves(leaves).first(second), Whole::yes);
      for (const Proof& mutation : mutations_of(proof)) {
        EXPECT_FALSE(verify_consistency(first, first_root, second, second_root, mutation));
      }
    }
  }
}

}  // namespace
}  // namespace sspf::crypto::merkle
