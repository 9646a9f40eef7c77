// SPDX-License-Identifier: Apache-2.0
//
// One small HTTP request of the server's own to another service, on the caller's thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/http.h"
#include "server/base/web_address.h"

namespace sspf::net {

struct Destination {
  WebAddress address;
  std::string ca_pem;  // empty: the machine's own authorities
};

struct Posted {
  std::string path;  // below that of the address: "/add-checkpoint"
  std::string body;
  std::chrono::milliseconds time_max;
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};  // beside those of every request
};

// The status, content type and body of the answer. Nothing when the service cannot be reached or
// does not prove to be itself, when no whole answer comes in time, or one above 16 KiB.
std::optional<HttpResponse> post(const Destination& destination, const Posted& posted);

}  // namespace sspf::net
