// SPDX-License-Identifier: Apache-2.0
#include "server/store/case_content.h"

#include "server/base/fault.h"

namespace sspf::store {

std::string_view column_of(v1::SubjectAccessSource source) {
  switch (source) {
    case v1::SUBJECT_ACCESS_SOURCE_IDENTITY:
      return "case_file.sealed_subject";
    case v1::SUBJECT_ACCESS_SOURCE_STATE_REASON:
      return "case_state_change.sealed_reason";
    case v1::SUBJECT_ACCESS_SOURCE_NOTE:
      return "note_version.sealed_text";
    case v1::SUBJECT_ACCESS_SOURCE_CONSENT:
      return "consent.sealed_content";
    case v1::SUBJECT_ACCESS_SOURCE_MINUTES:
      return "minutes.sealed_content";
    case v1::SUBJECT_ACCESS_SOURCE_GUEST:
      return "participant.sealed_name";
    case v1::SUBJECT_ACCESS_SOURCE_PLAN:
      return "plan_version.sealed_content";
    case v1::SUBJECT_ACCESS_SOURCE_COMMITMENT:
      return "commitment_version.sealed_content";
    case v1::SUBJECT_ACCESS_SOURCE_DISCLOSURE:
      return "disclosure.sealed_assessment";
    case v1::SUBJECT_ACCESS_SOURCE_DUTY_REQUEST:
      return "duty_request.sealed_question";
    case v1::SUBJECT_ACCESS_SOURCE_DUTY_ANSWER:
      return "duty_request.sealed_answer";
    case v1::SUBJECT_ACCESS_SOURCE_EMERGENCY_OPENING:
      return "emergency_opening.sealed_reason";
    case v1::SUBJECT_ACCESS_SOURCE_EMERGENCY_REVIEW:
      return "emergency_opening.sealed_comment";
    case v1::SUBJECT_ACCESS_SOURCE_BLOCK:
      return "case_block.sealed_reason";
    case v1::SUBJECT_ACCESS_SOURCE_LEGAL_HOLD:
      return "legal_hold.sealed_reason";
    case v1::SUBJECT_ACCESS_SOURCE_KEPT_FROM_DISPOSAL:
      return "disposal_item.sealed_reason";
    default:
      throw Fault("an extract names a source that is not known");
  }
}

}  // namespace sspf::store
