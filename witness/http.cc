// SPDX-License-Identifier: Apache-2.0
#include "witness/http.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <stdexcept>
#include <utility>

#include "server/net/accept.h"
#include "server/net/connection_limits.h"
#include "server/net/tls.h"
#include "witness/http_connection.h"

namespace sspf::witness {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;

net::Endpoint endpoint_of(const HttpSettings& settings) {
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (!error && !settings.private_key_pem && !address.is_loopback()) {
    throw std::runtime_error("without TLS only a loopback address is served: " + settings.address);
  }
  return {settings.address, settings.port};
}

ByteStream bytes_of(beast::tcp_stream& stream) {
  return {[&stream](asio::mutable_buffer piece) {
            return stream.async_read_some(piece, asio::use_awaitable);
          },
          [&stream](const std::string& text) -> asio::awaitable<void> {
            co_await asio::async_write(stream, asio::buffer(text), asio::use_awaitable);
          },
          [&stream](std::chrono::milliseconds time_max) { stream.expires_after(time_max); }};
}

ByteStream bytes_of(TlsStream& stream) {
  return {[&stream](asio::mutable_buffer piece) {
            return stream.async_read_some(piece, asio::use_awaitable);
          },
          [&stream](const std::string& text) -> asio::awaitable<void> {
            co_await asio::async_write(stream, asio::buffer(text), asio::use_awaitable);
          },
          [&stream](std::chrono::milliseconds time_max) {
            stream.next_layer().expires_after(time_max);
          }};
}

// Of a connection that ended, however it did, nothing is to be said.
bool is_of_connection(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(HttpSettings settings, Handle handle)
      : handle_(std::move(handle)),
        limits_(settings.limits),
        around_{limits_, settings.body_bytes_max, handle_},
        connections_(limits_, counters_),
        on_connection_([this](tcp::socket socket) { admit(std::move(socket)); }),
        acceptor_(net::listen_on(network_, endpoint_of(settings))) {
    if (!settings.private_key_pem) return;
    tls_.emplace(
        net::make_public_tls_context(settings.certificate_chain_pem, *settings.private_key_pem)
            .release());
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void run() {
    asio::co_spawn(network_, net::accept_connections(acceptor_, on_connection_, counters_),
                   asio::detached);
    network_.run();
  }

  void stop() { network_.stop(); }

 private:
  // What goes wrong in a handler goes out through run(), and ends the program.
  static void end(const std::exception_ptr& error) {
    if (error && !is_of_connection(error)) std::rethrow_exception(error);
  }

  void admit(tcp::socket socket) {
    ++counters_.connections_accepted;
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    auto slot = connections_.enter(peer.address());
    if (!slot) return;
    socket.set_option(tcp::no_delay(true), error);
    asio::co_spawn(network_,
                   tls_ ? serve_tls(std::move(socket), *std::move(slot))
                        : serve_plain(std::move(socket), *std::move(slot)),
                   end);
  }

  asio::awaitable<void> serve_plain(tcp::socket socket, net::ConnectionSlot slot) {
    const net::ConnectionSlot held = std::move(slot);
    beast::tcp_stream stream(std::move(socket));
    const ByteStream bytes = bytes_of(stream);
    co_await serve_connection(bytes, around_);
    co_await end_gently(stream);
  }

  // Closing with unread input resets the connection, and the client may lose our last answer.
  asio::awaitable<void> end_gently(beast::tcp_stream& stream) {
    error_code error;
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
    stream.expires_after(limits_.write_time_max);
    std::array<char, 4096> rest{};
    while (!error) {
      co_await stream.async_read_some(asio::buffer(rest),
                                      asio::redirect_error(asio::use_awaitable, error));
    }
  }

  asio::awaitable<void> serve_tls(tcp::socket socket, net::ConnectionSlot slot) {
    const net::ConnectionSlot held = std::move(slot);
    TlsStream stream(beast::tcp_stream(std::move(socket)), *tls_);
    stream.next_layer().expires_after(limits_.handshake_time_max);
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    const ByteStream bytes = bytes_of(stream);
    co_await serve_connection(bytes, around_);
    net::close_without_waiting(stream.native_handle());
    co_await stream.async_shutdown(asio::use_awaitable);
    co_await end_gently(stream.next_layer());
  }

  // NB: the order matters. The io_context destroys the coroutines, which use what stands before it.
  const Handle handle_;
  const net::NetLimits limits_;
  const HttpSurroundings around_;
  net::NetCounters counters_;
  net::ConnectionLimits connections_;
  const net::OnConnection on_connection_;
  std::optional<asio::ssl::context> tls_;
  asio::io_context network_{1};
  tcp::acceptor acceptor_;
};

HttpServer::HttpServer(HttpSettings settings, Handle handle)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(handle))) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return impl_->port(); }
void HttpServer::run() { impl_->run(); }
void HttpServer::stop() { impl_->stop(); }

}  // namespace sspf::witness
