// SPDX-License-Identifier: Apache-2.0
//
// What a follow-up of a commitment may say: the rules of status and colour, as pure functions of
// the commitment, the follow-up and the day (domain.md 5).
#pragma once

#include <string>

#include "server/base/result.h"
#include "server/store/commitments.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::handlers {

// Done, partly done, not done or withdrawn: nothing more can be written of it.
bool is_ended(v1::CommitmentStatus status);

// Past its due date and not ended.
bool is_overdue(const store::CommitmentRow& commitment, const std::string& today);

// Refuses, in this order:
//   commitment_ended                   it had ended already
//   started_already           status   not started, of one that is started
//   not_done_means_off_plan      rag   green, and not done or partly done
//   green_means_on_plan          rag   green, not ended, and past its due date
//   green_means_on_plan          rag   green, not started, and past its start date
//   red_means_not_started        rag   red with another status than not started or not done; but
//                                      what was red may be withdrawn as red
//   red_before_start             rag   red before its start date
//   yellow_means_started         rag   yellow, not started
//   done_means_green             rag   yellow, and done
//   missing          cause, measures   yellow or red without them
Result<Done> check_progress(const store::CommitmentRow& commitment,
                            const v1::LogProgressRequest& progress, const std::string& today);

}  // namespace sspf::handlers
