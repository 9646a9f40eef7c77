// SPDX-License-Identifier: Apache-2.0
#include "witness/http_connection.h"

#include <array>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "server/base/limits.h"
#include "server/net/header_gate.h"
#include "server/net/message.h"
#include "server/net/refusals.h"

namespace sspf::witness {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using net::After;
using net::Framing;
using Parser = http::request_parser<http::string_body>;

constexpr std::string_view header_end = "\r\n\r\n";

HttpResponse malformed() {
  return net::plain_refusal(
      400, "Begäran är inte giltig HTTP/1.1. / The request is not valid HTTP/1.1.");
}

HttpResponse refusal_of(const net::HeaderRefusal& refused) {
  HttpResponse response = net::plain_refusal(refused.status, refused.text);
  if (refused.status == 405) response.headers.emplace_back("Allow", "POST");
  return response;
}

// What was read and not used yet. Never more than one header or one body and a read.
class Reading {
 public:
  Reading(const ByteStream& stream, std::size_t bytes_max)
      : stream_(stream), bytes_max_(bytes_max) {}

  const std::string& text() const { return text_; }

  // False at the end of the stream, and when there is too much.
  asio::awaitable<bool> more() {
    const std::size_t size = co_await stream_.read(asio::buffer(piece_));
    text_.append(piece_.data(), size);
    co_return size > 0 && text_.size() <= bytes_max_;
  }

  std::string take(std::size_t size) {
    std::string taken = text_.substr(0, size);
    text_.erase(0, size);
    return taken;
  }

 private:
  const ByteStream& stream_;
  const std::size_t bytes_max_;
  std::string text_;
  std::array<char, 4096> piece_{};
};

struct Header {
  std::optional<HttpResponse> refusal;
  std::string path;
  std::size_t body_bytes = 0;
  bool awaits_continue = false;
  bool keeps_alive = false;
};

Header read_header(const std::string& block, std::size_t body_bytes_max) {
  Header header;
  boost::system::error_code error;
  if (const auto wrong = net::refuse_bytes(block)) {
    header.refusal = refusal_of(*wrong);
    return header;
  }
  Parser parser;
  parser.header_limit(limits::header_bytes_max);
  parser.body_limit(body_bytes_max);
  parser.put(asio::buffer(block), error);
  const bool is_too_long = error == http::error::body_limit;
  if (error && !is_too_long) {
    header.refusal = malformed();
    return header;
  }
  const auto& message = parser.get();
  if (const auto wrong = net::refuse_header(message)) {
    header.refusal = refusal_of(*wrong);
  } else if (is_too_long) {
    header.refusal = net::plain_refusal(413, "För långt innehåll. / The content is too long.");
  } else if (message.count(http::field::transfer_encoding) > 0) {
    header.refusal = net::plain_refusal(411, "Längden saknas. / The length is missing.");
  }
  // NB: after body_limit Beast aborts when it is asked for the length.
  if (header.refusal) return header;
  const auto target = message.target();
  header.path.assign(target.data(), target.size());
  header.body_bytes = static_cast<std::size_t>(parser.content_length().value_or(0));
  header.awaits_continue = message.count(http::field::expect) > 0;
  header.keeps_alive = message.keep_alive();
  return header;
}

asio::awaitable<void> answer(const ByteStream& stream, const HttpResponse& response, After after) {
  const std::string text = net::head_of(response, Framing::content_length, after) + response.body;
  co_await stream.write(text);
}

// Nothing when the connection ends before a whole header.
asio::awaitable<std::optional<Header>> next_header(Reading& reading,
                                                   const HttpSurroundings& around) {
  std::size_t end = reading.text().find(header_end);
  while (end == std::string::npos) {
    const bool goes_on = co_await reading.more();
    end = reading.text().find(header_end);
    if (end != std::string::npos) break;
    if (reading.text().size() >= limits::header_bytes_max) {
      Header refused;
      refused.refusal = net::plain_refusal(431, "Huvudet är för stort. / The header is too large.");
      co_return refused;
    }
    if (!goes_on) co_return std::nullopt;
  }
  const std::string block = reading.take(end + header_end.size());
  if (block.size() > limits::header_bytes_max) {
    Header refused;
    refused.refusal = net::plain_refusal(431, "Huvudet är för stort. / The header is too large.");
    co_return refused;
  }
  co_return read_header(block, around.body_bytes_max);
}

asio::awaitable<bool> exchange(const ByteStream& stream, Reading& reading,
                               const HttpSurroundings& around) {
  stream.expires_after(around.limits.idle_time_max);
  if (reading.text().empty()) {
    const bool has_begun = co_await reading.more();
    if (!has_begun) co_return false;
  }
  stream.expires_after(around.limits.header_time_max);
  const std::optional<Header> header = co_await next_header(reading, around);
  if (!header) co_return false;
  if (header->refusal) {
    stream.expires_after(around.limits.write_time_max);
    co_await answer(stream, *header->refusal, After::close);
    co_return false;
  }
  stream.expires_after(around.limits.body_time_max);
  if (header->awaits_continue) co_await stream.write("HTTP/1.1 100 Continue\r\n\r\n");
  while (reading.text().size() < header->body_bytes) {
    const bool goes_on = co_await reading.more();
    if (!goes_on) co_return false;
  }
  HttpRequest request;
  request.path = header->path;
  request.body = reading.take(header->body_bytes);
  const HttpResponse response = around.handle(request);
  const After after = header->keeps_alive ? After::keep_alive : After::close;
  stream.expires_after(around.limits.write_time_max);
  co_await answer(stream, response, after);
  co_return header->keeps_alive;
}

}  // namespace

asio::awaitable<void> serve_connection(const ByteStream& stream, const HttpSurroundings& around) {
  Reading reading(stream, limits::header_bytes_max + around.body_bytes_max);
  for (std::size_t i = 0; i < around.limits.requests_per_connection_max; ++i) {
    const bool goes_on = co_await exchange(stream, reading, around);
    if (!goes_on) co_return;
  }
}

}  // namespace sspf::witness
