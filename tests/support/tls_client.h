// SPDX-License-Identifier: Apache-2.0
//
// A client that can misbehave: it sends any bytes over TCP or TLS, one piece at a time, and says
// what the server does then. It waits at most its patience for anything.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace sspf::test {

struct ClientIdentity {
  std::string certificate_pem;
  std::string private_key_pem;
};

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::vector<std::string> chunks;  // of a chunked body
};

enum class Ending { clean, reset, none };  // none: still open when patience was over

class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port, const std::string& source_address);
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;
  ~TcpClient();

  bool send(std::string_view bytes);
  std::string read_to_end();  // what came before the end, or before patience was over
  Ending ending() const { return ending_; }
  void set_patience(std::chrono::milliseconds patience);
  void disappear();  // resets the connection
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  Ending ending_ = Ending::none;
};

enum class TlsVersion { v1_2, v1_3 };

struct FreeSession {
  void operator()(ssl_session_st* session) const;
};
using TlsSession = std::unique_ptr<ssl_session_st, FreeSession>;

struct TlsClientSettings {
  std::uint16_t port = 0;
  std::optional<ClientIdentity> identity;
  TlsVersion version_max = TlsVersion::v1_3;
  std::string source_address = "127.0.0.1";
  std::string groups = "X25519:P-256";
  ssl_session_st* resumed = nullptr;  // a session to offer
};

class TlsClient {
 public:
  // Connects and shakes hands. Trusts any server.
  explicit TlsClient(const TlsClientSettings& settings);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool is_established() const { return is_established_; }
  bool send(std::string_view bytes);
  // Nothing when the connection ends, or patience, before the answer is whole.
  std::optional<HttpAnswer> read_answer();
  std::string read_to_end();
  Ending ending() const { return ending_; }
  void set_patience(std::chrono::milliseconds patience) { tcp_.set_patience(patience); }
  void disappear() { tcp_.disappear(); }

  std::vector<crypto::Digest> server_chain() const;  // fingerprints, as sent
  std::string protocol() const;
  std::string group() const;
  bool was_resumed() const;
  TlsSession session() const;
  int tickets_received() const { return tickets_received_; }

 private:
  static int count_ticket(ssl_st* connection, ssl_session_st* session);
  bool read_more();
  bool has_line();
  std::string take_line();
  std::optional<std::string> take(std::size_t size);
  bool read_chunks(HttpAnswer& answer);

  TcpClient tcp_;
  ssl_ctx_st* context_;
  ssl_st* connection_;
  bool is_established_ = false;
  Ending ending_ = Ending::none;
  std::string received_;
  int tickets_received_ = 0;
};

}  // namespace sspf::test
