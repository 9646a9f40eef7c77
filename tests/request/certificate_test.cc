// SPDX-License-Identifier: Apache-2.0
//
// Certificates: renewed, listed, revoked with all that were renewed from them, expired to the
// second, and no more than a few at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/account_book.h"

namespace sspf::test::certificate {
namespace {

const std::string who = "AccountService/WhoAmI";
const std::string too_many =
    "refused failed_precondition/too_many_certificates for too_many_certificates";

std::string refused_for(const std::string& cause) {
  return "refused unauthenticated/unknown_certificate for " + cause;
}

struct Certificates : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  std::string calls(const Account& account) {
    return book.outcome(account, who, v1::WhoAmIRequest());
  }
  std::string revoke(const Account& caller, const std::string& serial) {
    return book.outcome(caller, "AccountService/RevokeCertificate", revocation_of(serial));
  }
  std::string renew(const Account& caller) {
    return book.outcome(caller, "AccountService/Renew", new_renewal());
  }
  std::vector<std::string> serials(const std::string& handle) {
    std::vector<std::string> all;
    for (const auto& certificate : book.certificates(handle)) all.push_back(certificate.serial());
    return all;
  }
  void renew_until_full(const Account& account) {
    while (serials(account.handle).size() <
           static_cast<std::size_t>(limits::live_certificates_per_account_max)) {
      ASSERT_EQ(renew(account), "allowed ok");
    }
  }
};

TEST_F(Certificates, ARenewalLeavesTheOldOneValid) {
  EXPECT_EQ(renew(cast.school_tyr), "allowed ok");
  EXPECT_EQ(book.named(), "by sven.skog about sven.skog");
  book.server.advance_seconds(3600);
  const Account renewed = book.renew(cast.school_tyr);
  EXPECT_EQ(calls(renewed), "allowed ok");
  EXPECT_EQ(calls(cast.school_tyr), "allowed ok");
  EXPECT_NE(book.server.events().back().certificate_ref(),
            book.server.events().at(book.server.event_count() - 2).certificate_ref());
  const auto told = book.get<v1::WhoAmIResponse>(renewed, who, v1::WhoAmIRequest());
  const auto before = book.get<v1::WhoAmIResponse>(cast.school_tyr, who, v1::WhoAmIRequest());
  EXPECT_EQ(told.certificate_not_after().seconds(),
            before.certificate_not_after().seconds() + 3600);
}

// Signed and not recorded, it would be a key that nobody can count or revoke.
TEST_F(Certificates, ADryRunHandsOutNone) {
  v1::RenewRequest trial = new_renewal();
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(
      book.get<v1::RenewResponse>(cast.school_tyr, "AccountService/Renew", trial).certificate_pem(),
      "");
  EXPECT_EQ(serials("sven.skog").size(), 1U);
  EXPECT_EQ(book.outcome(cast.school_tyr, "AccountService/Renew", trial), "dry run ok");
  renew_until_full(cast.school_tyr);
  EXPECT_EQ(book.outcome(cast.school_tyr, "AccountService/Renew", trial), too_many);
}

TEST_F(Certificates, TheLogSaysWhichWasIssuedAndWhichRevoked) {
  const Account renewed = book.renew(cast.school_tyr);
  const std::string issued = book.server.last_event().item_id();
  EXPECT_EQ(issued.size(), 16U);
  EXPECT_EQ(calls(renewed), "allowed ok");
  EXPECT_EQ(book.server.last_event().certificate_ref(), issued.substr(0, 8));
  book.server.advance_seconds(1);
  const Account enrolled = book.server.enroll(book.code_for("sven.skog"));
  const std::string first = book.server.last_event().item_id();
  EXPECT_EQ(calls(enrolled), "allowed ok");
  EXPECT_EQ(book.server.last_event().certificate_ref(), first.substr(0, 8));
  EXPECT_EQ(revoke(cast.admin_tyr, serials("sven.skog").back()), "allowed ok");
  EXPECT_EQ(book.server.last_event().item_id(), first);
}

TEST_F(Certificates, TheListHoldsAllOfTheAccountAndOfNobodyElse) {
  book.server.advance_seconds(60);
  book.renew(cast.school_tyr);
  const auto listed = book.certificates("sven.skog");
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1].not_before().seconds(), listed[0].not_before().seconds() + 60);
  EXPECT_EQ(listed[1].not_after().seconds() - book.server.now().microseconds / 1'000'000,
            std::int64_t{book.server.config().certificates.client_days} * 24 * 3600);
  for (const auto& certificate : listed) {
    EXPECT_FALSE(certificate.has_revoked_at());
    EXPECT_THAT(serials("siv.sjo"), testing::Not(testing::Contains(certificate.serial())));
  }
  EXPECT_EQ(serials("siv.sjo").size(), 1U);
  const auto never = about_account<v1::ListCertificatesRequest>("ny.nilsson");
  book.get<v1::CreateAccountResponse>(
      cast.admin_tyr, "AccountService/CreateAccount",
      new_account({"ny.nilsson", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}}));
  EXPECT_EQ(book.get<v1::ListCertificatesResponse>(cast.admin_tyr,
                                                   "AccountService/ListCertificates", never)
                .certificates_size(),
            0);
}

TEST_F(Certificates, RevocationActsOnTheVeryNextCall) {
  const std::string serial = serials("sven.skog").front();
  EXPECT_EQ(calls(cast.school_tyr), "allowed ok");
  EXPECT_EQ(revoke(cast.admin_tyr, serial), "allowed ok");
  EXPECT_EQ(book.named(), "by admin.tyr about sven.skog as administrator");
  EXPECT_EQ(calls(cast.school_tyr), refused_for("certificate_revoked"));
  EXPECT_EQ(book.named(), " about sven.skog");
  EXPECT_EQ(renew(cast.school_tyr), refused_for("certificate_revoked"));
  // The account and a new certificate of it live on.
  EXPECT_EQ(calls(book.server.enroll(book.code_for("sven.skog"))), "allowed ok");
}

TEST_F(Certificates, TheListSaysSinceWhenOneIsRevokedAndItIsRevokedOnce) {
  const std::string serial = serials("sven.skog").front();
  book.server.advance_seconds(90);
  const auto response = book.get<v1::RevokeCertificateResponse>(
      cast.admin_tyr, "AccountService/RevokeCertificate", revocation_of(serial));
  EXPECT_EQ(response.revoked_at().seconds(), book.server.now().microseconds / 1'000'000);
  const std::string before = book.stored();
  book.server.advance_seconds(90);
  EXPECT_EQ(revoke(cast.root, serial),
            "refused failed_precondition/revoked_already for revoked_already");
  EXPECT_EQ(book.stored(), before);
  EXPECT_EQ(book.certificates("sven.skog").front().revoked_at().seconds(),
            response.revoked_at().seconds());
}

TEST_F(Certificates, WhatWasRenewedFromARevokedOneIsRevokedWithIt) {
  book.server.advance_seconds(1);
  const Account second = book.renew(cast.school_tyr);
  const Account third = book.renew(second);
  const Account enrolled = book.server.enroll(book.code_for("sven.skog"));
  const Account fourth = book.renew(enrolled);
  ASSERT_EQ(revoke(cast.admin_tyr, serials("sven.skog").front()), "allowed ok");
  EXPECT_EQ(calls(cast.school_tyr), refused_for("certificate_revoked"));
  EXPECT_EQ(calls(second), refused_for("certificate_revoked"));
  EXPECT_EQ(calls(third), refused_for("certificate_revoked"));
  EXPECT_EQ(calls(enrolled), "allowed ok");
  EXPECT_EQ(calls(fourth), "allowed ok");
}

TEST_F(Certificates, ARevocationDoesNotReachWhatItsOwnWasRenewedFrom) {
  book.server.advance_seconds(1);
  const Account second = book.renew(cast.school_tyr);
  book.server.advance_seconds(1);
  const Account third = book.renew(second);
  ASSERT_EQ(revoke(cast.admin_tyr, serials("sven.skog").at(1)), "allowed ok");
  EXPECT_EQ(calls(cast.school_tyr), "allowed ok");
  EXPECT_EQ(calls(second), refused_for("certificate_revoked"));
  EXPECT_EQ(calls(third), refused_for("certificate_revoked"));
}

TEST_F(Certificates, OneExpiresToTheSecond) {
  const std::int64_t end = book.certificates("sven.skog").front().not_after().seconds();
  book.server.advance_seconds(end - 1 - book.server.now().microseconds / 1'000'000);
  EXPECT_EQ(calls(cast.school_tyr), "allowed ok");
  book.server.advance_seconds(1);
  EXPECT_EQ(calls(cast.school_tyr), refused_for("certificate_expired"));
  EXPECT_EQ(book.named(), " about sven.skog");
  EXPECT_EQ(renew(cast.school_tyr), refused_for("certificate_expired"));
}

TEST_F(Certificates, OneThatIsNotKnownIsNobodys) {
  Account stranger{"", PeerCertificate{}};
  stranger.certificate->fingerprint.fill(7);
  EXPECT_EQ(calls(stranger), refused_for("unknown_certificate"));
  EXPECT_EQ(book.named(), "");
}

TEST_F(Certificates, EveryCauseIsToldInTheSameWords) {
  Account stranger{"", PeerCertificate{}};
  stranger.certificate->fingerprint.fill(7);
  const Answered unknown = book.call(stranger, who, v1::WhoAmIRequest());
  const Answered suspended = book.call(cast.suspended, who, v1::WhoAmIRequest());
  ASSERT_EQ(revoke(cast.root, serials("siv.sjo").front()), "allowed ok");
  const Answered revoked = book.call(cast.school2_tyr, who, v1::WhoAmIRequest());
  book.server.set_date("2028-01-01");
  const Answered expired = book.call(cast.school_tyr, who, v1::WhoAmIRequest());
  for (const Answered& each : {suspended, revoked, expired}) {
    EXPECT_EQ(each.summary(), unknown.summary());
    EXPECT_EQ(each.message, unknown.message);
  }
}

TEST_F(Certificates, SuspensionRefusesEveryCertificateAndReinstatementBringsThemBack) {
  const Account second = book.renew(cast.school_tyr);
  const std::uint64_t version = book.account("sven.skog").version();
  const auto suspended =
      book.get<v1::SuspendAccountResponse>(cast.admin_tyr, "AccountService/SuspendAccount",
                                           about_account<v1::SuspendAccountRequest>("sven.skog"));
  EXPECT_EQ(suspended.version(), version + 1);
  EXPECT_TRUE(book.account("sven.skog").suspended());
  EXPECT_EQ(calls(cast.school_tyr), refused_for("account_suspended"));
  EXPECT_EQ(calls(second), refused_for("account_suspended"));
  const auto reinstated = book.get<v1::ReinstateAccountResponse>(
      cast.admin_tyr, "AccountService/ReinstateAccount",
      about_account<v1::ReinstateAccountRequest>("sven.skog"));
  EXPECT_EQ(reinstated.version(), version + 2);
  EXPECT_EQ(calls(cast.school_tyr), "allowed ok");
  EXPECT_EQ(calls(second), "allowed ok");
}

TEST_F(Certificates, AnAccountHoldsSoManyAndNoMore) {
  const std::string spare = book.code_for("sven.skog");
  book.server.advance_seconds(60);
  renew_until_full(cast.school_tyr);
  const std::string before = book.stored();
  EXPECT_EQ(renew(cast.school_tyr), too_many);
  EXPECT_EQ(book.outcome(Account(), "AccountService/Enroll", enrolment(spare)), too_many);
  EXPECT_EQ(book.named(), " about sven.skog");
  EXPECT_EQ(book.stored(), before);
  // Others have room of their own.
  EXPECT_EQ(renew(cast.school2_tyr), "allowed ok");
  // One less, one more: the refused enrolment did not use up the code.
  ASSERT_EQ(revoke(cast.admin_tyr, serials("sven.skog").back()), "allowed ok");
  EXPECT_EQ(book.outcome(Account(), "AccountService/Enroll", enrolment(spare)), "allowed ok");
  EXPECT_EQ(renew(cast.school_tyr), too_many);
}

TEST_F(Certificates, OneThatHasExpiredTakesNoRoom) {
  const std::int64_t end = book.certificates("sven.skog").front().not_after().seconds();
  book.server.advance_seconds(3600);
  renew_until_full(cast.school_tyr);
  const Account newest = [&] {
    EXPECT_EQ(revoke(cast.admin_tyr, serials("sven.skog").back()), "allowed ok");
    return book.renew(cast.school_tyr);
  }();
  book.server.advance_seconds(end - 1 - book.server.now().microseconds / 1'000'000);
  EXPECT_EQ(renew(newest), too_many);
  book.server.advance_seconds(1);
  EXPECT_EQ(renew(newest), "allowed ok");
  EXPECT_EQ(renew(newest), too_many);
}

}  // namespace
}  // namespace sspf::test::certificate
