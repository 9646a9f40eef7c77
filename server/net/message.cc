// SPDX-License-Identifier: Apache-2.0
#include "server/net/message.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <utility>

#include "server/base/ensure.h"

namespace sspf::net {
namespace {

namespace http = boost::beast::http;

std::string text_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

void add_field(std::string& head, std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  ENSURE(std::none_of(name.begin(), name.end(), is_control));
  ENSURE(std::none_of(value.begin(), value.end(), is_control));
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

HttpRequest request_of(Message message) {
  HttpRequest request;
  request.path = text_of(message.target());
  request.content_type = text_of(message[http::field::content_type]);
  request.content_encoding = text_of(message[http::field::content_encoding]);
  request.connect_content_encoding = text_of(message["Connect-Content-Encoding"]);
  request.connect_protocol_version = text_of(message["Connect-Protocol-Version"]);
  request.connect_timeout_ms = text_of(message["Connect-Timeout-Ms"]);
  request.user_agent = text_of(message[http::field::user_agent]);
  request.body = std::move(message.body());
  return request;
}

std::string head_of(const HttpResponse& response, Framing framing, After after) {
  const auto reason =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason.data(), reason.size()).append("\r\n");
  if (!response.content_type.empty()) add_field(head, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) add_field(head, name, value);
  if (framing == Framing::chunked) {
    add_field(head, "Transfer-Encoding", "chunked");
  } else {
    add_field(head, "Content-Length", std::to_string(response.body.size()));
  }
  if (after == After::close) add_field(head, "Connection", "close");
  return head + "\r\n";
}

std::string chunk_of(const HttpResponse& piece) {
  std::string chunk;
  if (!piece.body.empty()) {  // an empty chunk would end the body
    std::array<char, 2 * sizeof(std::size_t)> digits{};
    const auto size = piece.body.size();
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    chunk.append(digits.data(), end).append("\r\n").append(piece.body).append("\r\n");
  }
  if (piece.next_cursor.empty()) chunk += "0\r\n\r\n";
  return chunk;
}

}  // namespace sspf::net
