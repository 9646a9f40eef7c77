// SPDX-License-Identifier: Apache-2.0
#include "server/net/post.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>

#include "server/base/limits.h"
#include "server/net/tls.h"

namespace sspf::net {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Request = http::request<http::string_body>;
using Parser = http::response_parser<http::string_body>;

constexpr std::uint64_t answer_bytes_max = std::uint64_t{16} * 1024;

Request request_to(const WebAddress& address, const Posted& posted) {
  const std::string path = address.path + posted.path;
  Request request(http::verb::post, path.empty() ? "/" : path, 11);
  const bool is_v6 = address.host.find(':') != std::string::npos;
  request.set(http::field::host,
              (is_v6 ? "[" + address.host + "]" : address.host) + ":" + address.port);
  request.set(http::field::user_agent, "sspfd");
  request.set(http::field::content_type, posted.content_type);
  for (const auto& [name, value] : posted.headers) request.set(name, value);
  request.keep_alive(false);
  request.body() = posted.body;
  request.prepare_payload();
  return request;
}

// Of one exchange; it outlives the coroutine.
struct Exchange {
  explicit Exchange(const Destination& to, const Posted& posted)
      : destination(to), request(request_to(to.address, posted)) {
    parser.header_limit(limits::header_bytes_max);
    parser.body_limit(answer_bytes_max);
  }

  const Destination& destination;
  Request request;
  Parser parser;
  // Bounded: Beast's own limits leave some parts of a message out (evidence.md 0.6).
  boost::beast::flat_buffer buffer{answer_bytes_max};
  bool is_done = false;
};

asio::awaitable<void> connect(tcp::socket& socket, const WebAddress& address) {
  tcp::resolver resolver(socket.get_executor());
  const auto found =
      co_await resolver.async_resolve(address.host, address.port, asio::use_awaitable);
  co_await asio::async_connect(socket, found, asio::use_awaitable);
}

asio::awaitable<void> run_plain(Exchange& exchange) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::socket socket(executor);
  co_await connect(socket, exchange.destination.address);
  co_await http::async_write(socket, exchange.request, asio::use_awaitable);
  co_await http::async_read(socket, exchange.buffer, exchange.parser, asio::use_awaitable);
  exchange.is_done = true;
}

asio::awaitable<void> run_tls(Exchange& exchange) {
  const auto executor = co_await asio::this_coro::executor;
  const Destination& to = exchange.destination;
  ssl::context context(ssl::context::tls_client);
  if (to.ca_pem.empty()) {
    context.set_default_verify_paths();
  } else {
    context.add_certificate_authority(asio::buffer(to.ca_pem));
  }
  ssl::stream<tcp::socket> stream(executor, context);
  stream.set_verify_mode(ssl::verify_peer);
  stream.set_verify_callback(ssl::host_name_verification(to.address.host));
  name_server(stream.native_handle(), to.address.host);
  co_await connect(stream.next_layer(), to.address);
  co_await stream.async_handshake(ssl::stream_base::client, asio::use_awaitable);
  co_await http::async_write(stream, exchange.request, asio::use_awaitable);
  co_await http::async_read(stream, exchange.buffer, exchange.parser, asio::use_awaitable);
  exchange.is_done = true;
}

}  // namespace

std::optional<HttpResponse> post(const Destination& destination, const Posted& posted) {
  Exchange exchange(destination, posted);
  // Why it failed says nothing that can be trusted.
  const auto ignore = [](const std::exception_ptr&) {};
  try {
    asio::io_context network(1);
    asio::co_spawn(network, destination.address.is_tls ? run_tls(exchange) : run_plain(exchange),
                   ignore);
    network.run_for(posted.time_max);
  } catch (const std::exception&) {
    return std::nullopt;
  }
  if (!exchange.is_done) return std::nullopt;
  auto message = exchange.parser.release();
  HttpResponse response;
  response.status = static_cast<int>(message.result_int());
  const auto type = message[http::field::content_type];
  response.content_type = std::string(type.data(), type.size());
  response.body = std::move(message.body());
  return response;
}

}  // namespace sspf::net
