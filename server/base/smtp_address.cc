// SPDX-License-Identifier: Apache-2.0
#include "server/base/smtp_address.h"

#include <regex>

namespace sspf {

std::optional<SmtpAddress> SmtpAddress::parse(const std::string& text) {
  static const std::regex form(
      "(smtps?)://(?:([A-Za-z0-9.-]{1,253})|\\[([0-9A-Fa-f:.]{2,45})\\])(?::([1-9][0-9]{0,4}))?/?");
  std::smatch parts;
  if (text.size() > 300 || !std::regex_match(text, parts, form)) return std::nullopt;
  SmtpAddress address;
  address.is_tls = parts[1] == "smtps";
  address.host = parts[2].matched ? parts[2] : parts[3];
  address.port = parts[4].matched ? parts[4].str() : (address.is_tls ? "465" : "587");
  if (std::stoi(address.port) > 65535) return std::nullopt;
  return address;
}

bool SmtpAddress::is_this_machine() const {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

std::string SmtpAddress::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_tls ? "smtps://" : "smtp://") + (is_v6 ? "[" + host + "]" : host) + ":" + port;
}

bool is_mail_address(const std::string& text) {
  static const std::regex form("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");
  return text.size() <= 254 && std::regex_match(text, form);
}

}  // namespace sspf
