// SPDX-License-Identifier: Apache-2.0
//
// Requests of any type, filled by reflection: every field that names something takes a value from a
// vocabulary, by its name, and the rest plausible content. So a test over every RPC needs no list
// of them, and a new RPC is in it by itself.
#pragma once

#include <google/protobuf/message.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace sspf::test {

// Values by the name of the field that takes them: "case_number" -> {"TYR-2026-0001", ...}.
using Vocabulary = std::map<std::string, std::vector<std::string>>;

// The name under which a vocabulary holds what this field takes: "after_item" -> "item"; empty when
// the field names nothing.
std::string vocabulary_name(const std::string& field);

// A handle is new when an account is made, and handles are unique in the whole installation: who
// makes one learns that it is taken.
bool names_something_new(const google::protobuf::FieldDescriptor& field);

class RandomRequest {
 public:
  explicit RandomRequest(std::mt19937& random) : random_(random) {}

  // Fills `request` from `words`; content begins with `marker`.
  void fill(google::protobuf::Message& request, const Vocabulary& words, const std::string& marker);

 private:
  void fill_field(google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor& field);
  std::string text(const google::protobuf::FieldDescriptor& field);
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }

  std::mt19937& random_;
  const Vocabulary* words_ = nullptr;
  std::string marker_;
};

// Every field of the request that names something, with its value.
struct Naming {
  google::protobuf::Message* in;
  const google::protobuf::FieldDescriptor* field;
  int index = -1;  // of a repeated field
  std::string value;
};
std::vector<Naming> namings_of(google::protobuf::Message& request);
void rename(const Naming& naming, const std::string& value);

}  // namespace sspf::test
