// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "crypto/merkle.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto::merkle {
namespace {

// A log as the server keeps it: every node that became complete, and each root there ever was.
class KeptTree {
 public:
  explicit KeptTree(const std::vector<Digest>& leaves) : leaves_(leaves) {
    Frontier frontier;
    roots_.push_back(frontier.root());
    for (const Digest& leaf : leaves) {
      for (const Node& node : frontier.append(leaf)) nodes_[{node.level, node.index}] = node.hash;
      roots_.push_back(frontier.root());
    }
  }

  const Digest& leaf(std::size_t index) const { return leaves_.at(index); }
  const Digest& root(std::size_t size) const { return roots_.at(size); }
  std::size_t size() const { return leaves_.size(); }
  // Throws std::out_of_range for a node that is not complete.
  NodeAt node() const {
    return [this](std::uint32_t level, std::uint64_t index) { return nodes_.at({level, index}); };
  }

 private:
  std::vector<Digest> leaves_;
  std::vector<Digest> roots_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, Digest> nodes_;
};

KeptTree numbered(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(leaf_hash(view_of(std::to_string(i))));
  }
  return KeptTree(leaves);
}

TEST(MerkleProof, TheProofsAreThoseOfThePublishedVectors) {
  std::vector<Digest> leaves;
  for (const auto& row : vector_lines("merkle_rfc6962.txt")) {
    if (row[0] == "leaf") leaves.push_back(leaf_hash(unhex(row[1] == "-" ? "" : row[1])));
  }
  const KeptTree tree(leaves);
  int compared = 0;
  for (const auto& row : vector_lines("merkle_rfc6962.txt")) {
    if (row[0] != "inclusion" && row[0] != "consistency") continue;
    std::vector<Digest> expected;
    std::transform(row.begin() + 3, row.end(), std::back_inserter(expected), digest_from_hex);
    const std::uint64_t first = std::stoull(row[1]);
    const std::uint64_t second = std::stoull(row[2]);
    EXPECT_EQ(row[0] == "inclusion" ? inclusion_proof(first, second, tree.node())
                                    : consistency_proof(first, second, tree.node()),
              expected)
        << row[0] << ' ' << first << ' ' << second;
    ++compared;
  }
  EXPECT_EQ(compared, 9);
}

TEST(MerkleProof, EveryLeafIsShownToBeInEveryTreeThatHoldsIt) {
  const KeptTree tree = numbered(130);
  for (std::size_t size = 1; size <= tree.size(); ++size) {
    for (std::size_t index = 0; index < size; ++index) {
      EXPECT_TRUE(verify_inclusion(tree.leaf(index), index, size,
                                   inclusion_proof(index, size, tree.node()), tree.root(size)))
          << index << " of " << size;
    }
  }
}

TEST(MerkleProof, EveryTreeIsShownToBeAPrefixOfEveryLaterOne) {
  const KeptTree tree = numbered(130);
  for (std::size_t second = 0; second <= tree.size(); ++second) {
    for (std::size_t first = 0; first <= second; ++first) {
      EXPECT_TRUE(verify_consistency(first, tree.root(first), second, tree.root(second),
                                     consistency_proof(first, second, tree.node())))
          << first << " of " << second;
    }
  }
}

TEST(MerkleProof, WhatIsNotInTheTreeHasNoProof) {
  const KeptTree tree = numbered(5);
  EXPECT_THROW(inclusion_proof(5, 5, tree.node()), std::invalid_argument);
  EXPECT_THROW(inclusion_proof(0, 0, tree.node()), std::invalid_argument);
  EXPECT_THROW(consistency_proof(5, 4, tree.node()), std::invalid_argument);
  EXPECT_THROW(inclusion_proof(0, 6, tree.node()), std::out_of_range);
}

}  // namespace
}  // namespace sspf::crypto::merkle
