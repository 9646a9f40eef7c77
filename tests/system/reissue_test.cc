// SPDX-License-Identifier: Apache-2.0
//
// The way in when the first administrator's code is lost: `sspfd reissue-code`, and whom it is
// refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/installation.h"
#include "server/trouble.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"
#include "tests/support/test_server.h"

namespace sspf::test {
namespace {

using testing::HasSubstr;

struct ReissueCode : testing::Test {
  Ended reissued(const std::string& handle) const {
    return site.sspfd({"reissue-code", "--administrator", handle});
  }
  std::string new_code() const {
    const Ended ended = reissued("root");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("Enrol the administrator 'root' within 24 hours"));
    return ended.out.substr(0, ended.out.find('\n'));
  }
  std::vector<v1::AuditEvent> events() const {
    OpenInstallation open(site.config(), system_clock(), OpenInstallation::CheckLog::yes);
    return events_of(open);
  }
  // And nothing is changed.
  void expect_refused(const std::string& handle, const std::string& why) const {
    const std::size_t before = events().size();
    const Ended ended = reissued(handle);
    EXPECT_EQ(ended.exit_code, exit_codes::config);
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, HasSubstr("no new code: " + why));
    EXPECT_EQ(events().size(), before);
  }

  const Site site;
};

TEST_F(ReissueCode, LetsInWhoLostTheFirstOne) {
  const std::string second = new_code();
  const std::string third = new_code();
  EXPECT_NE(second, third);
  {
    SiteServer server(site);
    // Each of them is void once there is another.
    EXPECT_THROW(enroll(server.port(), site.code()), std::runtime_error);
    EXPECT_THROW(enroll(server.port(), second), std::runtime_error);
    Caller root(server.port(), enroll(server.port(), third));
    EXPECT_EQ(root.outcome("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest()), "ok");
    EXPECT_THROW(enroll(server.port(), third), std::runtime_error);
    EXPECT_EQ(server.stop(), 0);
  }
  expect_refused("root", "the account has a certificate that is in force: root");
  EXPECT_EQ(site.sspfd({"check"}).exit_code, 0);
}

TEST_F(ReissueCode, IsAnEventOfItsOwnUnderACheckpoint) {
  new_code();
  const auto log = events();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log.back().rpc(), "server/reissue_code");
  EXPECT_EQ(log.back().subject_account_id().size(), 16U);
  EXPECT_EQ(log.back().account_id(), "");
  const auto outside =
      crypto::checkpoint_in(read_whole(site.config().paths.checkpoint_file)).value();
  EXPECT_EQ(outside.size, 2U);
}

TEST_F(ReissueCode, IsForAnAdministratorOfTheInstallationAlone) {
  {
    SiteServer server(site);
    Caller root(server.port(), enroll(server.port(), site.code()));
    make_directory(root);
    make_account(root, {"adam.alm", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, ""});
    make_account(root, {"mia.mal", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, "TYR"});
    make_account(root, {"ulla.uhr", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
    make_account(root, {"sune.sten", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, ""});
    v1::SuspendAccountRequest suspension;
    suspension.set_handle("sune.sten");
    root.get<v1::SuspendAccountResponse>("sspf.v1.AccountService/SuspendAccount", suspension);
    EXPECT_EQ(server.stop(), 0);
  }
  expect_refused("nobody.here", "there is no account with the handle nobody.here");
  const std::string no_administrator = "the account is no administrator of the whole installation";
  expect_refused("mia.mal", no_administrator);
  expect_refused("ulla.uhr", no_administrator);
  expect_refused("sune.sten", "the account is suspended: sune.sten");
  EXPECT_EQ(reissued("adam.alm").exit_code, 0);
  EXPECT_EQ(reissued("Å Ä!").exit_code, exit_codes::usage);
}

TEST_F(ReissueCode, IsRefusedWhileTheServerRuns) {
  SiteServer server(site);
  const Ended ended = reissued("root");
  EXPECT_EQ(ended.exit_code, exit_codes::config);
  EXPECT_THAT(ended.err, HasSubstr("another process has this installation open"));
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(ReissueCode, IsForWhomARevokedCertificateLetsInNoLonger) {
  {
    SiteServer server(site);
    Caller root(server.port(), enroll(server.port(), site.code()));
    make_directory(root);
    enroll(server.port(), make_account(root, {"adam.alm", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, ""}));
    v1::ListCertificatesRequest list;
    list.set_handle("adam.alm");
    const auto listed =
        root.get<v1::ListCertificatesResponse>("sspf.v1.AccountService/ListCertificates", list);
    ASSERT_EQ(listed.certificates_size(), 1);
    v1::RevokeCertificateRequest revocation;
    revocation.set_serial(listed.certificates(0).serial());
    root.get<v1::RevokeCertificateResponse>("sspf.v1.AccountService/RevokeCertificate", revocation);
    EXPECT_EQ(server.stop(), 0);
  }
  EXPECT_EQ(reissued("adam.alm").exit_code, 0);
  expect_refused("root", "the account has a certificate that is in force: root");
}

// Nothing is added to a log that is not as it was left.
TEST_F(ReissueCode, IsRefusedWithoutTheCheckpoint) {
  std::filesystem::remove(site.config().paths.checkpoint_file);
  const Ended ended = reissued("root");
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_EQ(ended.out, "");
}

}  // namespace
}  // namespace sspf::test
