// SPDX-License-Identifier: Apache-2.0
#include "server/net/tls.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <climits>
#include <stdexcept>
#include <vector>

#include "server/base/ensure.h"

namespace sspf::net {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

constexpr long client_chain_bytes_max = 16L * 1024;

void require(int success, const char* what) {
  if (success != 1) throw std::runtime_error(std::string("TLS: ") + what);
}

std::unique_ptr<BIO, FreeBio> reader_of(crypto::ByteView text) {
  ENSURE(text.size() <= INT_MAX);
  std::unique_ptr<BIO, FreeBio> reader(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!reader) throw std::runtime_error("TLS: out of memory");
  return reader;
}

// Without this, OpenSSL asks for the passphrase of an encrypted key at the terminal.
int refuse_passphrase(char*, int, int, void*) { return -1; }

std::vector<Certificate> certificates_in(const std::string& pem) {
  const auto reader = reader_of(crypto::view_of(pem));
  std::vector<Certificate> certificates;
  for (;;) {
    Certificate next(PEM_read_bio_X509(reader.get(), nullptr, refuse_passphrase, nullptr));
    if (!next) break;
    certificates.push_back(std::move(next));
  }
  if (certificates.empty()) throw std::runtime_error("TLS: no certificate in the PEM text");
  return certificates;
}

// OpenSSL takes a certificate without any extended key usage for one that is good for all uses.
int accept_only_client_auth(int verified, X509_STORE_CTX* verification) {
  if (verified != 1) return 0;
  if (X509_STORE_CTX_get_error_depth(verification) != 0) return 1;
  X509* const leaf = X509_STORE_CTX_get_current_cert(verification);
  const bool is_marked = (X509_get_extension_flags(leaf) & EXFLAG_XKUSAGE) != 0 &&
                         (X509_get_extended_key_usage(leaf) & XKU_SSL_CLIENT) != 0;
  if (is_marked) return 1;
  X509_STORE_CTX_set_error(verification, X509_V_ERR_INVALID_PURPOSE);
  return 0;
}

void use_server_certificate(SSL_CTX* context, const std::string& chain_pem,
                            const crypto::Secret& private_key_pem) {
  const auto chain = certificates_in(chain_pem);
  require(SSL_CTX_use_certificate(context, chain.front().get()), "server certificate");
  for (std::size_t i = 1; i < chain.size(); ++i) {
    require(static_cast<int>(SSL_CTX_add1_chain_cert(context, chain[i].get())), "chain");
  }
  const auto reader = reader_of(private_key_pem.reveal());
  const std::unique_ptr<EVP_PKEY, FreeKey> key(
      PEM_read_bio_PrivateKey(reader.get(), nullptr, refuse_passphrase, nullptr));
  if (!key) throw std::runtime_error("TLS: the private key does not parse");
  require(SSL_CTX_use_PrivateKey(context, key.get()), "private key");
  require(SSL_CTX_check_private_key(context), "the key is not the certificate's");
}

void ask_for_client_certificate(SSL_CTX* context, const std::string& client_ca_pem) {
  for (const auto& authority : certificates_in(client_ca_pem)) {
    require(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()), "client CA");
    require(SSL_CTX_add_client_CA(context, authority.get()), "client CA");
  }
  require(SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT), "purpose");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, accept_only_client_auth);
  SSL_CTX_set_verify_depth(context, 0);  // no CA between ours and the client
  SSL_CTX_set_max_cert_list(context, client_chain_bytes_max);
}

void restrict_protocol(SSL_CTX* context) {
  require(static_cast<int>(SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)), "version");
  require(static_cast<int>(SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION)), "version");
  SSL_CTX_set_security_level(context, 2);
  require(
      SSL_CTX_set_ciphersuites(
          context, "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256"),
      "cipher suites");
  require(static_cast<int>(SSL_CTX_set1_groups_list(context, "X25519:P-256")), "groups");
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
}

// A resumed session would skip the check of the client's certificate.
void forbid_resumption(SSL_CTX* context) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  require(SSL_CTX_set_num_tickets(context, 0), "tickets");
  require(SSL_CTX_set_max_early_data(context, 0), "early data");
  require(SSL_CTX_set_recv_max_early_data(context, 0), "early data");
  constexpr std::array<unsigned char, 4> name{'s', 's', 'p', 'f'};
  require(SSL_CTX_set_session_id_context(context, name.data(), name.size()), "session context");
}

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

TlsContext make_public_tls_context(const std::string& certificate_chain_pem,
                                   const crypto::Secret& private_key_pem) {
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  if (!context) throw std::runtime_error("TLS: out of memory");
  restrict_protocol(context.get());
  forbid_resumption(context.get());
  use_server_certificate(context.get(), certificate_chain_pem, private_key_pem);
  return context;
}

TlsContext make_tls_context(const TlsMaterial& material) {
  TlsContext context =
      make_public_tls_context(material.certificate_chain_pem, material.private_key_pem);
  ask_for_client_certificate(context.get(), material.client_ca_pem);
  return context;
}

std::optional<PeerCertificate> peer_certificate(const ssl_st* connection) {
  X509* const certificate = SSL_get0_peer_certificate(connection);
  if (certificate == nullptr) return std::nullopt;
  ENSURE(SSL_get_verify_result(connection) == X509_V_OK);
  PeerCertificate peer;
  unsigned int size = 0;
  require(X509_digest(certificate, EVP_sha256(), peer.fingerprint.data(), &size), "fingerprint");
  ENSURE(size == peer.fingerprint.size());
  return peer;
}

void name_server(ssl_st* connection, const std::string& host) {
  const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos ||
                          host.find(':') != std::string::npos;
  if (is_address) return;
  require(static_cast<int>(SSL_set_tlsext_host_name(connection, host.c_str())), "server name");
}

void close_without_waiting(ssl_st* connection) {
  SSL_set_shutdown(connection, SSL_get_shutdown(connection) | SSL_RECEIVED_SHUTDOWN);
}

}  // namespace sspf::net
