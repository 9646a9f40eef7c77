// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tls_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <utility>

#include "server/base/ensure.h"

namespace sspf::test {
namespace {

constexpr std::chrono::milliseconds patience_default{10'000};

sockaddr_in address_of(const std::string& numeric, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ENSURE(inet_pton(AF_INET, numeric.c_str(), &address.sin_addr) == 1);
  return address;
}

const sockaddr* plain(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

Ending ending_after(ssize_t size) {
  if (size == 0) return Ending::clean;
  return errno == EAGAIN || errno == EWOULDBLOCK ? Ending::none : Ending::reset;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

void use_identity(SSL_CTX* context, const ClientIdentity& identity) {
  BIO* const certificate_text = BIO_new_mem_buf(identity.certificate_pem.data(), -1);
  X509* const certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  BIO* const key_text = BIO_new_mem_buf(identity.private_key_pem.data(), -1);
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  ENSURE(SSL_CTX_use_certificate(context, certificate) == 1);
  ENSURE(SSL_CTX_use_PrivateKey(context, key) == 1);
  EVP_PKEY_free(key);
  BIO_free(key_text);
  X509_free(certificate);
  BIO_free(certificate_text);
}

}  // namespace

TcpClient::TcpClient(std::uint16_t port, const std::string& source_address)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  // A write to a connection that the server has closed is an answer here, not the end of the test.
  ENSURE(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  ENSURE(descriptor_ >= 0);
  set_patience(patience_default);
  const sockaddr_in source = address_of(source_address, 0);
  ENSURE(bind(descriptor_, plain(source), sizeof(source)) == 0);
  const int enabled = 1;  // else a small request waits for the delayed acknowledgement of another
  ENSURE(setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &enabled, sizeof(enabled)) == 0);
  const sockaddr_in server = address_of("127.0.0.1", port);
  if (connect(descriptor_, plain(server), sizeof(server)) != 0) ending_ = Ending::reset;
}

TcpClient::~TcpClient() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool TcpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

std::string TcpClient::read_to_end() {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t size = recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (size <= 0) {
      ending_ = ending_after(size);
      return text;
    }
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

void TcpClient::set_patience(std::chrono::milliseconds patience) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const auto rest = std::chrono::duration_cast<std::chrono::microseconds>(patience - seconds);
  const timeval value{seconds.count(), rest.count()};
  ENSURE(setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof(value)) == 0);
  ENSURE(setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof(value)) == 0);
}

void TcpClient::disappear() {
  const linger at_once{1, 0};
  ENSURE(setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)) == 0);
  ::close(descriptor_);
  descriptor_ = -1;
}

void FreeSession::operator()(ssl_session_st* session) const { SSL_SESSION_free(session); }

TlsClient::TlsClient(const TlsClientSettings& settings)
    : tcp_(settings.port, settings.source_address),
      context_(SSL_CTX_new(TLS_client_method())),
      connection_(nullptr) {
  const int version = settings.version_max == TlsVersion::v1_2 ? TLS1_2_VERSION : TLS1_3_VERSION;
  ENSURE(SSL_CTX_set_max_proto_version(context_, version) == 1);
  ENSURE(SSL_CTX_set1_groups_list(context_, settings.groups.c_str()) == 1);
  SSL_CTX_set_verify(context_, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_CLIENT);
  SSL_CTX_sess_set_new_cb(context_, &TlsClient::count_ticket);
  if (settings.identity) use_identity(context_, *settings.identity);
  connection_ = SSL_new(context_);
  SSL_set_app_data(connection_, this);
  if (settings.resumed != nullptr) ENSURE(SSL_set_session(connection_, settings.resumed) == 1);
  ENSURE(SSL_set_fd(connection_, tcp_.descriptor()) == 1);
  if (tcp_.ending() == Ending::none) is_established_ = SSL_connect(connection_) == 1;
  ERR_clear_error();
}

TlsClient::~TlsClient() {
  SSL_free(connection_);
  SSL_CTX_free(context_);
}

int TlsClient::count_ticket(ssl_st* connection, ssl_session_st*) {
  ++static_cast<TlsClient*>(SSL_get_app_data(connection))->tickets_received_;
  return 0;  // the session is not kept
}

bool TlsClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int size = SSL_write(connection_, bytes.data(), static_cast<int>(bytes.size()));
    ERR_clear_error();
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

bool TlsClient::read_more() {
  std::array<char, 16384> buffer{};
  errno = 0;
  const int size = SSL_read(connection_, buffer.data(), static_cast<int>(buffer.size()));
  if (size > 0) {
    received_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }
  const int error = SSL_get_error(connection_, size);
  ERR_clear_error();
  ending_ = Ending::reset;
  if (error == SSL_ERROR_ZERO_RETURN) ending_ = Ending::clean;
  if (error == SSL_ERROR_WANT_READ) ending_ = Ending::none;
  return false;
}

std::string TlsClient::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(received_, {});
}

bool TlsClient::has_line() {
  while (received_.find("\r\n") == std::string::npos) {
    if (!read_more()) return false;
  }
  return true;
}

std::string TlsClient::take_line() {
  const auto end = received_.find("\r\n");
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 2);
  return line;
}

std::optional<std::string> TlsClient::take(std::size_t size) {
  while (received_.size() < size) {
    if (!read_more()) return std::nullopt;
  }
  std::string taken = received_.substr(0, size);
  received_.erase(0, size);
  return taken;
}

std::optional<HttpAnswer> TlsClient::read_answer() {
  HttpAnswer answer;
  if (!has_line()) return std::nullopt;
  const std::string status_line = take_line();
  if (status_line.size() < 12) return std::nullopt;
  answer.status = std::stoi(status_line.substr(9, 3));
  for (;;) {
    if (!has_line()) return std::nullopt;
    const std::string line = take_line();
    if (line.empty()) break;
    const auto colon = line.find(": ");
    answer.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
  }
  if (answer.status == 100) return answer;
  if (answer.headers.contains("transfer-encoding")) {
    if (!read_chunks(answer)) return std::nullopt;
    return answer;
  }
  const auto body = take(std::stoul(answer.headers.at("content-length")));
  if (!body) return std::nullopt;
  answer.body = *body;
  return answer;
}

bool TlsClient::read_chunks(HttpAnswer& answer) {
  for (;;) {
    if (!has_line()) return false;
    const auto size = std::stoul(take_line(), nullptr, 16);
    const auto chunk = take(size + 2);
    if (!chunk) return false;
    if (size == 0) return true;
    answer.chunks.push_back(chunk->substr(0, size));
    answer.body += answer.chunks.back();
  }
}

std::vector<crypto::Digest> TlsClient::server_chain() const {
  std::vector<crypto::Digest> fingerprints;
  const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(connection_);
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    crypto::Digest fingerprint{};
    ENSURE(X509_digest(sk_X509_value(chain, i), EVP_sha256(), fingerprint.data(), nullptr) == 1);
    fingerprints.push_back(fingerprint);
  }
  return fingerprints;
}

std::string TlsClient::protocol() const { return SSL_get_version(connection_); }

std::string TlsClient::group() const {
  return OBJ_nid2sn(static_cast<int>(SSL_get_negotiated_group(connection_)));
}

bool TlsClient::was_resumed() const { return SSL_session_reused(connection_) == 1; }

TlsSession TlsClient::session() const { return TlsSession(SSL_get1_session(connection_)); }

}  // namespace sspf::test
