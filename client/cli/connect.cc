// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connect.h"

#include <array>
#include <nlohmann/json.hpp>

#include "client/cli/language.h"
#include "crypto/encoding.h"
#include "sspf/v1/options.pb.h"

namespace sspf::cli {
namespace {

using nlohmann::json;

constexpr std::size_t prefix_bytes = 5;
constexpr std::uint32_t message_bytes_max = 16 * 1024 * 1024;
constexpr unsigned flag_compressed = 0x01;
constexpr unsigned flag_end = 0x02;

Failure not_understood() {
  return transport_failure(tr("The server's answer cannot be understood."));
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Connect leaves the padding out; what is given with padding is taken too.
std::optional<crypto::Bytes> from_detail(std::string text) {
  while (text.size() % 4 != 0) text += '=';
  return crypto::from_base64(text);
}

std::optional<v1::ErrorInfo> info_in(const json& error) {
  const auto details = error.find("details");
  if (details == error.end() || !details->is_array()) return std::nullopt;
  for (const auto& detail : *details) {
    if (!detail.is_object() || text_at(detail, "type") != "sspf.v1.ErrorInfo") continue;
    const auto bytes = from_detail(text_at(detail, "value"));
    v1::ErrorInfo info;
    const bool is_read =
        bytes && info.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()));
    if (is_read) return info;
  }
  return std::nullopt;
}

struct CodeRow {
  std::string_view code;
  const char* text;
};

// When the server did not say more.
constexpr std::array<CodeRow, 10> texts{{
    {"invalid_argument", msg("The server does not accept the request.")},
    {"failed_precondition", msg("That cannot be done in the present state.")},
    {"unauthenticated", msg("You are not signed in.")},
    {"permission_denied", msg("You are not permitted to do this.")},
    {"not_found", msg("What you look for does not exist.")},
    {"already_exists", msg("It exists already.")},
    {"aborted", msg("Somebody else has changed this. Read it again and retry.")},
    {"resource_exhausted", msg("Too many calls in a short time. Wait a while.")},
    {"unavailable", msg("The server cannot answer now. Try again in a while.")},
    {"deadline_exceeded", msg("The server did not answer in time.")},
}};

std::string text_of_code(const std::string& code) {
  for (const auto& row : texts) {
    if (row.code == code) return tr(row.text);
  }
  return tr("The server failed.");
}

Failure refused_as(const json& error) {
  const std::string code = text_at(error, "code");
  if (code.empty()) return not_understood();
  Problem problem{exit_of(code), code, "", "", text_of_code(code)};
  if (const auto info = info_in(error)) {
    problem.reason = info->reason();
    problem.field = info->field();
    const auto& text = spoken() == Language::swedish ? info->text_swedish() : info->text_english();
    if (!text.empty()) problem.message = text;
  }
  return Failure(problem);
}

}  // namespace

std::string envelope(std::string_view message) {
  std::string bytes(1, '\0');
  const auto size = static_cast<std::uint32_t>(message.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    bytes += static_cast<char>(static_cast<std::uint8_t>(size >> shift));
  }
  return bytes.append(message);
}

std::optional<EnvelopeReader::Piece> EnvelopeReader::next() {
  if (buffer_.size() < prefix_bytes) return std::nullopt;
  std::uint32_t size = 0;
  for (std::size_t i = 1; i < prefix_bytes; ++i) {
    size = (size << 8U) | static_cast<std::uint8_t>(buffer_[i]);
  }
  const unsigned flags = static_cast<std::uint8_t>(buffer_[0]);
  if (size > message_bytes_max || (flags & flag_compressed) != 0) throw not_understood();
  if (buffer_.size() < prefix_bytes + size) return std::nullopt;
  Piece piece{(flags & flag_end) != 0, buffer_.substr(prefix_bytes, size)};
  buffer_.erase(0, prefix_bytes + size);
  return piece;
}

Failure refused(const std::string& error_json) {
  const json error = json::parse(error_json, nullptr, false);
  return error.is_object() ? refused_as(error) : not_understood();
}

Failure refused_by_status(int http_status) {
  switch (http_status) {  // Connect: "Error codes", for answers without an error of the protocol
    case 401:
      return refused_as(json{{"code", "unauthenticated"}});
    case 403:
      return refused_as(json{{"code", "permission_denied"}});
    case 404:
      return refused_as(json{{"code", "unimplemented"}});
    case 429:
    case 502:
    case 503:
    case 504:
      return refused_as(json{{"code", "unavailable"}});
    default:
      return not_understood();
  }
}

std::optional<Failure> end_of_stream(const std::string& end_json) {
  const json end = json::parse(end_json, nullptr, false);
  if (!end.is_object()) return not_understood();
  const auto error = end.find("error");
  if (error == end.end()) return std::nullopt;
  return error->is_object() ? refused_as(*error) : not_understood();
}

}  // namespace sspf::cli
