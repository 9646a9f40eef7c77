// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connection_tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <memory>

#include "client/cli/language.h"

namespace sspf::cli {
namespace {

namespace ssl = boost::asio::ssl;

struct StackDeleter {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

bool has_fingerprint(X509* certificate, const crypto::Digest& wanted) {
  crypto::Digest found{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), found.data(), &size) != 1) return false;
  return size == found.size() && found == wanted;
}

// First contact. The server sends its CA in the chain; only a CA with the fingerprint of the code
// is trusted, and the rest of the verification is OpenSSL's own.
int verify_by_fingerprint(X509_STORE_CTX* store, void* wanted) {
  const auto& fingerprint = *static_cast<const crypto::Digest*>(wanted);
  const std::unique_ptr<STACK_OF(X509), StackDeleter> trusted(sk_X509_new_null());
  STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(store);
  if (trusted == nullptr || sent == nullptr) return 0;
  for (int i = 0; i < sk_X509_num(sent); ++i) {
    X509* const certificate = sk_X509_value(sent, i);
    if (has_fingerprint(certificate, fingerprint)) sk_X509_push(trusted.get(), certificate);
  }
  if (sk_X509_num(trusted.get()) == 0) {
    X509_STORE_CTX_set_error(store, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN);
    return 0;
  }
  X509_STORE_CTX_set0_trusted_stack(store, trusted.get());
  const int result = X509_verify_cert(store);
  return result == 1 ? 1 : 0;
}

bool is_about_our_certificate(int reason) {
  constexpr std::array reasons{
      SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED,
      SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED,
      SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED,
      SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN,
      SSL_R_SSLV3_ALERT_BAD_CERTIFICATE,
      SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE,
      SSL_R_TLSV1_ALERT_UNKNOWN_CA,
      SSL_R_TLSV1_ALERT_ACCESS_DENIED,
  };
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

void check(bool is_done) {
  if (!is_done) throw local_failure(tr("The TLS library cannot be set up."));
}

}  // namespace

ssl::context make_tls_context(const Trust& trust) {
  ssl::context context(ssl::context::tls_client);
  SSL_CTX* const native = context.native_handle();
  check(SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1);
  check(SSL_CTX_set_max_proto_version(native, TLS1_3_VERSION) == 1);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  context.set_verify_mode(ssl::verify_peer);
  boost::system::error_code error;
  if (trust.ca_fingerprint) {
    SSL_CTX_set_cert_verify_callback(
        native, verify_by_fingerprint,
        const_cast<crypto::Digest*>(&*trust.ca_fingerprint));  // OpenSSL's void* argument
  } else {
    context.add_certificate_authority(boost::asio::buffer(trust.ca_pem), error);
    check(!error);
  }
  if (trust.private_key_pem == nullptr) return context;
  const auto key = trust.private_key_pem->reveal();
  context.use_certificate_chain(boost::asio::buffer(trust.certificate_pem), error);
  check(!error);
  context.use_private_key(boost::asio::buffer(key.data(), key.size()), ssl::context::pem, error);
  check(!error);
  return context;
}

void expect_host(TlsStream& stream, const std::string& host) {
  SSL* const native = stream.native_handle();
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  if (!error) {
    check(X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(native), host.c_str()) == 1);
    return;
  }
  SSL_set_hostflags(native, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  check(SSL_set1_host(native, host.c_str()) == 1);
  check(SSL_set_tlsext_host_name(native, host.c_str()) == 1);
}

Failure tls_failure(const boost::system::error_code& error, TlsStream& stream) {
  const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
  const bool is_tls = error.category() == boost::asio::error::get_ssl_category();
  if (is_tls && reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
    const long verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH) {
      return verification_failure(
          tr("The server's certificate is for another address. Nothing was sent."));
    }
    return verification_failure(
        tr("The server is not the one it claims to be: its certificate does not come from the "
           "right authority. Nothing was sent."));
  }
  if (is_tls && is_about_our_certificate(reason)) {
    return not_signed_in_failure(
        tr("The server does not accept your certificate. It may have expired or been revoked."));
  }
  if (is_tls && (reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION ||
                 reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_WRONG_VERSION_NUMBER)) {
    return transport_failure(tr("The server does not speak TLS 1.3."));
  }
  return transport_failure(tr("The connection to the server broke."));
}

}  // namespace sspf::cli
