// SPDX-License-Identifier: Apache-2.0
//
// The address of a service that the server itself asks over HTTP: plain on this machine, and with
// TLS anywhere else.
#pragma once

#include <optional>
#include <string>

namespace sspf {

struct WebAddress {
  bool is_tls = true;
  std::string host;  // a name, or an IP address without brackets
  std::string port;
  std::string path;  // empty, or "/prefix" without a slash at its end

  // "https://host[:port][/prefix]"; "http://" only with 127.0.0.1, [::1] or localhost. Nothing for
  // anything else: no user, query, fragment or escape.
  static std::optional<WebAddress> parse(const std::string& text);

  std::string text() const;
};

}  // namespace sspf
