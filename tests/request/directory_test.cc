// SPDX-License-Identifier: Apache-2.0
//
// Municipalities and agencies: who makes, changes and sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/request/refused.h"
#include "tests/support/account_book.h"

namespace sspf::test::directory {
namespace {

using testing::ElementsAre;

v1::CreateMunicipalityRequest new_municipality(const std::string& code) {
  v1::CreateMunicipalityRequest request;
  request.set_code(code);
  request.set_name("Kommunen " + code);
  return request;
}

v1::CreateAgencyRequest new_agency(const std::string& code) {
  v1::CreateAgencyRequest request;
  request.set_code(code);
  request.set_name("Parten " + code);
  request.set_kind(v1::AGENCY_KIND_SCHOOL);
  request.add_municipality_codes("TYR");
  return request;
}

struct Directory : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;
  const Account admin_nac =
      make_account(book.server, {"admin.nac", "NAC-SSPF", v1::ROLE_ADMINISTRATOR, {"NAC"}});

  v1::UpdateAgencyRequest update_of(const std::string& code) {
    for (const v1::Agency& agency : agencies(cast.root)) {
      if (agency.code() != code) continue;
      v1::UpdateAgencyRequest request;
      request.set_code(code);
      request.set_version(agency.version());
      request.set_name(agency.name());
      *request.mutable_municipality_codes() = agency.municipality_codes();
      return request;
    }
    throw std::runtime_error("there is no agency " + code);
  }
  std::vector<v1::Agency> agencies(const Account& caller) {
    const auto listed = book.get<v1::ListAgenciesResponse>(caller, "AgencyService/ListAgencies",
                                                           v1::ListAgenciesRequest());
    return {listed.agencies().begin(), listed.agencies().end()};
  }
  // "LPO-POL:NAC,TYR" and so on.
  std::vector<std::string> agencies_told(const Account& caller) {
    std::vector<std::string> told;
    for (const v1::Agency& agency : agencies(caller)) {
      std::string text = agency.code() + ":";
      for (const std::string& code : agency.municipality_codes()) text += code + ",";
      text.pop_back();
      told.push_back(text);
    }
    return told;
  }
  std::vector<std::string> municipalities(const Account& caller) {
    std::vector<std::string> codes;
    const auto listed = book.get<v1::ListMunicipalitiesResponse>(
        caller, "MunicipalityService/ListMunicipalities", v1::ListMunicipalitiesRequest());
    for (const auto& each : listed.municipalities()) codes.push_back(each.code());
    return codes;
  }
};

TEST_F(Directory, OnlyTheInstallationsAdministratorWritesIt) {
  Requests writes;
  writes.emplace_back("MunicipalityService/CreateMunicipality",
                      std::make_unique<v1::CreateMunicipalityRequest>(new_municipality("VAR")));
  writes.emplace_back("AgencyService/CreateAgency",
                      std::make_unique<v1::CreateAgencyRequest>(new_agency("TYR-GYM")));
  v1::UpdateAgencyRequest update = update_of("TYR-SKO");
  update.set_name("Nya skolan");
  writes.emplace_back("AgencyService/UpdateAgency",
                      std::make_unique<v1::UpdateAgencyRequest>(update));
  const std::string before = book.stored();
  for (const auto& [rpc, request] : writes) {
    EXPECT_EQ(book.outcome(cast.nobody, rpc, *request), refused::no_certificate) << rpc;
    EXPECT_EQ(book.outcome(cast.suspended, rpc, *request), refused::suspended) << rpc;
    EXPECT_EQ(book.named(), " about sture.stopp") << rpc;
    for (const Account& other :
         {cast.admin_tyr, admin_nac, cast.coordinator_tyr, cast.coordinator_nac, cast.school_tyr,
          cast.police, cast.auditor, cast.auditor_tyr}) {
      EXPECT_EQ(book.outcome(other, rpc, *request), refused::role_missing)
          << other.handle << " " << rpc;
      EXPECT_EQ(book.named(), "by " + other.handle) << rpc;
    }
  }
  EXPECT_EQ(book.stored(), before);
  for (const auto& [rpc, request] : writes) {
    EXPECT_EQ(book.outcome(cast.root, rpc, *request), "allowed ok") << rpc;
    EXPECT_TRUE(book.named().starts_with("by root")) << rpc;
    EXPECT_TRUE(book.named().ends_with(" as administrator")) << rpc;
  }
  EXPECT_NE(book.stored(), before);
}

TEST_F(Directory, EachAccountSeesTheMunicipalitiesThatItsAgencyServes) {
  const auto everything = ElementsAre("LPO-POL:NAC,TYR", "NAC-SKO:NAC", "NAC-SSPF:NAC",
                                      "TYR-FRI:TYR", "TYR-SKO:TYR", "TYR-SOC:TYR", "TYR-SSPF:TYR");
  const auto of_tyr =
      ElementsAre("LPO-POL:TYR", "TYR-FRI:TYR", "TYR-SKO:TYR", "TYR-SOC:TYR", "TYR-SSPF:TYR");
  const auto of_nac = ElementsAre("LPO-POL:NAC", "NAC-SKO:NAC", "NAC-SSPF:NAC");
  for (const Account& caller : {cast.root, cast.police}) {
    EXPECT_THAT(municipalities(caller), ElementsAre("NAC", "TYR")) << caller.handle;
    EXPECT_THAT(agencies_told(caller), everything) << caller.handle;
  }
  for (const Account& caller :
       {cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr, cast.auditor, cast.auditor_tyr}) {
    EXPECT_THAT(municipalities(caller), ElementsAre("TYR")) << caller.handle;
    EXPECT_THAT(agencies_told(caller), of_tyr) << caller.handle;
  }
  for (const Account& caller : {admin_nac, cast.coordinator_nac, cast.school_nac}) {
    EXPECT_THAT(municipalities(caller), ElementsAre("NAC")) << caller.handle;
    EXPECT_THAT(agencies_told(caller), of_nac) << caller.handle;
  }
  const std::string rpcs[] = {"MunicipalityService/ListMunicipalities",
                              "AgencyService/ListAgencies"};
  for (const std::string& rpc : rpcs) {
    EXPECT_EQ(book.outcome(cast.nobody, rpc, v1::ListAgenciesRequest()), refused::no_certificate);
    EXPECT_EQ(book.outcome(cast.suspended, rpc, v1::ListAgenciesRequest()), refused::suspended);
    EXPECT_EQ(book.outcome(cast.school_tyr, rpc, v1::ListAgenciesRequest()), "allowed ok");
    EXPECT_EQ(book.named(), "by sven.skog");
  }
}

TEST_F(Directory, ACodeIsUsedOnce) {
  const std::string before = book.stored();
  EXPECT_EQ(
      book.outcome(cast.root, "MunicipalityService/CreateMunicipality", new_municipality("TYR")),
      "refused already_exists/already_there(code) for already_there");
  EXPECT_EQ(book.outcome(cast.root, "AgencyService/CreateAgency", new_agency("NAC-SKO")),
            "refused already_exists/already_there(code) for already_there");
  // The agency of the first administrator serves no municipality and is in no list.
  EXPECT_EQ(book.outcome(cast.root, "AgencyService/CreateAgency", new_agency("DRIFT")),
            "refused already_exists/already_there(code) for already_there");
  EXPECT_EQ(book.stored(), before);
}

TEST_F(Directory, ANewMunicipalityIsInItsEvent) {
  EXPECT_EQ(
      book.outcome(cast.root, "MunicipalityService/CreateMunicipality", new_municipality("VAR")),
      "allowed ok");
  EXPECT_EQ(book.named(), "by root in VAR as administrator");
  EXPECT_THAT(municipalities(cast.root), ElementsAre("NAC", "TYR", "VAR"));
}

TEST_F(Directory, AnAgencyIsMadeAsAskedForAndNamedInItsEvent) {
  v1::CreateAgencyRequest request = new_agency("GYM-2");
  request.set_kind(v1::AGENCY_KIND_RECREATION);
  request.add_municipality_codes("NAC");
  request.add_municipality_codes("TYR");  // twice is once
  EXPECT_EQ(book.outcome(cast.root, "AgencyService/CreateAgency", request), "allowed ok");
  const v1::AuditEvent made = book.server.last_event();
  EXPECT_EQ(made.item_version(), 1U);
  const v1::Agency stored = agencies(cast.root).front();
  EXPECT_EQ(stored.code(), "GYM-2");
  EXPECT_EQ(stored.name(), "Parten GYM-2");
  EXPECT_EQ(stored.kind(), v1::AGENCY_KIND_RECREATION);
  EXPECT_EQ(stored.version(), 1U);
  EXPECT_THAT(stored.municipality_codes(), ElementsAre("NAC", "TYR"));

  v1::UpdateAgencyRequest update = update_of("GYM-2");
  EXPECT_EQ(book.outcome(cast.root, "AgencyService/UpdateAgency", update), "allowed ok");
  EXPECT_EQ(book.server.last_event().item_id(), made.item_id());
  EXPECT_EQ(book.server.last_event().item_version(), 2U);
}

TEST_F(Directory, AnUpdateReplacesNameAndMunicipalitiesAndNotTheKind) {
  v1::UpdateAgencyRequest update = update_of("TYR-SKO");
  update.set_name("Skolan i två kommuner");
  update.add_municipality_codes("NAC");
  const auto response =
      book.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", update);
  EXPECT_EQ(response.version(), 2U);
  for (const v1::Agency& agency : agencies(cast.root)) {
    if (agency.code() != "TYR-SKO") continue;
    EXPECT_EQ(agency.name(), "Skolan i två kommuner");
    EXPECT_EQ(agency.kind(), v1::AGENCY_KIND_SCHOOL);
    EXPECT_EQ(agency.version(), 2U);
    EXPECT_THAT(agency.municipality_codes(), ElementsAre("NAC", "TYR"));
  }
}

TEST_F(Directory, AnUpdateOfAnotherVersionOrOfNothingIsRefused) {
  const std::string rpc = "AgencyService/UpdateAgency";
  const v1::UpdateAgencyRequest first = update_of("TYR-SKO");
  EXPECT_EQ(book.outcome(cast.root, rpc, first), "allowed ok");
  const std::string before = book.stored();
  EXPECT_EQ(book.outcome(cast.root, rpc, first), "refused aborted/stale_version for stale_version");
  v1::UpdateAgencyRequest ahead = update_of("TYR-SKO");
  ahead.set_version(ahead.version() + 1);
  EXPECT_EQ(book.outcome(cast.root, rpc, ahead), "refused aborted/stale_version for stale_version");
  v1::UpdateAgencyRequest absent = update_of("TYR-SKO");
  absent.set_code("TYR-INGEN");
  EXPECT_EQ(book.outcome(cast.root, rpc, absent),
            "refused invalid_argument/unknown_value(code) for unknown_value");
  v1::UpdateAgencyRequest nowhere = update_of("TYR-SKO");
  nowhere.add_municipality_codes("INGEN");
  EXPECT_EQ(book.outcome(cast.root, rpc, nowhere),
            "refused invalid_argument/unknown_value(municipality_codes) for unknown_value");
  v1::CreateAgencyRequest create = new_agency("TYR-GYM");
  create.add_municipality_codes("INGEN");
  EXPECT_EQ(book.outcome(cast.root, "AgencyService/CreateAgency", create),
            "refused invalid_argument/unknown_value(municipality_codes) for unknown_value");
  EXPECT_EQ(book.stored(), before);
}

}  // namespace
}  // namespace sspf::test::directory
