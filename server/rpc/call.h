// SPDX-License-Identifier: Apache-2.0
//
// One call on its way through the server, and the steps of it that are the same for every RPC and
// need no template.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "server/base/http.h"
#include "server/base/metrics.h"
#include "server/handlers/workspace.h"
#include "server/policy/authority.h"
#include "server/rpc/rate_limit.h"
#include "server/rpc/witnessed.h"
#include "sspf/v1/audit.pb.h"
#include "sspf/v1/options.pb.h"

namespace sspf::rpc {

struct Method;

// What every call needs, made once at start.
struct Services {
  store::Database& database;
  const policy::Authority& authority;
  const handlers::Installation& installation;
  const crypto::Secret&
      request_key;  // of the digests that tell a repeated write from a changed one
  RateLimits& rate_limits;
  Metrics& metrics;
  Clock clock;
  Witnessed witnessed;
};

enum class Codec { proto, json };

struct Answer {
  std::string body;
  std::string next_cursor;  // of a stream
  v1::Outcome outcome = v1::OUTCOME_ALLOWED;
};

struct Call {
  Services& services;
  const Method& method;
  const HttpRequest& http;
  Codec codec;
  access::Caller caller;
  policy::Scope scope;
  v1::Write write;  // of a write, once its request is read
};

// Parses the body and checks every field by its rule (options.proto). Refuses with
// malformed_message or the reason and path of the field.
Result<Done> read_request(const Call& call, google::protobuf::Message& request);

// Empties the fields that the contract marks as shown once: neither a repetition nor a dry run, of
// which nothing is kept, may show them.
void clear_what_is_shown_once(google::protobuf::Message& response);

Answer write_answer(const Call& call, const google::protobuf::Message& response);

// The first answer of this write, when the caller has sent this request_id before. Refuses with
// request_id_reused when it came with another method or body.
Result<std::optional<Answer>> find_repeated(const Call& call);

// Keeps the response of a write for a repetition, without what is shown only once; nothing for a
// dry run.
void remember(const Call& call, const google::protobuf::Message& response, Answer& answer);

}  // namespace sspf::rpc
