// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/processing_register.h"

#include <map>
#include <tuple>

#include "server/base/limits.h"
#include "server/handlers/retention.h"

namespace sspf::handlers {
namespace {

// What the records of one piece are made from.
struct Facts {
  std::map<store::OwnedData, std::size_t> owned;
  std::vector<store::RecipientRow> recipients;
  std::vector<v1::RetentionPeriod> retention;
};

v1::RetentionPeriod period_of(const store::RetentionRuleRow& rule) {
  v1::RetentionPeriod period;
  period.set_category(rule.category);
  period.set_rule(rule.ref);
  period.set_years(rule.years);
  period.set_preserves_everything(rule.preserves_everything);
  for (std::uint32_t day = 1; day <= 31; ++day) {
    if ((rule.preserved_birth_days >> day & 1U) != 0) period.add_preserved_birth_days(day);
  }
  return period;
}

std::string counted(std::size_t cases) {
  if (cases < limits::counted_cases_min) return "<" + std::to_string(limits::counted_cases_min);
  return std::to_string(cases);
}

void add_data(const store::AgencyRow& agency, const Facts& facts, v1::ProcessingRecord& record) {
  for (const auto& [data, cases] : facts.owned) {
    if (data.owner != agency.id) continue;
    v1::DataCategory& category = *record.add_data_categories();
    category.set_kind(data.kind);
    category.set_secrecy_class(data.secrecy_class);
    category.set_cases(counted(cases));
  }
  if (record.data_categories_size() > 0) {
    record.add_data_subjects(v1::DATA_SUBJECT_YOUNG_PERSONS);
    record.add_data_subjects(v1::DATA_SUBJECT_GUARDIANS);
  }
  record.add_data_subjects(v1::DATA_SUBJECT_STAFF);
}

bool concerns(const store::RecipientRow& row, const store::AgencyRow& agency) {
  if (row.owner) return *row.owner == agency.id;
  return row.owner_kind == v1::AGENCY_KIND_UNSPECIFIED || row.owner_kind == agency.kind;
}

void add_recipients(const store::AgencyRow& agency, const Facts& facts,
                    v1::ProcessingRecord& record) {
  std::map<std::tuple<int, int, std::string>, v1::RecipientCategory> sorted;
  for (const store::RecipientRow& row : facts.recipients) {
    if (!concerns(row, agency)) continue;
    sorted[{row.shown.ground(), row.shown.agency_kind(), row.shown.basis_code()}] = row.shown;
  }
  for (const auto& [key, recipient] : sorted) *record.add_recipients() = recipient;
}

v1::ProcessingRecord record_of(const store::AgencyRow& agency, const Facts& facts) {
  v1::ProcessingRecord record;
  record.set_agency_code(agency.code);
  record.set_agency_name(agency.name);
  record.set_agency_kind(agency.kind);
  for (const auto purpose : {v1::PURPOSE_MAPPING, v1::PURPOSE_PLANNING, v1::PURPOSE_FOLLOW_UP}) {
    record.add_purposes(purpose);
  }
  add_data(agency, facts, record);
  add_recipients(agency, facts, record);
  for (const v1::RetentionPeriod& period : facts.retention) *record.add_retention() = period;
  for (const std::string_view measure : security_measures) {
    record.add_security_measures(std::string(measure));
  }
  return record;
}

}  // namespace

Result<Piece<v1::GetProcessingRegisterResponse>> get_processing_register(
    const Permit<Action::get_processing_register>& permit, Workspace& workspace,
    const v1::GetProcessingRegisterRequest& /*request*/, const std::string& cursor) {
  const access::MunicipalityAccess& municipality = permit.target();
  const store::ProcessingRegister& table = workspace.tables.processing_register;
  Facts facts{table.owned(municipality), table.recipients(municipality, workspace.today), {}};
  for (const auto category : {v1::DOCUMENT_CATEGORY_CASE, v1::DOCUMENT_CATEGORY_MEETING}) {
    facts.retention.push_back(
        period_of(rule_in_force(workspace, municipality.municipality(), category)));
  }
  Piece<v1::GetProcessingRegisterResponse> piece;
  piece.message.set_as_of(workspace.today);
  for (const store::AgencyRow& agency : table.controllers(municipality, cursor)) {
    v1::GetProcessingRegisterResponse& message = piece.message;
    if (static_cast<std::uint32_t>(message.records_size()) == limits::page_size_max) {
      piece.next_cursor = message.records(message.records_size() - 1).agency_code();
      break;
    }
    *message.add_records() = record_of(agency, facts);
  }
  return piece;
}

}  // namespace sspf::handlers
