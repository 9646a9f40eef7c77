// SPDX-License-Identifier: Apache-2.0
#include "client/cli/request.h"

#include <gtest/gtest.h>

#include "client/cli/failure.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/audit.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/unit/client/request_fixture.h"

namespace sspf::cli {
namespace {

TEST_F(Request, PositionalsAndOptionsFillTheirFields) {
  EXPECT_EQ(built({"municipality", "create", "TYR", "--name", "Tyresö kommun"}),
            R"(code: "TYR" name: "Tyres\303\266 kommun")");
  EXPECT_EQ(built({"case", "assign", "TYR-2026-1", "anna.ek", "--first-day=2026-12-01"}),
            R"(case_number: "TYR-2026-1" handle: "anna.ek" from_date: "2026-12-01")");
  EXPECT_EQ(built({"agenda", "move", "M1", "I1", "--version", "3", "--after", "I0"}),
            R"(meeting_number: "M1" item: "I1" version: 3 after_item: "I0")");
  EXPECT_EQ(built({"commitment", "list", "--overdue"}), "overdue: true");
}

TEST_F(Request, EveryWriteGetsAFreshRequestId) {
  built({"account", "suspend", "anna.ek"});
  const std::string first = request_id_;
  EXPECT_EQ(first.size(), 32U);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_FALSE(is_dry_run_);
  built({"account", "suspend", "anna.ek"});
  EXPECT_NE(request_id_, first);
}

TEST_F(Request, RequestIdAndDryRunAreSent) {
  built({"account", "suspend", "anna.ek", "--request-id", "0123456789abcdef", "--dry-run"});
  EXPECT_EQ(request_id_, "0123456789abcdef");
  EXPECT_TRUE(is_dry_run_);
}

TEST_F(Request, ReadingCommandsTakeNoDryRun) {
  EXPECT_EQ(refused({"case", "list", "--dry-run"}).exit, Exit::usage_or_local);
}

TEST_F(Request, RolesAreWrittenShort) {
  EXPECT_EQ(
      built({"account", "create", "anna.ek", "--name", "Anna Ek", "--agency", "TYR-SOC", "--role",
             "coordinator@TYR", "--role", "auditor"}),
      R"(handle: "anna.ek" name: "Anna Ek" agency_code: "TYR-SOC" )"
      R"(roles { role: ROLE_COORDINATOR municipality_code: "TYR" } roles { role: ROLE_AUDITOR })");
  EXPECT_EQ(
      built({"account", "set-roles", "a.b", "--version", "2", "--role", "member@TYR,member@NAC"}),
      R"(handle: "a.b" version: 2 roles { role: ROLE_MEMBER municipality_code: "TYR" } )"
      R"(roles { role: ROLE_MEMBER municipality_code: "NAC" })");
}

TEST_F(Request, WordsAreUnderstoodInEnglishAndInTheLanguageSpoken) {
  const Words english{"commitment", "log",      "C",       "K",        "--version",
                      "1",          "--status", "started", "--colour", "green"};
  const Words swedish{"commitment", "log",      "C",        "K",        "--version",
                      "1",          "--status", "påbörjat", "--colour", "grön"};
  const std::string wanted = R"(case_number: "C" commitment: "K" version: 1 )"
                             R"(status: COMMITMENT_STATUS_STARTED rag: RAG_STATUS_GREEN)";
  EXPECT_EQ(built(english), wanted);
  ASSERT_TRUE(speak(Language::swedish));
  EXPECT_EQ(built(swedish), wanted);
  EXPECT_EQ(built(english), wanted);
}

TEST_F(Request, AnUnknownWordIsToldWithTheWordsThatAreKnown) {
  const Problem problem = refused({"case", "list", "--state", "secretvalue"});
  EXPECT_EQ(problem.exit, Exit::usage_or_local);
  EXPECT_NE(problem.message.find("consent-pending"), std::string::npos);
  EXPECT_EQ(problem.message.find("secretvalue"), std::string::npos);
}

TEST_F(Request, TimesAreSwedish) {
  const std::string place = user_.file("place", "Rådhuset");
  EXPECT_EQ(built({"meeting", "create", "--municipality", "TYR", "--starts", "2026-12-01T13:00",
                   "--ends", "2026-07-01 15:00", "--place", "@" + place}),
            R"(municipality_code: "TYR" starts_at { seconds: 1796126400 } )"
            R"(ends_at { seconds: 1782910800 } place: "R\303\245dhuset")");
  EXPECT_EQ(built({"audit", "list", "--since", "2026-12-01"}), "from { seconds: 1796079600 }");
  EXPECT_EQ(built({"audit", "list", "--call", "CaseService/GetCase"}),
            R"(rpc: "sspf.v1.CaseService/GetCase")");
  EXPECT_EQ(refused({"audit", "list", "--since", "2026-02-30"}).exit, Exit::usage_or_local);
}

TEST_F(Request, AMeetingHasAClock) {
  const Problem problem = refused({"meeting", "create", "--municipality", "TYR", "--starts",
                                   "2026-12-01", "--ends", "2026-12-01T15:00"});
  EXPECT_EQ(problem.exit, Exit::usage_or_local);
  EXPECT_NE(problem.message.find("--starts must be a time"), std::string::npos);
  EXPECT_EQ(built({"audit", "list", "--until", "2026-12-01"}), "to { seconds: 1796079600 }");
}

TEST_F(Request, TemplateItemsKeepTheirCommasAndColons) {
  EXPECT_EQ(built({"agenda", "update-template", "TYR", "--version", "1", "--item",
                   "general:Öppnande, upprop: sekretess", "--item", "group:Platser"}),
            R"(municipality_code: "TYR" version: 1 items { kind: AGENDA_ITEM_KIND_GENERAL title: )"
            R"("\303\226ppnande, upprop: sekretess" } items { kind: AGENDA_ITEM_KIND_GROUP )"
            R"(title: "Platser" })");
  const std::string file = user_.file("template", "general:Öppnande\ngeneral:Nästa möte\n");
  EXPECT_NE(built({"agenda", "update-template", "TYR", "--version", "1", "--item", "@" + file})
                .find("N\\303\\244sta"),
            std::string::npos);
}

TEST_F(Request, NestedFieldsAreFilled) {
  const std::string text = user_.file("text", "Ring hem.\nVarje dag.\n");
  const std::string name = user_.file("name", "Mentor");
  EXPECT_EQ(built({"commitment", "add", "C", "--agency", "TYR-SKO", "--responsible", "@" + name,
                   "--action", "@" + text, "--due", "2027-01-31"}),
            R"(case_number: "C" draft { agency_code: "TYR-SKO" responsible: "Mentor" )"
            R"(action: "Ring hem.\nVarje dag." due_date: "2027-01-31" })");
}

TEST_F(Request, SealedContentOnTheCommandLineIsRefusedWhereverItIs) {
  int count = 0;
  for (const auto& command : table_) {
    for (const auto& flag : command.flags) {
      const auto* const field = field_of(command, flag);
      const bool is_plain_sealed =
          field != nullptr && field->options().GetExtension(v1::rule).sealed();
      if (!is_plain_sealed) continue;
      const Problem problem =
          refused({command.noun, command.verb, "--" + std::string(flag.name), "Hemligheten"});
      EXPECT_EQ(problem.exit, Exit::usage_or_local);
      EXPECT_NE(problem.message.find("--" + std::string(flag.name)), std::string::npos);
      EXPECT_EQ(problem.message.find("Hemligheten"), std::string::npos);
      ++count;
    }
  }
  EXPECT_GT(count, 20);
}

TEST_F(Request, ASignatorysNameOnTheCommandLineIsRefused) {
  const Problem problem =
      refused({"consent", "record", "C", "--signatory", "guardian:2026-11-19:Anna Ek"});
  EXPECT_NE(problem.message.find("--signatory must not be written"), std::string::npos);
  EXPECT_EQ(problem.message.find("Anna"), std::string::npos);
}

TEST_F(Request, SealedContentComesFromStandardInput) {
  EXPECT_EQ(built({"case", "find", "--municipality", "TYR", "--identity-number", "-"},
                  "200801012386\n", test::At::pipes),
            R"(municipality_code: "TYR" identity_number: "200801012386")");
}

TEST_F(Request, StandardInputHoldsOneValue) {
  EXPECT_EQ(refused({"commitment", "log", "C", "K", "--version", "1", "--status", "done",
                     "--colour", "green", "--text", "-", "--cause", "-"})
                .exit,
            Exit::usage_or_local);
}

TEST_F(Request, WhatIsRequiredAndSealedIsAskedForOnATerminal) {
  EXPECT_EQ(built({"case", "find", "--municipality", "TYR"}, "200801012386\n", test::At::terminal),
            R"(municipality_code: "TYR" identity_number: "200801012386")");
  EXPECT_NE(asked_.find("Personal or coordination number"), std::string::npos);
  EXPECT_EQ(built({"case", "add-note", "C"}, "Rad ett\nRad två\n.\n", test::At::terminal),
            R"(case_number: "C" text: "Rad ett\nRad tv\303\245")");
  EXPECT_EQ(built({"plan", "create", "C", "--review-date", "2027-01-01"}, "Mål ett\nMål två\n.\n",
                  test::At::terminal),
            R"(case_number: "C" content { goals: "M\303\245l ett" goals: "M\303\245l tv\303\245" )"
            R"(review_date: "2027-01-01" })");
}

TEST_F(Request, WithoutATerminalWhatIsMissingIsNamed) {
  EXPECT_EQ(refused({"case", "find", "--municipality", "TYR"}).message,
            "--identity-number is missing.");
  EXPECT_EQ(refused({"case", "show"}).message, "CASE is missing.");
  EXPECT_EQ(refused({"plan", "revise", "C"}).message, "--version is missing.");
}

// As in a refusal by the server, a script finds the field of the request.
TEST_F(Request, WhatIsWrongWithAnInputNamesItsField) {
  EXPECT_EQ(refused({"case", "show"}).field, "case_number");
  EXPECT_EQ(refused({"commitment", "add", "C", "--agency", "TYR-SKO", "--responsible",
                     "@" + user_.file("name", "Eva Ek"), "--action", "Ring"})
                .field,
            "draft.action");
  EXPECT_EQ(refused({"meeting", "open", "M", "--version", "x"}).field, "version");
  EXPECT_EQ(refused({"case", "list", "--state", "x"}).field, "state");
}

TEST_F(Request, TheWholeRequestComesAsJsonAndFlagsGoFirst) {
  const std::string file =
      user_.file("request.json", R"({"municipalityCode":"NAC","identityNumber":"200801012386"})");
  EXPECT_EQ(built({"case", "find", "--from", file, "--municipality", "TYR"}),
            R"(municipality_code: "TYR" identity_number: "200801012386")");
  EXPECT_EQ(built({"case", "find", "--from", "-"},
                  R"({"municipalityCode":"NAC","identityNumber":"1"})", test::At::pipes),
            R"(municipality_code: "NAC" identity_number: "1")");
}

TEST_F(Request, JsonThatDoesNotFitIsRefusedWithoutItsContent) {
  const std::string file = user_.file("request.json", R"({"personnummer":"200801012386"})");
  const Problem problem = refused({"case", "find", "--from", file});
  EXPECT_EQ(problem.exit, Exit::usage_or_local);
  EXPECT_EQ(problem.message.find("2008"), std::string::npos);
}

TEST_F(Request, NumbersMustBeNumbers) {
  for (const char* const version : {"x", "-1", "1.5", "", "99999999999999999999999"}) {
    EXPECT_EQ(refused({"meeting", "open", "M", "--version=" + std::string(version)}).exit,
              Exit::usage_or_local)
        << version;
  }
}

TEST_F(Request, AFieldThatTheServerNamesLeadsToItsFlag) {
  const Command* const add = find_command(table_, "commitment", "add");
  EXPECT_EQ(flag_for_field(*add, "draft.due_date"), "--due");
  EXPECT_EQ(flag_for_field(*add, "case_number"), "CASE");
  EXPECT_EQ(flag_for_field(*add, "draft.unknown"), "");
  const Command* const record = find_command(table_, "consent", "record");
  EXPECT_EQ(flag_for_field(*record, "signatories[1].name"), "--signatory");
  EXPECT_EQ(flag_for_field(*record, "signatories.signed_on"), "--signatory (signed_on)");
  EXPECT_EQ(flag_for_field(*record, "kinds_of_other"), "");
}

}  // namespace
}  // namespace sspf::cli
