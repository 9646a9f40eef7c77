// SPDX-License-Identifier: Apache-2.0
//
// The rule against its published table, row by row: tests/vectors/visibility.txt.
#include "server/access/visibility.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
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

using Words = std::vector<std::string>;

const Words case_kinds{"individual", "group"};
const Words callers{"coordinator", "assigned", "coordinator and assigned", "neither", "emergency"};
const Words consents{"none", "on other kinds", "on this kind"};
const Words bases{"none", "others", "covers"};
const Words items{"the caller's own", "coordinating agency's", "another agency's"};
const Words addressed{"yes", "no"};

constexpr auto owners_kind = v1::AGENCY_KIND_SCHOOL;
constexpr auto items_class = v1::SECRECY_CLASS_PUPIL_WELFARE;

// The cells of one row: case, caller, consent, basis, item, addressed, enters, sees.
constexpr std::size_t enters = 6;
constexpr std::size_t sees = 7;
struct Row {
  Words cells;
  const std::string& caller() const { return cells[1]; }
  std::string line() const {
    std::string text;
    for (const std::string& cell : cells) text += (text.empty() ? "" : " | ") + cell;
    return text;
  }
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// A row for each value that "any" stands for.
std::vector<Row> each_of(const Row& row) {
  const std::vector<const Words*> values{&case_kinds, &callers, &consents,
                                         &bases,      &items,   &addressed};
  std::vector<Row> rows{row};
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (row.cells[at].rfind("any", 0) != 0) continue;
    std::vector<Row> more;
    for (const Row& each : rows) {
      for (const std::string& value : *values[at]) {
        Row one = each;
        one.cells[at] = value + row.cells[at].substr(3);
        more.push_back(one);
      }
    }
    rows = more;
  }
  return rows;
}

std::vector<Row> table() {
  std::ifstream file(test::source_folder() / "tests/vectors/visibility.txt");
  std::vector<Row> rows;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells(line);
    Row row;
    for (std::string cell; std::getline(cells, cell, '|');) row.cells.push_back(trimmed(cell));
    if (row.cells.size() != 8) throw std::runtime_error("a row without eight cells: " + line);
    for (const Row& each : each_of(row)) rows.push_back(each);
  }
  return rows;
}

constexpr v1::Purpose purpose = v1::PURPOSE_PLANNING;

// A consent for this kind, or for every other one, which names the caller's agency.
ConsentInForce consent_of(const std::string& words, v1::InformationKind kind) {
  ConsentInForce consent{BasisId::random(), {callers_agency}, {}, {purpose}};
  for (const v1::InformationKind each : kinds) {
    if ((each == kind) == (words == "on this kind")) consent.kinds.push_back(each);
  }
  return consent;
}

StandingBasis basis_of(const std::string& words) {
  const auto secrecy_class = words == "covers" ? items_class : v1::SECRECY_CLASS_POLICE;
  return {BasisId::random(), owners_kind, {secrecy_class}};
}

AgencyId owner_of(const std::string& words) {
  if (words == "the caller's own") return callers_agency;
  return words == "coordinating agency's" ? coordinating_agency : third_agency;
}

Viewer viewer_of(const Row& row, v1::InformationKind kind) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.coordinates = row.caller().find("coordinator") != std::string::npos;
  viewer.is_assigned = row.caller().find("assigned") != std::string::npos;
  viewer.is_kept_out = row.caller().find("kept out") != std::string::npos;
  if (row.caller().find("emergency") != std::string::npos) viewer.emergency = BasisId::random();
  if (row.cells[2] != "none") viewer.consents.push_back(consent_of(row.cells[2], kind));
  if (row.cells[3] != "none") viewer.standing.push_back(basis_of(row.cells[3]));
  return viewer;
}

std::string words_of(const Visibility& seen, const Viewer& viewer) {
  if (!seen.visible) return "no";
  if (!seen.basis) return "yes";
  if (seen.basis == viewer.emergency) return "by emergency";
  const auto is_basis = [&](const auto& each) { return each.id == *seen.basis; };
  if (std::any_of(viewer.consents.begin(), viewer.consents.end(), is_basis)) return "by consent";
  return std::any_of(viewer.standing.begin(), viewer.standing.end(), is_basis) ? "by basis"
                                                                               : "by what is not";
}

ItemFacts item_of(const Row& row, v1::InformationKind kind) {
  return {owner_of(row.cells[4]), owners_kind, kind, items_class, row.cells[5] == "yes"};
}

// Fills in what the code says of the first six cells.
Row decided(Row row, v1::InformationKind kind) {
  const Viewer viewer = viewer_of(row, kind);
  const auto case_kind = row.cells[0] == "group" ? v1::CASE_KIND_GROUP : v1::CASE_KIND_INDIVIDUAL;
  const CaseFacts facts{case_kind, coordinating_agency, owners_kind, purpose};
  row.cells[enters] = may_enter(viewer, facts) ? "yes" : "no";
  row.cells[sees] = words_of(visibility(viewer, facts, item_of(row, kind)), viewer);
  return row;
}

TEST(Visibility, IsThePublishedTableForEveryKindOfInformation) {
  for (const v1::InformationKind kind : kinds) {
    for (const Row& row : table()) EXPECT_EQ(decided(row, kind).line(), row.line());
  }
}

TEST(Visibility, ThePublishedTableIsWhole) {
  std::multiset<std::string> whole;
  for (const std::string& case_kind : case_kinds) {
    for (const std::string& caller : callers) {
      for (const Row& row : each_of({{case_kind, caller, "any", "any", "any", "any", "", ""}})) {
        whole.insert(row.line());
        Row kept_out = row;
        kept_out.cells[1] += ", kept out";
        whole.insert(kept_out.line());
      }
    }
  }
  std::multiset<std::string> published;
  for (Row row : table()) {
    row.cells[enters].clear();
    row.cells[sees].clear();
    published.insert(row.line());
  }
  EXPECT_EQ(published, whole);
}

// R6: the table's "none" holds consents, too, that serve no purpose of today's.
TEST(Visibility, AConsentForAnotherPurposeIsAsNone) {
  for (const Row& row : table()) {
    if (row.cells[2] == "none") continue;
    Row without = row;
    without.cells[2] = "none";
    const auto kind = v1::INFORMATION_KIND_MAPPING;
    Viewer viewer = viewer_of(row, kind);
    viewer.consents.front().purposes = {v1::PURPOSE_MAPPING, v1::PURPOSE_FOLLOW_UP};
    const auto case_kind = row.cells[0] == "group" ? v1::CASE_KIND_GROUP : v1::CASE_KIND_INDIVIDUAL;
    const CaseFacts facts{case_kind, coordinating_agency, owners_kind, purpose};
    EXPECT_EQ(may_enter(viewer, facts) ? "yes" : "no", decided(without, kind).cells[enters]);
    EXPECT_EQ(words_of(visibility(viewer, facts, item_of(row, kind)), viewer),
              decided(without, kind).cells[sees]);
  }
}

TEST(Visibility, AConsentThatNamesAnotherAgencyLetsOnlyTheCoordinatorSee) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  viewer.consents = {consent_of("on this kind", v1::INFORMATION_KIND_PLAN)};
  viewer.consents.front().agencies = {third_agency};
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency, owners_kind, purpose};
  const ItemFacts item{third_agency, owners_kind, v1::INFORMATION_KIND_PLAN, items_class};
  EXPECT_FALSE(may_enter(viewer, facts));
  EXPECT_FALSE(visibility(viewer, facts, item).visible);
  viewer.coordinates = true;
  EXPECT_TRUE(visibility(viewer, facts, item).visible);
}

// R3: recreation is never meant unless it is named.
TEST(Visibility, ANoteIsForWhomItsAuthorNamesAndElseForAllButRecreation) {
  Viewer viewer;
  viewer.agency = callers_agency;
  for (int kind = v1::AgencyKind_MIN + 1; kind <= v1::AgencyKind_MAX; ++kind) {
    viewer.agency_kind = static_cast<v1::AgencyKind>(kind);
    EXPECT_EQ(is_addressed({}, viewer), kind != v1::AGENCY_KIND_RECREATION) << kind;
    EXPECT_TRUE(is_addressed({callers_agency}, viewer)) << kind;
    EXPECT_TRUE(is_addressed({third_agency, callers_agency}, viewer)) << kind;
    EXPECT_FALSE(is_addressed({third_agency}, viewer)) << kind;
  }
}

TEST(Visibility, AStandingBasisIsFromOneKindOfAgencyOrFromAny) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  viewer.standing = {{BasisId::random(), v1::AGENCY_KIND_SOCIAL_SERVICES, {items_class}}};
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency, owners_kind, purpose};
  const ItemFacts item{third_agency, owners_kind, v1::INFORMATION_KIND_PLAN, items_class};
  EXPECT_FALSE(visibility(viewer, facts, item).visible);
  viewer.standing.front().from_kind = v1::AGENCY_KIND_UNSPECIFIED;
  EXPECT_TRUE(visibility(viewer, facts, item).visible);
}

TEST(Visibility, ThePurposeFollowsTheStateOfTheCase) {
  for (int state = v1::CaseState_MIN; state <= v1::CaseState_MAX; ++state) {
    const bool before_plan = state >= v1::CASE_STATE_REFERRED && state <= v1::CASE_STATE_MAPPING;
    const bool denied =
        state == v1::CASE_STATE_CONSENT_REFUSED || state == v1::CASE_STATE_CONSENT_REVOKED;
    const v1::Purpose expected = denied                                ? v1::PURPOSE_UNSPECIFIED
                                 : before_plan                         ? v1::PURPOSE_MAPPING
                                 : state == v1::CASE_STATE_PLAN_ACTIVE ? v1::PURPOSE_PLANNING
                                                                       : v1::PURPOSE_FOLLOW_UP;
    EXPECT_EQ(purpose_of(static_cast<v1::CaseState>(state)), expected) << state;
  }
}

TEST(Visibility, AnItemOfTheCoordinatingAgencyIsItsOwnMembersOwn) {
  Viewer viewer;
  viewer.agency = coordinating_agency;
  viewer.is_assigned = true;
  viewer.consents = {consent_of("on this kind", v1::INFORMATION_KIND_PLAN)};
  viewer.consents.front().agencies = {coordinating_agency};
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency, owners_kind, purpose};
  const Visibility seen =
      visibility(viewer, facts, coordination_item(facts, v1::INFORMATION_KIND_IDENTITY));
  EXPECT_TRUE(seen.visible);
  EXPECT_FALSE(seen.basis);
}

TEST(Visibility, TheConsentThatIsNamedIsTheFirstThatCoversTheKind) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  for (const char* words : {"on other kinds", "on this kind", "on this kind"}) {
    viewer.consents.push_back(consent_of(words, v1::INFORMATION_KIND_PLAN));
  }
  const CaseFacts facts{v1::CASE_KIND_INDIVIDUAL, coordinating_agency, owners_kind, purpose};
  const ItemFacts item{third_agency, owners_kind, v1::INFORMATION_KIND_PLAN, items_class};
  EXPECT_EQ(visibility(viewer, facts, item).basis, viewer.consents[1].id);
}

TEST(Visibility, ACaseOfUnknownKindHidesLikeAnIndividual) {
  Viewer viewer;
  viewer.agency = callers_agency;
  viewer.is_assigned = true;
  EXPECT_FALSE(may_enter(viewer, CaseFacts{}));
}

}  // namespace
}  // namespace sspf::access
