// SPDX-License-Identifier: Apache-2.0
//
// SQLite's authorizer callback: what no statement of ours may do once the server runs.
#pragma once

namespace sspf::store {

// Denies UPDATE and DELETE on the audit tables (details excepted: they are erasable) and on
// attendance, and ATTACH, DETACH, PRAGMA, CREATE, DROP and ALTER of anything.
int authorize_statement(void* context, int action, const char* first, const char* second,
                        const char* database, const char* trigger);

}  // namespace sspf::store
