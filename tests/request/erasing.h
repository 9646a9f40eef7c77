// SPDX-License-Identifier: Apache-2.0
//
// January 2024 in two municipalities and in none, with details that auditors may see or erase.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sspf/v1/audit_details.pb.h"
#include "tests/support/disposing.h"
#include "tests/support/reviewing.h"
#include "tests/support/site.h"

namespace sspf::test::erasing {

namespace fs = std::filesystem;

inline constexpr auto ask = "AuditDetailsService/RequestDetailsErasure";
inline constexpr auto approve = "AuditDetailsService/ApproveDetailsErasure";
inline constexpr auto list = "AuditDetailsService/ListDetailsErasures";
inline constexpr auto show = "AuditDetailsService/GetAuditDetails";
inline constexpr auto month = "2024-01";

struct DetailsErasure : testing::Test {
  Reviewing town;
  const Cast& cast = town.cast;
  TestServer& server = town.server;
  std::uint64_t of_tyr = 0;
  std::uint64_t of_nac = 0;
  std::uint64_t of_none = 0;

  // Something of each in January 2024, with a text about staff.
  void SetUp() override {
    server.set_date("2024-01-10");
    town.load.create(new_group());
    auto reason = review_of_tyr<v1::RequestReidentificationRequest>();
    reason.set_case_ref(CaseId::of(crypto::view_of(server.last_event().case_id())).text());
    reason.set_reason("Misstanke.");
    town.load.get<v1::RequestReidentificationResponse>(
        cast.auditor_tyr, "ReidentificationService/RequestReidentification", reason);
    of_tyr = server.last_event().sequence();
    auto nacka = v1::ListReviewRulesRequest();
    nacka.set_municipality_code("NAC");
    town.load.get<v1::ListReviewRulesResponse>(cast.auditor, "ReviewService/ListReviewRules",
                                               nacka);
    of_nac = server.last_event().sequence();
    town.load.get<v1::WhoAmIResponse>(cast.auditor, "AccountService/WhoAmI", v1::WhoAmIRequest());
    of_none = server.last_event().sequence();
    server.set_date("2026-11-24");
  }

  v1::RequestDetailsErasureRequest wish(const std::string& municipality,
                                        const std::string& of_month) {
    v1::RequestDetailsErasureRequest request;
    request.set_municipality_code(municipality);
    request.set_month(of_month);
    return request;
  }
  v1::ApproveDetailsErasureRequest approval(const std::string& municipality,
                                            const std::string& erasure) {
    v1::ApproveDetailsErasureRequest request;
    request.set_municipality_code(municipality);
    request.set_erasure(erasure);
    return request;
  }
  std::string asked(const Account& caller, const std::string& municipality) {
    return town.load.get<v1::RequestDetailsErasureResponse>(caller, ask, wish(municipality, month))
        .erasure();
  }
  void erase() {
    town.load.get<v1::ApproveDetailsErasureResponse>(
        cast.auditor, approve, approval("TYR", asked(cast.auditor_tyr, "TYR")));
  }
  v1::GetAuditDetailsResponse details(std::uint64_t sequence) {
    v1::GetAuditDetailsRequest request;
    request.set_sequence(sequence);
    return town.load.get<v1::GetAuditDetailsResponse>(cast.auditor, show, request);
  }
  std::string reason_shown() {
    return town.load
        .get<v1::ListReidentificationsResponse>(cast.auditor_tyr,
                                                "ReidentificationService/ListReidentifications",
                                                review_of_tyr<v1::ListReidentificationsRequest>())
        .requests(0)
        .reason();
  }
  KeyId key_of(std::uint64_t sequence) {
    store::Connection database = open_database(server.config());
    store::Query query(database, "SELECT key_id FROM audit_detail WHERE sequence = ?1", sequence);
    if (!query.step()) throw std::runtime_error("no details");
    return query.id<KeyId>(0);
  }
  void put(const fs::path& file, const std::string& content) {
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << content;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  }
};

}  // namespace sspf::test::erasing
