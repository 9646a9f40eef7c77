// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/crash_site.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <set>

#include "crypto/audit_export.h"
#include "tests/support/join.h"

namespace sspf::test {
namespace {

constexpr auto create = "sspf.v1.MunicipalityService/CreateMunicipality";

std::vector<v1::AuditEvent> events_in(const std::string& export_file) {
  std::ifstream file(export_file, std::ios::binary);
  crypto::AuditExportReader reader(file);
  std::vector<v1::AuditEvent> events;
  crypto::Bytes entry;
  while (reader.next(entry) == crypto::NextEntry::entry) {
    EXPECT_TRUE(events.emplace_back().ParseFromString(std::string(crypto::text_of(entry))));
  }
  return events;
}

// -D: strace is the server's child, so that its signals and exit code are the server's own.
Words strace_with(const std::string& fault) {
  const std::string calls = "trace=" + fault.substr(0, fault.find(':'));
  return {strace_program(), "-D", "-f",  "-qq", "-o",
          "/dev/null",      "-e", calls, "-e",  "inject=" + fault};
}

}  // namespace

std::string strace_program() {
  for (const std::string file : {"/usr/bin/strace", "/usr/local/bin/strace"}) {
    if (std::filesystem::exists(file)) return file;
  }
  return "";
}

CrashSite::CrashSite() : auditor_(site_, "auditor") {
  SiteServer server(site_);
  root_ = enroll(server.port(), site_.code());
  Caller root(server.port(), root_);
  make_directory(root);
  const std::string code = make_account(root, {"auditor", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
  join(auditor_, server.address(), code);
  EXPECT_EQ(server.stop(), 0);
}

CrashSite::Write CrashSite::next_write() {
  Write write;
  write.request.mutable_write()->set_request_id(fmt::format("crash-test-{:08}", written_));
  write.request.set_code(fmt::format("K{:05}", written_));
  write.request.set_name(fmt::format("Kommun {}", written_));
  ++written_;
  return write;
}

void CrashSite::write_until_failure(Caller& caller, int writes) {
  for (int i = 0; i < writes; ++i) {
    Write write = next_write();
    const auto answered = caller.try_call(create, write.request);
    if (!answered || !answered->ok()) {
      first_failure_ = answered ? answered->summary() : "no answer";
      in_doubt_ = std::move(write);
      return;
    }
    write.answer = answered->bodies.at(0);
    acknowledged_.push_back(std::move(write));
  }
}

int CrashSite::serve_with_fault(const std::string& fault, int writes) {
  first_failure_.clear();
  SiteServer server(site_, strace_with(fault));
  if (server.becomes_ready()) {
    Caller caller(server.port(), root_);
    write_until_failure(caller, writes);
  }
  const int exit_code = server.stop();
  log_ = server.log();
  return exit_code;
}

void CrashSite::repeat(Caller& caller) {
  if (!acknowledged_.empty()) {
    const auto again = caller.try_call(create, acknowledged_.back().request);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->summary(), "ok");
    EXPECT_EQ(again->bodies, std::vector<std::string>{acknowledged_.back().answer});
  }
  if (!in_doubt_) return;
  // It was stored, or it was not: the client that repeats it need not know.
  const auto answered = caller.try_call(create, in_doubt_->request);
  ASSERT_TRUE(answered);
  ASSERT_EQ(answered->summary(), "ok");
  in_doubt_->answer = answered->bodies.at(0);
  acknowledged_.push_back(std::move(*in_doubt_));
  in_doubt_.reset();
}

void CrashSite::expect_listed(Caller& caller) const {
  std::multiset<std::string> expected{"TYR"};
  for (const Write& write : acknowledged_) expected.insert(write.request.code());
  std::multiset<std::string> listed;
  const auto answer = caller.get<v1::ListMunicipalitiesResponse>(
      "sspf.v1.MunicipalityService/ListMunicipalities", v1::ListMunicipalitiesRequest());
  for (const auto& municipality : answer.municipalities()) listed.insert(municipality.code());
  EXPECT_EQ(listed, expected);
}

// One event for each write that was done, and their numbers without a gap.
void CrashSite::expect_logged(const std::string& export_file) const {
  const auto events = events_in(export_file);
  std::size_t done = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].sequence(), i);
    if (events[i].rpc() == create && events[i].outcome() == v1::OUTCOME_ALLOWED) ++done;
  }
  EXPECT_EQ(done, acknowledged_.size() + 1);  // TYR
}

void CrashSite::expect_nothing_lost() {
  const Ended checked = site_.sspfd({"check"});
  ASSERT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  {
    SiteServer server(site_);
    Caller caller(server.port(), root_);
    repeat(caller);
    expect_listed(caller);
    EXPECT_EQ(server.stop(), 0);
  }
  // Started anew, since the export reaches to the newest checkpoint, and every start makes one. The
  // auditor's program also compares with the checkpoint that it was shown the last time.
  SiteServer server(site_);
  auditor_.point_to(server.address());
  const std::string file = (site_.folder() / fmt::format("export-{}", exports_++)).string();
  const Ended exported = auditor_.sspf({"audit", "export", file});
  ASSERT_EQ(exported.exit_code, 0) << exported.out << exported.err;
  expect_logged(file);
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace sspf::test
