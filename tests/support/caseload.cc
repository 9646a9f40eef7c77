// SPDX-License-Identifier: Apache-2.0
#include "tests/support/caseload.h"

#include "server/base/limits.h"
#include "tests/support/consent_form.h"

namespace sspf::test {

v1::CreateCaseRequest new_person(const std::string& identity_number) {
  v1::CreateCaseRequest request;
  request.set_municipality_code("TYR");
  request.set_kind(v1::CASE_KIND_INDIVIDUAL);
  request.set_title("Test Testsson");
  request.set_identity_number(identity_number);
  request.set_referring_agency_code("TYR-SKO");
  return request;
}

v1::CreateCaseRequest new_group() {
  v1::CreateCaseRequest request = new_person("");
  request.set_kind(v1::CASE_KIND_GROUP);
  request.set_title("Torget");
  return request;
}

v1::RecordConsentRequest new_consent(const std::string& case_number, const Terms& terms) {
  v1::RecordConsentRequest request;
  request.set_case_number(case_number);
  for (const char signer : terms.signers) {
    v1::Signatory& signatory = *request.add_signatories();
    signatory.set_role(signer == 'g' ? v1::SIGNATORY_ROLE_GUARDIAN : v1::SIGNATORY_ROLE_YOUTH);
    signatory.set_name(signer == 'g' ? "Vera Vårdnadshavare" : "Test Testsson");
    signatory.set_signed_on(terms.signed_on);
  }
  for (const std::string& code : terms.agencies) request.add_agency_codes(code);
  for (const v1::InformationKind kind : terms.kinds) request.add_kinds(kind);
  request.set_from_date(terms.from_date);
  request.set_to_date(terms.to_date);
  fill_in_form(request);
  if (!terms.purposes.empty()) request.clear_purposes();
  for (const v1::Purpose purpose : terms.purposes) request.add_purposes(purpose);
  return request;
}

v1::AdvanceCaseRequest step_to(const v1::Case& from, v1::CaseState state) {
  v1::AdvanceCaseRequest request;
  request.set_case_number(from.number());
  request.set_version(from.version());
  request.set_state(state);
  request.set_reason("Skäl som står i ärendet.");
  return request;
}

std::string Caseload::create(const v1::CreateCaseRequest& request) {
  return get<v1::CreateCaseResponse>(cast.coordinator_tyr, "CaseService/CreateCase", request)
      .number();
}

std::string Caseload::referred() { return create(new_person(number_aged_15)); }

std::string Caseload::mapped() {
  const std::string number = referred();
  consent(number, Terms());
  advance(number, v1::CASE_STATE_CONSENT_PENDING);
  advance(number, v1::CASE_STATE_MAPPING);
  return number;
}

v1::Case Caseload::show(const Account& caller, const std::string& case_number) {
  v1::GetCaseRequest request;
  request.set_case_number(case_number);
  return get<v1::GetCaseResponse>(caller, "CaseService/GetCase", request).case_();
}

std::vector<std::string> Caseload::listed(const Account& caller) {
  std::vector<std::string> numbers;
  const auto response =
      get<v1::ListCasesResponse>(caller, "CaseService/ListCases", v1::ListCasesRequest());
  for (const v1::Case& each : response.cases()) numbers.push_back(each.number());
  return numbers;
}

void Caseload::advance(const std::string& case_number, v1::CaseState state) {
  get<v1::AdvanceCaseResponse>(cast.coordinator_tyr, "CaseService/AdvanceCase",
                               step_to(show(cast.coordinator_tyr, case_number), state));
}

void Caseload::close(const std::string& case_number) {
  advance(case_number, v1::CASE_STATE_PLAN_ACTIVE);
  advance(case_number, v1::CASE_STATE_FOLLOW_UP);
  advance(case_number, v1::CASE_STATE_CLOSED);
}

void Caseload::assign(const std::string& case_number, const Account& account) {
  v1::AssignAccountRequest request;
  request.set_case_number(case_number);
  request.set_handle(account.handle);
  get<v1::AssignAccountResponse>(cast.coordinator_tyr, "CaseService/AssignAccount", request);
}

std::string Caseload::consent(const std::string& case_number, const Terms& terms) {
  return get<v1::RecordConsentResponse>(cast.coordinator_tyr, "ConsentService/RecordConsent",
                                        new_consent(case_number, terms))
      .consent();
}

void Caseload::revoke(const std::string& case_number, const std::string& consent) {
  v1::RevokeConsentRequest request;
  request.set_case_number(case_number);
  request.set_consent(consent);
  get<v1::RevokeConsentResponse>(cast.coordinator_tyr, "ConsentService/RevokeConsent", request);
}

std::string Caseload::note(const Account& caller, const std::string& case_number,
                           const std::string& text) {
  server.advance_seconds(1);
  v1::AddNoteRequest request;
  request.set_case_number(case_number);
  request.set_text(text);
  return get<v1::AddNoteResponse>(caller, "CaseService/AddNote", request).note();
}

std::vector<v1::Note> Caseload::notes(const Account& caller, const std::string& case_number) {
  v1::ListNotesRequest request;
  request.set_case_number(case_number);
  const auto response = get<v1::ListNotesResponse>(caller, "CaseService/ListNotes", request);
  return {response.notes().begin(), response.notes().end()};
}

std::size_t Caseload::call_all(const Account& caller, const std::string& rpc,
                               const std::vector<std::string>& bodies) {
  std::size_t ok = 0;
  std::vector<HttpRequest> batch;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    HttpRequest& http = batch.emplace_back();
    http.path = "/sspf.v1." + rpc;
    http.content_type = "application/proto";
    http.body = bodies[i];
    http.peer_address = "127.0.0.1";
    http.certificate = caller.certificate;
    http.arrived = server.now();
    if (batch.size() < limits::calls_per_batch_max && i + 1 < bodies.size()) continue;
    for (const HttpResponse& response : rpc::serve_batch(server.installation().services(), batch)) {
      if (response.status == 200) ++ok;
    }
    batch.clear();
  }
  return ok;
}

}  // namespace sspf::test
