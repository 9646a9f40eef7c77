// SPDX-License-Identifier: Apache-2.0
//
// Private to connection*.cc: the TLS settings of a call, and what a failed handshake means.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include "client/cli/connection.h"
#include "client/cli/failure.h"

namespace sspf::cli {

using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream>;

// TLS 1.3 and nothing else. `trust` must outlive the context and every stream made from it.
boost::asio::ssl::context make_tls_context(const Trust& trust);

// The server's certificate must name this host.
void expect_host(TlsStream& stream, const std::string& host);

// A server that cannot be verified is told from a line that broke, and both from a client
// certificate that the server does not take: TLS 1.3 tells the client only after the handshake.
Failure tls_failure(const boost::system::error_code& error, TlsStream& stream);

}  // namespace sspf::cli
