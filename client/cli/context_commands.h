// SPDX-License-Identifier: Apache-2.0
//
// `sspf context`: the servers that the user has enrolled with. None of these calls a server.
#pragma once

#include "client/cli/session.h"

namespace sspf::cli {

void list_contexts(const Session& session);
void use_context(const Session& session);
void show_context(const Session& session);
// Asks for the context's name first, unless --yes is given: the key cannot be had back.
void remove_context(const Session& session);

}  // namespace sspf::cli
