// SPDX-License-Identifier: Apache-2.0
//
// RPCs of the extract that a young person is entitled to (GDPR article 15, R18).
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// Also of a case that has ended. Refuses: unexpected (case_number) of a group or a place, in_future
// (asked_on), subject_access_open, case_full.
Result<v1::OpenSubjectAccessResponse> open_subject_access(
    const Permit<Action::open_subject_access>& permit, Workspace& workspace,
    const v1::OpenSubjectAccessRequest& request);
Result<v1::ListSubjectAccessesResponse> list_subject_accesses(
    const Permit<Action::list_subject_accesses>& permit, Workspace& workspace,
    const v1::ListSubjectAccessesRequest& request);

// Not_found of the extract.
Result<Piece<v1::ListSubjectAccessEntriesResponse>> list_subject_access_entries(
    const Permit<Action::list_subject_access_entries>& permit, Workspace& workspace,
    const v1::ListSubjectAccessEntriesRequest& request, const std::string& cursor);

// Refuses: not_found; subject_access_closed; other_agency unless the caller's agency owns the
// piece, or the caller coordinates and refers to the agency that does; stale_version; missing and
// unexpected of redacted_text, paragraph and reason.
Result<v1::DecideSubjectAccessEntryResponse> decide_subject_access_entry(
    const Permit<Action::decide_subject_access_entry>& permit, Workspace& workspace,
    const v1::DecideSubjectAccessEntryRequest& request);

// Refuses: not_found, subject_access_closed, subject_access_undecided.
Result<v1::CloseSubjectAccessResponse> close_subject_access(
    const Permit<Action::close_subject_access>& permit, Workspace& workspace,
    const v1::CloseSubjectAccessRequest& request);

// Refuses: not_found, subject_access_not_closed.
Result<Piece<v1::ExportSubjectAccessResponse>> export_subject_access(
    const Permit<Action::export_subject_access>& permit, Workspace& workspace,
    const v1::ExportSubjectAccessRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
