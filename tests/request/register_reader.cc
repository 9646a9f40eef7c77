// SPDX-License-Identifier: Apache-2.0
#include "tests/request/register_reader.h"

namespace sspf::test {
namespace {

template <typename Enum>
std::string word(const Enum& value, const google::protobuf::EnumDescriptor* type) {
  const std::string name = type->FindValueByNumber(value)->name();
  for (const char* prefix : {"INFORMATION_KIND_", "SECRECY_CLASS_", "AGENCY_KIND_",
                             "RECIPIENT_GROUND_", "DATA_SUBJECT_"}) {
    if (name.starts_with(prefix)) return name.substr(std::string(prefix).size());
  }
  return name;
}

}  // namespace

v1::GetProcessingRegisterResponse RegisterReader::shown(const Account& caller,
                                                        const std::string& municipality) {
  v1::GetProcessingRegisterRequest request;
  request.set_municipality_code(municipality);
  return load.get<v1::GetProcessingRegisterResponse>(caller, get_register, request);
}

v1::ProcessingRecord RegisterReader::record(const std::string& agency) {
  const auto response = shown(cast.admin_tyr, "TYR");
  for (const v1::ProcessingRecord& each : response.records()) {
    if (each.agency_code() == agency) return each;
  }
  return v1::ProcessingRecord();
}

std::vector<std::string> RegisterReader::controllers(const std::string& municipality) {
  std::vector<std::string> codes;
  const auto response = shown(cast.root, municipality);
  for (const v1::ProcessingRecord& each : response.records()) codes.push_back(each.agency_code());
  return codes;
}

std::vector<std::string> RegisterReader::data(const std::string& agency) {
  std::vector<std::string> texts;
  const v1::ProcessingRecord found = record(agency);
  for (const v1::DataCategory& each : found.data_categories()) {
    texts.push_back(word(each.kind(), v1::InformationKind_descriptor()) + " " +
                    word(each.secrecy_class(), v1::SecrecyClass_descriptor()) + " " + each.cases());
  }
  return texts;
}

std::vector<std::string> RegisterReader::recipients(const std::string& agency) {
  std::vector<std::string> texts;
  const v1::ProcessingRecord found = record(agency);
  for (const v1::RecipientCategory& each : found.recipients()) {
    texts.push_back(word(each.agency_kind(), v1::AgencyKind_descriptor()) + " " +
                    word(each.ground(), v1::RecipientGround_descriptor()) +
                    (each.basis_code().empty() ? "" : " " + each.basis_code()));
  }
  return texts;
}

std::string RegisterReader::noted_case() {
  const std::string number = load.create(new_person(""));
  load.consent(number, Terms());
  load.assign(number, cast.school_tyr);
  load.note(cast.school_tyr, number, "Frånvaro i åttan.");
  return number;
}

std::string RegisterReader::noted_case_of_nacka() {
  v1::CreateCaseRequest create = new_person(number_aged_17);
  create.set_municipality_code("NAC");
  create.set_referring_agency_code("NAC-SKO");
  const Account& nils = cast.coordinator_nac;
  const std::string number =
      load.get<v1::CreateCaseResponse>(nils, "CaseService/CreateCase", create).number();
  Terms terms;
  terms.agencies = {"LPO-POL", "NAC-SKO"};
  load.get<v1::RecordConsentResponse>(nils, "ConsentService/RecordConsent",
                                      new_consent(number, terms));
  auto assign = of_case<v1::AssignAccountRequest>(number);
  assign.set_handle(cast.police.handle);
  load.get<v1::AssignAccountResponse>(nils, "CaseService/AssignAccount", assign);
  load.note(cast.police, number, "Polisens iakttagelse.");
  return number;
}

void RegisterReader::move(const std::string& agency, const std::string& municipality) {
  v1::UpdateAgencyRequest request;
  request.set_code(agency);
  request.set_name("Flyttad");
  request.set_version(1);
  request.add_municipality_codes(municipality);
  load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", request);
}

}  // namespace sspf::test
