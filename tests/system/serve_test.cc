// SPDX-License-Identifier: Apache-2.0
//
// The real server while it runs, and after it has stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "server/installation.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"
#include "tests/support/test_server.h"

namespace sspf::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr auto who_am_i = "sspf.v1.AccountService/WhoAmI";
constexpr auto create = "sspf.v1.MunicipalityService/CreateMunicipality";

std::vector<v1::AuditEvent> log_of(const Site& site) {
  OpenInstallation open(site.config(), system_clock(), OpenInstallation::CheckLog::yes);
  return events_of(open);
}

v1::CreateMunicipalityRequest municipality(const std::string& code) {
  v1::CreateMunicipalityRequest request;
  request.set_code(code);
  request.set_name("Kommun " + code);
  return request;
}

std::vector<crypto::Digest> chain_of(const SiteServer& server) {
  TlsClientSettings settings;
  settings.port = server.port();
  return TlsClient(settings).server_chain();
}

std::string municipalities(Caller& caller) {
  return caller
      .get<v1::ListMunicipalitiesResponse>("sspf.v1.MunicipalityService/ListMunicipalities",
                                           v1::ListMunicipalitiesRequest())
      .ShortDebugString();
}

TEST(SspfdServe, TheAdminPortAnswersThreePathsAndNothingElse) {
  const Site site;
  const SiteServer server(site);
  EXPECT_THAT(server.ask_admin("/livez"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(server.ask_admin("/readyz"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(server.ask_admin("/metrics"), HasSubstr("\nsspf_connections_open 0\n"));
  for (const std::string path : {"/", "/metrics/", "/sspf.v1.AccountService/WhoAmI"}) {
    EXPECT_THAT(server.ask_admin(path), StartsWith("HTTP/1.1 404 ")) << path;
  }
}

// What the descriptors in this folder of /proc stand for.
std::set<std::string> open_files(const std::string& folder) {
  std::set<std::string> targets;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::error_code closed_since;
    targets.insert(std::filesystem::read_symlink(entry.path(), closed_since).string());
  }
  return targets;
}

TEST(SspfdServe, LeavesNoCoreDumpAndNoFileOutsideItsDirectories) {
  const Site site;
  SiteServer server(site);
  enroll(server.port(), site.code());
  const std::string process = "/proc/" + std::to_string(server.program().id());
  const auto inherited = open_files("/proc/self/fd");
  EXPECT_THAT(read_whole(process + "/limits"), testing::ContainsRegex("Max core file size +0 +0 "));
  for (const std::string& target : open_files(process + "/fd")) {
    if (!target.starts_with("/") || target.starts_with("/dev/")) continue;
    if (target.starts_with("/memfd:output") || inherited.contains(target)) continue;
    EXPECT_THAT(target, StartsWith(site.folder().string()));
  }
}

TEST(SspfdServe, ATerminatedServerEndsWellAndSaysSoInTheLog) {
  const Site site;
  SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  EXPECT_EQ(root.outcome(who_am_i, v1::WhoAmIRequest()), "ok");  // and stays connected
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(server.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_THAT(server.log(), HasSubstr("event=stopped"));
  const auto events = log_of(site);
  EXPECT_EQ(events.front().rpc(), "server/init");
  EXPECT_EQ(events.at(1).rpc(), "server/start");
  EXPECT_EQ(events.at(2).rpc(), "sspf.v1.AccountService/Enroll");
  EXPECT_EQ(events.at(3).rpc(), who_am_i);
  EXPECT_EQ(events.back().rpc(), "server/stop");
  EXPECT_EQ(events.size(), 5U);
}

TEST(SspfdServe, WhatIsRefusedBeforeThereIsACallIsSummedUpInTheLog) {
  const Site site;
  SiteServer server(site);
  TlsClientSettings settings;
  settings.port = server.port();
  settings.identity = enroll(server.port(), site.code());
  for (const char* request : {"GET / HTTP/1.0\r\n\r\n", "nonsense\r\n\r\n"}) {
    TlsClient client(settings);
    client.send(request);
    EXPECT_TRUE(client.read_answer());
  }
  EXPECT_EQ(server.stop(), 0);
  std::uint32_t refused = 0;
  for (const v1::AuditEvent& event : log_of(site)) {
    if (event.rpc() == "server/requests_refused") refused += event.items_shown();
  }
  EXPECT_EQ(refused, 2U);
}

TEST(SspfdServe, ARestartKeepsEverything) {
  const Site site;
  SiteServer first(site);
  const ClientIdentity identity = enroll(first.port(), site.code());
  Caller before(first.port(), identity);
  before.get<v1::CreateMunicipalityResponse>(create, municipality("TYR"));
  before.get<v1::CreateMunicipalityResponse>(create, municipality("NAC"));
  const std::string listed = municipalities(before);
  const auto chain = chain_of(first);
  EXPECT_EQ(first.stop(), 0);
  const std::string checkpoint = read_whole(site.config().paths.checkpoint_file);
  SiteServer second(site);
  Caller after(second.port(), identity);
  EXPECT_EQ(municipalities(after), listed);
  EXPECT_EQ(chain_of(second), chain);
  EXPECT_EQ(second.stop(), 0);
  EXPECT_EQ(site.sspfd({"check"}).exit_code, 0);
  EXPECT_NE(read_whole(site.config().paths.checkpoint_file), checkpoint);
}

TEST(SspfdServe, ARevokedCertificateIsRefusedAtOnceAlsoOnAnOpenConnection) {
  const Site site;
  const SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  make_directory(root);
  const ClientIdentity stolen =
      enroll(server.port(), make_account(root, {"sven", "TYR-SKO", v1::ROLE_MEMBER, "TYR"}));
  Caller open(server.port(), stolen);
  EXPECT_EQ(open.outcome(who_am_i, v1::WhoAmIRequest()), "ok");

  v1::ListCertificatesRequest list;
  list.set_handle("sven");
  const auto certificates =
      root.get<v1::ListCertificatesResponse>("sspf.v1.AccountService/ListCertificates", list);
  v1::RevokeCertificateRequest revoke;
  revoke.set_serial(certificates.certificates(0).serial());
  EXPECT_EQ(root.outcome("sspf.v1.AccountService/RevokeCertificate", revoke), "ok");

  const std::string refused = "unauthenticated/unknown_certificate";
  EXPECT_EQ(open.outcome(who_am_i, v1::WhoAmIRequest()), refused);
  EXPECT_EQ(Caller(server.port(), stolen).outcome(who_am_i, v1::WhoAmIRequest()), refused);
}

TEST(SspfdServe, ASuspendedAccountIsRefusedAtOnceOnEveryOpenConnection) {
  const Site site;
  const SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  make_directory(root);
  const ClientIdentity sven =
      enroll(server.port(), make_account(root, {"sven", "TYR-SKO", v1::ROLE_MEMBER, "TYR"}));
  Caller first(server.port(), sven);
  Caller second(server.port(), sven);
  EXPECT_EQ(first.outcome(who_am_i, v1::WhoAmIRequest()), "ok");
  EXPECT_EQ(second.outcome(who_am_i, v1::WhoAmIRequest()), "ok");
  v1::SuspendAccountRequest suspend;
  suspend.set_handle("sven");
  EXPECT_EQ(root.outcome("sspf.v1.AccountService/SuspendAccount", suspend), "ok");
  const std::string refused = "unauthenticated/unknown_certificate";
  for (Caller* open : {&first, &second}) {
    EXPECT_EQ(open->outcome(who_am_i, v1::WhoAmIRequest()), refused);
    EXPECT_EQ(open->outcome(who_am_i, v1::WhoAmIRequest()), refused);
  }
  EXPECT_EQ(Caller(server.port(), sven).outcome(who_am_i, v1::WhoAmIRequest()), refused);
}

TEST(SspfdServe, AnEnrolmentCodeWorksOnceAndForItsOwnServerOnly) {
  const Site site;
  const SiteServer server(site);
  // The same secret with another fingerprint, as if another server posed as ours.
  std::string wrong = site.code();
  char& of_fingerprint = wrong.at(wrong.rfind('-') + 1);
  of_fingerprint = of_fingerprint == 'a' ? 'b' : 'a';
  const Person person(site, "root");
  const Ended misled = person.enroll(server.address(), wrong);
  EXPECT_EQ(misled.exit_code, 7) << misled.err;
  EXPECT_FALSE(std::filesystem::exists(person.folder() / "contexts"));
  // Nothing was sent, so the code still works; and then never again.
  const Ended enrolled = person.enroll(server.address(), site.code());
  EXPECT_EQ(enrolled.exit_code, 0) << enrolled.err;
  EXPECT_EQ(person.sspf({"whoami"}).exit_code, 0);
  const Ended again = Person(site, "thief").enroll(server.address(), site.code());
  EXPECT_EQ(again.exit_code, 4) << again.err;
}

TEST(SspfdServe, StrangersAreHeldToTheirRate) {
  const Site site;
  site.edit("unidentified_calls_per_minute = 1000000", "unidentified_calls_per_minute = 10");
  SiteServer server(site);
  Caller stranger(server.port(), std::nullopt);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(stranger.outcome(who_am_i, v1::WhoAmIRequest()), "unauthenticated/no_certificate");
  }
  EXPECT_EQ(stranger.outcome(who_am_i, v1::WhoAmIRequest()), "resource_exhausted/too_many_calls");
  // init, start, and one for each stranger who was heard.
  EXPECT_EQ(server.metric("sspf_audit_log_events"), 12U);
}

// An event of the day after tomorrow, as if the clock had been wrong.
void log_with_clock_ahead(const Site& site) {
  const Clock ahead = [] {
    return Instant{system_clock()().microseconds + 2LL * 24 * 3600 * 1'000'000};
  };
  OpenInstallation open(site.config(), ahead, OpenInstallation::CheckLog::yes);
  rpc::record_own_act(open.services(), "server/test", 0);
  open.checkpointer().sign_if_due();
}

TEST(SspfdServe, AClockBehindTheLogIsAnEventAndNoTimeGoesBack) {
  const Site site;
  log_with_clock_ahead(site);
  site.edit("[audit]\n", "[audit]\ncheckpoint_seconds = 1\n");
  SiteServer server(site);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (server.log().find("event=clock_behind") == std::string::npos &&
         std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(server.stop(), 0);
  std::int64_t last = 0;
  std::uint32_t seconds = 0;
  for (const v1::AuditEvent& event : log_of(site)) {
    EXPECT_GE(event.time_us(), last) << event.rpc();
    last = event.time_us();
    if (event.rpc() == "server/clock_behind") seconds = event.items_shown();
  }
  EXPECT_GT(seconds, 24U * 3600);
  EXPECT_LE(seconds, 2U * 24 * 3600);
}

}  // namespace
}  // namespace sspf::test
