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

Result<Done> check_green(const store::CommitmentRow& commitment, v1::CommitmentStatus status,
                         const std::string& today) {
  if (status == v1::COMMITMENT_STATUS_PARTLY_DONE || status == v1::COMMITMENT_STATUS_NOT_DONE) {
    return refusal(Reason::not_done_means_off_plan, "rag");
  }
  if (is_off_plan(commitment, status, today)) return refusal(Reason::green_means_on_plan, "rag");
  return Done();
}

Result<Done> check_yellow(v1::CommitmentStatus status) {
  if (status == v1::COMMITMENT_STATUS_NOT_STARTED) {
    return refusal(Reason::yellow_means_started, "rag");
  }
  if (status == v1::COMMITMENT_STATUS_DONE) return refusal(Reason::done_means_green, "rag");
  return Done();
}

Result<Done> check_red(const store::CommitmentRow& commitment, v1::CommitmentStatus status,
                       const std::string& today) {
  // What is withdrawn may keep the colour that it had.
  if (status == v1::COMMITMENT_STATUS_WITHDRAWN && commitment.rag == v1::RAG_STATUS_RED) {
    return Done();
  }
  if (status != v1::COMMITMENT_STATUS_NOT_STARTED && status != v1::COMMITMENT_STATUS_NOT_DONE) {
    return refusal(Reason::red_means_not_started, "rag");
  }
  if (today < commitment.start_date) return refusal(Reason::red_before_start, "rag");
  return Done();
}

}  // namespace

bool is_ended(v1::CommitmentStatus status) {
  return status != v1::COMMITMENT_STATUS_NOT_STARTED && status != v1::COMMITMENT_STATUS_STARTED;
}

bool is_overdue(const store::CommitmentRow& commitment, const std::string& today) {
  return commitment.due_date < today && !is_ended(commitment.status);
}

Result<Done> check_progress(const store::CommitmentRow& commitment,
                            const v1::LogProgressRequest& progress, const std::string& today) {
  if (is_ended(commitment.status)) return refusal(Reason::commitment_ended);
  if (commitment.status == v1::COMMITMENT_STATUS_STARTED &&
      progress.status() == v1::COMMITMENT_STATUS_NOT_STARTED) {
    return refusal(Reason::started_already, "status");
  }
  if (progress.rag() == v1::RAG_STATUS_GREEN) {
    return check_green(commitment, progress.status(), today);
  }
  if (progress.rag() == v1::RAG_STATUS_RED) TRY(check_red(commitment, progress.status(), today));
  if (progress.rag() == v1::RAG_STATUS_YELLOW) TRY(check_yellow(progress.status()));
  if (is_blank(progress.cause())) return refusal(Reason::missing, "cause");
  if (is_blank(progress.measures())) return refusal(Reason::missing, "measures");
  return Done();
}

}  // namespace sspf::handlers
