// SPDX-License-Identifier: Apache-2.0
//
// The invitation to a meeting (kallelse), for calendars and e-mail that nobody keeps secret: when,
// which meeting, and where to read more. No person, no case, no place.
#pragma once

#include <string>

#include "client/cli/session.h"
#include "client/cli/stockholm.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::cli {

// As an iCalendar object (RFC 5545, published as RFC 5546 3.2.1 says), in the language spoken. The
// UID stays with the meeting, and a later version of the meeting replaces an earlier one.
struct InvitedFrom {
  ServerAddress server;
  UtcSeconds now;
};
std::string invitation(const v1::Meeting& meeting, const InvitedFrom& from);

// `sspf meeting invitation`: to a new file.
void write_invitation(const Session& session);

}  // namespace sspf::cli
