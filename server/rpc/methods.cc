// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/methods.h"

#include <algorithm>
#include <array>

#include "server/handlers/accounts.h"
#include "server/handlers/agenda.h"
#include "server/handlers/alerts.h"
#include "server/handlers/attendance.h"
#include "server/handlers/audit.h"
#include "server/handlers/audit_details.h"
#include "server/handlers/bases.h"
#include "server/handlers/case_readers.h"
#include "server/handlers/cases.h"
#include "server/handlers/commitments.h"
#include "server/handlers/consents.h"
#include "server/handlers/disclosures.h"
#include "server/handlers/disposal.h"
#include "server/handlers/emergency.h"
#include "server/handlers/incidents.h"
#include "server/handlers/meetings.h"
#include "server/handlers/notes.h"
#include "server/handlers/plans.h"
#include "server/handlers/processing_register.h"
#include "server/handlers/protection.h"
#include "server/handlers/reidentification.h"
#include "server/handlers/retention.h"
#include "server/handlers/reviews.h"
#include "server/handlers/signature_rules.h"
#include "server/handlers/subject_access.h"
#include "server/handlers/tertial_report.h"

namespace sspf::rpc {
namespace {

using namespace handlers;  // the rows read as a table

constexpr std::array table{
    method<&create_municipality>("/sspf.v1.MunicipalityService/CreateMunicipality"),
    method<&list_municipalities>("/sspf.v1.MunicipalityService/ListMunicipalities"),
    method<&create_agency>("/sspf.v1.AgencyService/CreateAgency"),
    method<&update_agency>("/sspf.v1.AgencyService/UpdateAgency"),
    method<&list_agencies>("/sspf.v1.AgencyService/ListAgencies"),
    method<&get_processing_register>("/sspf.v1.ProcessingRegisterService/GetProcessingRegister"),
    method<&enroll>("/sspf.v1.AccountService/Enroll"),
    method<&renew>("/sspf.v1.AccountService/Renew"),
    method<&who_am_i>("/sspf.v1.AccountService/WhoAmI"),
    method<&create_account>("/sspf.v1.AccountService/CreateAccount"),
    method<&list_accounts>("/sspf.v1.AccountService/ListAccounts"),
    method<&get_account>("/sspf.v1.AccountService/GetAccount"),
    method<&set_roles>("/sspf.v1.AccountService/SetRoles"),
    method<&suspend_account>("/sspf.v1.AccountService/SuspendAccount"),
    method<&reinstate_account>("/sspf.v1.AccountService/ReinstateAccount"),
    method<&issue_enrolment_code>("/sspf.v1.AccountService/IssueEnrolmentCode"),
    method<&list_certificates>("/sspf.v1.AccountService/ListCertificates"),
    method<&revoke_certificate>("/sspf.v1.AccountService/RevokeCertificate"),
    method<&create_case>("/sspf.v1.CaseService/CreateCase"),
    method<&list_cases>("/sspf.v1.CaseService/ListCases"),
    method<&get_case>("/sspf.v1.CaseService/GetCase"),
    method<&find_case>("/sspf.v1.CaseService/FindCase"),
    method<&advance_case>("/sspf.v1.CaseService/AdvanceCase"),
    method<&assign_account>("/sspf.v1.CaseService/AssignAccount"),
    method<&unassign_account>("/sspf.v1.CaseService/UnassignAccount"),
    method<&list_assignments>("/sspf.v1.CaseService/ListAssignments"),
    method<&add_note>("/sspf.v1.CaseService/AddNote"),
    method<&list_notes>("/sspf.v1.CaseService/ListNotes"),
    method<&correct_note>("/sspf.v1.CaseService/CorrectNote"),
    method<&list_note_versions>("/sspf.v1.CaseService/ListNoteVersions"),
    method<&record_consent>("/sspf.v1.ConsentService/RecordConsent"),
    method<&list_consents>("/sspf.v1.ConsentService/ListConsents"),
    method<&revoke_consent>("/sspf.v1.ConsentService/RevokeConsent"),
    method<&set_signature_rules>("/sspf.v1.ConsentService/SetSignatureRules"),
    method<&list_signature_rules>("/sspf.v1.ConsentService/ListSignatureRules"),
    method<&list_bases>("/sspf.v1.BasisService/ListBases"),
    method<&add_basis>("/sspf.v1.BasisService/AddBasis"),
    method<&end_basis>("/sspf.v1.BasisService/EndBasis"),
    method<&decide_basis>("/sspf.v1.BasisService/DecideBasis"),
    method<&explain_access>("/sspf.v1.BasisService/ExplainAccess"),
    method<&record_disclosure>("/sspf.v1.DisclosureService/RecordDisclosure"),
    method<&list_disclosures>("/sspf.v1.DisclosureService/ListDisclosures"),
    method<&list_shown_items>("/sspf.v1.DisclosureService/ListShownItems"),
    method<&register_duty_request>("/sspf.v1.DutyService/RegisterDutyRequest"),
    method<&answer_duty_request>("/sspf.v1.DutyService/AnswerDutyRequest"),
    method<&list_duty_requests>("/sspf.v1.DutyService/ListDutyRequests"),
    method<&protect_identity>("/sspf.v1.ProtectionService/ProtectIdentity"),
    method<&unprotect_identity>("/sspf.v1.ProtectionService/UnprotectIdentity"),
    method<&add_handler>("/sspf.v1.ProtectionService/AddHandler"),
    method<&remove_handler>("/sspf.v1.ProtectionService/RemoveHandler"),
    method<&get_protection>("/sspf.v1.ProtectionService/GetProtection"),
    method<&block_account>("/sspf.v1.BlockService/BlockAccount"),
    method<&unblock_account>("/sspf.v1.BlockService/UnblockAccount"),
    method<&list_blocks>("/sspf.v1.BlockService/ListBlocks"),
    method<&open_in_emergency>("/sspf.v1.EmergencyService/OpenInEmergency"),
    method<&list_openings>("/sspf.v1.EmergencyService/ListOpenings"),
    method<&review_opening>("/sspf.v1.EmergencyService/ReviewOpening"),
    method<&create_meeting>("/sspf.v1.MeetingService/CreateMeeting"),
    method<&list_meetings>("/sspf.v1.MeetingService/ListMeetings"),
    method<&get_meeting>("/sspf.v1.MeetingService/GetMeeting"),
    method<&open_meeting>("/sspf.v1.MeetingService/OpenMeeting"),
    method<&close_meeting>("/sspf.v1.MeetingService/CloseMeeting"),
    method<&add_participant>("/sspf.v1.MeetingService/AddParticipant"),
    method<&list_participants>("/sspf.v1.MeetingService/ListParticipants"),
    method<&get_agenda_template>("/sspf.v1.AgendaService/GetAgendaTemplate"),
    method<&update_agenda_template>("/sspf.v1.AgendaService/UpdateAgendaTemplate"),
    method<&list_agenda>("/sspf.v1.AgendaService/ListAgenda"),
    method<&add_agenda_item>("/sspf.v1.AgendaService/AddAgendaItem"),
    method<&move_agenda_item>("/sspf.v1.AgendaService/MoveAgendaItem"),
    method<&remove_agenda_item>("/sspf.v1.AgendaService/RemoveAgendaItem"),
    method<&record_minutes>("/sspf.v1.AgendaService/RecordMinutes"),
    method<&record_attendance>("/sspf.v1.AttendanceService/RecordAttendance"),
    method<&list_attendance>("/sspf.v1.AttendanceService/ListAttendance"),
    method<&create_plan>("/sspf.v1.PlanService/CreatePlan"),
    method<&revise_plan>("/sspf.v1.PlanService/RevisePlan"),
    method<&get_plan>("/sspf.v1.PlanService/GetPlan"),
    method<&list_plan_versions>("/sspf.v1.PlanService/ListPlanVersions"),
    method<&add_commitment>("/sspf.v1.CommitmentService/AddCommitment"),
    method<&change_commitment>("/sspf.v1.CommitmentService/ChangeCommitment"),
    method<&log_progress>("/sspf.v1.CommitmentService/LogProgress"),
    method<&list_commitments>("/sspf.v1.CommitmentService/ListCommitments"),
    method<&get_commitment>("/sspf.v1.CommitmentService/GetCommitment"),
    method<&set_retention_rule>("/sspf.v1.RetentionService/SetRetentionRule"),
    method<&list_retention_rules>("/sspf.v1.RetentionService/ListRetentionRules"),
    method<&get_retention>("/sspf.v1.RetentionService/GetRetention"),
    method<&set_legal_hold>("/sspf.v1.RetentionService/SetLegalHold"),
    method<&lift_legal_hold>("/sspf.v1.RetentionService/LiftLegalHold"),
    method<&create_disposal_list>("/sspf.v1.DisposalService/CreateDisposalList"),
    method<&list_disposal_lists>("/sspf.v1.DisposalService/ListDisposalLists"),
    method<&get_disposal_list>("/sspf.v1.DisposalService/GetDisposalList"),
    method<&review_disposal_item>("/sspf.v1.DisposalService/ReviewDisposalItem"),
    method<&execute_disposal>("/sspf.v1.DisposalService/ExecuteDisposal"),
    method<&open_subject_access>("/sspf.v1.SubjectAccessService/OpenSubjectAccess"),
    method<&list_subject_accesses>("/sspf.v1.SubjectAccessService/ListSubjectAccesses"),
    method<&list_subject_access_entries>("/sspf.v1.SubjectAccessService/ListSubjectAccessEntries"),
    method<&decide_subject_access_entry>("/sspf.v1.SubjectAccessService/DecideSubjectAccessEntry"),
    method<&close_subject_access>("/sspf.v1.SubjectAccessService/CloseSubjectAccess"),
    method<&export_subject_access>("/sspf.v1.SubjectAccessService/ExportSubjectAccess"),
    method<&open_campaign>("/sspf.v1.ReviewService/OpenCampaign"),
    method<&list_campaigns>("/sspf.v1.ReviewService/ListCampaigns"),
    method<&draw_sample>("/sspf.v1.ReviewService/DrawSample"),
    method<&list_review_items>("/sspf.v1.ReviewService/ListReviewItems"),
    method<&get_review_item>("/sspf.v1.ReviewService/GetReviewItem"),
    method<&record_verdict>("/sspf.v1.ReviewService/RecordVerdict"),
    method<&ask_explanation>("/sspf.v1.ReviewService/AskExplanation"),
    method<&list_enquiries>("/sspf.v1.ReviewService/ListEnquiries"),
    method<&answer_explanation>("/sspf.v1.ReviewService/AnswerExplanation"),
    method<&escalate>("/sspf.v1.ReviewService/Escalate"),
    method<&sign_off>("/sspf.v1.ReviewService/SignOff"),
    method<&get_review_report>("/sspf.v1.ReviewService/GetReviewReport"),
    method<&set_review_rule>("/sspf.v1.ReviewService/SetReviewRule"),
    method<&list_review_rules>("/sspf.v1.ReviewService/ListReviewRules"),
    method<&request_reidentification>("/sspf.v1.ReidentificationService/RequestReidentification"),
    method<&list_reidentifications>("/sspf.v1.ReidentificationService/ListReidentifications"),
    method<&approve_reidentification>("/sspf.v1.ReidentificationService/ApproveReidentification"),
    method<&show_reidentified>("/sspf.v1.ReidentificationService/ShowReidentified"),
    method<&list_alerts>("/sspf.v1.AlertService/ListAlerts"),
    method<&get_alert>("/sspf.v1.AlertService/GetAlert"),
    method<&acknowledge_alert>("/sspf.v1.AlertService/AcknowledgeAlert"),
    method<&list_alert_rules>("/sspf.v1.AlertService/ListAlertRules"),
    method<&set_alert_rule>("/sspf.v1.AlertService/SetAlertRule"),
    method<&list_decoys>("/sspf.v1.AlertService/ListDecoys"),
    method<&add_decoy>("/sspf.v1.AlertService/AddDecoy"),
    method<&remove_decoy>("/sspf.v1.AlertService/RemoveDecoy"),
    method<&list_case_readers>("/sspf.v1.CaseReaderService/ListCaseReaders"),
    method<&get_tertial_report>("/sspf.v1.ReportService/GetTertialReport"),
    method<&record_incident_export>("/sspf.v1.IncidentService/RecordIncidentExport"),
    method<&list_incident_exports>("/sspf.v1.IncidentService/ListIncidentExports"),
    method<&get_audit_details>("/sspf.v1.AuditDetailsService/GetAuditDetails"),
    method<&request_details_erasure>("/sspf.v1.AuditDetailsService/RequestDetailsErasure"),
    method<&list_details_erasures>("/sspf.v1.AuditDetailsService/ListDetailsErasures"),
    method<&approve_details_erasure>("/sspf.v1.AuditDetailsService/ApproveDetailsErasure"),
    method<&list_events>("/sspf.v1.AuditService/ListEvents"),
    method<&export_events>("/sspf.v1.AuditService/ExportEvents"),
    method<&get_checkpoint>("/sspf.v1.AuditService/GetCheckpoint"),
    method<&get_inclusion_proof>("/sspf.v1.AuditService/GetInclusionProof"),
    method<&get_consistency_proof>("/sspf.v1.AuditService/GetConsistencyProof"),
};

}  // namespace

std::span<const Method> methods() { return table; }

const Method* find_method(std::string_view path) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Method& row) { return row.path == path; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace sspf::rpc
