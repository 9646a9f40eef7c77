// SPDX-License-Identifier: Apache-2.0
//
// A log of numbered events in memory, which can sign any of its sizes and also become two: what a
// witness is asked about in tests.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "crypto/note.h"

namespace sspf::test {

class FakeLog {
 public:
  explicit FakeLog(std::string origin = "log.example/audit/1") : origin_(std::move(origin)) {}

  crypto::NoteVerifier verifier() const { return {origin_, key_->public_key()}; }

  // The events so far stay; those from now on are of another history.
  void become_another() { history_ += "'"; }
  void grow_to(std::uint64_t size) {
    while (tree_.size() < size) {
      const std::string event = history_ + std::to_string(tree_.size());
      for (const auto& node : tree_.append(crypto::merkle::leaf_hash(crypto::view_of(event)))) {
        nodes_[{node.level, node.index}] = node.hash;
      }
      roots_[tree_.size()] = tree_.root();
    }
  }
  std::uint64_t size() const { return tree_.size(); }

  // Of any size that it has had.
  crypto::Checkpoint checkpoint(std::uint64_t size) const {
    return {origin_, size, size == 0 ? crypto::merkle::empty_root() : roots_.at(size)};
  }
  crypto::Note signed_note(std::uint64_t size) const {
    return crypto::sign_note(crypto::marshal_checkpoint(checkpoint(size)), origin_, *key_);
  }
  std::vector<crypto::Digest> proof(std::uint64_t first, std::uint64_t second) const {
    return crypto::merkle::consistency_proof(first, second,
                                             [this](std::uint32_t level, std::uint64_t index) {
                                               return nodes_.at({level, index});
                                             });
  }
  // The body of an add-checkpoint request.
  std::string request(std::uint64_t first, std::uint64_t second) const {
    return request_with(first, proof(first, second), crypto::marshal_note(signed_note(second)));
  }
  static std::string request_with(std::uint64_t first, const std::vector<crypto::Digest>& proof,
                                  const std::string& note) {
    std::string body = "old " + std::to_string(first) + "\n";
    for (const crypto::Digest& hash : proof) body += crypto::base64(hash) + "\n";
    return body + "\n" + note;
  }
  const crypto::SigningKey& key() const { return *key_; }

 private:
  std::string origin_;
  std::string history_ = "event ";
  // Of all that began as one log.
  std::shared_ptr<const crypto::SigningKey> key_ =
      std::make_shared<const crypto::SigningKey>(crypto::SigningKey::generate());
  crypto::merkle::Frontier tree_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, crypto::Digest> nodes_;
  std::map<std::uint64_t, crypto::Digest> roots_;
};

}  // namespace sspf::test
