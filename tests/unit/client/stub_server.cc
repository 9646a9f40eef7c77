// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/client/stub_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

#include "client/cli/connect.h"

namespace sspf::cli::test {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Bio memory(std::string_view text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

Certificate certificate(const std::string& pem) {
  const Bio bio = memory(pem);
  Certificate read(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free);
  if (read == nullptr) throw std::runtime_error("not a certificate");
  return read;
}

void set_up(SSL_CTX* context, const StubServer::Identity& identity) {
  SSL_CTX_set_max_proto_version(context, identity.version_max);
  SSL_CTX_use_certificate(context, certificate(identity.certificate_pem).get());
  const auto text = crypto::text_of(identity.key_pem.reveal());
  const Bio bio = memory(text);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  SSL_CTX_use_PrivateKey(context, key.get());
  if (!identity.chain_pem.empty()) {
    SSL_CTX_add1_chain_cert(context, certificate(identity.chain_pem).get());
  }
  if (identity.client_ca_pem.empty()) return;
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate(identity.client_ca_pem).get());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

std::size_t content_length(const std::string& head) {
  const auto at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

StubServer::StubServer(const Identity& identity, Answer answer)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free), answer_(std::move(answer)) {
  std::signal(SIGPIPE, SIG_IGN);
  set_up(context_.get(), identity);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  if (listen(listener_, 8) != 0) throw std::runtime_error("cannot listen");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

StubServer::~StubServer() {
  is_stopping_ = true;
  thread_.join();
  close(listener_);
}

std::vector<Received> StubServer::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

void StubServer::serve() {
  while (!is_stopping_) {
    pollfd ready{listener_, POLLIN, 0};
    if (poll(&ready, 1, 20) <= 0) continue;
    const int socket = accept(listener_, nullptr, nullptr);
    if (socket < 0) continue;
    serve_one(socket);
    close(socket);
  }
}

void StubServer::serve_one(int socket) {
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get()), SSL_free);
  SSL_set_fd(ssl.get(), socket);
  if (SSL_accept(ssl.get()) != 1) return;
  std::string bytes;
  std::array<char, 4096> piece{};
  std::size_t end = std::string::npos;
  while (end == std::string::npos || bytes.size() < end + 4 + content_length(bytes)) {
    const int count = SSL_read(ssl.get(), piece.data(), static_cast<int>(piece.size()));
    if (count <= 0) return;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
    end = bytes.find("\r\n\r\n");
  }
  const auto space = bytes.find(' ');
  Received request{bytes.substr(space + 1, bytes.find(' ', space + 1) - space - 1),
                   bytes.substr(0, end), bytes.substr(end + 4)};
  {
    const std::lock_guard lock(mutex_);
    received_.push_back(request);
  }
  const std::string answer = answer_(request);
  if (!answer.empty()) SSL_write(ssl.get(), answer.data(), static_cast<int>(answer.size()));
  SSL_shutdown(ssl.get());
}

std::string ok_response(const std::string& content_type, const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string unary_response(const std::string& message) {
  return ok_response("application/proto", message);
}

std::string stream_response(const std::vector<std::string>& messages, const std::string& end_json) {
  std::string body;
  for (const auto& message : messages) body += envelope(message);
  std::string end = envelope(end_json);
  end[0] = 2;
  return ok_response("application/connect+proto", body + end);
}

std::string error_response(int status, const std::string& json) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Error\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(json.size()) + "\r\n\r\n" + json;
}

}  // namespace sspf::cli::test
