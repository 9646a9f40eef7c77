// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/subject.h"

#include "server/base/clock.h"
#include "server/base/identity_number.h"
#include "server/handlers/warnings.h"

namespace sspf::handlers {
namespace {

// Written once, with the case.
constexpr std::uint64_t subject_version = 1;

access::Place subject_place(const access::CaseAccess& access) {
  return {"case_file.sealed_subject", access.case_id().bytes(), subject_version};
}

Result<v1::Case> checked_person(const v1::CreateCaseRequest& request, const std::string& today) {
  v1::Case subject;
  if (request.birth_date() > today) return refusal(Reason::born_in_future, "birth_date");
  subject.set_birth_date(request.birth_date());
  if (request.identity_number().empty()) return subject;
  const IdentityNumber number =
      TRY(parse_identity_number(request.identity_number(), today, "identity_number"));
  subject.set_identity_number(number.canonical);
  if (subject.birth_date().empty()) subject.set_birth_date(number.birth_date.value_or(""));
  if (subject.birth_date().empty()) return refusal(Reason::missing, "birth_date");
  return subject;
}

void show_subject(v1::Case& shown, const v1::Case& subject, const std::string& today,
                  Detail detail) {
  shown.set_title(subject.title());
  if (const auto birth_date = birth_date_of(subject)) {
    shown.set_age(static_cast<std::uint32_t>(age_on(*birth_date, today)));
  }
  if (detail == Detail::listed) return;
  shown.set_identity_number(subject.identity_number());
  shown.set_birth_date(subject.birth_date());
}

}  // namespace

Result<v1::Case> checked_subject(const v1::CreateCaseRequest& request, const std::string& today) {
  v1::Case subject;
  if (request.kind() == v1::CASE_KIND_GROUP) {
    if (!request.identity_number().empty()) return refusal(Reason::unexpected, "identity_number");
    if (!request.birth_date().empty()) return refusal(Reason::unexpected, "birth_date");
  } else {
    subject = TRY(checked_person(request, today));
  }
  subject.set_title(request.title());
  return subject;
}

access::Sealed seal_subject(const access::CaseAccess& access, const v1::Case& subject) {
  return access.seal(access.coordination(), subject_place(access), subject.SerializeAsString());
}

std::optional<v1::Case> open_subject(const access::CaseAccess& access,
                                     const store::CaseRecord& record) {
  const auto text = access.open(access.coordination_item(v1::INFORMATION_KIND_IDENTITY),
                                subject_place(access), record.subject);
  if (!text) return std::nullopt;
  v1::Case subject;
  if (!subject.ParseFromString(*text)) throw Fault("an opened subject does not parse");
  return subject;
}

std::optional<std::string> birth_date_of(const v1::Case& subject) {
  if (subject.birth_date().empty()) return std::nullopt;
  return subject.birth_date();
}

v1::Case shown_case(const access::CaseAccess& access, const Workspace& workspace, Detail detail) {
  const store::CaseRecord record = workspace.tables.cases.record(access);
  v1::Case shown;
  shown.set_number(access.number());
  shown.set_kind(access.facts().kind);
  shown.set_state(access.state());
  shown.set_version(access.version());
  shown.set_municipality_code(workspace.tables.directory.municipality_code(access.municipality()));
  shown.set_referred_on(record.referred_on);
  shown.set_referring_agency_code(record.referring_agency_code);
  if (detail == Detail::listed &&
      workspace.tables.protection.level(access) != v1::PROTECTION_LEVEL_UNSPECIFIED) {
    return shown;  // a list lies open on a screen: a protected name does not stand in it
  }
  const auto subject = open_subject(access, record);
  if (!subject) return shown;
  show_subject(shown, *subject, workspace.today, detail);
  if (access.coordinates()) {
    *shown.mutable_warnings() = case_warnings(access, workspace);
  }
  return shown;
}

}  // namespace sspf::handlers
