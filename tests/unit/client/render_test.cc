// SPDX-License-Identifier: Apache-2.0
#include "client/cli/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "client/cli/plain_text.h"
#include "server/handlers/warnings.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

class Render : public testing::Test {
 protected:
  Render() {
    speak(Language::english);
    auto* const first = commitments_.add_commitments();
    first->set_commitment("k7m2");
    first->set_case_number("TYR-2026-0001");
    first->set_agency_code("TYR-SKO");
    first->set_action("Mentor ringer hem varje dag\noch skriver upp det");
    first->set_due_date("2027-01-31");
    first->set_status(v1::COMMITMENT_STATUS_STARTED);
    first->set_rag(v1::RAG_STATUS_YELLOW);
    first->set_overdue(true);
    auto* const second = commitments_.add_commitments();
    *second = *first;
    second->set_commitment("p3x9");
    second->set_action("Fotboll");
    second->set_rag(v1::RAG_STATUS_GREEN);
    second->set_overdue(false);
  }

  std::string shown(const char* noun, const char* verb, const google::protobuf::Message& response,
                    const Page& page) {
    return response_text(response, find_command(table_, noun, verb)->sections, page);
  }

  CommandTable table_ = all_commands();
  v1::ListCommitmentsResponse commitments_;
};

TEST_F(Render, WhatHasNoColourYetShowsNone) {
  commitments_.mutable_commitments(1)->clear_rag();
  const std::string text = shown("commitment", "list", commitments_, test::wide);
  EXPECT_NE(text.find("2027-01-31  started                   TYR-SKO  0\n"), std::string::npos)
      << text;
}

TEST_F(Render, ATableHasAlignedColumns) {
  EXPECT_EQ(shown("commitment", "list", commitments_, test::wide),
            "Commitment  Case           Action                                           "
            "Due         Status   Colour  Overdue  Agency   Version\n"
            "k7m2        TYR-2026-0001  Mentor ringer hem varje dag och skriver upp det  "
            "2027-01-31  started  yellow  yes      TYR-SKO  0\n"
            "p3x9        TYR-2026-0001  Fotboll                                          "
            "2027-01-31  started  green            TYR-SKO  0\n");
}

TEST_F(Render, WordsAreSwedishForASwedishReader) {
  ASSERT_TRUE(speak(Language::swedish));
  const std::string text = shown("commitment", "list", commitments_, test::wide);
  EXPECT_NE(text.find("Åtagande  Ärende"), std::string::npos) << text;
  EXPECT_NE(text.find("påbörjat  gul   ja"), std::string::npos) << text;
}

TEST_F(Render, ATableNeverExceedsTheTerminal) {
  // Narrower than a heading and a value of 16 columns there is no room for anything.
  for (std::size_t width = 30; width < 150; ++width) {
    std::istringstream lines(shown("commitment", "list", commitments_, Page{width, false}));
    for (std::string line; std::getline(lines, line);) {
      ASSERT_LE(display_width(line), width) << line;
    }
  }
}

TEST_F(Render, TextIsCutAndThenColumnsAreLeftOutButNoId) {
  EXPECT_EQ(shown("commitment", "list", commitments_, Page{101, false}),
            "Commitment  Case           Action                       Due         Status   Colour  "
            "Overdue  Agency\n"
            "k7m2        TYR-2026-0001  Mentor ringer hem varje da…  2027-01-31  started  yellow  "
            "yes      TYR-SKO\n"
            "p3x9        TYR-2026-0001  Fotboll                      2027-01-31  started  green   "
            "         TYR-SKO\n");
  EXPECT_EQ(shown("commitment", "list", commitments_, Page{80, false}),
            "Commitment  Case           Action           Due         Status   Colour  Overdue\n"
            "k7m2        TYR-2026-0001  Mentor ringer…   2027-01-31  started  yellow  yes\n"
            "p3x9        TYR-2026-0001  Fotboll          2027-01-31  started  green\n");
}

TEST_F(Render, AColumnThatSaysNothingIsNotShown) {
  commitments_.mutable_commitments(0)->set_overdue(false);
  EXPECT_EQ(shown("commitment", "list", commitments_, test::wide).find("Overdue"),
            std::string::npos);
}

TEST_F(Render, WhoIsResponsibleIsShownAndInAPlanAlsoWhereItIsNarrow) {
  commitments_.mutable_commitments(0)->set_responsible("Mentor Eva Ek");
  EXPECT_NE(shown("commitment", "list", commitments_, test::wide).find("Responsible"),
            std::string::npos);
  v1::GetPlanResponse plan;
  *plan.mutable_commitments() = commitments_.commitments();
  const std::string narrow = shown("plan", "show", plan, Page{80, false});
  EXPECT_NE(narrow.find("Mentor Ev"), std::string::npos) << narrow;
}

TEST_F(Render, ATableThatCannotFitBecomesBlocks) {
  const std::string text = shown("commitment", "list", commitments_, Page{40, false});
  EXPECT_EQ(text.substr(0, text.find("\n\n")),
            "Commitment  k7m2\n"
            "Case        TYR-2026-0001\n"
            "Action      Mentor ringer hem varje dag\n"
            "            och skriver upp det\n"
            "Due         2027-01-31\n"
            "Status      started\n"
            "Colour      yellow\n"
            "Overdue     yes\n"
            "Withdrawn   no\n"
            "Agency      TYR-SKO\n"
            "Version     0");
}

TEST_F(Render, ColoursOnlyWhereThereIsColour) {
  const std::string text = shown("commitment", "list", commitments_, Page{std::nullopt, true});
  EXPECT_NE(text.find("\x1b[33myellow\x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[32mgreen\x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[31myes\x1b[0m"), std::string::npos);
  EXPECT_EQ(shown("commitment", "list", commitments_, test::wide).find('\x1b'), std::string::npos);
}

// Every code that the server has, in both languages.
TEST_F(Render, AWarningIsASentence) {
  namespace warning = handlers::warning;
  const std::string_view codes[] = {
      warning::no_consent_in_force,     warning::guardian_signature_missing,
      warning::youth_signature_missing, warning::signature_needed_at_birthday,
      warning::consent_not_begun,       warning::consent_past,
      warning::consent_revoked};
  for (const std::string_view code : codes) {
    v1::CreateCaseResponse response;
    response.add_warnings(std::string(code));
    speak(Language::swedish);
    const std::string swedish = shown("case", "create", response, test::wide);
    speak(Language::english);
    const std::string english = shown("case", "create", response, test::wide);
    EXPECT_NE(english, swedish);
    for (const std::string& text : {english, swedish}) {
      EXPECT_TRUE(text.ends_with(".\n")) << text;
      EXPECT_EQ(text.find('_'), std::string::npos) << text;
      EXPECT_EQ(text.find(std::string(code)), std::string::npos) << text;
    }
  }
}

TEST_F(Render, AConsentThatIsNotInForceSaysWhy) {
  v1::ListConsentsResponse response;
  v1::Consent& consent = *response.add_consents();
  consent.set_consent("k7m2p3x9");
  consent.add_warnings("consent_not_begun");
  consent.set_from_date("2027-01-01");
  EXPECT_EQ(shown("consent", "list", response, test::wide),
            "Consent     k7m2p3x9\n"
            "In force    no\n"
            "Warnings    The consent's first day has not come yet.\n"
            "Valid from  2027-01-01\n");
}

// A new case has no consent yet that could be said to be wanting.
TEST_F(Render, TheWarningsOfANewCasePresumeNoConsent) {
  v1::CreateCaseResponse response;
  response.set_number("TYR-2026-0001");
  for (const char* code : {"no_consent_in_force", "guardian_signature_missing",
                           "youth_signature_missing", "of_a_newer_server"}) {
    response.add_warnings(code);
  }
  EXPECT_EQ(shown("case", "create", response, test::wide),
            "Case      TYR-2026-0001\n"
            "Version   0\n"
            "Warnings  – No consent is in force, so no other agency sees what the case holds.\n"
            "          – A guardian's signature is required and missing.\n"
            "          – The young person's own signature is required at this age and missing.\n"
            "          – of_a_newer_server\n");
  speak(Language::swedish);
  const std::string swedish = shown("case", "create", response, test::wide);
  EXPECT_NE(swedish.find("– En vårdnadshavares underskrift krävs och saknas.\n"), std::string::npos)
      << swedish;
  EXPECT_NE(swedish.find("– Den unges egen underskrift krävs vid den här åldern och saknas.\n"),
            std::string::npos)
      << swedish;
}

TEST_F(Render, TerminalAttacksAreWrittenOutEverywhere) {
  v1::GetCaseResponse response;
  auto& shown_case = *response.mutable_case_();
  const std::string attack =
      "\x1b]0;owned\x07\u202e\r\xc2\x9b"
      "2J";
  shown_case.set_number(attack);
  shown_case.set_title(attack);
  shown_case.add_warnings(attack);
  for (const std::string& text :
       {shown("case", "show", response, test::wide), response_json(response)}) {
    for (const char* const bad : {"\x1b", "\x07", "\u202e", "\r", "\xc2\x9b"}) {
      EXPECT_EQ(text.find(bad), std::string::npos) << text;
    }
  }
}

TEST_F(Render, ValuesInsideACellAreShort) {
  v1::WhoAmIResponse me;
  me.mutable_account()->set_handle("anna.ek");
  auto* const role = me.mutable_account()->add_roles();
  role->set_role(v1::ROLE_COORDINATOR);
  role->set_municipality_code("TYR");
  me.mutable_account()->add_roles()->set_role(v1::ROLE_AUDITOR);
  me.mutable_certificate_not_after()->set_seconds(1796126400);
  EXPECT_EQ(shown("", "whoami", me, test::wide),
            "Account              anna.ek\n"
            "Roles                coordinator@TYR, auditor\n"
            "Certificate expires  2026-12-01 13:00\n");

  v1::ListConsentsResponse consents;
  auto* const consent = consents.add_consents();
  consent->set_consent("c1");
  auto* const signatory = consent->add_signatories();
  signatory->set_name("Eva Ek");
  signatory->set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  signatory->set_signed_on("2026-11-19");
  consent->add_kinds(v1::INFORMATION_KIND_MAPPING);
  consent->add_kinds(v1::INFORMATION_KIND_PLAN);
  EXPECT_EQ(shown("consent", "list", consents, test::wide),
            "Consent               c1\n"
            "In force              no\n"
            "Kinds of information  mapping, plan\n"
            "Signed by             Eva Ek (guardian, 2026-11-19)\n");
}

TEST_F(Render, ValuesLineUpAfterTheLongestHeadingThatIsShown) {
  v1::GetPlanResponse response;
  response.mutable_plan()->set_version(2);
  response.mutable_plan()->mutable_content()->add_goals("Minst 90 procent närvaro.");
  EXPECT_EQ(shown("plan", "show", response, test::wide),
            "Version  2\n"
            "Goals    Minst 90 procent närvaro.\n");
}

TEST_F(Render, JsonIsOneVersionedObject) {
  v1::GetCaseResponse response;
  response.mutable_case_()->set_number("TYR-1");
  response.mutable_case_()->set_referred_on("2026-11-19");
  const auto object = nlohmann::json::parse(response_json(response));
  EXPECT_EQ(object["api"], "sspf/v1");
  EXPECT_EQ(object["case"]["number"], "TYR-1");
  EXPECT_EQ(object["case"]["referredOn"], "2026-11-19");
  EXPECT_EQ(object["case"]["version"], "0");  // always there, and a string as protobuf has it
  EXPECT_EQ(response_json(response).find(R"({
  "api": "sspf/v1")"),
            0U);
}

TEST_F(Render, AProblemNamesTheFlagToLookAt) {
  const Problem problem{Exit::usage_or_local, "invalid_argument", "missing", "draft.due_date",
                        "draft.due_date is missing.\x1b"};
  EXPECT_EQ(problem_text(problem, "--due", false), "sspf: --due is missing.\\x1b\n");
  const auto object = nlohmann::json::parse(problem_json(problem));
  EXPECT_EQ(object["api"], "sspf/v1");
  EXPECT_EQ(object["error"]["reason"], "missing");
  EXPECT_EQ(object["error"]["field"], "draft.due_date");
  EXPECT_EQ(object["error"]["exit"], 1);
}

TEST_F(Render, AWordThatIsAFieldsNameStaysAWord) {
  const Problem problem{Exit::conflict, "failed_precondition", "state_does_not_follow", "state",
                        "The case cannot move to that state now."};
  EXPECT_EQ(problem_text(problem, "--to", false),
            "sspf: The case cannot move to that state now.\n");
}

}  // namespace
}  // namespace sspf::cli
