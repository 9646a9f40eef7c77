// SPDX-License-Identifier: Apache-2.0
//
// A young person asks for everything that is kept: coordinator and school at the real `sspf`
// against a real server, to the PDF that is handed out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// The text of a PDF, as poppler reads it.
std::string text_of(const std::string& path) {
  std::string text;
  FILE* const child = popen(("pdftotext -layout " + path + " -").c_str(), "r");
  EXPECT_NE(child, nullptr);
  std::array<char, 4096> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), child)) {
    text.append(piece.data(), size);
  }
  EXPECT_EQ(pclose(child), 0);
  return text;
}

struct SubjectAccessScenario : testing::Test {
  Town town;
  const std::string number = town.mapped_case();

  json queue(const std::string& handle, const std::string& extract) {
    return town.person(handle).did({"subject-access", "queue", number, extract})["entries"];
  }
  void decide(const std::string& handle, const json& entry, std::vector<std::string> decision) {
    std::vector<std::string> words{"subject-access", "decide",    number,
                                   entry["entry"],   "--version", "0"};
    words.insert(words.end(), decision.begin(), decision.end());
    town.person(handle).did(words);
  }
};

TEST_F(SubjectAccessScenario, EndsWithAPdfThatHoldsWhatWasReleased) {
  const Person& anna = town.person("anna");
  const Person& sven = town.person("sven");
  for (const char* text : {"Slagsmål med Kim Kompis.", "Trivs i slöjden.", "Skolans hemlighet."}) {
    sven.did({"case", "add-note", number, "--text", town.in_file(text)});
  }
  const json opened =
      anna.did({"subject-access", "open", number, "--asked-on", day(-1), "--asked-by", "guardian"});
  const std::string extract = opened["subjectAccess"];
  EXPECT_EQ(anna.refused(6, {"subject-access", "open", number, "--asked-on", day(-1), "--asked-by",
                             "youth"})["reason"],
            "subject_access_open");
  const json own = queue("sven", extract);
  ASSERT_EQ(own.size(), 3U);
  EXPECT_EQ(own[0]["texts"][0]["text"], "Slagsmål med Kim Kompis.");
  decide("sven", own[0], {"--decision", "redacted", "--redacted", town.in_file("Slagsmål.")});
  decide("sven", own[1], {"--decision", "released"});
  EXPECT_EQ(anna.refused(6, {"subject-access", "close", number, extract})["reason"],
            "subject_access_undecided");
  decide("sven", own[2],
         {"--decision", "withheld", "--paragraph", "23 kap. 1 § OSL", "--reason",
          town.in_file("Röjer vem som berättade.")});
  for (const json& entry : queue("anna", extract)) {
    if (entry["ownerAgencyCode"] == "TYR-SSPF") {
      decide("anna", entry, {"--decision", "released"});
    }
  }
  const std::string pdf = (town.site().folder() / "extract.pdf").string();
  EXPECT_EQ(anna.refused(6, {"subject-access", "export", number, extract, "--pdf", pdf})["reason"],
            "subject_access_not_closed");
  anna.did({"subject-access", "close", number, extract});
  const Ended written =
      anna.sspf({"subject-access", "export", number, extract, "--pdf", pdf, "--lang", "sv"});
  ASSERT_EQ(written.exit_code, 0) << whole(written);
  struct stat file {};
  ASSERT_EQ(stat(pdf.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  const std::string text = text_of(pdf);
  for (const char* in : {"Registerutdrag", "Tyresö", "Trivs i slöjden.", "Slagsmål.",
                         "Det som rör andra är borttaget.", "Stöd i lag: 23 kap. 1 § OSL",
                         "Vilka som har läst eller skrivit, och när", "sida 1 av"}) {
    EXPECT_THAT(text, HasSubstr(in));
  }
  for (const char* out : {"Kim Kompis", "Skolans hemlighet", "Röjer", "sven", "anna"}) {
    EXPECT_THAT(text, Not(HasSubstr(out)));
  }
  // It writes over nothing, and the same comes as JSON.
  const Ended again = anna.sspf({"subject-access", "export", number, extract, "--pdf", pdf});
  EXPECT_EQ(again.exit_code, 1) << whole(again);
  const json same = anna.did({"subject-access", "export", number, extract});
  EXPECT_EQ(same["access"]["askedBy"], "SUBJECT_REQUESTER_GUARDIAN");
  EXPECT_EQ(same["entries"].size(), opened["entries"]);
  EXPECT_GT(same["looks"].size(), 5U);
  EXPECT_EQ(town.last_event_of("anna").rpc(), "sspf.v1.SubjectAccessService/ExportSubjectAccess");
}

}  // namespace
}  // namespace sspf::test
