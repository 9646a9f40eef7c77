// SPDX-License-Identifier: Apache-2.0
#include "server/net/admin.h"

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <string>
#include <utility>

#include "server/base/limits.h"
#include "server/net/message.h"
#include "server/net/refusals.h"

namespace sspf::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::array<std::string_view, 3> paths{"/livez", "/readyz", "/metrics"};

HttpResponse answer(http::verb method, std::string_view path, const AdminServe& serve) {
  if (method != http::verb::get) {
    HttpResponse refusal = plain_refusal(405, "Bara GET stöds här. / Only GET is supported here.");
    refusal.headers.emplace_back("Allow", "GET");
    return refusal;
  }
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
    return plain_refusal(404, "Sidan finns inte. / There is no such page.");
  }
  AdminAnswer answered = serve(path);
  HttpResponse response;
  response.status = answered.status;
  response.content_type = std::move(answered.content_type);
  response.body = std::move(answered.body);
  return response;
}

}  // namespace

asio::awaitable<void> serve_admin(asio::ip::tcp::socket socket, ConnectionSlot slot,
                                  AdminSurroundings around) {
  const ConnectionSlot held = std::move(slot);
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer(limits::header_bytes_max);
  http::request_parser<http::empty_body> parser;
  parser.header_limit(limits::header_bytes_max);
  error_code error;
  stream.expires_after(around.limits.header_time_max);
  co_await http::async_read_header(stream, buffer, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  const auto target = parser.get().target();
  const HttpResponse response =
      answer(parser.get().method(), {target.data(), target.size()}, around.serve);
  const std::string text = head_of(response, Framing::content_length, After::close) + response.body;
  stream.expires_after(around.limits.write_time_max);
  co_await asio::async_write(stream, asio::buffer(text),
                             asio::redirect_error(asio::use_awaitable, error));
  stream.socket().shutdown(asio::ip::tcp::socket::shutdown_both, error);
}

}  // namespace sspf::net
