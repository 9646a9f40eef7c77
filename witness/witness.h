// SPDX-License-Identifier: Apache-2.0
//
// The one act of a witness: to cosign a checkpoint that contains all that it has cosigned of the
// same log before (c2sp.org/tlog-witness).
#pragma once

#include <string>

#include "server/base/clock.h"
#include "server/base/http.h"
#include "witness/state.h"

namespace sspf::witness {

// 200 with the cosignature, once the checkpoint is durable as the latest; 400 for a malformed
// request or an old size above the checkpoint's; 403 without a signature of the log; 404 for a log
// that is not watched; 409 with the latest size when that is not the old size, or when the root at
// the same size is another; 422 when the proof does not hold. Throws what State::advance() does.
// One call at a time: nothing comes between the comparison and the record.
HttpResponse add_checkpoint(State& state, const Clock& clock, const std::string& body);

}  // namespace sspf::witness
