// SPDX-License-Identifier: Apache-2.0
#include "tests/request/reference_model.h"

namespace sspf::test::reference {
namespace {

// "2011-05-23" and 15: "2026-05-23". No test is born on a leap day.
std::string birthday(const std::string& born, int age) {
  return std::to_string(std::stoi(born.substr(0, 4)) + age) + born.substr(4);
}

bool is_signed(const Consent& consent, const std::string& born, const std::string& day) {
  const bool adult = !born.empty() && day >= birthday(born, 18);
  const bool asked = born.empty() || day >= birthday(born, 15);
  // Signed when it was asked for.
  const auto signed_since = [&](int age) {
    return consent.youth_signed && (born.empty() || consent.signed_on >= birthday(born, age));
  };
  if (adult) return signed_since(18);
  const bool every_guardian =
      consent.guardians_signed >= 1 && consent.guardians_signed >= consent.guardians;
  return every_guardian && (!asked || signed_since(15));
}

bool is_in_force(const Consent& consent, const Case& about, const Now& now) {
  if (consent.is_revoked) return false;
  if (now.day < consent.first_day || now.day > consent.last_day) return false;
  return is_signed(consent, about.born, now.day);
}

bool counts(const Consent& consent, const Colleague& person, const Case& about, const Now& now) {
  if (!consent.for_mapping || !is_in_force(consent, about, now)) return false;
  return person.coordinates || consent.agencies.count(person.agency) > 0;
}

bool is_open_to(const Colleague& person, const Case& about, const Now& now) {
  const auto opening = about.opened_until.find(person.handle);
  return opening != about.opened_until.end() && now.seconds < opening->second;
}

bool enters(const Colleague& person, const Case& about, const Now& now) {
  if (person.works_in.count(about.municipality) == 0) return false;
  if (about.blocked.count(person.handle) > 0) return false;
  if (about.is_protected && about.handlers.count(person.handle) == 0) return false;
  if (person.coordinates || is_open_to(person, about, now)) return true;
  if (about.assigned.count(person.handle) == 0) return false;
  if (about.is_group) return true;
  for (const Consent& consent : about.consents) {
    if (counts(consent, person, about, now)) return true;
  }
  return false;
}

// An item of an agency, which a consent may be on.
struct Item {
  std::string owner;
  bool Consent::*kind;
  bool is_meant = true;  // for the agency of whoever reads
};

// Recreation has to be named; the others only when somebody is.
bool is_meant_for(const std::string& agency, const Note& note) {
  if (note.recipients.count(agency) > 0) return true;
  return note.recipients.empty() && !agency.ends_with("-FRI");
}

bool sees(const Colleague& person, const Case& about, const Now& now, const Item& item) {
  if (!enters(person, about, now)) return false;
  if (about.is_group || item.owner == person.agency || is_open_to(person, about, now)) return true;
  if (person.coordinates && item.owner == about.coordinating_agency) return true;
  if (!item.is_meant && !person.coordinates) return false;
  for (const Consent& consent : about.consents) {
    if (consent.*item.kind && counts(consent, person, about, now)) return true;
  }
  return false;
}

}  // namespace

std::string answer(const Colleague& person, const Case& about, const Now& now) {
  if (person.is_suspended) return "unauthenticated/unknown_certificate";
  return enters(person, about, now) ? "ok" : "not_found/not_found";
}

std::set<std::string> named_agencies(const Case& about, const Now& now) {
  std::set<std::string> named;
  for (const Consent& consent : about.consents) {
    if (is_in_force(consent, about, now)) {
      named.insert(consent.agencies.begin(), consent.agencies.end());
    }
  }
  return named;
}

bool sees_name(const Colleague& person, const Case& about, const Now& now) {
  return sees(person, about, now, {about.coordinating_agency, &Consent::on_identity});
}

std::multiset<std::string> seen_notes(const Colleague& person, const Case& about, const Now& now) {
  std::multiset<std::string> seen;
  for (const Note& note : about.notes) {
    const Item item{note.agency, &Consent::on_mapping, is_meant_for(person.agency, note)};
    if (sees(person, about, now, item)) seen.insert(note.text);
  }
  return seen;
}

}  // namespace sspf::test::reference
