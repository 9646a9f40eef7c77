// SPDX-License-Identifier: Apache-2.0
#include "server/base/web_address.h"

#include <regex>

namespace sspf {
namespace {

bool is_port(const std::string& digits) {
  if (digits.empty() || digits.size() > 5) return false;
  const int number = std::stoi(digits);
  return digits.front() != '0' && number <= 65535;
}

bool is_this_machine(const std::string& host) {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

}  // namespace

std::optional<WebAddress> WebAddress::parse(const std::string& text) {
  static const std::regex form(
      "(https?)://(?:([A-Za-z0-9.-]{1,253})|\\[([0-9A-Fa-f:.]{2,45})\\])(?::([0-9]+))?"
      "((?:/[A-Za-z0-9._~-]+)*)/?");
  std::smatch parts;
  if (text.size() > 500 || !std::regex_match(text, parts, form)) return std::nullopt;
  WebAddress address;
  address.is_tls = parts[1] == "https";
  address.host = parts[2].matched ? parts[2] : parts[3];
  address.port = parts[4].matched ? parts[4].str() : (address.is_tls ? "443" : "80");
  address.path = parts[5];
  if (!is_port(address.port) || address.path.find("..") != std::string::npos) return std::nullopt;
  if (!address.is_tls && !is_this_machine(address.host)) return std::nullopt;
  return address;
}

std::string WebAddress::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_tls ? "https://" : "http://") + (is_v6 ? "[" + host + "]" : host) + ":" + port + path;
}

}  // namespace sspf
