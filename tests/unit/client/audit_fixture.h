// SPDX-License-Identifier: Apache-2.0
//
// A log with a key of its own, and a command that verifies its export.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "crypto/audit_export.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "sspf/v1/audit.pb.h"
#include "tests/unit/client/support.h"

namespace sspf::cli::test {

inline constexpr const char* origin = "log.example/sspf";

inline std::string event(std::uint64_t sequence, std::int64_t time) {
  v1::AuditEvent made;
  made.set_sequence(sequence);
  made.set_time_us(time);
  made.set_rpc("sspf.v1.CaseService/GetCase");
  return made.SerializeAsString();
}

inline Words events_of(std::uint64_t count) {
  Words events;
  for (std::uint64_t i = 0; i < count; ++i) {
    events.push_back(event(i, 1'000'000 + static_cast<std::int64_t>(i)));
  }
  return events;
}

class Log {
 public:
  explicit Log(std::string name = origin) : name_(std::move(name)) {}

  crypto::NoteVerifier verifier() const { return {name_, key_.public_key()}; }
  std::string vkey() const { return verifier().text(); }
  std::string note(const Words& events) const {
    crypto::merkle::Frontier tree;
    for (const auto& one : events) {
      tree.append(crypto::merkle::leaf_hash(crypto::view_of(one)));
    }
    const crypto::Checkpoint checkpoint{name_, events.size(), tree.root()};
    return crypto::marshal_note(
        crypto::sign_note(crypto::marshal_checkpoint(checkpoint), name_, key_));
  }
  static std::vector<crypto::Digest> consistency_proof(const Words& events, std::uint64_t first) {
    std::map<std::pair<std::uint32_t, std::uint64_t>, crypto::Digest> nodes;
    crypto::merkle::Frontier tree;
    for (const auto& one : events) {
      for (const auto& node : tree.append(crypto::merkle::leaf_hash(crypto::view_of(one)))) {
        nodes[{node.level, node.index}] = node.hash;
      }
    }
    return crypto::merkle::consistency_proof(first, events.size(),
                                             [&](std::uint32_t level, std::uint64_t index) {
                                               return nodes.at({level, index});
                                             });
  }

 private:
  std::string name_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
};

inline std::string exported(const std::string& note, const Words& events) {
  std::string bytes = crypto::export_header(note);
  for (const auto& one : events) crypto::append_export_entry(bytes, crypto::view_of(one));
  return bytes;
}

class AuditVerifyCommand : public testing::Test {
 protected:
  Ran verified(const std::string& bytes) {
    return run_program(
        {"audit", "verify", user_.file("export", bytes), "--key", log_.vkey(), "-o", "json"});
  }
  // The first bad event, as the error names it.
  std::string tampered(const std::string& bytes) {
    const auto ran = verified(bytes);
    EXPECT_EQ(ran.exit, 1) << ran.err;
    EXPECT_EQ(ran.out, "");
    const auto error = nlohmann::json::parse(ran.err)["error"];
    EXPECT_EQ(error["code"], "verification_failed");
    return error["field"];
  }

  User user_;
  Log log_;
  Words events_ = events_of(7);
};

}  // namespace sspf::cli::test
