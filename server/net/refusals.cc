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
  return plain_refusal(413, text);
}

}  // namespace sspf::net
