// SPDX-License-Identifier: Apache-2.0
#include "crypto/policy.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sspf::crypto {
namespace {

constexpr std::size_t policy_bytes_max = 65536;
constexpr std::size_t lines_of_a_kind_max = 128;
constexpr std::string_view no_quorum = "none";

bool is_allowed(char character) {
  const auto octet = static_cast<std::uint8_t>(character);
  return octet == '\t' || octet == '\n' || (octet >= 0x20 && octet != 0x7F);
}

std::vector<std::string_view> items_of(std::string_view line) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string_view> items;
  for (;;) {
    const std::size_t begin = line.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return items;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(blanks), line.size());
    items.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

// How many of `members` a group asks for; nothing for what is no such number.
std::optional<std::size_t> votes_of(std::string_view text, std::size_t members) {
  if (text == "any") return 1;
  if (text == "all") return members;
  std::size_t votes = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), votes);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (text.front() == '0' || votes > members) return std::nullopt;
  return votes;
}

}  // namespace

// Each function of a line answers what is wrong with it, or nothing.
class PolicyReader {
 public:
  using Items = std::vector<std::string_view>;
  using Wrong = std::string_view;

  Wrong read(const Items& items) {
    const std::string_view kind = items.front();
    if (kind == "log") return read_log(items);
    if (kind == "witness") return read_witness(items);
    if (kind == "group") return read_group(items);
    if (kind == "quorum") return read_quorum(items);
    return "a line begins with log, witness, group or quorum";
  }

  bool has_quorum_line() const { return has_quorum_line_; }
  Policy take() { return std::move(policy_); }

 private:
  Wrong read_log(const Items& items) {
    if (items.size() != 2 && items.size() != 3) return "log <key> [<url>]";
    auto key = NoteVerifier::parse(items[1]);
    if (!key) return "not the key of a log (Ed25519, type 1)";
    const auto is_same = [&](const PolicyLog& log) { return log.key.key == key->key; };
    if (std::any_of(policy_.logs_.begin(), policy_.logs_.end(), is_same)) {
      return "a log's key is listed already";
    }
    if (policy_.logs_.size() == lines_of_a_kind_max) return "too many logs";
    policy_.logs_.push_back({*std::move(key), std::string(items.size() == 3 ? items[2] : "")});
    return {};
  }

  Wrong read_witness(const Items& items) {
    if (items.size() != 3 && items.size() != 4) return "witness <name> <key> [<url>]";
    if (const Wrong wrong = wrong_new_name(items[1]); !wrong.empty()) return wrong;
    auto key = CosignatureVerifier::parse(items[2]);
    if (!key) return "not the key of a witness (Ed25519, type 4)";
    const auto is_same = [&](const PolicyWitness& witness) { return witness.key.key == key->key; };
    if (std::any_of(policy_.witnesses_.begin(), policy_.witnesses_.end(), is_same)) {
      return "a witness's key is listed already";
    }
    if (policy_.witnesses_.size() == lines_of_a_kind_max) return "too many witnesses";
    policy_.voters_.push_back(
        {.name = std::string(items[1]), .witness = policy_.witnesses_.size(), .members = {}});
    policy_.witnesses_.push_back(
        {std::string(items[1]), *std::move(key), std::string(items.size() == 4 ? items[3] : "")});
    return {};
  }

  Wrong read_group(const Items& items) {
    if (items.size() < 4) return "group <name> all|any|<number> <name>...";
    if (const Wrong wrong = wrong_new_name(items[1]); !wrong.empty()) return wrong;
    const auto votes = votes_of(items[2], items.size() - 3);
    if (!votes) return "a group asks for all, any, or a number from 1 to that of its members";
    if (++groups_ > lines_of_a_kind_max) return "too many groups";
    Policy::Voter group{
        .name = std::string(items[1]), .witness = std::nullopt, .votes_min = *votes, .members = {}};
    for (std::size_t i = 3; i < items.size(); ++i) {
      const auto member = find(items[i]);
      if (!member) return "a member is not defined on an earlier line";
      // So that each witness counts in one way only.
      if (policy_.voters_[*member].is_member) return "a member is in a group already";
      policy_.voters_[*member].is_member = true;
      group.members.push_back(*member);
    }
    policy_.voters_.push_back(std::move(group));
    return {};
  }

  Wrong read_quorum(const Items& items) {
    if (items.size() != 2) return "quorum <name>";
    if (has_quorum_line_) return "there is a quorum already";
    has_quorum_line_ = true;
    if (items[1] == no_quorum) return {};
    policy_.quorum_ = find(items[1]);
    return policy_.quorum_ ? Wrong() : "the quorum is not defined on an earlier line";
  }

  Wrong wrong_new_name(std::string_view name) const {
    if (name == no_quorum) return "the name none is taken";
    return find(name) ? "the name is defined already" : Wrong();
  }

  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = std::find_if(policy_.voters_.begin(), policy_.voters_.end(),
                                    [&](const Policy::Voter& voter) { return voter.name == name; });
    if (found == policy_.voters_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - policy_.voters_.begin());
  }

  Policy policy_;
  std::size_t groups_ = 0;
  bool has_quorum_line_ = false;
};

std::variant<Policy, PolicyTrouble> Policy::parse(std::string_view text) {
  if (text.size() > policy_bytes_max) return PolicyTrouble{0, "the policy is too long"};
  PolicyReader reader;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return PolicyTrouble{line, "the last line has no end"};
    const std::string_view content = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!std::all_of(content.begin(), content.end(), is_allowed)) {
      return PolicyTrouble{line, "a control character"};
    }
    const auto items = items_of(content);
    if (items.empty() || items.front().starts_with('#')) continue;
    const std::string_view wrong = reader.read(items);
    if (!wrong.empty()) return PolicyTrouble{line, std::string(wrong)};
  }
  if (!reader.has_quorum_line()) return PolicyTrouble{0, "there is no quorum line"};
  return reader.take();
}

bool Policy::is_of_a_log(const Note& note) const {
  const auto checkpoint = parse_checkpoint(note.text);
  if (!checkpoint) return false;
  return std::any_of(logs_.begin(), logs_.end(), [&](const PolicyLog& log) {
    return log.key.name == checkpoint->origin && verify_note(note, log.key);
  });
}

bool Policy::has_quorum(const Note& note) const {
  std::vector<bool> votes;
  for (const Voter& voter : voters_) {
    if (voter.witness) {
      const Standing standing = cosigned_by(note, witnesses_[*voter.witness].key).standing;
      if (standing == Standing::failed) return false;
      votes.push_back(standing == Standing::verified);
      continue;
    }
    const auto count = std::count_if(voter.members.begin(), voter.members.end(),
                                     [&](std::size_t member) { return votes[member]; });
    votes.push_back(static_cast<std::size_t>(count) >= voter.votes_min);
  }
  return !quorum_ || votes[*quorum_];
}

}  // namespace sspf::crypto
