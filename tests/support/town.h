// SPDX-License-Identifier: Apache-2.0
//
// Tyresö on an ordinary day: the real server, agencies of every kind, and the people who work there
// at the real `sspf`. The scenes before a test's own subject are set with the calls behind the
// commands, as the coordinator, for a command takes a third of a second to open its key. All names
// are fictive. Throws std::runtime_error at the first answer that is not as expected.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sspf/v1/audit.pb.h"
#include "sspf/v1/case.pb.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {

// One of the published test numbers; the days of a test are counted from today.
inline constexpr auto town_number = "201105232399";
inline constexpr auto missing_case = "TYR-2026-9999";
std::string day(int from_today);
// The birth date of somebody who was fifteen some months ago.
std::string fifteen_years_ago();

// A meeting with one case on its agenda.
struct TownMeeting {
  std::string number;
  std::string item;                                 // of the case
  std::map<std::string, std::string> participants;  // by handle
};

class Town {
 public:
  Town();

  // anna and bo are coordinators of Tyresö, nils of Nacka; sven and stig are of the school, sara of
  // the social services, frida of recreation, per of the police; rut administers the installation
  // and ulla audits it, uno Tyresö alone. Each enrols when first asked for.
  const Person& person(const std::string& handle);
  // The same account with a key of its own, for calls; or root, the first administrator.
  Caller& caller(const std::string& handle);

  const Site& site() const { return site_; }
  SiteServer& server() { return *server_; }
  void stop();
  void start_again();

  // As a value that must not stand on the command line: "@FILE".
  std::string in_file(const std::string& text);

  // A fifteen-year-old's case in mapping, with sven, sara and per assigned, and a consent in force
  // that names the school and the social services, not the police. Its number.
  std::string mapped_case();
  // In a week, with sven, sara and per.
  TownMeeting meeting_about(const std::string& case_number);
  // A plan, and in it the school's commitment: its reference.
  std::string plan_of(const std::string& case_number);
  void assign(const std::string& case_number, const std::string& handle);
  std::uint64_t version_of(const std::string& case_number);
  void advance(const std::string& case_number, v1::CaseState state);

  // What the log holds of an account's own calls, oldest first.
  std::vector<v1::EventView> events_of(const std::string& handle);
  v1::EventView last_event_of(const std::string& handle) { return events_of(handle).back(); }

 private:
  template <typename Response>
  Response as_anna(const std::string& rpc, const google::protobuf::Message& request) {
    return caller("anna").get<Response>("sspf.v1." + rpc, request);
  }
  Caller& root();
  std::string code_for(const std::string& handle);
  void consent_to(const std::string& case_number);

  Site site_;
  std::unique_ptr<SiteServer> server_;
  std::map<std::string, ClientIdentity> identities_;
  std::map<std::string, Caller> callers_;
  std::map<std::string, Person> people_;
  int files_ = 0;
};

}  // namespace sspf::test
