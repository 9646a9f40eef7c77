// SPDX-License-Identifier: Apache-2.0
//
// What a row of the listed audit log says, what a list refuses, how it goes on past one page, and
// the event that it leaves itself.
#include <gtest/gtest.h>

#include <limits>

#include "crypto/bytes.h"
#include "server/base/limits.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

struct AuditView : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;

  std::vector<v1::EventView> listed(const v1::ListEventsRequest& request) {
    const auto response =
        load.get<v1::ListEventsResponse>(cast.auditor, "AuditService/ListEvents", request);
    return {response.events().begin(), response.events().end()};
  }
  std::string handle_of(const std::string& account_id) {
    if (account_id.empty()) return {};
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    return unit.tables().accounts.handle(AccountId::of(crypto::view_of(account_id)));
  }
  void ask_who_i_am(std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      load.server.call(cast.school_tyr, "sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
    }
  }
  HttpRequest list_request() {
    HttpRequest http;
    http.path = "/sspf.v1.AuditService/ListEvents";
    http.content_type = "application/connect+proto";
    http.body = enveloped(0, "");
    http.peer_address = "127.0.0.1";
    http.certificate = cast.auditor.certificate;
    return http;
  }
};

TEST_F(AuditView, ARowSaysWhatTheEventSays) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  load.note(cast.school_tyr, number, "En anteckning.");
  load.notes(cast.coordinator_tyr, number);
  load.listed(cast.coordinator_tyr);
  v1::GetCaseRequest hidden;
  hidden.set_case_number(number);
  load.server.call(cast.school_nac, "sspf.v1.CaseService/GetCase", hidden);
  const auto rows = listed(v1::ListEventsRequest());
  const auto events = load.server.events();
  ASSERT_EQ(rows.size() + 1, events.size());
  std::size_t with_bases = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const v1::EventView& row = rows[i];
    const v1::AuditEvent& event = events[i];
    EXPECT_EQ(row.sequence(), event.sequence());
    EXPECT_EQ(row.time().seconds() * 1'000'000 + row.time().nanos() / 1000, event.time_us());
    EXPECT_EQ(row.account(), handle_of(event.account_id()));
    EXPECT_EQ(row.subject_account(), handle_of(event.subject_account_id()));
    EXPECT_EQ(row.rpc(), event.rpc());
    EXPECT_EQ(row.outcome(), event.outcome());
    EXPECT_EQ(row.told_reason().empty(), event.told_reason() == 0);
    EXPECT_EQ(row.cause_reason().empty(), event.cause_reason() == 0);
    if (event.cause_reason() != 0) {
      EXPECT_EQ(row.cause_reason(), name_of(static_cast<Reason>(event.cause_reason())));
      EXPECT_EQ(row.told_reason(), name_of(static_cast<Reason>(event.told_reason())));
    }
    EXPECT_EQ(row.case_ref(), reference_of(event.case_id()));
    EXPECT_EQ(row.meeting_ref(), reference_of(event.meeting_id()));
    EXPECT_EQ(row.item_ref(), reference_of(event.item_id()));
    EXPECT_EQ(row.certificate_ref(), reference_of(event.certificate_ref()));
    EXPECT_EQ(static_cast<std::uint32_t>(row.role()), event.role());
    EXPECT_EQ(row.items_shown(), event.items_shown());
    ASSERT_EQ(row.cases_shown_size(), event.cases_shown_size());
    for (int c = 0; c < row.cases_shown_size(); ++c) {
      EXPECT_EQ(row.cases_shown(c), reference_of(event.cases_shown(c).case_id()));
      with_bases += event.cases_shown(c).basis_id().empty() ? 0 : 1;
    }
  }
  EXPECT_GT(with_bases, 0U);
}

TEST_F(AuditView, ARowNamesAccountAgencyMunicipalityAndSubject) {
  load.server.call(cast.admin_tyr, "sspf.v1.AccountService/GetAccount",
                   about_account<v1::GetAccountRequest>("sara.sten"));
  load.server.call(cast.school_tyr, "sspf.v1.CaseService/CreateCase", new_group());
  load.server.call(cast.suspended, "sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  const auto rows = listed(v1::ListEventsRequest());
  const v1::EventView& shown = rows[rows.size() - 3];
  EXPECT_EQ(shown.account(), "admin.tyr");
  EXPECT_EQ(shown.agency_code(), "TYR-SSPF");
  EXPECT_EQ(shown.subject_account(), "sara.sten");
  EXPECT_EQ(shown.municipality_code(), "");
  EXPECT_EQ(shown.role(), v1::ROLE_ADMINISTRATOR);
  const v1::EventView& refused = rows[rows.size() - 2];
  EXPECT_EQ(refused.municipality_code(), "TYR");
  EXPECT_EQ(refused.told_reason(), "role_missing");
  EXPECT_EQ(refused.role(), v1::ROLE_UNSPECIFIED);
  const v1::EventView& stranger = rows.back();
  EXPECT_EQ(stranger.account(), "");
  EXPECT_EQ(stranger.agency_code(), "");
  EXPECT_EQ(stranger.subject_account(), "sture.stopp");
  EXPECT_EQ(stranger.told_reason(), "unknown_certificate");
  EXPECT_EQ(stranger.cause_reason(), "account_suspended");
}

TEST_F(AuditView, AListIsAnEventWithTheNumberOfRowsThatItShowed) {
  ask_who_i_am(3);
  v1::ListEventsRequest request;
  request.set_handle("sven.skog");
  request.set_rpc("sspf.v1.AccountService/WhoAmI");
  EXPECT_EQ(listed(request).size(), 3U);
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.rpc(), "sspf.v1.AuditService/ListEvents");
  EXPECT_EQ(event.items_shown(), 3U);
  request.set_handle("finns.inte");
  EXPECT_TRUE(listed(request).empty());
  EXPECT_EQ(load.server.last_event().items_shown(), 0U);
}

TEST_F(AuditView, ManyRowsComeInPiecesWithoutLossOrRepetitionWhileNewEventsArrive) {
  ask_who_i_am(2 * limits::page_size_max);
  const std::uint64_t before = load.server.event_count();
  HttpRequest http = list_request();
  std::vector<v1::EventView> rows;
  std::size_t pieces = 0;
  do {
    const HttpResponse response = load.server.raw(http);
    Answered answered;
    read_envelopes(response.body, answered);
    const auto piece = answered.as<v1::ListEventsResponse>();
    EXPECT_LE(piece.events_size(), static_cast<int>(limits::page_size_max));
    EXPECT_EQ(load.server.last_event().items_shown(),
              static_cast<std::uint32_t>(piece.events_size()));
    rows.insert(rows.end(), piece.events().begin(), piece.events().end());
    http.stream_cursor = response.next_cursor;
    ask_who_i_am(7);
    ++pieces;
  } while (!http.stream_cursor.empty());
  EXPECT_GE(pieces, 3U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].sequence(), i);
  EXPECT_GE(rows.size(), before);
}

TEST_F(AuditView, AFullPageIsFollowedByAnotherAlsoWhenThatIsEmpty) {
  ask_who_i_am(limits::page_size_max - 1);
  v1::ListEventsRequest request;
  request.set_rpc("sspf.v1.AccountService/WhoAmI");
  std::uint64_t before = load.server.event_count();
  EXPECT_EQ(listed(request).size(), limits::page_size_max - 1);
  EXPECT_EQ(load.server.event_count(), before + 1);
  ask_who_i_am(1);
  before = load.server.event_count();
  EXPECT_EQ(listed(request).size(), limits::page_size_max);
  EXPECT_EQ(load.server.event_count(), before + 2);
  ask_who_i_am(1);
  before = load.server.event_count();
  EXPECT_EQ(listed(request).size(), limits::page_size_max + 1);
  EXPECT_EQ(load.server.event_count(), before + 2);
}

TEST_F(AuditView, AReferenceThatIsNoneIsRefused) {
  for (const std::string& wrong : {std::string("TYR-2026-0001"), reference_of("kort"),
                                   reference_of(std::string(17, 'x')), std::string("u")}) {
    v1::ListEventsRequest request;
    request.set_case_ref(wrong);
    const Answered answered =
        load.server.call(cast.auditor, "sspf.v1.AuditService/ListEvents", request);
    EXPECT_EQ(answered.summary(), "invalid_argument/wrong_reference(case_ref)") << wrong;
    EXPECT_TRUE(answered.bodies.empty());
  }
}

TEST_F(AuditView, ATimeThatDoesNotExistIsRefused) {
  const auto list = [&](std::int64_t seconds, std::int32_t nanos, bool is_from) {
    v1::ListEventsRequest request;
    auto& time = is_from ? *request.mutable_from() : *request.mutable_to();
    time.set_seconds(seconds);
    time.set_nanos(nanos);
    return load.server.call(cast.auditor, "sspf.v1.AuditService/ListEvents", request).summary();
  };
  constexpr std::int64_t first = -2'208'988'800;  // 1900-01-01
  constexpr std::int64_t end = 7'258'118'400;     // 2200-01-01
  for (const bool is_from : {true, false}) {
    const std::string refused =
        std::string("invalid_argument/wrong_time(") + (is_from ? "from)" : "to)");
    EXPECT_EQ(list(first, 0, is_from), "ok");
    EXPECT_EQ(list(end - 1, 999'999'999, is_from), "ok");
    EXPECT_EQ(list(first - 1, 0, is_from), refused);
    EXPECT_EQ(list(end, 0, is_from), refused);
    EXPECT_EQ(list(0, -1, is_from), refused);
    EXPECT_EQ(list(0, 1'000'000'000, is_from), refused);
    EXPECT_EQ(list(std::numeric_limits<std::int64_t>::max(), 0, is_from), refused);
    EXPECT_EQ(list(std::numeric_limits<std::int64_t>::min(), 0, is_from), refused);
  }
}

}  // namespace
}  // namespace sspf::test
