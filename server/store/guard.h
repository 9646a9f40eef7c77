// SPDX-License-Identifier: Apache-2.0
//
// SQLite's authorizer callback: what no statement of ours may do once the server runs.
#pragma once

namespace sspf::store {

// Denies UPDATE and DELETE on the audit tables (details excepted: they are erasable), on log_epoch
// and on attendance, and ATTACH, DETACH, PRAGMA, CREATE, DROP and ALTER of anything. `may_dispose`
// points to a bool: whether attendance may be deleted all the same (LeaveToDispose).
int authorize_statement(void* may_dispose, int action, const char* first, const char* second,
                        const char* database, const char* trigger);

}  // namespace sspf::store
