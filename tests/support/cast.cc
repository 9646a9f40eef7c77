// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cast.h"

namespace sspf::test {
namespace {

void make_municipality(TestServer& server, const std::string& code, const std::string& name) {
  v1::CreateMunicipalityRequest request;
  request.set_code(code);
  request.set_name(name);
  server.get<v1::CreateMunicipalityResponse>(
      server.root(), "sspf.v1.MunicipalityService/CreateMunicipality", request);
}

struct NewAgency {
  std::string code;
  v1::AgencyKind kind;
  std::vector<std::string> municipalities;
};

void make_agency(TestServer& server, const NewAgency& wanted) {
  v1::CreateAgencyRequest request;
  request.set_code(wanted.code);
  request.set_name("Part " + wanted.code);
  request.set_kind(wanted.kind);
  for (const std::string& code : wanted.municipalities) request.add_municipality_codes(code);
  server.get<v1::CreateAgencyResponse>(server.root(), "sspf.v1.AgencyService/CreateAgency",
                                       request);
}

void make_agencies(TestServer& server) {
  make_municipality(server, "TYR", "Tyresö");
  make_municipality(server, "NAC", "Nacka");
  make_agency(server, {"TYR-SSPF", v1::AGENCY_KIND_PARTNER, {"TYR"}});
  make_agency(server, {"NAC-SSPF", v1::AGENCY_KIND_PARTNER, {"NAC"}});
  make_agency(server, {"TYR-SOC", v1::AGENCY_KIND_SOCIAL_SERVICES, {"TYR"}});
  make_agency(server, {"TYR-SKO", v1::AGENCY_KIND_SCHOOL, {"TYR"}});
  make_agency(server, {"TYR-FRI", v1::AGENCY_KIND_RECREATION, {"TYR"}});
  make_agency(server, {"LPO-POL", v1::AGENCY_KIND_POLICE, {"TYR", "NAC"}});
  make_agency(server, {"NAC-SKO", v1::AGENCY_KIND_SCHOOL, {"NAC"}});
}

}  // namespace

Account make_account(TestServer& server, const NewAccount& wanted) {
  v1::CreateAccountRequest request;
  request.set_handle(wanted.handle);
  request.set_name("Test " + wanted.handle);
  request.set_agency_code(wanted.agency);
  for (const std::string& code : wanted.municipalities) {
    v1::RoleGrant& grant = *request.add_roles();
    grant.set_role(wanted.role);
    grant.set_municipality_code(code);
  }
  if (wanted.municipalities.empty()) request.add_roles()->set_role(wanted.role);
  server.get<v1::CreateAccountResponse>(server.root(), "sspf.v1.AccountService/CreateAccount",
                                        request);
  v1::IssueEnrolmentCodeRequest issue;
  issue.set_handle(wanted.handle);
  const auto code = server.get<v1::IssueEnrolmentCodeResponse>(
      server.root(), "sspf.v1.AccountService/IssueEnrolmentCode", issue);
  return server.enroll(code.code());
}

Cast::Cast(TestServer& server) : root(server.root()) {
  make_agencies(server);
  admin_tyr = make_account(server, {"admin.tyr", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, {"TYR"}});
  coordinator_tyr = make_account(server, {"anna.alm", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  coordinator_nac = make_account(server, {"nils.nack", "NAC-SSPF", v1::ROLE_COORDINATOR, {"NAC"}});
  social_tyr = make_account(server, {"sara.sten", "TYR-SOC", v1::ROLE_MEMBER, {"TYR"}});
  school_tyr = make_account(server, {"sven.skog", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}});
  school2_tyr = make_account(server, {"siv.sjo", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}});
  recreation_tyr = make_account(server, {"frida.falt", "TYR-FRI", v1::ROLE_MEMBER, {"TYR"}});
  police = make_account(server, {"per.park", "LPO-POL", v1::ROLE_MEMBER, {"TYR", "NAC"}});
  school_nac = make_account(server, {"nora.norr", "NAC-SKO", v1::ROLE_MEMBER, {"NAC"}});
  auditor = make_account(server, {"ulla.upp", "TYR-SSPF", v1::ROLE_AUDITOR, {}});
  auditor_tyr = make_account(server, {"uno.ung", "TYR-SSPF", v1::ROLE_AUDITOR, {"TYR"}});
  suspended = make_account(server, {"sture.stopp", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}});
  v1::SuspendAccountRequest suspend;
  suspend.set_handle("sture.stopp");
  server.get<v1::SuspendAccountResponse>(root, "sspf.v1.AccountService/SuspendAccount", suspend);
}

}  // namespace sspf::test
