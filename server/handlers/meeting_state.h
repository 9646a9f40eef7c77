// SPDX-License-Identifier: Apache-2.0
//
// What the state of a meeting allows. Planned: agenda and participants are prepared. Open: minutes
// and attendance are taken. Closed: nothing changes any more.
#pragma once

#include "server/access/meeting_access.h"
#include "server/base/result.h"

namespace sspf::handlers {

// Refuses with meeting_closed.
inline Result<Done> require_not_closed(const access::MeetingAccess& meeting) {
  if (meeting.state() == v1::MEETING_STATE_CLOSED) return refusal(Reason::meeting_closed);
  return Done();
}

// Refuses with meeting_closed, and with meeting_not_open while it is planned.
inline Result<Done> require_open(const access::MeetingAccess& meeting) {
  TRY(require_not_closed(meeting));
  if (meeting.state() != v1::MEETING_STATE_OPEN) return refusal(Reason::meeting_not_open);
  return Done();
}

}  // namespace sspf::handlers
