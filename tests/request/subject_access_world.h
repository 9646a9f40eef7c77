// SPDX-License-Identifier: Apache-2.0
//
// One case with something of the coordination's and of the school's, and an extract of it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sspf/v1/subject_access.pb.h"
#include "tests/support/planning.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {

struct SubjectAccessWorld : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  const std::string number = load.mapped();
  StoredRows rows{load.server.config()};

  void SetUp() override {
    load.assign(number, cast.school_tyr);
    load.assign(number, cast.social_tyr);
    load.note(coordinator, number, "Samordnarens anteckning");
    load.note(cast.school_tyr, number, "Skolans anteckning om Kim Kompis");
  }

  template <typename Request>
  Request about() {
    Request request;
    request.set_case_number(number);
    return request;
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1.SubjectAccessService/" + rpc, request).summary();
  }
  // And nothing is stored, and the event says so.
  std::string refused(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    rows.changes();
    const std::string summary = outcome(caller, rpc, request);
    EXPECT_EQ(rows.changes(), "") << summary;
    EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_REFUSED) << summary;
    return summary;
  }
  v1::OpenSubjectAccessRequest opening() {
    auto request = about<v1::OpenSubjectAccessRequest>();
    request.set_asked_on("2026-11-20");
    request.set_asked_by(v1::SUBJECT_REQUESTER_GUARDIAN);
    return request;
  }
  std::string open() {
    return load
        .get<v1::OpenSubjectAccessResponse>(coordinator, "SubjectAccessService/OpenSubjectAccess",
                                            opening())
        .subject_access();
  }
  v1::ListSubjectAccessEntriesRequest listing(const std::string& extract) {
    auto request = about<v1::ListSubjectAccessEntriesRequest>();
    request.set_subject_access(extract);
    return request;
  }
  std::vector<v1::SubjectAccessEntry> queue(const Account& caller, const std::string& extract) {
    const auto response = load.get<v1::ListSubjectAccessEntriesResponse>(
        caller, "SubjectAccessService/ListSubjectAccessEntries", listing(extract));
    return {response.entries().begin(), response.entries().end()};
  }
  // The first piece of a source that an agency owns.
  v1::SubjectAccessEntry piece(const Account& caller, const std::string& extract,
                               v1::SubjectAccessSource source, const std::string& owner) {
    for (const v1::SubjectAccessEntry& entry : queue(caller, extract)) {
      if (entry.source() == source && entry.owner_agency_code() == owner) return entry;
    }
    throw std::runtime_error("no such piece of " + owner);
  }
  v1::DecideSubjectAccessEntryRequest decision(const v1::SubjectAccessEntry& on,
                                               v1::SubjectAccessDecision decided) {
    auto request = about<v1::DecideSubjectAccessEntryRequest>();
    request.set_entry(on.entry());
    request.set_version(on.version());
    request.set_decision(decided);
    if (decided == v1::SUBJECT_ACCESS_DECISION_REDACTED) {
      request.set_redacted_text("Skolans anteckning om [en annan elev]");
    }
    if (decided == v1::SUBJECT_ACCESS_DECISION_WITHHELD) {
      request.set_paragraph("23 kap. 1 § OSL");
      request.set_reason("Kim Kompis skulle lida men.");
    }
    return request;
  }
  void decide(const Account& caller, const v1::SubjectAccessEntry& on,
              v1::SubjectAccessDecision decided) {
    load.get<v1::DecideSubjectAccessEntryResponse>(
        caller, "SubjectAccessService/DecideSubjectAccessEntry", decision(on, decided));
  }
  // The coordination releases what is its own.
  void release_own(const std::string& extract) {
    for (const v1::SubjectAccessEntry& entry : queue(coordinator, extract)) {
      if (entry.owner_agency_code() != "TYR-SSPF") continue;
      decide(coordinator, entry, v1::SUBJECT_ACCESS_DECISION_RELEASED);
    }
  }
  v1::CloseSubjectAccessRequest closing(const std::string& extract) {
    auto request = about<v1::CloseSubjectAccessRequest>();
    request.set_subject_access(extract);
    return request;
  }
  void close(const std::string& extract) {
    load.get<v1::CloseSubjectAccessResponse>(coordinator, "SubjectAccessService/CloseSubjectAccess",
                                             closing(extract));
  }
  v1::ExportSubjectAccessRequest exporting(const std::string& extract) {
    auto request = about<v1::ExportSubjectAccessRequest>();
    request.set_subject_access(extract);
    return request;
  }
  v1::ExportSubjectAccessResponse exported(const std::string& extract) {
    return load.get<v1::ExportSubjectAccessResponse>(
        coordinator, "SubjectAccessService/ExportSubjectAccess", exporting(extract));
  }
};

}  // namespace sspf::test
