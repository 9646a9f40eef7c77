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

// What the content type says: how every answer is written, a refusal too.
struct Framing {
  Codec codec = Codec::proto;
  bool is_stream = false;
};

// Refuses with wrong_content_type.
Result<Framing> read_framing(const HttpRequest& http);

// The other headers. Refuses with wrong_encoding or wrong_protocol_version.
Result<Done> check_headers(const HttpRequest& http, const Framing& framing);

// For how long the caller waits, when it says so. Refuses with wrong_timeout.
Result<std::optional<std::int64_t>> read_timeout_ms(const HttpRequest& http);

// The bytes of the one request message: the body, or for a stream what its envelope holds. Refuses
// with wrong_envelope for no message or two, wrong_encoding, or malformed_message.
Result<std::string> message_of(const Call& call);

HttpResponse write_response(const Framing& framing, const Answer& answer);

// A refusal in the form that the framing asks for: JSON with its own status, or the end of a
// stream. Where the path or the content type is wrong there is no stream to end.
HttpResponse write_refusal(const Framing& framing, const Refusal& refusal);

}  // namespace sspf::rpc
