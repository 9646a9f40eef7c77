// SPDX-License-Identifier: Apache-2.0
//
// Who may see what, said a second time and in another way: from the story of what was done, without
// any of the server's code. The tests compare the server with it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sspf::test::reference {

struct Colleague {
  std::string handle;
  std::string agency;
  std::set<std::string> works_in;  // municipalities
  bool coordinates = false;        // in them
  bool is_suspended = false;
};

struct Consent {
  std::string ref;
  std::set<std::string> agencies;
  bool on_identity = false;
  bool on_mapping = false;
  bool for_mapping = false;  // its purpose
  std::string first_day;
  std::string last_day;
  int guardians_signed = 0;
  int guardians = 0;
  bool youth_signed = false;
  std::string signed_on;
  bool is_revoked = false;
};

struct Note {
  std::string text;
  std::string agency;
  std::set<std::string> recipients = {};  // agencies; none chosen, when empty
};

// A case that has been referred and not begun: the co-operation is mapping.
struct Case {
  std::string number;
  std::string municipality;
  std::string coordinating_agency;
  bool is_group = false;
  std::string born;  // empty when it is not known
  std::vector<Consent> consents;
  std::vector<Note> notes;
  std::set<std::string> assigned;  // handles
  std::set<std::string> blocked;
  bool is_protected = false;
  std::set<std::string> handlers;
  std::map<std::string, std::int64_t> opened_until;  // in seconds, by handle
};

struct Now {
  std::string day;
  std::int64_t seconds = 0;
};

// "ok", or how the server answers: as if there were no such case, or no such caller.
std::string answer(const Colleague& person, const Case& about, const Now& now);
// The agencies that consents in force name today.
std::set<std::string> named_agencies(const Case& about, const Now& now);
bool sees_name(const Colleague& person, const Case& about, const Now& now);
std::multiset<std::string> seen_notes(const Colleague& person, const Case& about, const Now& now);

}  // namespace sspf::test::reference
