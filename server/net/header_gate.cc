// SPDX-License-Identifier: Apache-2.0
#include "server/net/header_gate.h"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <iterator>

#include "server/base/limits.h"

namespace sspf::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using http::field;

constexpr HeaderRefusal malformed_header{
    400, "Begäran är inte giltig HTTP/1.1. / The request is not valid HTTP/1.1."};
constexpr HeaderRefusal ambiguous{
    400,
    "Begärans längd eller mottagare är inte entydig. / The request's length or recipient is "
    "ambiguous."};
constexpr HeaderRefusal repeated{
    400, "Ett huvudfält förekommer två gånger. / A header field is given twice."};
constexpr HeaderRefusal upgrade_refused{
    400, "Byte av protokoll stöds inte. / A change of protocol is not supported."};
constexpr HeaderRefusal trailer_refused{400, "Trailers stöds inte. / Trailers are not supported."};
constexpr HeaderRefusal wrong_target{
    400, "Adressen är inte en enkel sökväg. / The target is not a plain path."};
constexpr HeaderRefusal wrong_method{405, "Bara POST stöds här. / Only POST is supported here."};
constexpr HeaderRefusal unknown_expectation{417,
                                            "Okänt värde i Expect. / Unknown value in Expect."};
constexpr HeaderRefusal too_many_fields{431, "För många huvudfält. / Too many header fields."};
constexpr HeaderRefusal version_not_spoken{505,
                                           "Bara HTTP/1.1 stöds. / Only HTTP/1.1 is supported."};

std::size_t count_of(const RequestHeader& header, field name) {
  const auto range = header.equal_range(name);
  return static_cast<std::size_t>(std::distance(range.first, range.second));
}

bool is_decimal(beast::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_ambiguous(const RequestHeader& header) {
  if (count_of(header, field::host) != 1 || header[field::host].empty()) return true;
  const auto lengths = count_of(header, field::content_length);
  const auto encodings = count_of(header, field::transfer_encoding);
  if (lengths + encodings > 1) return true;
  if (lengths == 1 && !is_decimal(header[field::content_length])) return true;
  return encodings == 1 && !beast::iequals(header[field::transfer_encoding], "chunked");
}

// The fields that a call is decided by; a later reader could take the other one.
bool repeats_single_field(const RequestHeader& header) {
  constexpr std::array single{field::content_type, field::content_encoding, field::expect,
                              field::user_agent};
  const auto is_repeated = [&header](field name) { return count_of(header, name) > 1; };
  if (std::any_of(single.begin(), single.end(), is_repeated)) return true;
  constexpr beast::string_view prefix = "connect-";
  return std::any_of(header.begin(), header.end(), [&](const auto& entry) {
    const auto name = entry.name_string();
    if (name.size() < prefix.size()) return false;
    if (!beast::iequals(name.substr(0, prefix.size()), prefix)) return false;
    const auto range = header.equal_range(name);
    return std::distance(range.first, range.second) > 1;
  });
}

// Data never travels in an address, so neither a query nor an escape has a use.
bool is_plain_path(std::string_view target) {
  if (target.empty() || target.front() != '/') return false;
  const auto is_allowed = [](char c) {
    return c > ' ' && c <= '~' && c != '%' && c != '?' && c != '#' && c != '\\';
  };
  return std::all_of(target.begin(), target.end(), is_allowed) &&
         target.find("//") == std::string_view::npos && target.find("..") == std::string_view::npos;
}

}  // namespace

std::optional<HeaderRefusal> refuse_bytes(std::string_view block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const char c = block[i];
    const bool starts_line = i == 0 || block[i - 1] == '\n';
    if (starts_line && (c == ' ' || c == '\t')) return malformed_header;
    if (c == '\n' && (i == 0 || block[i - 1] != '\r')) return malformed_header;
    if (c != '\n' && i > 0 && block[i - 1] == '\r') return malformed_header;
    const bool is_allowed = (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n';
    if (!is_allowed) return malformed_header;
  }
  return std::nullopt;
}

std::optional<HeaderRefusal> refuse_header(const RequestHeader& header) {
  if (header.version() != 11) return version_not_spoken;
  const auto fields = static_cast<std::size_t>(std::distance(header.begin(), header.end()));
  if (fields > limits::header_fields_max) return too_many_fields;
  if (is_ambiguous(header)) return ambiguous;
  if (repeats_single_field(header)) return repeated;
  if (count_of(header, field::upgrade) > 0) return upgrade_refused;
  if (count_of(header, field::trailer) > 0) return trailer_refused;
  if (count_of(header, field::expect) > 0 &&
      !beast::iequals(header[field::expect], "100-continue")) {
    return unknown_expectation;
  }
  if (header.method() == http::verb::connect) return wrong_target;
  if (header.method() != http::verb::post) return wrong_method;
  const auto target = header.target();
  if (!is_plain_path({target.data(), target.size()})) return wrong_target;
  return std::nullopt;
}

}  // namespace sspf::net
