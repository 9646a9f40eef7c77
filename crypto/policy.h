// SPDX-License-Identifier: Apache-2.0
//
// Policies (c2sp.org/tlog-policy): which logs and witnesses somebody trusts, and how many of the
// witnesses must have cosigned a checkpoint. Parsing is strict: a policy that says something else
// than its author meant would be worse than none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/cosignature.h"
#include "crypto/note.h"

namespace sspf::crypto {

struct PolicyLog {
  NoteVerifier key;  // its name is the log's origin
  std::string url;   // empty when there is none
};

struct PolicyWitness {
  std::string name;  // within the policy alone
  CosignatureVerifier key;
  std::string url;
};

struct PolicyTrouble {
  std::size_t line = 0;  // from 1; 0 when it is of the whole
  std::string text;
};

class Policy {
 public:
  // At most 64 KiB, and 128 lines each of logs, witnesses and groups.
  static std::variant<Policy, PolicyTrouble> parse(std::string_view text);

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }

  // Is the note a checkpoint of one of the logs, signed by that log?
  bool is_of_a_log(const Note& note) const;

  // Is it cosigned by enough of the witnesses? No, when the line of any listed witness fails.
  bool has_quorum(const Note& note) const;

  // Both. Where the log is known otherwise, and the policy names none, has_quorum() alone is asked.
  bool accepts(const Note& note) const { return is_of_a_log(note) && has_quorum(note); }

 private:
  friend class PolicyReader;

  // What a quorum or a group may name. Members stand before their group, so that one pass decides.
  struct Voter {
    std::string name;
    std::optional<std::size_t> witness;  // nothing for a group
    std::size_t votes_min = 1;
    std::vector<std::size_t> members;
    bool is_member = false;
  };

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Voter> voters_;
  std::optional<std::size_t> quorum_;  // nothing for "none"
};

}  // namespace sspf::crypto
