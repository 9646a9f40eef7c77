// SPDX-License-Identifier: Apache-2.0
//
// One run of the program: what was typed, how to answer, and the signed-in call to the server.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>

#include "client/cli/arguments.h"
#include "client/cli/context.h"
#include "client/cli/settings.h"
#include "client/cli/terminal.h"

namespace sspf::cli {

struct Session {
  const CommandTable& table;
  const Invocation& typed;
  const ContextStore& store;
  Terminal& terminal;
  Output output;

  // The first value of a flag; empty when it was not given.
  std::string value(const std::string& flag) const;
  const std::vector<std::string>& values(const std::string& flag) const;
  bool has(const std::string& flag) const { return typed.values.contains(flag); }
};

// A loaded context with its opened key: the user, as the server will know them.
class SignedIn {
 public:
  // Loads the context in use and opens its key. Warns on standard error when the certificate soon
  // expires; throws a Failure when it has.
  explicit SignedIn(const Session& session);

  const Context& context() const { return context_; }
  const crypto::Secret& passphrase() const { return passphrase_; }

  // One call of the command's method. A stream's messages are merged into one.
  std::unique_ptr<google::protobuf::Message> call(const google::protobuf::Message& request) const;
  // One call of another method that is not a stream.
  std::unique_ptr<google::protobuf::Message> call_method(
      const google::protobuf::MethodDescriptor& method,
      const google::protobuf::Message& request) const;
  // Each message of another method's stream as it arrives.
  void stream_method(const google::protobuf::MethodDescriptor& method,
                     const google::protobuf::Message& request,
                     const std::function<void(const google::protobuf::Message&)>& on_message) const;
  // Each message of a stream as it arrives; the list inside it grows no further than that.
  void stream(const google::protobuf::Message& request,
              const std::function<void(const google::protobuf::Message&)>& on_message) const;

 private:
  Call call_with(const google::protobuf::MethodDescriptor& method,
                 const google::protobuf::Message& request) const;
  Trust trust() const;

  const Session& session_;
  Context context_;
  crypto::Secret passphrase_;
  crypto::Secret key_;
};

// "/sspf.v1.CaseService/GetCase"
std::string path_of(const google::protobuf::MethodDescriptor* method);

// The bytes as a message of this type; throws a Failure when they are none.
std::unique_ptr<google::protobuf::Message> parsed(const google::protobuf::Descriptor* type,
                                                  const std::string& bytes);

}  // namespace sspf::cli
