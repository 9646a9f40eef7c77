// SPDX-License-Identifier: Apache-2.0
//
// The rule against its published table, row by row: tests/vectors/visibility.txt.
#include "server/access/visibility.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/places/places.h"

namespace sspf::access {
namespace {

constexpr v1::InformationKind kinds[] = {v1::INFORMATION_KIND_IDENTITY,
                                         v1::INFORMATION_KIND_MAPPING, v1::INFORMATION_KIND_PLAN,
                                         v1::INFORMATION_KIND_MINUTES};

const AgencyId callers_agency = AgencyId::random();
const AgencyId coordinating_agency = AgencyId::random();
const AgencyId third_agency = AgencyId::random();

struct Row {
  std::string case_kind;
  std::string caller;
  std::string consent;
  std::string item;
  std::string enters;
  std::string sees;
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<Row> table() {
  std::ifstream file(test::source_folder() / "tests/vectors/visibility.txt");
  std::vector<Row> rows;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(trimmed(cell));
    if (row.size() != 6) throw std::runtime_error("a row without six cells: " + line);
    rows.push_back({row[0], row[1], row[2], row[3], row[4], row[5]});
  }
  return rows;
}

// A consent for this kind, or for every other one.
ConsentInForce consent_of(const std::string& words, v1::InformationKind kind) {
  ConsentInForce consent{BasisId::random(), {}};
  for (const v1::InformationKind each : kinds) {
    if ((each == kind) == (words == "on this kind")) consent.kinds.push_back(each);
  }
  return consent;
}

AgencyId owner_of(const std::string& words) {
  if (words == "the caller's own") return callers_agency;
  return words == "coordinating agency's" ? coordinating_agency : third_agency;
}

std::string words_of(const Visibility& seen, const Viewer& viewer) {
  if (!seen.visible) return "no";
  if (!seen.basis) return "yes";
  return seen.basis == viewer.consents.front().id ? "by the consent" : "by another consent";
}

// Fills in what the code says of the first four cells.
Row decided(Row row, v1::InformationKind kind) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.coordinates = row.caller.find("coordinator") != std::string::npos;
  viewer.is_assigned = row.caller.find("assigned") != std::string::npos;
  if (row.consent != "none in force") viewer.consents.push_back(consent_of(row.consent, kind));
  const CaseFacts facts{row.case_kind == "group" ? v1::CASE_KIND_GROUP : v1::CASE_KIND_INDIVIDUAL,
                        coordinating_agency};
  const Visibility seen = visibility(viewer, facts, {owner_of(row.item), kind});
  row.enters = may_enter(viewer, facts) ? "yes" : "no";
  row.sees = words_of(seen, viewer);
  return row;
}

std::string line_of(const Row& row) {
  return row.case_kind + " | " + row.caller + " | " + row.consent + " | " + row.item + " | " +
         row.enters + " | " + row.sees;
}

TEST(Visibility, IsThePublishedTableForEveryKindOfInformation) {
  for (const v1::InformationKind kind : kinds) {
    for (const Row& row : table()) EXPECT_EQ(line_of(decided(row, kind)), line_of(row));
  }
}

TEST(Visibility, ThePublishedTableIsWhole) {
  std::vector<std::string> whole;
  for (const char* case_kind : {"individual", "group"}) {
    for (const char* caller : {"coordinator", "assigned", "coordinator and assigned", "neither"}) {
      for (const char* consent : {"none in force", "on other kinds", "on this kind"}) {
        for (const char* item : {"the caller's own", "coordinating agency's", "another agency's"}) {
          whole.push_back(line_of({case_kind, caller, consent, item, "", ""}));
        }
      }
    }
  }
  std::vector<std::string> published;
  for (Row row : table()) {
    row.enters.clear();
    row.sees.clear();
    published.push_back(line_of(row));
  }
  EXPECT_EQ(published, whole);
}

TEST(Visibility, AnItemOfTheCoordinatingAgencyIsItsOwnMembersOwn) {
  Viewer viewer;
  viewer.agency = coordinating_agency;
  viewer.is_assigned = true;
  viewer.consents = {{BasisId::random(), {v1::INFORMATION_KIND_PLAN}}};
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency};
  const Visibility seen =
      visibility(viewer, facts, {coordinating_agency, v1::INFORMATION_KIND_IDENTITY});
  EXPECT_TRUE(seen.visible);
  EXPECT_FALSE(seen.basis);
}

TEST(Visibility, TheConsentThatIsNamedIsTheFirstThatCoversTheKind) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  viewer.consents = {{BasisId::random(), {v1::INFORMATION_KIND_IDENTITY}},
                     {BasisId::random(), {v1::INFORMATION_KIND_PLAN}},
                     {BasisId::random(), {v1::INFORMATION_KIND_PLAN}}};
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency};
  const Visibility seen = visibility(viewer, facts, {third_agency, v1::INFORMATION_KIND_PLAN});
  EXPECT_EQ(seen.basis, viewer.consents[1].id);
}

TEST(Visibility, ACaseOfUnknownKindHidesLikeAnIndividual) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  EXPECT_FALSE(may_enter(viewer, CaseFacts{}));
}

}  // namespace
}  // namespace sspf::access
