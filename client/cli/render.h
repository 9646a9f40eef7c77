// SPDX-License-Identifier: Apache-2.0
//
// What a command answers, for a person or for a program. The JSON form is a contract: one object,
// "api" names its version, and fields are only ever added.
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/failure.h"
#include "client/cli/layout.h"
#include "client/cli/settings.h"
#include "client/cli/stockholm.h"
#include "client/cli/terminal.h"

namespace sspf::cli {

// The sections of a command, filled from its response.
std::string response_text(const google::protobuf::Message& response,
                          const std::vector<Section>& sections, const Page& page);

// {"api":"sspf/v1", ...}: the protobuf JSON form of the response.
std::string response_json(const google::protobuf::Message& response);

// The same for what the client itself has to say.
std::string object_json(const nlohmann::ordered_json& fields);

// {"api":"sspf/v1","error":{"code","reason","field","message","exit"}}
std::string problem_json(const Problem& problem);

// "sspf: message". `flag` fills the field that the message names, and is named instead of it.
std::string problem_text(const Problem& problem, const std::string& flag, bool has_colour);

// Facts of the client itself, written in the form that was chosen. Keys are names in JSON.
struct Fact {
  const char* key;
  const char* heading;  // a message id
  std::string value;
};
void write_facts(const std::vector<Fact>& facts, Output output, Terminal& terminal);

// What the user has to know although the command goes on. On standard error, and in JSON as
// {"api":"sspf/v1","warning":{"message"}} on a line of its own, before an error if there is one.
void write_warning(const std::string& message, Output output, Terminal& terminal);

// A moment among such facts: UTC in JSON, Swedish time to the minute for a person.
std::string moment_text(UtcSeconds time, Output output);

Page page_of(const Terminal& terminal);

}  // namespace sspf::cli
