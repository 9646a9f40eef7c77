// SPDX-License-Identifier: Apache-2.0
//
// Any body to any method, from the coordinator: there is an answer of a known status, one event,
// and no fault. The first byte names the method, the second the codec; the rest is the body.
#include "server/rpc/methods.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/cast.h"

namespace sspf::test {
namespace {

constexpr std::array<const char*, 4> content_types{"application/proto", "application/json",
                                                   "application/connect+proto",
                                                   "application/connect+json"};

HttpRequest request_of(std::string_view input, const Account& caller) {
  const auto methods = rpc::methods();
  HttpRequest http;
  http.path = methods[static_cast<unsigned char>(input[0]) % methods.size()].path;
  http.content_type = content_types.at(static_cast<unsigned char>(input[1]) % content_types.size());
  http.body = input.substr(2);
  http.peer_address = "127.0.0.1";
  http.certificate = caller.certificate;
  return http;
}

}  // namespace

void fuzz(std::string_view input) {
  // Lives as long as the program: to make an installation takes longer than a thousand calls.
  static TestServer server;
  static const Cast cast(server);
  if (input.size() < 2) return;
  const std::uint64_t before = server.event_count();
  const HttpResponse response = server.raw(request_of(input, cast.coordinator_tyr));
  ENSURE(server.event_count() == before + 1);
  ENSURE(response.status != 500 && response.body.find("\"internal\"") == std::string::npos);
  ENSURE(response.status == 200 || (response.status >= 400 && response.status < 505));
}

}  // namespace sspf::test
