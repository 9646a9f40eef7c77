// SPDX-License-Identifier: Apache-2.0
//
// `sspf context`: the servers that the user has enrolled with. None of these calls a server.
#pragma once

#include "client/cli/session.h"

namespace sspf::cli {

void list_contexts(const Session& session);
void use_context(const Session& session);
void show_context(const Session& session);
// Takes another log for that of the context: the same server's, in a new epoch. The checkpoint of
// the log before is put aside, and a log that was left is not taken again.
void trust_log(const Session& session);
// Asks for the context's name first, unless --yes is given: the key cannot be had back.
void remove_context(const Session& session);

}  // namespace sspf::cli
