// SPDX-License-Identifier: Apache-2.0
//
// Between HTTP/1.1 text and the plain values of base/http.h.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>

#include "server/base/http.h"

namespace sspf::net {

using Message = boost::beast::http::request<boost::beast::http::string_body>;

// What happens to the connection after the response.
enum class After { keep_alive, close };
enum class Framing { content_length, chunked };

// Path, the fields that calls use, and the body. Who sent it is the session's to fill in.
HttpRequest request_of(Message message);

// The response's header with its empty last line. Aborts when a header of the response holds a
// control character, which would let its value end the header.
std::string head_of(const HttpResponse& response, Framing framing, After after);

// A piece of a stream on the wire: its body as a chunk, unless it is empty, and after the last
// piece the end of the whole body.
std::string chunk_of(const HttpResponse& piece);

}  // namespace sspf::net
