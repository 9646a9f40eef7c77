// SPDX-License-Identifier: Apache-2.0
#include "crypto/policy.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

constexpr std::uint64_t cosigned_at = 1679315147;

// A log, and witnesses X1 to X3 and Y1 to Y3: each line uses the words in braces for their keys.
struct Policies : testing::Test {
  Policies() {
    for (const char* const name : {"X1", "X2", "X3", "Y1", "Y2", "Y3"}) {
      witnesses.emplace(name, SigningKey::generate());
    }
  }

  std::string key_of(const std::string& word) const {
    if (word == "log") return NoteVerifier{origin, log.public_key()}.text();
    if (word == "log again") return NoteVerifier{"other/log", log.public_key()}.text();
    const bool is_again = word.ends_with('\'');
    const std::string name = word.substr(0, 2);
    return CosignatureVerifier{is_again ? "again" : name, witnesses.at(name).public_key()}.text();
  }

  std::string filled(std::string text) const {
    for (auto begin = text.find('{'); begin != std::string::npos; begin = text.find('{')) {
      const auto end = text.find('}', begin);
      text.replace(begin, end - begin + 1, key_of(text.substr(begin + 1, end - begin - 1)));
    }
    return text;
  }

  std::variant<Policy, PolicyTrouble> read(const std::string& text) const {
    return Policy::parse(filled(text));
  }

  // A checkpoint of the log, cosigned by these.
  Note note(const std::vector<std::string>& cosigners) const {
    Note note = sign_note(marshal_checkpoint({origin, 7, Digest{}}), origin, log);
    for (const std::string& name : cosigners) {
      note.signatures.push_back(cosign(note.text, {name, witnesses.at(name)}, cosigned_at));
    }
    return note;
  }

  const std::string origin = "sspf.example/audit/1";
  const SigningKey log = SigningKey::generate();
  std::map<std::string, SigningKey> witnesses;

  const std::string example =
      "log {log}\n"
      "\n"
      "witness X1 {X1}\nwitness X2 {X2}\nwitness X3 {X3}\n"
      "group X-witnesses 2 X1 X2 X3\n"
      "witness Y1 {Y1}\nwitness Y2 {Y2}\nwitness Y3 {Y3}\n"
      "group Y-witnesses any Y1 Y2 Y3\n"
      "group X-and-Y all X-witnesses Y-witnesses\n"
      "quorum X-and-Y\n";
};

TEST_F(Policies, TheSpecificationsExampleCountsInTwoLevels) {
  const auto read_policy = read(example);
  ASSERT_TRUE(std::holds_alternative<Policy>(read_policy));
  const Policy& policy = std::get<Policy>(read_policy);
  const std::vector<std::pair<std::vector<std::string>, bool>> cases = {
      {{}, false},
      {{"X1", "X2"}, false},
      {{"X1", "Y1"}, false},
      {{"Y1", "Y2", "Y3"}, false},
      {{"X1", "X2", "X3"}, false},
      {{"X1", "X2", "Y3"}, true},
      {{"X3", "Y1", "X2"}, true},
      {{"X1", "X2", "X3", "Y1", "Y2", "Y3"}, true},
  };
  for (const auto& [cosigners, is_enough] : cases) {
    EXPECT_EQ(policy.accepts(note(cosigners)), is_enough) << testing::PrintToString(cosigners);
  }
  // One witness that signs twice counts once.
  EXPECT_FALSE(policy.accepts(note({"X1", "X1", "Y1"})));
}

// Nothing in `line` when the policy is one.
struct PolicyCase {
  std::string text;
  std::optional<std::size_t> line;
};

const std::string w = "witness X1 {X1}\nwitness X2 {X2}\n";

const std::vector<PolicyCase>& good_policies() {
  static const std::vector<PolicyCase> list = {
      {"quorum none\n", {}},
      {"log {log}\nquorum none\n", {}},
      {"log {log} https://log.example/\nquorum none\n", {}},
      {" \t log\t \t{log}  \nquorum none \n", {}},
      {"# a comment\n \t # another\n\n \t\nquorum none\n", {}},
      {"quorum none\nlog {log}\n" + w, {}},  // order says nothing
      {w + "quorum X1\n", {}},
      {w + "group g any X1 X2\nquorum g\n", {}},
      {w + "group g 2 X1 X2\nquorum g\n", {}},
      {w + "group g 1 X1\nquorum X1\n", {}},  // the quorum may be a member
      {"witness any {X1}\ngroup all all any\nquorum all\n", {}},
      {"witness 2 {X1} https://w.example\ngroup \xE2\x84\xAA 1 2\nquorum \xE2\x84\xAA\n", {}},
  };
  return list;
}

const std::vector<PolicyCase>& wrong_lines() {
  static const std::vector<PolicyCase> list = {
      {"", 0},
      {"log {log}\n", 0},
      {"quorum none", 1},  // no end of line
      {"quorum none\n#", 2},
      {"quorum none\nquorum none\n", 2},
      {"quorum\n", 1},
      {"quorum none X\n", 1},
      {"quorum X1\n" + w, 1},  // defined later
      {w + "quorum X3\n", 3},
      {w + "quorum x1\n", 3},
      {"Quorum none\n", 1},
      {"policy none\n", 1},
      {"quorum none\r\n", 1},
      {"quorum none\n# \x7F\n", 2},
      {"quorum none\n# \x01\n", 2},
      {std::string("quorum none\n#\0\n", 14), 2},
      {"quorum\vnone\n", 1},
      {"log\nquorum none\n", 1},
      {"log {log} https://log.example/ more\nquorum none\n", 1},
      {"log {X1}\nquorum none\n", 1},  // a witness's key
      {"log {log}\nlog {log}\nquorum none\n", 2},
      {"log {log}\nlog {log again}\nquorum none\n", 2},  // another name for the same key
      {"log key\nquorum none\n", 1},
      {"witness X1\nquorum none\n", 1},
      {"witness X1 {log}\nquorum none\n", 1},  // a log's key
      {"witness X1 {X1} url more\nquorum none\n", 1},
      {"witness none {X1}\nquorum none\n", 1},
      {"witness X1 {X1}\nwitness X1 {X2}\nquorum none\n", 2},
      {"witness X1 {X1}\nwitness X2 {X1'}\nquorum none\n", 2},
  };
  return list;
}

const std::vector<PolicyCase>& wrong_groups() {
  static const std::vector<PolicyCase> list = {
      {w + "group X1 any X2\nquorum X1\n", 3},
      {w + "group none any X2\nquorum X1\n", 3},
      {w + "group g any X1\ngroup g any X2\nquorum g\n", 4},
      {w + "group g any\nquorum X1\n", 3},  // no member
      {w + "group g\nquorum X1\n", 3},
      {w + "group g 0 X1 X2\nquorum g\n", 3},
      {w + "group g 3 X1 X2\nquorum g\n", 3},
      {w + "group g 01 X1 X2\nquorum g\n", 3},
      {w + "group g +1 X1 X2\nquorum g\n", 3},
      {w + "group g 1x X1 X2\nquorum g\n", 3},
      {w + "group g -1 X1 X2\nquorum g\n", 3},
      {w + "group g 99999999999999999999 X1 X2\nquorum g\n", 3},
      {w + "group g some X1 X2\nquorum g\n", 3},
      {w + "group g any X1 none\nquorum g\n", 3},
      {w + "group g any X1 X3\nquorum g\n", 3},
      {w + "group g any X1 X1\nquorum g\n", 3},  // counted twice
      {w + "group g any X1\ngroup h all g X1\nquorum h\n", 4},
      {w + "group g any X1 g\nquorum g\n", 3},  // of itself
      {w + "group h any g\ngroup g any X1\nquorum h\n", 3},
  };
  return list;
}

TEST_F(Policies, EveryRuleOfTheFileIsKept) {
  for (const auto* cases : {&good_policies(), &wrong_lines(), &wrong_groups()}) {
    for (const PolicyCase& each : *cases) {
      const auto read_policy = read(each.text);
      const auto* const trouble = std::get_if<PolicyTrouble>(&read_policy);
      EXPECT_EQ(trouble != nullptr, each.line.has_value()) << each.text;
      if (trouble == nullptr || !each.line) continue;
      EXPECT_EQ(trouble->line, *each.line) << each.text << trouble->text;
      EXPECT_FALSE(trouble->text.empty());
    }
  }
}

TEST_F(Policies, OneHundredAndTwentyEightLinesOfAKindAreTheMost) {
  std::string logs;
  std::string voters;
  std::string groups = "witness w0 {X1}\ngroup g0 any w0\n";
  for (int i = 0; i < 128; ++i) {
    const auto name = std::to_string(i);
    logs += "log " + NoteVerifier{name, SigningKey::generate().public_key()}.text() + "\n";
    voters += "witness w" + name + " " +
              CosignatureVerifier{name, SigningKey::generate().public_key()}.text() + "\n";
    if (i > 0) groups += "group g" + name + " any g" + std::to_string(i - 1) + "\n";
  }
  for (const std::string& most : {logs, voters, groups}) {
    EXPECT_TRUE(std::holds_alternative<Policy>(read(most + "quorum none\n")));
  }
  EXPECT_TRUE(std::holds_alternative<PolicyTrouble>(read(logs + "log {log}\nquorum none\n")));
  EXPECT_TRUE(
      std::holds_alternative<PolicyTrouble>(read(voters + "witness x {X1}\nquorum none\n")));
  EXPECT_TRUE(std::holds_alternative<PolicyTrouble>(read(groups + "group g any g127\nquorum g\n")));
  const std::string filling(65536 - 12, '#');
  EXPECT_TRUE(std::holds_alternative<PolicyTrouble>(read("quorum none\n" + filling + "\n")));
  EXPECT_TRUE(std::holds_alternative<Policy>(read("quorum none\n" + filling.substr(1) + "\n")));
}

TEST_F(Policies, WhoIsNotListedCountsForNothing) {
  const Policy policy = std::get<Policy>(read("log {log}\nwitness X1 {X1}\nquorum X1\n"));
  EXPECT_TRUE(policy.accepts(note({"X1"})));
  EXPECT_TRUE(policy.accepts(note({"X2", "X1"})));
  EXPECT_FALSE(policy.accepts(note({"X2", "Y1"})));
  EXPECT_FALSE(policy.accepts(note({})));
}

TEST_F(Policies, ALineOfAListedWitnessThatFailsSpoilsTheNote) {
  const Policy policy = std::get<Policy>(
      read("log {log}\nwitness X1 {X1}\nwitness X2 {X2}\ngroup g any X1 X2\nquorum g\n"));
  Note spoilt = note({"X1", "X2"});
  EXPECT_TRUE(policy.accepts(spoilt));
  spoilt.signatures.back().signature.back() ^= 1;
  EXPECT_FALSE(policy.accepts(spoilt));
}

TEST_F(Policies, TheLogIsOneOfThoseListedUnderItsOwnName) {
  const Policy policy = std::get<Policy>(read("log {log}\nquorum none\n"));
  EXPECT_TRUE(policy.accepts(note({})));
  const SigningKey other = SigningKey::generate();
  const std::string text = note({}).text;
  EXPECT_FALSE(policy.accepts(sign_note(text, origin, other)));
  // The right key under the right name, on a checkpoint of another log.
  const Note foreign = sign_note(marshal_checkpoint({"other/log", 7, Digest{}}), origin, log);
  EXPECT_FALSE(policy.accepts(foreign));
  EXPECT_FALSE(policy.accepts(sign_note("no checkpoint\n", origin, log)));
  EXPECT_TRUE(policy.has_quorum(foreign));
  const Policy without_logs = std::get<Policy>(read("quorum none\n"));
  EXPECT_FALSE(without_logs.accepts(note({})));
}

TEST_F(Policies, LogsAndWitnessesKeepTheirUrls) {
  const Policy policy = std::get<Policy>(
      read("log {log} https://log.example/\nwitness X1 {X1} https://w.example\nquorum none\n"));
  EXPECT_EQ(policy.logs().at(0).url, "https://log.example/");
  EXPECT_EQ(policy.logs().at(0).key.name, origin);
  EXPECT_EQ(policy.witnesses().at(0).url, "https://w.example");
  EXPECT_EQ(policy.witnesses().at(0).name, "X1");
}

}  // namespace
}  // namespace sspf::crypto
