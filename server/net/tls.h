// SPDX-License-Identifier: Apache-2.0
//
// TLS as this server speaks it: version 1.3 only, no resumption, and a client certificate that is
// asked for but not required, since who enrols has none yet. The only file of `net` that knows
// OpenSSL.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "crypto/secret.h"
#include "server/base/http.h"

struct ssl_ctx_st;
struct ssl_st;

namespace sspf::net {

struct TlsMaterial {
  // The server's certificate, then the CA's. The CA is sent too, so that a client that enrols can
  // compare its fingerprint with the one in the enrolment code.
  std::string certificate_chain_pem;
  crypto::Secret private_key_pem;
  std::string client_ca_pem;  // the only CA whose client certificates are accepted
};

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

// Throws std::runtime_error when a part does not parse, or the key is not the certificate's.
//
// A client certificate that is presented must chain directly to the client CA, be within its time
// and be marked for clientAuth: else the handshake ends. Whether it is revoked, and whose it is, is
// not judged here.
TlsContext make_tls_context(const TlsMaterial& material);

// Likewise for a service that everybody may ask: it asks for no client certificate.
TlsContext make_public_tls_context(const std::string& certificate_chain_pem,
                                   const crypto::Secret& private_key_pem);

// Of a connection that we open: the name in our hello, unless it is an address.
void name_server(ssl_st* connection, const std::string& host);

// Nothing when the client presented none. Only after the handshake.
std::optional<PeerCertificate> peer_certificate(const ssl_st* connection);

// The next shutdown sends our close_notify and does not wait for the client's.
void close_without_waiting(ssl_st* connection);

}  // namespace sspf::net
