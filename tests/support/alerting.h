// SPDX-License-Identifier: Apache-2.0
//
// Tyresö under the watch that raises alerts, as TYR's auditor unless another account is named. The
// watch looks when it is told to. Throws std::runtime_error when a step that sets up is refused.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/alert_watch.h"
#include "sspf/v1/alert.pb.h"
#include "tests/support/caseload.h"

namespace sspf::test {

template <typename Request>
Request alerts_of_tyr() {
  Request request;
  request.set_municipality_code("TYR");
  return request;
}

struct Alerting {
  Alerting();

  Caseload load;
  TestServer& server = load.server;
  const Cast& cast = load.cast;
  Account auditor = load.cast.auditor_tyr;
  std::unique_ptr<AlertWatch> watch;

  // Until there is nothing left to look at.
  void look();
  // The server stops, and starts again.
  void restart();

  // The newest first.
  std::vector<v1::Alert> alerts(const Account& caller);
  // Looks, and tells of every alert "kind municipality account count", the oldest first.
  std::vector<std::string> told();
  void set_rule(v1::AlertKind kind, std::uint32_t threshold, std::uint32_t minutes);
  void disable(v1::AlertKind kind);
  // How the log names a case.
  std::string case_ref(const std::string& number);
  void add_decoy(const std::string& number);

  std::string read(const Account& caller, const std::string& number);
  void fail_to_read(const Account& caller, int times);

  // "allowed", "dry run", or "refused told for cause": what the call's one event says.
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);
};

}  // namespace sspf::test
