// SPDX-License-Identifier: Apache-2.0
//
// Where the server's own mail is handed in.
#pragma once

#include <optional>
#include <string>

namespace sspf {

struct SmtpAddress {
  bool is_tls = false;  // from the first byte (smtps); otherwise by STARTTLS
  std::string host;     // a name, or an IP address without brackets
  std::string port;

  // "smtp://host[:port]" or "smtps://host[:port]"; nothing for anything else.
  static std::optional<SmtpAddress> parse(const std::string& text);

  bool is_this_machine() const;
  std::string text() const;
};

// A plain address of mail, "larm@kommun.example": no name beside it, no quotes.
bool is_mail_address(const std::string& text);

}  // namespace sspf
