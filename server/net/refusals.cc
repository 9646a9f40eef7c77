// SPDX-License-Identifier: Apache-2.0
#include "server/net/refusals.h"

#include <string>

#include "server/base/code.h"
#include "server/base/limits.h"
#include "server/base/reason.h"

namespace sspf::net {
namespace {

// The texts are ours and hold nothing that JSON must escape.
HttpResponse connect_error(Code code, const std::string& text) {
  HttpResponse response;
  response.status = http_status(code);
  response.content_type = "application/json";
  response.body =
      "{\"code\":\"" + std::string(wire_name(code)) + "\",\"message\":\"" + text + "\"}";
  return response;
}

// A stream's errors come in its last message, and the status is always 200 (Connect: "Streaming
// RPCs").
HttpResponse connect_stream_error(Code code, const std::string& text,
                                  std::string_view content_type) {
  const std::string end = "{\"error\":" + connect_error(code, text).body + "}";
  HttpResponse response;
  response.content_type = std::string(content_type);
  response.body = "\x02";
  const auto size = static_cast<std::uint32_t>(end.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    response.body += static_cast<char>(static_cast<std::uint8_t>(size >> shift));
  }
  response.body += end;
  return response;
}

}  // namespace

HttpResponse plain_refusal(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::string(text) + "\n";
  return response;
}

HttpResponse overloaded() {
  return connect_error(Code::unavailable,
                       swedish(Reason::overloaded, {}) + " / " + english(Reason::overloaded, {}));
}

HttpResponse body_too_large(std::string_view content_type) {
  const std::string bytes = std::to_string(limits::request_body_bytes_max);
  const std::string text = "Meddelandet är större än " + bytes +
                           " byte. / The message is larger than " + bytes + " bytes.";
  const auto media_type = content_type.substr(0, content_type.find(';'));
  if (media_type == "application/proto" || media_type == "application/json") {
    return connect_error(Code::resource_exhausted, text);
  }
  if (media_type == "application/connect+proto" || media_type == "application/connect+json") {
    return connect_stream_error(Code::resource_exhausted, text, media_type);
  }
  return plain_refusal(413, text);
}

}  // namespace sspf::net
