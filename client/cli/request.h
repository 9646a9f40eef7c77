// SPDX-License-Identifier: Apache-2.0
//
// A request from what was typed: first --from, then the flags over it, then questions for what is
// required, secret and still missing.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "client/cli/arguments.h"
#include "client/cli/terminal.h"

namespace sspf::cli {

std::unique_ptr<google::protobuf::Message> new_message(const google::protobuf::Descriptor* type);

// Throws a Failure on a value that cannot be read, on sealed content on the command line, and on a
// required field that is missing when nobody can be asked. All other judgement is the server's.
std::unique_ptr<google::protobuf::Message> build_request(const Invocation& typed,
                                                         Terminal& terminal);

// "--due" for the field "draft.due_date", "--role (municipality_code)" for a part of what a flag
// gives; empty when no flag of the command fills it.
std::string flag_for_field(const Command& command, const std::string& path);

// How messages name a flag: "--due", or "CASE" for a positional.
std::string shown_flag(const Flag& flag);

// 32 random hex digits.
std::string new_request_id();

}  // namespace sspf::cli
