// SPDX-License-Identifier: Apache-2.0
#include "client/cli/invitation.h"

#include <libical/ical.h>

#include <ctime>
#include <memory>
#include <new>

#include "client/cli/language.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"

namespace sspf::cli {
namespace {

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(char* text) const { icalmemory_free_buffer(text); }
};
using Component = std::unique_ptr<icalcomponent, Free>;

// libical answers with nothing when memory is short.
template <typename Made>
Made* whole(Made* made) {
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

Component component(icalcomponent_kind kind) { return Component(whole(icalcomponent_new(kind))); }

void add(const Component& to, icalproperty* property) {
  icalcomponent_add_property(to.get(), whole(property));
}

icaltimetype utc(std::int64_t seconds) {
  return icaltime_from_timet_with_zone(seconds, 0, icaltimezone_get_utc_timezone());
}

Component event_of(const v1::Meeting& meeting, const InvitedFrom& from) {
  Component event = component(ICAL_VEVENT_COMPONENT);
  const std::string uid = meeting.number() + "@" + from.server.host;
  add(event, icalproperty_new_uid(uid.c_str()));
  add(event, icalproperty_new_dtstamp(utc(from.now.time_since_epoch().count())));
  add(event, icalproperty_new_sequence(static_cast<int>(meeting.version())));
  // RFC 5546 demands somebody who publishes, and nobody is to be named.
  const std::string publisher = "https://" + from.server.text();
  add(event, icalproperty_new_organizer(publisher.c_str()));
  add(event, icalproperty_new_dtstart(utc(meeting.starts_at().seconds())));
  add(event, icalproperty_new_dtend(utc(meeting.ends_at().seconds())));
  const std::string summary = fill(tr("SSPF meeting {0}"), {meeting.number()});
  add(event, icalproperty_new_summary(summary.c_str()));
  const std::string description = fill(
      tr("Sign in and run `sspf agenda list {0}` to see the agenda. The place is shown by `sspf "
         "meeting show {0}`."),
      {meeting.number()});
  add(event, icalproperty_new_description(description.c_str()));
  add(event, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
  add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
  return event;
}

}  // namespace

std::string invitation(const v1::Meeting& meeting, const InvitedFrom& from) {
  const Component calendar = component(ICAL_VCALENDAR_COMPONENT);
  add(calendar, icalproperty_new_version("2.0"));
  add(calendar, icalproperty_new_prodid("-//SSPF-server//sspf " SSPF_VERSION "//SV"));
  add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
  icalcomponent_add_component(calendar.get(), event_of(meeting, from).release());
  const std::unique_ptr<char, Free> text(whole(icalcomponent_as_ical_string_r(calendar.get())));
  return text.get();
}

void write_invitation(const Session& session) {
  const auto request = build_request(session.typed, session.terminal);
  NewFile file(session.value("file"));
  const SignedIn user(session);
  v1::GetMeetingResponse response;
  response.CopyFrom(*user.call(*request));
  file.write_all(
      invitation(response.meeting(),
                 {user.context().address(), UtcSeconds(std::chrono::seconds(std::time(nullptr)))}));
  file.keep();
  if (session.output == Output::json) {
    session.terminal.out() << response_json(response);
  } else {
    session.terminal.out() << response_text(response, session.typed.command->sections,
                                            page_of(session.terminal));
  }
  session.terminal.err() << tr("Done.") << '\n';
}

}  // namespace sspf::cli
