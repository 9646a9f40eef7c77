// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/wire.h"

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "server/base/limits.h"
#include "server/rpc/method.h"

namespace sspf::rpc {
namespace {

constexpr std::size_t envelope_bytes = 5;
constexpr char flag_compressed = 1;
constexpr char flag_end = 2;

// "application/json; charset=utf-8" is the one parameter that the protocol names.
std::string without_charset(std::string type) {
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  std::erase(type, ' ');
  const std::string suffix = ";charset=utf-8";
  if (type.ends_with(suffix)) type.resize(type.size() - suffix.size());
  return type;
}

bool is_identity(const std::string& encoding) { return encoding.empty() || encoding == "identity"; }

std::string enveloped(char flags, const std::string& message) {
  const auto size = static_cast<std::uint32_t>(message.size());
  std::string out;
  out.push_back(flags);
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(size >> shift));
  return out + message;
}

nlohmann::json error_json(const Refusal& refusal) {
  v1::ErrorInfo detail;
  detail.set_reason(std::string(name_of(refusal.told)));
  detail.set_field(refusal.field);
  detail.set_text_swedish(swedish(refusal.told, refusal.field, refusal.max));
  detail.set_text_english(english(refusal.told, refusal.field, refusal.max));
  const std::string bytes = detail.SerializeAsString();
  return {{"code", wire_name(code_of(refusal.told))},
          {"message", detail.text_swedish() + " / " + detail.text_english()},
          {"details",
           {{{"type", "sspf.v1.ErrorInfo"},
             {"value", crypto::base64_unpadded(crypto::view_of(bytes))},
             {"debug",
              {{"reason", detail.reason()},
               {"field", detail.field()},
               {"textSwedish", detail.text_swedish()},
               {"textEnglish", detail.text_english()}}}}}}};
}

// The protocol names some statuses that do not follow from the code.
int status_of(Reason reason) {
  switch (reason) {
    case Reason::wrong_content_type:
      return 415;
    case Reason::no_such_method:
      return 404;
    default:
      return http_status(code_of(reason));
  }
}

HttpResponse stream_response(const Framing& framing) {
  HttpResponse response;
  response.is_stream = true;
  response.content_type =
      framing.codec == Codec::proto ? "application/connect+proto" : "application/connect+json";
  return response;
}

}  // namespace

Result<Framing> read_framing(const HttpRequest& http) {
  Framing framing;
  const std::string type = without_charset(http.content_type);
  if (type == "application/proto" || type == "application/connect+proto") {
    framing.codec = Codec::proto;
  } else if (type == "application/json" || type == "application/connect+json") {
    framing.codec = Codec::json;
  } else {
    return refusal(Reason::wrong_content_type);
  }
  framing.is_stream = type.starts_with("application/connect+");
  return framing;
}

Result<Done> check_headers(const HttpRequest& http, const Framing& framing) {
  // A stream compresses each envelope and names that in a header of its own.
  const std::string& encoding =
      framing.is_stream ? http.connect_content_encoding : http.content_encoding;
  if (!is_identity(encoding)) return refusal(Reason::wrong_encoding);
  if (!http.connect_protocol_version.empty() && http.connect_protocol_version != "1") {
    return refusal(Reason::wrong_protocol_version);
  }
  return Done();
}

Result<std::optional<std::int64_t>> read_timeout_ms(const HttpRequest& http) {
  const std::string& timeout = http.connect_timeout_ms;
  if (timeout.empty()) return std::optional<std::int64_t>();
  if (timeout.size() > limits::timeout_digits_max ||
      timeout.find_first_not_of("0123456789") != std::string::npos) {
    return refusal(Reason::wrong_timeout);
  }
  return std::optional<std::int64_t>(std::stoll(timeout));
}

Result<std::string> message_of(const Call& call) {
  const std::string& body = call.http.body;
  if (!call.method.is_stream) return body;
  if (body.empty()) return refusal(Reason::wrong_envelope);
  if (body[0] == flag_compressed) return refusal(Reason::wrong_encoding);
  if (body[0] != 0 || body.size() < envelope_bytes) return refusal(Reason::malformed_message);
  std::uint32_t size = 0;
  for (std::size_t i = 1; i < envelope_bytes; ++i) {
    size = size << 8 | static_cast<std::uint8_t>(body[i]);
  }
  if (size > body.size() - envelope_bytes) return refusal(Reason::malformed_message);
  if (size < body.size() - envelope_bytes) return refusal(Reason::wrong_envelope);
  return body.substr(envelope_bytes);
}

HttpResponse write_response(const Framing& framing, const Answer& answer) {
  if (framing.is_stream) {
    HttpResponse response = stream_response(framing);
    response.body = enveloped(0, answer.body);
    response.next_cursor = answer.next_cursor;
    if (answer.next_cursor.empty()) response.body += enveloped(flag_end, "{}");
    return response;
  }
  HttpResponse response;
  response.content_type = framing.codec == Codec::proto ? "application/proto" : "application/json";
  response.body = answer.body;
  return response;
}

HttpResponse write_refusal(const Framing& framing, const Refusal& refusal) {
  const nlohmann::json error = error_json(refusal);
  const bool is_of_http =
      refusal.told == Reason::wrong_content_type || refusal.told == Reason::no_such_method;
  if (framing.is_stream && !is_of_http) {
    HttpResponse response = stream_response(framing);
    response.body = enveloped(flag_end, nlohmann::json{{"error", error}}.dump());
    return response;
  }
  HttpResponse response;
  response.status = status_of(refusal.told);
  response.content_type = "application/json";
  response.body = error.dump();
  if (refusal.told == Reason::wrong_content_type) {
    response.headers.emplace_back("Accept-Post", "application/proto, application/json");
  }
  if (refusal.told == Reason::wrong_encoding) {
    response.headers.emplace_back("Accept-Encoding", "identity");
  }
  return response;
}

}  // namespace sspf::rpc
