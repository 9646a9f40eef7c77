// SPDX-License-Identifier: Apache-2.0
//
// One TLS connection from handshake to close: reads a request under every limit, has it answered,
// writes the answer, and again. One coroutine each, all on the network thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <string>

#include "server/base/http.h"
#include "server/net/connection_limits.h"
#include "server/net/counters.h"
#include "server/net/message.h"
#include "server/net/net_limits.h"
#include "server/net/return_path.h"

namespace sspf::net {

// What the sessions of a server share. It outlives them.
struct SessionSurroundings {
  boost::asio::ssl::context& tls;
  const NetLimits& limits;
  const Serve& serve;
  NetCounters& counters;
  std::shared_ptr<ReturnPath> return_path;
};

class Session {
 public:
  Session(boost::asio::ip::tcp::socket socket, ConnectionSlot slot,
          const SessionSurroundings& around);

  // The whole life of the connection. `self` keeps it alive for as long.
  static boost::asio::awaitable<void> run(std::shared_ptr<Session> self);

  // No further request: closes at once between calls, else after the running call's answer.
  void stop();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Refusal = std::optional<HttpResponse>;
  enum class State { between_calls, in_call, in_stream };

  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<After> exchange();
  boost::asio::awaitable<bool> request_begins();
  boost::asio::awaitable<Refusal> read_header(Parser& parser);
  boost::asio::awaitable<std::size_t> read_header_block();
  Refusal parse_header(Parser& parser, std::size_t size);
  boost::asio::awaitable<Refusal> read_body(Parser& parser);
  boost::asio::awaitable<void> invite_body();
  boost::asio::awaitable<After> call(HttpRequest request, After wanted);
  boost::asio::awaitable<HttpResponse> answer_to(HttpRequest request);
  boost::asio::awaitable<void> write_whole(const HttpResponse& response, After after);
  boost::asio::awaitable<void> write_stream(const HttpRequest& request, HttpResponse piece,
                                            After after);
  boost::asio::awaitable<void> write(std::string text);
  boost::asio::awaitable<void> close();
  boost::asio::awaitable<void> discard_rest();

  boost::beast::tcp_stream& tcp() { return stream_.next_layer(); }
  After wish_of(const Message& message) const;

  const SessionSurroundings& around_;
  const ConnectionSlot slot_;
  boost::asio::ssl::stream<boost::beast::tcp_stream> stream_;
  boost::beast::flat_buffer buffer_;  // bounded: the parser alone does not stop every flood
  std::string peer_address_;
  std::string peer_source_;
  std::optional<PeerCertificate> certificate_;
  std::size_t requests_ = 0;
  State state_ = State::between_calls;
  bool is_stopping_ = false;
  bool may_have_unread_input_ = false;
};

}  // namespace sspf::net
