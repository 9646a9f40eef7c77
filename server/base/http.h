// SPDX-License-Identifier: Apache-2.0
//
// One HTTP exchange as plain values: what `net` hands to `rpc`, and gets back. `net` knows sockets
// and HTTP/1.1 and nothing of calls; `rpc` knows calls and nothing of sockets.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "server/base/clock.h"

namespace sspf {

// The client certificate that the TLS handshake verified against our CA. Whether it is revoked, and
// whose it is, the database says at every call.
struct PeerCertificate {
  crypto::Digest fingerprint{};  // SHA-256 of the DER form
};

// A header that is absent is an empty string here; an empty header means the same as an absent one.
struct HttpRequest {
  std::string path;  // exactly as received, "/sspf.v1.CaseService/ListCases"
  std::string content_type;
  std::string content_encoding;
  std::string connect_content_encoding;
  std::string connect_protocol_version;
  std::string connect_timeout_ms;
  std::string user_agent;  // audit details only, never logged
  std::string body;
  std::string peer_address;                    // numeric; audit details only, never logged
  std::string peer_source;                     // what limits for each address count as one
  std::optional<PeerCertificate> certificate;  // absent: the client presented none
  Instant arrived;                             // when it was queued, set by the program
  std::string stream_cursor;  // set by `net` from HttpResponse::next_cursor; never from the wire
};

struct HttpResponse {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  // Server streaming: a stream is written chunked. After `body` is written, `net` sends the same
  // request with this cursor through the whole path again, until a piece has no cursor; so a
  // revocation ends a running stream. Status and headers count in the first piece only.
  bool is_stream = false;
  std::string next_cursor;
};

// Answers one request, exactly once, on any thread. `net` is handed one of these.
using Reply = std::function<void(HttpResponse)>;
using Serve = std::function<void(HttpRequest, Reply)>;

}  // namespace sspf
