// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/progress.h"

#include "server/base/blank.h"

namespace sspf::handlers {
namespace {

bool is_off_plan(const store::CommitmentRow& commitment, v1::CommitmentStatus status,
                 const std::string& today) {
  if (is_ended(status)) return false;
  const bool late_start =
      status == v1::COMMITMENT_STATUS_NOT_STARTED && commitment.start_date < today;
  return late_start || commitment.due_date < today;
}

}  // namespace

bool is_ended(v1::CommitmentStatus status) {
  return status != v1::COMMITMENT_STATUS_NOT_STARTED && status != v1::COMMITMENT_STATUS_STARTED;
}

bool is_overdue(const store::CommitmentRow& commitment, const std::string& today) {
  return commitment.due_date < today && !is_ended(commitment.status);
}

v1::RagStatus first_colour(const std::string& start_date, const std::string& today) {
  return start_date < today ? v1::RAG_STATUS_RED : v1::RAG_STATUS_GREEN;
}

Result<Done> check_progress(const store::CommitmentRow& commitment,
                            const v1::LogProgressRequest& progress, const std::string& today) {
  if (is_ended(commitment.status)) return refusal(Reason::commitment_ended);
  const v1::RagStatus rag = progress.rag();
  const bool started = progress.status() != v1::COMMITMENT_STATUS_NOT_STARTED;
  if (rag == v1::RAG_STATUS_RED && started) return refusal(Reason::red_means_not_started, "rag");
  if (rag == v1::RAG_STATUS_YELLOW && !started) {
    return refusal(Reason::yellow_means_started, "rag");
  }
  if (rag == v1::RAG_STATUS_GREEN) {
    if (is_off_plan(commitment, progress.status(), today)) {
      return refusal(Reason::green_means_on_plan, "rag");
    }
    return Done();
  }
  if (progress.status() == v1::COMMITMENT_STATUS_DONE) {
    return refusal(Reason::done_means_green, "rag");
  }
  if (is_blank(progress.cause())) return refusal(Reason::missing, "cause");
  if (is_blank(progress.measures())) return refusal(Reason::missing, "measures");
  return Done();
}

}  // namespace sspf::handlers
