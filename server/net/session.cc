// SPDX-License-Identifier: Apache-2.0
#include "server/net/session.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <iterator>
#include <string_view>
#include <utility>

#include "server/base/limits.h"
#include "server/net/header_gate.h"
#include "server/net/refusals.h"
#include "server/net/source.h"
#include "server/net/tls.h"

namespace sspf::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using boost::system::system_error;

// The longest header, and as much of what follows it.
constexpr std::size_t buffer_bytes_max = 2 * limits::header_bytes_max;
constexpr std::size_t read_bytes = 4096;
constexpr std::string_view header_end = "\r\n\r\n";

HttpResponse malformed() {
  return plain_refusal(400,
                       "Begäran är inte giltig HTTP/1.1. / The request is not valid HTTP/1.1.");
}

HttpResponse response_to(const HeaderRefusal& refusal) {
  HttpResponse response = plain_refusal(refusal.status, refusal.text);
  if (refusal.status == 405) response.headers.emplace_back("Allow", "POST");
  return response;
}

HttpResponse header_too_large() {
  return plain_refusal(431, "Huvudet är för stort. / The header is too large.");
}

HttpResponse wrong_version() {
  return plain_refusal(505, "Bara HTTP/1.1 stöds. / Only HTTP/1.1 is supported.");
}

std::size_t field_count(const Message& message) {
  return static_cast<std::size_t>(std::distance(message.begin(), message.end()));
}

std::string content_type_of(const Message& message) {
  return std::string(message[http::field::content_type]);
}

// Beast's own complaints about the bytes, as opposed to a connection that ended.
bool is_syntax_error(const error_code& error) {
  const error_code ended = http::error::end_of_stream;
  return error.category() == ended.category() && error != http::error::end_of_stream &&
         error != http::error::partial_message;
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, ConnectionSlot slot,
                 const SessionSurroundings& around)
    : around_(around),
      slot_(std::move(slot)),
      stream_(std::move(socket), around.tls),
      buffer_(buffer_bytes_max) {
  error_code gone;
  const auto peer = tcp().socket().remote_endpoint(gone);
  if (gone) return;
  peer_address_ = peer.address().to_string();
  peer_source_ = source_of(peer.address());
}

asio::awaitable<void> Session::run(std::shared_ptr<Session> self) {
  const bool is_established = co_await self->shake_hands();
  if (!is_established) co_return;
  try {
    After after = After::keep_alive;
    while (after == After::keep_alive && !self->is_stopping_) after = co_await self->exchange();
  } catch (const system_error& gone) {
    // Too slow, closed by the client, or cancelled by stop().
    if (gone.code() == beast::error::timeout) ++self->around_.counters.connections_timed_out;
    if (self->state_ == State::in_stream) ++self->around_.counters.streams_broken;
  }
  co_await self->close();
}

void Session::stop() {
  is_stopping_ = true;
  if (state_ == State::between_calls) tcp().cancel();
}

asio::awaitable<bool> Session::shake_hands() {
  error_code error;
  tcp().expires_after(around_.limits.handshake_time_max);
  co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error && !is_stopping_) ++around_.counters.handshakes_failed;
  if (error) co_return false;
  certificate_ = peer_certificate(stream_.native_handle());
  co_return true;
}

// One request and its answer.
asio::awaitable<After> Session::exchange() {
  const bool has_begun = co_await request_begins();
  if (!has_begun) co_return After::close;
  Parser parser;
  parser.header_limit(buffer_bytes_max);
  parser.body_limit(limits::request_body_bytes_max);
  Refusal refusal = co_await read_header(parser);
  if (!refusal) {
    state_ = State::in_call;
    refusal = co_await read_body(parser);
  }
  if (refusal) {
    ++around_.counters.requests_refused_before_call;
    co_await write_whole(*refusal, After::close);
    co_return After::close;
  }
  ++requests_;
  ++around_.counters.requests;
  const After wish = wish_of(parser.get());
  HttpRequest request = request_of(parser.release());
  request.peer_address = peer_address_;
  request.peer_source = peer_source_;
  request.certificate = certificate_;
  const After after = co_await call(std::move(request), wish);
  state_ = State::between_calls;
  co_return after;
}

asio::awaitable<bool> Session::request_begins() {
  if (buffer_.size() > 0) co_return true;  // it came together with the one before
  error_code error;
  tcp().expires_after(around_.limits.idle_time_max);
  const std::size_t size = co_await stream_.async_read_some(
      buffer_.prepare(read_bytes), asio::redirect_error(asio::use_awaitable, error));
  if (error == beast::error::timeout) ++around_.counters.connections_timed_out;
  if (error) co_return false;
  buffer_.commit(size);
  co_return true;
}

asio::awaitable<Session::Refusal> Session::read_header(Parser& parser) {
  const std::size_t size = co_await read_header_block();
  if (size > limits::header_bytes_max) co_return header_too_large();
  co_return parse_header(parser, size);
}

// Reads until the buffer holds a whole header; its size, or one over the limit when it is longer.
// The header is cut out by hand, since what was folded or oddly ended is no longer to be seen in
// the parsed form.
asio::awaitable<std::size_t> Session::read_header_block() {
  constexpr std::size_t too_large = limits::header_bytes_max + 1;
  tcp().expires_after(around_.limits.header_time_max);
  std::size_t searched = 0;
  for (;;) {
    const std::string_view text(static_cast<const char*>(buffer_.cdata().data()), buffer_.size());
    const std::size_t end = text.find(header_end, searched);
    if (end != std::string_view::npos) co_return std::min(end + header_end.size(), too_large);
    if (text.size() >= limits::header_bytes_max) co_return too_large;
    searched = text.size() - std::min(text.size(), header_end.size() - 1);
    const std::size_t size =
        co_await stream_.async_read_some(buffer_.prepare(read_bytes), asio::use_awaitable);
    buffer_.commit(size);
  }
}

Session::Refusal Session::parse_header(Parser& parser, std::size_t size) {
  error_code error;
  const asio::const_buffer block(buffer_.cdata().data(), size);
  const auto wrong_bytes = refuse_bytes({static_cast<const char*>(block.data()), size});
  if (wrong_bytes) return response_to(*wrong_bytes);
  parser.put(block, error);
  buffer_.consume(size);
  if (error == http::error::bad_version) return wrong_version();
  if (error && error != http::error::body_limit) return malformed();
  const auto wrong_header = refuse_header(parser.get());
  if (wrong_header) return response_to(*wrong_header);
  if (error) return body_too_large(content_type_of(parser.get()));
  return std::nullopt;
}

// NB: through the parser. Given the message, Beast would read it with a parser, and limits, of its
// own.
asio::awaitable<Session::Refusal> Session::read_body(Parser& parser) {
  if (parser.is_done()) co_return std::nullopt;
  if (parser.get().count(http::field::expect) > 0) co_await invite_body();
  const std::size_t fields = field_count(parser.get());
  error_code error;
  tcp().expires_after(around_.limits.body_time_max);
  co_await http::async_read(stream_, buffer_, parser,
                            asio::redirect_error(asio::use_awaitable, error));
  if (error == http::error::body_limit) co_return body_too_large(content_type_of(parser.get()));
  if (is_syntax_error(error)) co_return malformed();
  if (error) throw system_error(error);
  // Beast adds the fields of a trailer to those of the header.
  if (field_count(parser.get()) != fields) co_return malformed();
  co_return std::nullopt;
}

asio::awaitable<void> Session::invite_body() { co_await write("HTTP/1.1 100 Continue\r\n\r\n"); }

After Session::wish_of(const Message& message) const {
  const bool may_stay = requests_ < around_.limits.requests_per_connection_max;
  return message.keep_alive() && may_stay ? After::keep_alive : After::close;
}

asio::awaitable<After> Session::call(HttpRequest request, After wish) {
  HttpResponse response = co_await answer_to(request);
  const After after = is_stopping_ ? After::close : wish;
  if (response.is_stream) {
    co_await write_stream(request, std::move(response), after);
  } else {
    co_await write_whole(response, after);
  }
  co_return after;
}

asio::awaitable<HttpResponse> Session::answer_to(HttpRequest request) {
  const auto pending = std::make_shared<PendingAnswer>(stream_.get_executor());
  around_.serve(std::move(request), reply_to(around_.return_path, pending));
  HttpResponse response = co_await pending->wait();
  co_return response;
}

asio::awaitable<void> Session::write_whole(const HttpResponse& response, After after) {
  may_have_unread_input_ = after == After::close;
  co_await write(head_of(response, Framing::content_length, after) + response.body);
}

asio::awaitable<void> Session::write_stream(const HttpRequest& request, HttpResponse piece,
                                            After after) {
  state_ = State::in_stream;
  may_have_unread_input_ = after == After::close;
  co_await write(head_of(piece, Framing::chunked, after) + chunk_of(piece));
  while (!piece.next_cursor.empty()) {
    HttpRequest next = request;
    next.stream_cursor = piece.next_cursor;
    piece = co_await answer_to(std::move(next));
    if (!piece.is_stream) {
      // The status is sent already; a body without its end is the only way left to say "failed".
      tcp().close();
      throw system_error(asio::error::connection_aborted);
    }
    co_await write(chunk_of(piece));
  }
}

// One contiguous text, so that a header and its body share their TLS records.
asio::awaitable<void> Session::write(std::string text) {
  if (text.empty()) co_return;
  tcp().expires_after(around_.limits.write_time_max);
  co_await asio::async_write(stream_, asio::buffer(text), asio::use_awaitable);
}

asio::awaitable<void> Session::close() {
  error_code error;
  close_without_waiting(stream_.native_handle());
  tcp().expires_after(around_.limits.write_time_max);
  co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (may_have_unread_input_ && !is_stopping_) co_await discard_rest();
}

// Closing with unread input resets the connection, and the client may lose our last answer.
asio::awaitable<void> Session::discard_rest() {
  std::array<char, read_bytes> rest{};
  error_code error;
  tcp().expires_after(around_.limits.write_time_max);
  while (!error) {
    co_await tcp().async_read_some(asio::buffer(rest),
                                   asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace sspf::net
