// SPDX-License-Identifier: Apache-2.0
//
// One call over TLS 1.3 to a server whose identity is verified: its certificate comes from the CA
// of the context, or, at first contact, from the CA whose fingerprint the enrolment code carries.
// Nothing is retried.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::cli {

struct ServerAddress {
  std::string host;  // a name, or an IP address without brackets
  std::string port;

  // "host:port" or "[::1]:port"; nothing for anything else.
  static std::optional<ServerAddress> parse(const std::string& text);
  std::string text() const;
};

// How the client knows the server, and how the server knows the client. Exactly one of the first
// two is set.
struct Trust {
  std::string ca_pem;
  std::optional<crypto::Digest> ca_fingerprint;  // SHA-256 of the CA's DER form
  std::string certificate_pem;                   // empty at first contact
  const crypto::Secret* private_key_pem = nullptr;
};

struct Call {
  std::string path;  // "/sspf.v1.CaseService/GetCase"
  std::string body;  // the request, serialized
  std::chrono::seconds time_max{30};
  std::function<void()> on_wait;  // about four times a second
};

// The serialized response. Throws a Failure for every error, the server's own included.
std::string call_unary(const ServerAddress& server, const Trust& trust, const Call& call);

// `on_message` gets each serialized response as it arrives. The time of the call is that between
// two of them.
void call_stream(const ServerAddress& server, const Trust& trust, const Call& call,
                 const std::function<void(const std::string&)>& on_message);

}  // namespace sspf::cli
