// SPDX-License-Identifier: Apache-2.0
//
// Every act that needs leave, what it is done to, and whether it changes anything. One row each;
// the names are those of the RPCs.
#pragma once

#include <cstdint>
#include <string_view>

namespace sspf::access {

class Nothing;
class Enrolment;
class Directory;
class MunicipalityAccess;
class AccountAccess;
class CaseAccess;
class CaseList;
class EmergencyAccess;
class MeetingAccess;
class MeetingList;
class LogAccess;
class QuietCases;
class Destruction;
class ReviewAccess;
class Sampling;
class OwnEnquiries;
class LogDetails;
class DetailsErasure;

enum class Effect : std::uint8_t {
  reads,
  writes,  // carries a request_id and is idempotent
  enrols,  // writes once, without one: the enrolment code is single use
};

// Who may do it, where the target lies (trust.md 2). The reads that name `account` show each caller
// only what that caller may see.
enum class Requirement : std::uint8_t {
  enrolment_code,                // nobody signed in: the code stands for the account
  account,                       // every account that is not suspended
  participant,                   // whoever may enter the case or the meeting
  coordinator,                   // coordinator in the target's municipality
  coordinator_or_administrator,  // likewise, or administrator there
  coordinator_or_auditor,        // likewise, or auditor there
  administrator,                 // administrator of what the target lies in
  administrator_or_auditor,      // likewise, or auditor there
  administrator_of_another,      // likewise, and the target is not the caller's own account
  installation_administrator,    // administrator of the whole installation
  auditor,                       // auditor of the target's municipality; of the log, of any
  installation_auditor,          // auditor of the whole installation
};

// X(action, target, effect, requirement): the authorization matrix. The target is the type of what
// the permit opens (access/*.h).
#define SSPF_ACTIONS(X)                                                               \
  X(enroll, Enrolment, enrols, enrolment_code)                                        \
  X(renew, Nothing, writes, account)                                                  \
  X(who_am_i, Nothing, reads, account)                                                \
  X(create_municipality, Directory, writes, installation_administrator)               \
  X(list_municipalities, Directory, reads, account)                                   \
  X(create_agency, Directory, writes, installation_administrator)                     \
  X(update_agency, Directory, writes, installation_administrator)                     \
  X(list_agencies, Directory, reads, account)                                         \
  X(get_processing_register, MunicipalityAccess, reads, administrator_or_auditor)     \
  X(create_account, Directory, writes, administrator)                                 \
  X(list_accounts, Directory, reads, coordinator_or_administrator)                    \
  X(get_account, AccountAccess, reads, administrator)                                 \
  X(set_roles, AccountAccess, writes, administrator_of_another)                       \
  X(suspend_account, AccountAccess, writes, administrator_of_another)                 \
  X(reinstate_account, AccountAccess, writes, administrator)                          \
  X(issue_enrolment_code, AccountAccess, writes, administrator_of_another)            \
  X(list_certificates, AccountAccess, reads, administrator)                           \
  X(revoke_certificate, AccountAccess, writes, administrator)                         \
  X(create_case, MunicipalityAccess, writes, coordinator)                             \
  X(list_cases, CaseList, reads, account)                                             \
  X(get_case, CaseAccess, reads, participant)                                         \
  X(find_case, CaseList, reads, coordinator)                                          \
  X(advance_case, CaseAccess, writes, coordinator)                                    \
  X(assign_account, CaseAccess, writes, coordinator)                                  \
  X(unassign_account, CaseAccess, writes, coordinator)                                \
  X(list_assignments, CaseAccess, reads, coordinator)                                 \
  X(add_note, CaseAccess, writes, participant)                                        \
  X(list_notes, CaseAccess, reads, participant)                                       \
  X(correct_note, CaseAccess, writes, participant)                                    \
  X(list_note_versions, CaseAccess, reads, participant)                               \
  X(record_consent, CaseAccess, writes, coordinator)                                  \
  X(list_consents, CaseAccess, reads, coordinator)                                    \
  X(revoke_consent, CaseAccess, writes, coordinator)                                  \
  X(set_signature_rules, MunicipalityAccess, writes, administrator)                   \
  X(list_signature_rules, MunicipalityAccess, reads, coordinator_or_administrator)    \
  X(list_bases, MunicipalityAccess, reads, coordinator_or_administrator)              \
  X(add_basis, Directory, writes, installation_administrator)                         \
  X(end_basis, Directory, writes, installation_administrator)                         \
  X(decide_basis, MunicipalityAccess, writes, administrator)                          \
  X(explain_access, CaseAccess, reads, participant)                                   \
  X(record_disclosure, CaseAccess, writes, participant)                               \
  X(list_disclosures, CaseAccess, reads, participant)                                 \
  X(list_shown_items, CaseAccess, reads, participant)                                 \
  X(register_duty_request, CaseAccess, writes, participant)                           \
  X(answer_duty_request, CaseAccess, writes, participant)                             \
  X(list_duty_requests, CaseAccess, reads, participant)                               \
  X(protect_identity, CaseAccess, writes, coordinator)                                \
  X(unprotect_identity, CaseAccess, writes, coordinator)                              \
  X(add_handler, CaseAccess, writes, coordinator)                                     \
  X(remove_handler, CaseAccess, writes, coordinator)                                  \
  X(get_protection, CaseAccess, reads, coordinator)                                   \
  X(block_account, CaseAccess, writes, coordinator)                                   \
  X(unblock_account, CaseAccess, writes, coordinator)                                 \
  X(list_blocks, CaseAccess, reads, coordinator)                                      \
  X(open_in_emergency, EmergencyAccess, writes, account)                              \
  X(list_openings, CaseAccess, reads, coordinator)                                    \
  X(review_opening, CaseAccess, writes, coordinator)                                  \
  X(create_meeting, MunicipalityAccess, writes, coordinator)                          \
  X(list_meetings, MeetingList, reads, account)                                       \
  X(get_meeting, MeetingAccess, reads, participant)                                   \
  X(open_meeting, MeetingAccess, writes, coordinator)                                 \
  X(close_meeting, MeetingAccess, writes, coordinator)                                \
  X(add_participant, MeetingAccess, writes, coordinator)                              \
  X(list_participants, MeetingAccess, reads, participant)                             \
  X(get_agenda_template, MunicipalityAccess, reads, coordinator_or_administrator)     \
  X(update_agenda_template, MunicipalityAccess, writes, coordinator_or_administrator) \
  X(list_agenda, MeetingAccess, reads, participant)                                   \
  X(add_agenda_item, MeetingAccess, writes, coordinator)                              \
  X(move_agenda_item, MeetingAccess, writes, coordinator)                             \
  X(remove_agenda_item, MeetingAccess, writes, coordinator)                           \
  X(record_minutes, MeetingAccess, writes, coordinator)                               \
  X(record_attendance, MeetingAccess, writes, coordinator)                            \
  X(list_attendance, MeetingAccess, reads, participant)                               \
  X(create_plan, CaseAccess, writes, coordinator)                                     \
  X(revise_plan, CaseAccess, writes, coordinator)                                     \
  X(get_plan, CaseAccess, reads, participant)                                         \
  X(list_plan_versions, CaseAccess, reads, participant)                               \
  X(add_commitment, CaseAccess, writes, participant)                                  \
  X(change_commitment, CaseAccess, writes, participant)                               \
  X(log_progress, CaseAccess, writes, participant)                                    \
  X(list_commitments, CaseList, reads, account)                                       \
  X(get_commitment, CaseAccess, reads, participant)                                   \
  X(set_retention_rule, MunicipalityAccess, writes, administrator)                    \
  X(list_retention_rules, MunicipalityAccess, reads, coordinator_or_administrator)    \
  X(get_retention, CaseAccess, reads, coordinator)                                    \
  X(set_legal_hold, CaseAccess, writes, coordinator)                                  \
  X(lift_legal_hold, CaseAccess, writes, coordinator)                                 \
  X(create_disposal_list, QuietCases, writes, coordinator)                            \
  X(list_disposal_lists, MunicipalityAccess, reads, coordinator_or_administrator)     \
  X(get_disposal_list, MunicipalityAccess, reads, coordinator_or_administrator)       \
  X(review_disposal_item, CaseAccess, writes, coordinator)                            \
  X(execute_disposal, Destruction, writes, coordinator_or_administrator)              \
  X(open_subject_access, CaseAccess, writes, coordinator)                             \
  X(list_subject_accesses, CaseAccess, reads, coordinator)                            \
  X(list_subject_access_entries, CaseAccess, reads, participant)                      \
  X(decide_subject_access_entry, CaseAccess, writes, participant)                     \
  X(close_subject_access, CaseAccess, writes, coordinator)                            \
  X(export_subject_access, CaseAccess, reads, coordinator)                            \
  X(open_campaign, ReviewAccess, writes, auditor)                                     \
  X(list_campaigns, ReviewAccess, reads, auditor)                                     \
  X(draw_sample, Sampling, writes, auditor)                                           \
  X(list_review_items, ReviewAccess, reads, auditor)                                  \
  X(get_review_item, ReviewAccess, reads, auditor)                                    \
  X(record_verdict, ReviewAccess, writes, auditor)                                    \
  X(ask_explanation, ReviewAccess, writes, auditor)                                   \
  X(list_enquiries, OwnEnquiries, reads, account)                                     \
  X(answer_explanation, OwnEnquiries, writes, account)                                \
  X(escalate, ReviewAccess, writes, auditor)                                          \
  X(sign_off, ReviewAccess, writes, auditor)                                          \
  X(get_review_report, ReviewAccess, reads, auditor)                                  \
  X(request_reidentification, ReviewAccess, writes, auditor)                          \
  X(list_reidentifications, ReviewAccess, reads, auditor)                             \
  X(approve_reidentification, ReviewAccess, writes, auditor)                          \
  X(show_reidentified, ReviewAccess, writes, auditor)                                 \
  X(set_review_rule, ReviewAccess, writes, auditor)                                   \
  X(list_review_rules, ReviewAccess, reads, auditor)                                  \
  X(list_alerts, LogAccess, reads, auditor)                                           \
  X(get_alert, LogAccess, reads, auditor)                                             \
  X(acknowledge_alert, LogAccess, writes, auditor)                                    \
  X(list_alert_rules, ReviewAccess, reads, auditor)                                   \
  X(set_alert_rule, ReviewAccess, writes, auditor)                                    \
  X(list_decoys, ReviewAccess, reads, auditor)                                        \
  X(add_decoy, ReviewAccess, writes, auditor)                                         \
  X(remove_decoy, ReviewAccess, writes, auditor)                                      \
  X(list_case_readers, CaseAccess, reads, coordinator)                                \
  X(get_tertial_report, MunicipalityAccess, reads, coordinator_or_auditor)            \
  X(record_incident_export, ReviewAccess, writes, auditor)                            \
  X(list_incident_exports, ReviewAccess, reads, auditor)                              \
  X(get_audit_details, LogDetails, reads, auditor)                                    \
  X(request_details_erasure, DetailsErasure, writes, auditor)                         \
  X(list_details_erasures, DetailsErasure, reads, auditor)                            \
  X(approve_details_erasure, DetailsErasure, writes, auditor)                         \
  X(list_events, LogAccess, reads, auditor)                                           \
  X(export_events, LogAccess, reads, installation_auditor)                            \
  X(get_checkpoint, Nothing, reads, account)                                          \
  X(get_inclusion_proof, LogAccess, reads, auditor)                                   \
  X(get_consistency_proof, Nothing, reads, account)

enum class Action : std::uint8_t {
#define X(action, target, effect, requirement) action,
  SSPF_ACTIONS(X)
#undef X
};

template <Action A>
struct ActionTraits;

#define X(action, target, action_effect, action_requirement)                    \
  template <>                                                                   \
  struct ActionTraits<Action::action> {                                         \
    using Target = target;                                                      \
    static constexpr Effect effect = Effect::action_effect;                     \
    static constexpr Requirement requirement = Requirement::action_requirement; \
    static constexpr std::string_view name = #action;                           \
  };
SSPF_ACTIONS(X)
#undef X

}  // namespace sspf::access
