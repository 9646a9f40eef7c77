// SPDX-License-Identifier: Apache-2.0
//
// A server of one thread that speaks just enough TLS and HTTP to be called by the client, and can
// be made to do wrong.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "crypto/secret.h"

namespace sspf::cli::test {

struct Received {
  std::string path;
  std::string head;
  std::string body;
};

class StubServer {
 public:
  struct Identity {
    std::string certificate_pem;
    std::string chain_pem;  // sent after it
    const crypto::Secret& key_pem;
    int version_max = TLS1_3_VERSION;
    std::string client_ca_pem;  // when set, a certificate from it is demanded
  };
  // Gives the whole HTTP response.
  using Answer = std::function<std::string(const Received&)>;

  StubServer(const Identity& identity, Answer answer);
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;
  ~StubServer();

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  std::vector<Received> received() const;

 private:
  void serve();
  void serve_one(int socket);

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> is_stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<Received> received_;
  std::thread thread_;
};

// Responses for `Answer`.
std::string ok_response(const std::string& content_type, const std::string& body);
std::string unary_response(const std::string& message);
std::string stream_response(const std::vector<std::string>& messages, const std::string& end_json);
std::string error_response(int status, const std::string& json);

}  // namespace sspf::cli::test
