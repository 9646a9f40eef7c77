// SPDX-License-Identifier: Apache-2.0
//
// The erasure of details by two auditors: they are gone, whatever copies there are, and everything
// else is as it was.
#include "server/base/limits.h"
#include "tests/request/erasing.h"

namespace sspf::test::erasing {
namespace {

TEST_F(DetailsErasure, IsForAuditorsAndWithoutAMunicipalityForThoseOfTheInstallation) {
  const std::string erasure = asked(cast.auditor_tyr, "TYR");
  const std::string nowhere = asked(cast.auditor, "");
  const auto expect = [&](const Account& caller, const std::string& municipality,
                          const std::string& refused) {
    auto wanted = wish(municipality, month);
    wanted.mutable_write()->set_dry_run(true);
    auto approved = approval(municipality, municipality.empty() ? nowhere : erasure);
    approved.mutable_write()->set_dry_run(true);
    v1::ListDetailsErasuresRequest all;
    all.set_municipality_code(municipality);
    const auto or_may = [&](const std::string& may) { return refused.empty() ? may : refused; };
    EXPECT_EQ(town.outcome(caller, ask, wanted), or_may("dry run")) << caller.handle;
    EXPECT_EQ(town.outcome(caller, list, all), or_may("allowed")) << caller.handle;
    const bool is_own =
        caller.handle == (municipality.empty() ? cast.auditor : cast.auditor_tyr).handle;
    EXPECT_EQ(town.outcome(caller, approve, approved),
              or_may(is_own ? "refused failed_precondition/own_act for own_act" : "dry run"))
        << caller.handle;
  };
  const std::string role_missing = "refused permission_denied/role_missing for role_missing";
  expect(cast.auditor_tyr, "TYR", "");
  expect(cast.auditor, "TYR", "");
  expect(cast.auditor, "", "");
  for (const char* municipality : {"TYR", ""}) {
    expect(cast.nobody, municipality, "refused unauthenticated/no_certificate for no_certificate");
    expect(cast.suspended, municipality,
           "refused unauthenticated/unknown_certificate for account_suspended");
    for (const Account& caller :
         {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr, cast.police}) {
      expect(caller, municipality, role_missing);
    }
  }
  expect(cast.auditor_tyr, "", role_missing);
  const Account nacka = make_account(server, {"nina.nord", "NAC-SSPF", v1::ROLE_AUDITOR, {"NAC"}});
  expect(nacka, "TYR", "refused not_found/not_found for other_municipality");
  // What is asked for in one municipality is not there in another, nor without one.
  EXPECT_EQ(town.outcome(nacka, approve, approval("NAC", erasure)),
            "refused not_found/not_found for not_found");
  EXPECT_EQ(town.outcome(cast.auditor, approve, approval("", erasure)),
            "refused not_found/not_found for not_found");
  v1::ListDetailsErasuresRequest others;
  others.set_municipality_code("NAC");
  EXPECT_EQ(town.load.get<v1::ListDetailsErasuresResponse>(nacka, list, others).erasures_size(), 0);
}

TEST_F(DetailsErasure, IsOfAMonthThatEndedTwoYearsAgo) {
  EXPECT_EQ(limits::details_months_min, 24);
  for (const char* day : {"2024-10-31", "2024-11-01"}) {
    server.set_date(day);
    town.load.get<v1::ListReviewRulesResponse>(cast.auditor, "ReviewService/ListReviewRules",
                                               review_of_tyr<v1::ListReviewRulesRequest>());
  }
  server.set_date("2026-11-01");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-11")),
            "refused failed_precondition/details_too_recent(month) for details_too_recent");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-10")), "allowed");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-09")),
            "refused failed_precondition/nothing_to_erase(month) for nothing_to_erase");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-1")),
            "refused invalid_argument/wrong_month(month) for wrong_month");
  server.set_date("2026-10-31");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", "2024-10")),
            "refused failed_precondition/details_too_recent(month) for details_too_recent");
}

TEST_F(DetailsErasure, TakesTwoAuditorsAndIsDoneOnce) {
  const std::string erasure = asked(cast.auditor_tyr, "TYR");
  const std::string again = asked(cast.auditor_tyr, "TYR");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, approve, approval("TYR", erasure)),
            "refused failed_precondition/own_act for own_act");
  EXPECT_FALSE(details(of_tyr).erased());
  auto trial = approval("TYR", erasure);
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(town.outcome(cast.auditor, approve, trial), "dry run");
  EXPECT_EQ(server.last_event().erased_month(), "");
  EXPECT_FALSE(details(of_tyr).erased());
  EXPECT_EQ(town.outcome(cast.auditor, approve, approval("TYR", erasure)), "allowed");
  const v1::AuditEvent event = server.last_event();
  EXPECT_EQ(event.erased_month(), month);
  EXPECT_EQ(event.key_epoch(), 2U);
  EXPECT_FALSE(event.municipality_id().empty());
  EXPECT_EQ(town.outcome(cast.auditor, approve, approval("TYR", erasure)),
            "refused failed_precondition/approved_already for approved_already");
  EXPECT_EQ(town.outcome(cast.auditor, approve, approval("TYR", again)),
            "refused failed_precondition/nothing_to_erase for nothing_to_erase");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, ask, wish("TYR", month)),
            "refused failed_precondition/nothing_to_erase(month) for nothing_to_erase");
  const auto rows = town.load.get<v1::ListDetailsErasuresResponse>(
      cast.auditor, list, review_of_tyr<v1::ListDetailsErasuresRequest>());
  ASSERT_EQ(rows.erasures_size(), 2);
  EXPECT_FALSE(rows.erasures(0).has_approved_at());
  EXPECT_EQ(rows.erasures(1).approved_by_handle(), cast.auditor.handle);
  EXPECT_EQ(rows.erasures(1).month(), month);
}

TEST_F(DetailsErasure, LeavesEveryOtherDetailAndTheLogAsItIs) {
  EXPECT_EQ(reason_shown(), "Misstanke.");
  const auto before = server.events();
  erase();
  EXPECT_TRUE(details(of_tyr).erased());
  EXPECT_EQ(details(of_tyr).peer_address() + details(of_tyr).user_agent(), "");
  EXPECT_EQ(reason_shown(), "");
  for (const std::uint64_t kept : {of_nac, of_none, server.last_event().sequence()}) {
    EXPECT_EQ(details(kept).peer_address(), "127.0.0.1") << kept;
  }
  const auto after = server.events();
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].SerializeAsString(), before[i].SerializeAsString()) << i;
  }
  server.close();
  server.restart();  // which judges the log
  EXPECT_FALSE(server.installation().has_unfinished_disposal());
  EXPECT_TRUE(details(of_tyr).erased());
}

TEST_F(DetailsErasure, OfTheEventsWithoutAMunicipalityLeavesThoseWithOne) {
  const Account second = make_account(server, {"ola.ost", "TYR-SSPF", v1::ROLE_AUDITOR, {}});
  EXPECT_EQ(town.outcome(second, approve, approval("", asked(cast.auditor, ""))), "allowed");
  EXPECT_TRUE(server.last_event().municipality_id().empty());
  EXPECT_TRUE(details(of_none).erased());
  EXPECT_FALSE(details(of_tyr).erased());
  EXPECT_FALSE(details(of_nac).erased());
}

// A copy of the keystore from before holds the key, wrapped under an epoch key that is no more.
TEST_F(DetailsErasure, NoCopyOfTheKeystoreOpensThem) {
  const KeyId key = key_of(of_tyr);
  const Config& config = server.config();
  server.close();
  const std::string keystore_before = read_whole(config.keystore_file());
  server.restart();
  ASSERT_TRUE(server.installation().keystore().find(key));
  erase();
  EXPECT_FALSE(server.installation().keystore().find(key));
  server.close();
  EXPECT_FALSE(fs::exists(config.epoch_key_file(1)));
  put(config.keystore_file(), keystore_before);
  EXPECT_ANY_THROW({
    OpenInstallation looked(
        config, [] { return Instant(); }, OpenInstallation::CheckLog::no);
    static_cast<void>(looked.keystore().find(key));
  });
}

// The commit is durable and the key is not destroyed yet: the next start finishes it.
TEST_F(DetailsErasure, CutShortIsFinishedByTheNextStart) {
  const KeyId key = key_of(of_tyr);
  const Config& config = server.config();
  server.close();
  const std::string keystore_before = read_whole(config.keystore_file());
  const std::string epoch_before = read_whole(config.epoch_key_file(1));
  server.restart();
  erase();
  server.close();
  put(config.keystore_file(), keystore_before);
  put(config.epoch_key_file(1), epoch_before);
  {
    OpenInstallation looked(
        config, [] { return Instant(); }, OpenInstallation::CheckLog::no);
    EXPECT_TRUE(looked.has_unfinished_disposal());
  }
  server.restart();
  EXPECT_FALSE(server.installation().has_unfinished_disposal());
  EXPECT_FALSE(server.installation().keystore().find(key));
  EXPECT_FALSE(fs::exists(config.epoch_key_file(1)));
  EXPECT_TRUE(details(of_tyr).erased());
}

}  // namespace
}  // namespace sspf::test::erasing
