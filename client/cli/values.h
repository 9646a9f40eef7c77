// SPDX-License-Identifier: Apache-2.0
//
// Text into request fields. The type of the field decides how its text is read.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

namespace sspf::cli {

// Before the name of every call in the log: "sspf.v1.CaseService/GetCase". Left out when shown, and
// added when it was not typed.
inline constexpr std::string_view call_package = "sspf.v1.";

// Sets the field, or adds to it when it is repeated. `flag` is what a Failure names.
void put_value(google::protobuf::Message& message, const google::protobuf::FieldDescriptor* field,
               const std::string& text, const std::string& flag);

// The message that holds the last field of a path; made when it is not there.
google::protobuf::Message& holder_of(google::protobuf::Message& message, const std::string& path);

// True when the field, or a field of its items, is sealed content: never to be on a command line.
bool is_sealed(const google::protobuf::FieldDescriptor* field);
bool is_long_text(const google::protobuf::FieldDescriptor* field);
bool is_required(const google::protobuf::FieldDescriptor* field);

}  // namespace sspf::cli
