// SPDX-License-Identifier: Apache-2.0
#include "server/store/guest_name.h"

#include "server/base/ensure.h"

namespace sspf::store {
namespace {

// A name is written once, with the participant.
access::Place place_of(const Guest& guest) {
  return {"participant.sealed_name", guest.participant.bytes(), 1};
}

const access::CaseAccess& case_of(const access::MeetingAccess& meeting, const CaseId& id) {
  const access::CaseAccess* about = meeting.find_case(id);
  ENSURE(about != nullptr);  // a guest of another case is nowhere shown
  return *about;
}

}  // namespace

access::Sealed seal_guest_name(const access::MeetingAccess& meeting, const Guest& guest,
                               const std::string& name) {
  if (!guest.case_id) return meeting.seal(place_of(guest), name);
  const access::CaseAccess& about = case_of(meeting, *guest.case_id);
  return about.seal(about.coordination(), place_of(guest), name);
}

std::string open_guest_name(const access::MeetingAccess& meeting, const Guest& guest,
                            const access::Sealed& name) {
  if (!guest.case_id) return meeting.open(place_of(guest), name);
  const access::CaseAccess& about = case_of(meeting, *guest.case_id);
  const auto opened =
      about.open(about.coordination_item(v1::INFORMATION_KIND_IDENTITY), place_of(guest), name);
  return opened.value_or(std::string());
}

}  // namespace sspf::store
