// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connection_syslog.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/ssl.hpp>

#include "client/cli/connection_tls.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto syslog_connect_time_max = 10s;
constexpr auto send_time_max = 30s;

// Runs the context until one operation has ended; its stream's timeout sees to that.
class Wait {
 public:
  explicit Wait(asio::io_context& context) : context_(context) {}
  void end(error_code error) { error_ = error; }
  error_code run() {
    context_.restart();
    context_.run();
    return error_;
  }

 private:
  asio::io_context& context_;
  error_code error_;
};

void connect(asio::io_context& context, TlsStream& stream, const ServerAddress& collector) {
  error_code error;
  asio::ip::tcp::resolver resolver(context);
  const auto addresses = resolver.resolve(collector.host, collector.port, error);
  if (error) throw transport_failure(tr("The server's name cannot be looked up."));
  beast::get_lowest_layer(stream).expires_after(syslog_connect_time_max);
  Wait wait(context);
  beast::get_lowest_layer(stream).async_connect(
      addresses, [&wait](error_code e, const auto&) { wait.end(e); });
  if (wait.run()) throw transport_failure(tr("The server cannot be reached."));
  expect_host(stream, collector.host);
  Wait handshake(context);
  stream.async_handshake(asio::ssl::stream_base::client,
                         [&handshake](error_code e) { handshake.end(e); });
  if (const error_code failed = handshake.run()) throw tls_failure(failed, stream);
}

}  // namespace

void send_over_tls(const ServerAddress& collector, const Trust& trust, const std::string& bytes) {
  asio::io_context context;
  asio::ssl::context tls = make_tls_context(trust);
  TlsStream stream(context, tls);
  connect(context, stream, collector);
  beast::get_lowest_layer(stream).expires_after(send_time_max);
  Wait wait(context);
  asio::async_write(stream, asio::buffer(bytes),
                    [&wait](error_code e, std::size_t) { wait.end(e); });
  if (const error_code failed = wait.run()) throw tls_failure(failed, stream);
  Wait closing(context);
  stream.async_shutdown([&closing](error_code e) { closing.end(e); });
  const error_code closed = closing.run();
  // Many collectors close the line without the words that TLS has for it.
  const bool is_closed = !closed || closed == asio::error::eof ||
                         closed == asio::ssl::error::stream_truncated ||
                         closed == asio::error::connection_reset;
  if (!is_closed) throw tls_failure(closed, stream);
}

}  // namespace sspf::cli
