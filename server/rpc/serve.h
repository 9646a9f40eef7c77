// SPDX-License-Identifier: Apache-2.0
//
// serve(): the whole server, from bytes to bytes. Parse, authenticate, authorize, handle, audit;
// the batch's commit comes before any reply.
#pragma once

#include <vector>

#include "server/base/http.h"
#include "server/rpc/call.h"

namespace sspf::rpc {

// Answers the calls of one batch after one durable commit. If no event can be stored the whole
// batch is answered with `unavailable` and nothing is changed. Throws store::CommitUnknown when the
// outcome of the commit is unknown: the process must end without sending a reply.
std::vector<HttpResponse> serve_batch(Services& services, const std::vector<HttpRequest>& requests);

// The same refusal for every call, with nothing read or stored: for when no event can be stored at
// all.
std::vector<HttpResponse> refuse_batch(const std::vector<HttpRequest>& requests, Reason reason);

// Appends an event of the server's own, alone in a batch.
void record_own_act(Services& services, std::string_view act, std::uint32_t count);

}  // namespace sspf::rpc
