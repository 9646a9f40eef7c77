// SPDX-License-Identifier: Apache-2.0
//
// Notes: each belongs to the agency of who wrote it, and only that agency corrects it. What each
// function refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/case.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// case_closed; case_full; unknown_value of the kind IDENTITY: who it is stands in the case;
// recipient_outside_consent, of an agency that is not there, too.
Result<v1::AddNoteResponse> add_note(const Permit<Action::add_note>& permit, Workspace& workspace,
                                     const v1::AddNoteRequest& request);
Result<Piece<v1::ListNotesResponse>> list_notes(const Permit<Action::list_notes>& permit,
                                                Workspace& workspace,
                                                const v1::ListNotesRequest& request,
                                                const std::string& cursor);
// case_closed; not_found of a note that is not there or not seen; other_agency; stale_version;
// case_full; of recipients as add_note().
Result<v1::CorrectNoteResponse> correct_note(const Permit<Action::correct_note>& permit,
                                             Workspace& workspace,
                                             const v1::CorrectNoteRequest& request);
// not_found of a note that is not there or not seen.
Result<Piece<v1::ListNoteVersionsResponse>> list_note_versions(
    const Permit<Action::list_note_versions>& permit, Workspace& workspace,
    const v1::ListNoteVersionsRequest& request, const std::string& cursor);

// Why a case was raised: its first note, of the coordinating agency.
Result<Done> write_concern(const access::CaseAccess& founded, const access::Caller& caller,
                           Workspace& workspace, const std::string& concern);

}  // namespace sspf::handlers
