// SPDX-License-Identifier: Apache-2.0
//
// The Connect protocol over HTTP/1.1: how a call is read from a request, and an answer or refusal
// written into a response. Unary and server streaming, proto and JSON, identity encoding only.
#pragma once

#include <optional>
#include <string>

#include "server/base/http.h"
#include "server/base/result.h"
#include "server/rpc/call.h"

namespace sspf::rpc {

// What the headers say, before any method is looked up.
struct Framing {
  Codec codec = Codec::proto;
  bool is_stream = false;
  std::optional<std::int64_t> timeout_ms;
};

// Refuses with wrong_content_type, wrong_encoding, wrong_protocol_version or wrong_timeout.
Result<Framing> read_framing(const HttpRequest& http);

// The bytes of the one request message: the body, or for a stream what its envelope holds. Refuses
// with wrong_envelope or wrong_encoding.
Result<std::string> message_of(const Call& call);

HttpResponse write_response(const Framing& framing, const Answer& answer);

// A refusal in the form that the framing asks for: JSON with its own status, or the end of a
// stream.
HttpResponse write_refusal(const Framing& framing, const Refusal& refusal);

}  // namespace sspf::rpc
