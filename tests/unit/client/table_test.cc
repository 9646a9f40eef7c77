// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "client/cli/command.h"

namespace sspf::cli {
namespace {

using google::protobuf::Descriptor;

std::string last_part(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

TEST(Table, EveryRpcHasACommand) {
  std::set<std::string> reached;
  for (const auto& command : all_commands()) {
    if (const auto* const method = method_of(command)) reached.insert(method->full_name());
  }
  int count = 0;
  for (const auto* const file : service_files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const std::string name = file->service(s)->method(m)->full_name();
        EXPECT_TRUE(reached.contains(name)) << name;
        ++count;
      }
    }
  }
  EXPECT_GT(count, 50);
}

TEST(Table, NamesAreUnique) {
  std::set<std::string> names;
  for (const auto& command : all_commands()) {
    EXPECT_TRUE(names.insert(full_name(command)).second) << full_name(command);
    std::set<std::string> flags;
    for (const auto& flag : command.flags) {
      EXPECT_TRUE(flags.insert(flag.name).second) << full_name(command) << " --" << flag.name;
    }
  }
}

TEST(Table, EveryNounIsListed) {
  std::set<std::string> nouns{""};
  for (const auto& noun : all_nouns()) nouns.insert(noun.name);
  for (const auto& command : all_commands()) {
    EXPECT_TRUE(nouns.contains(command.noun)) << command.noun;
  }
}

// What the client itself fills, from what it remembers.
const std::set<std::string> remembered{
    "audit checkpoint: since_size", "context trust-log: since_size",
    "audit export: first_sequence", "audit forward: first_sequence",
    "incident export: events",      "incident export: bundle_sha256"};

// A field that no flag fills can be reached with --from only, and would be forgotten. `field_at`
// aborts on a path that names no field.
TEST(Table, EveryRequestFieldHasAFlag) {
  for (const auto& command : all_commands()) {
    const auto* const method = method_of(command);
    if (method == nullptr || std::string_view(command.noun).empty()) continue;
    std::set<std::string> filled;
    for (const auto& flag : command.flags) {
      if (field_of(command, flag) == nullptr) continue;
      filled.insert(std::string(flag.path).substr(0, std::string(flag.path).find('.')));
      EXPECT_FALSE(last_part(flag.path).empty());
    }
    const Descriptor* const request = method->input_type();
    for (int i = 0; i < request->field_count(); ++i) {
      const std::string& name = request->field(i)->name();
      const std::string place = full_name(command) + ": " + name;
      EXPECT_TRUE(name == "write" || filled.contains(name) || remembered.contains(place)) << place;
    }
  }
}

TEST(Table, EveryColumnNamesAField) {
  for (const auto& command : all_commands()) {
    const auto* const method = method_of(command);
    for (const auto& section : command.sections) {
      const Descriptor* type = method->output_type();
      if (const auto* const field = field_at(type, section.path)) type = field->message_type();
      ASSERT_NE(type, nullptr) << full_name(command);
      for (const auto& column : section.columns) {
        EXPECT_NE(field_at(type, column.path), nullptr) << full_name(command);
      }
    }
  }
}

TEST(Table, EveryCommandThatReadsShowsSomething) {
  for (const auto& command : all_commands()) {
    const bool is_generic = method_of(command) != nullptr && !is_write(command) &&
                            std::string_view(command.noun) != "audit" &&
                            std::string_view(command.noun) != "context" &&
                            std::string_view(command.verb) != "enroll";
    EXPECT_FALSE(is_generic && command.sections.empty()) << full_name(command);
  }
}

}  // namespace
}  // namespace sspf::cli
