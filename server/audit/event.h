// SPDX-License-Identifier: Apache-2.0
//
// One call as an audit event: ids, codes and digests, no content (trust.md 4).
#pragma once

#include <optional>
#include <string_view>

#include "server/access/caller.h"
#include "server/access/tally.h"
#include "server/base/http.h"
#include "server/base/result.h"
#include "server/store/audit_log.h"

namespace sspf::audit {

struct Described {
  std::string_view rpc;  // "sspf.v1.CaseService/GetCase"; "unknown" for a path that names no RPC
  const HttpRequest& http;
  const access::Caller* caller;  // null when nobody was authenticated
  const access::Tally& tally;
  v1::Outcome outcome;
  const Refusal* refusal;  // null unless refused or failed
};

store::EventDraft describe(const Described& call);

// The server's own acts: "server/start", "server/stop", "server/requests_refused" with a count,
// "server/witness_silent", "server/alert".
store::EventDraft describe_own_act(std::string_view act, std::uint32_t count);

}  // namespace sspf::audit
