// SPDX-License-Identifier: Apache-2.0
//
// Meetings and who takes part in them. One function for each RPC of MeetingService; what each
// refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// wrong_time outside 2000 to 2199; meeting_ends_before_start; meeting_too_long. The agenda is a
// copy of the municipality's template, and the caller takes part.
Result<v1::CreateMeetingResponse> create_meeting(const Permit<Action::create_meeting>& permit,
                                                 Workspace& workspace,
                                                 const v1::CreateMeetingRequest& request);
Result<Piece<v1::ListMeetingsResponse>> list_meetings(const Permit<Action::list_meetings>& permit,
                                                      Workspace& workspace,
                                                      const v1::ListMeetingsRequest& request,
                                                      const std::string& cursor);
Result<v1::GetMeetingResponse> get_meeting(const Permit<Action::get_meeting>& permit,
                                           Workspace& workspace,
                                           const v1::GetMeetingRequest& request);
// meeting_closed; meeting_open_already; stale_version.
Result<v1::OpenMeetingResponse> open_meeting(const Permit<Action::open_meeting>& permit,
                                             Workspace& workspace,
                                             const v1::OpenMeetingRequest& request);
// meeting_closed; meeting_not_open; stale_version.
Result<v1::CloseMeetingResponse> close_meeting(const Permit<Action::close_meeting>& permit,
                                               Workspace& workspace,
                                               const v1::CloseMeetingRequest& request);
// meeting_closed; missing or unexpected, of handle, guest_name and case_number; unknown_value of an
// account that is neither member nor coordinator here, and of deputy_for; already_there;
// meeting_full.
Result<v1::AddParticipantResponse> add_participant(const Permit<Action::add_participant>& permit,
                                                   Workspace& workspace,
                                                   const v1::AddParticipantRequest& request);
Result<v1::ListParticipantsResponse> list_participants(
    const Permit<Action::list_participants>& permit, Workspace& workspace,
    const v1::ListParticipantsRequest& request);

}  // namespace sspf::handlers
