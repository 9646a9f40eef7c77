// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "client/cli/connect.h"
#include "client/cli/connection_tls.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::size_t answer_bytes_max = std::size_t{16} * 1024 * 1024;
constexpr std::uint64_t stream_bytes_max = std::uint64_t{1} << 40U;
constexpr auto connect_time_max = 10s;
constexpr auto wait_interval = 250ms;
constexpr std::string_view error_type = "application/json";

// One connection for one exchange. Every wait has an end, and is made synchronous by running the
// context until the operation has reported.
class Exchange {
 public:
  Exchange(const ServerAddress& server, const Trust& trust, const Call& call)
      : server_(server), call_(call), tls_(make_tls_context(trust)), stream_(context_, tls_) {}

  void connect() {
    error_code error;
    asio::ip::tcp::resolver resolver(context_);
    const auto addresses = resolver.resolve(server_.host, server_.port, error);
    if (error) throw transport_failure(tr("The server's name cannot be looked up."));
    socket().expires_after(std::min<std::chrono::seconds>(connect_time_max, call_.time_max));
    Wait wait(*this);
    socket().async_connect(addresses, [&wait](error_code e, const auto&) { wait.end(e); });
    if (wait.run()) throw transport_failure(tr("The server cannot be reached."));
    expect_host(stream_, server_.host);
    Wait handshake(*this);
    stream_.async_handshake(asio::ssl::stream_base::client,
                            [&handshake](error_code e) { handshake.end(e); });
    throw_on(handshake.run());
  }

  void send(const std::string& content_type, std::string body) {
    http::request<http::string_body> request(http::verb::post, call_.path, 11);
    request.set(http::field::host, server_.text());
    request.set(http::field::user_agent, "sspf/" SSPF_VERSION);
    request.set(http::field::content_type, content_type);
    request.set("Connect-Protocol-Version", "1");
    if (content_type == "application/proto") {
      const auto time = std::chrono::milliseconds(call_.time_max).count();
      request.set("Connect-Timeout-Ms", std::to_string(time));
    }
    request.keep_alive(false);
    request.body() = std::move(body);
    request.prepare_payload();
    socket().expires_after(call_.time_max);
    Wait wait(*this);
    http::async_write(stream_, request, [&wait](error_code e, std::size_t) { wait.end(e); });
    const error_code error = wait.run();
    // A server that refuses our certificate says why and hangs up, while we still write. What it
    // said is there to be read.
    if (error != asio::error::connection_reset && error != asio::error::broken_pipe) {
      throw_on(error);
    }
  }

  void read_header() {
    parser_.body_limit(stream_bytes_max);
    Wait wait(*this);
    http::async_read_header(stream_, buffer_, parser_,
                            [&wait](error_code e, std::size_t) { wait.end(e); });
    throw_on(wait.run());
  }

  int status() const { return static_cast<int>(parser_.get().result_int()); }
  bool has_type(std::string_view wanted) const {
    const auto value = parser_.get()[http::field::content_type];
    const std::string_view type(value.data(), value.size());
    return type.substr(0, type.find(';')) == wanted;
  }

  // The next bytes of the body; empty at its end.
  std::string_view read_some() {
    if (parser_.is_done()) return {};
    parser_.get().body().data = piece_.data();
    parser_.get().body().size = piece_.size();
    socket().expires_after(call_.time_max);
    Wait wait(*this);
    http::async_read(stream_, buffer_, parser_,
                     [&wait](error_code e, std::size_t) { wait.end(e); });
    const error_code error = wait.run();
    if (error != http::error::need_buffer) throw_on(error);
    return {piece_.data(), piece_.size() - parser_.get().body().size};
  }

  bool is_done() const { return parser_.is_done(); }

  std::string read_rest() {
    std::string body;
    while (!is_done()) {
      body += read_some();
      if (body.size() > answer_bytes_max) {
        throw transport_failure(tr("The server's answer is too large."));
      }
    }
    return body;
  }

 private:
  // Runs the context until one operation ends, and tells the caller of the waiting meanwhile.
  class Wait {
   public:
    explicit Wait(Exchange& exchange) : exchange_(exchange) {}
    void end(error_code error) {
      error_ = error;
      has_ended_ = true;
    }
    error_code run() {
      exchange_.context_.restart();
      while (!has_ended_) {
        const auto handlers = exchange_.context_.run_for(wait_interval);
        if (!has_ended_ && exchange_.call_.on_wait) exchange_.call_.on_wait();
        if (handlers > 0) exchange_.context_.restart();
      }
      return error_;
    }

   private:
    Exchange& exchange_;
    error_code error_;
    bool has_ended_ = false;
  };

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

  void throw_on(error_code error) {
    if (!error) return;
    if (error == beast::error::timeout) {
      throw transport_failure(tr("The server did not answer in time."));
    }
    throw tls_failure(error, stream_);
  }

  const ServerAddress& server_;
  const Call& call_;
  asio::io_context context_;
  asio::ssl::context tls_;
  TlsStream stream_;
  beast::flat_buffer buffer_;
  http::response_parser<http::buffer_body> parser_;
  std::array<char, 16 * 1024> piece_{};
};

void refuse(Exchange& exchange) {
  if (exchange.has_type(error_type)) throw refused(exchange.read_rest());
  throw refused_by_status(exchange.status());
}

}  // namespace

std::optional<ServerAddress> ServerAddress::parse(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  ServerAddress address{text.substr(0, colon), text.substr(colon + 1)};
  const bool has_brackets = address.host.starts_with('[') && address.host.ends_with(']');
  if (has_brackets) address.host = address.host.substr(1, address.host.size() - 2);
  const bool is_bare_ipv6 = !has_brackets && address.host.find(':') != std::string::npos;
  const bool is_port = !address.port.empty() && address.port.size() <= 5 &&
                       address.port.find_first_not_of("0123456789") == std::string::npos;
  const bool is_host =
      !address.host.empty() && address.host.find_first_of("/ \t\r\n@?#[]") == std::string::npos;
  if (!is_port || !is_host || is_bare_ipv6) return std::nullopt;
  return address;
}

std::string ServerAddress::text() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + port;
}

std::string call_unary(const ServerAddress& server, const Trust& trust, const Call& call) {
  Exchange exchange(server, trust, call);
  exchange.connect();
  exchange.send("application/proto", call.body);
  exchange.read_header();
  if (exchange.status() != 200 || !exchange.has_type("application/proto")) refuse(exchange);
  return exchange.read_rest();
}

void call_stream(const ServerAddress& server, const Trust& trust, const Call& call,
                 const std::function<void(const std::string&)>& on_message) {
  Exchange exchange(server, trust, call);
  exchange.connect();
  exchange.send("application/connect+proto", envelope(call.body));
  exchange.read_header();
  if (exchange.status() != 200 || !exchange.has_type("application/connect+proto")) {
    refuse(exchange);
  }
  EnvelopeReader reader;
  while (true) {
    while (const auto piece = reader.next()) {
      if (!piece->is_end) {
        on_message(piece->body);
        continue;
      }
      if (const auto failure = end_of_stream(piece->body)) throw *failure;
      return;
    }
    if (exchange.is_done()) throw transport_failure(tr("The server's answer was cut off."));
    reader.add(exchange.read_some());
  }
}

}  // namespace sspf::cli
