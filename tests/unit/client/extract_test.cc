// SPDX-License-Identifier: Apache-2.0
//
// The extract as PDF, read back by poppler's pdftotext: no text is lost, whatever its length.
#include "client/cli/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "client/cli/language.h"
#include "tests/support/temporary_folder.h"

namespace sspf::cli {
namespace {

constexpr std::int64_t noon = 1'795'000'000;  // 2026-11-18

// Without spaces and line feeds: lines and pages are broken where they are.
std::string squeezed(std::string text) {
  std::erase_if(text, [](char each) { return each == ' ' || each == '\n' || each == '\f'; });
  return text;
}

struct ExtractPdf : testing::Test {
  sspf::test::TemporaryFolder folder;
  v1::ExportSubjectAccessResponse extract;

  void SetUp() override {
    speak(Language::swedish);
    extract.set_municipality_name("Tyresö kommun");
    extract.mutable_access()->set_asked_on("2026-11-01");
    extract.mutable_access()->set_asked_by(v1::SUBJECT_REQUESTER_YOUTH);
    extract.mutable_access()->mutable_closed_at()->set_seconds(noon);
  }
  void TearDown() override { speak(Language::english); }

  v1::SubjectAccessEntry& add(v1::SubjectAccessSource source, v1::SubjectAccessDecision decision) {
    v1::SubjectAccessEntry& entry = *extract.add_entries();
    entry.set_source(source);
    entry.set_owner_agency_name("Skolan");
    entry.set_decision(decision);
    entry.mutable_written_at()->set_seconds(noon);
    return entry;
  }
  void add_text(v1::SubjectAccessEntry& entry, const std::string& field, const std::string& text) {
    v1::SubjectAccessText& added = *entry.add_texts();
    added.set_field(field);
    added.set_text(text);
  }
  // What a reader of the file sees.
  std::string read(const std::string& options = "") {
    const std::string path = (folder.path() / "extract.pdf").string();
    std::ofstream(path, std::ios::binary) << pdf_of(extract_document("TYR-2026-0007", extract));
    return ran("pdftotext -layout " + options + " " + path + " -");
  }
  static std::string ran(const std::string& command) {
    std::string said;
    FILE* const child = popen(command.c_str(), "r");
    EXPECT_NE(child, nullptr);
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), child)) {
      said.append(piece.data(), size);
    }
    EXPECT_EQ(pclose(child), 0) << command;
    return said;
  }
};

TEST_F(ExtractPdf, SaysWhatIsReleasedAndWhatIsNot) {
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_IDENTITY, v1::SUBJECT_ACCESS_DECISION_RELEASED), "title",
           "Åsa Öberg-Ängström");
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_NOTE, v1::SUBJECT_ACCESS_DECISION_REDACTED), "",
           "Bråk på rasten.\nAndra stycket.");
  add(v1::SUBJECT_ACCESS_SOURCE_NOTE, v1::SUBJECT_ACCESS_DECISION_WITHHELD)
      .set_paragraph("26 kap. 1 § OSL");
  add(v1::SUBJECT_ACCESS_SOURCE_COMMITMENT, v1::SUBJECT_ACCESS_DECISION_REFERRED);
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_CONSENT, v1::SUBJECT_ACCESS_DECISION_RELEASED), "role",
           "SIGNATORY_ROLE_GUARDIAN");
  v1::SubjectAccessLook& look = *extract.add_looks();
  look.mutable_time()->set_seconds(noon);
  look.set_agency_name("Socialtjänsten");
  look.set_role(v1::ROLE_MEMBER);
  look.set_items_shown(3);
  const std::string text = read();
  for (const char* line :
       {"Registerutdrag", "Tyresö kommun", "Ärende TYR-2026-0007. Begärt 2026-11-01 av: den unge.",
        "Personuppgifter", "Namn", "Åsa Öberg-Ängström", "Bråk på rasten.", "Andra stycket.",
        "Det som rör andra är borttaget.", "Uppgiften lämnas inte ut. Stöd i lag: 26 kap. 1 § OSL.",
        "Begär uppgiften hos Skolan", "vårdnadshavare", "Socialtjänsten",
        "läste (antal uppgifter: 3)", "imy.se", "sida 2 av 2"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << " in\n" << text;
  }
}

TEST_F(ExtractPdf, LosesNoTextHoweverLongAndManyItIs) {
  const std::string word(2000, 'w');  // wider than a line, many times
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_NOTE, v1::SUBJECT_ACCESS_DECISION_RELEASED), "", word);
  std::string all = word;
  for (int i = 0; i < 500; ++i) {
    std::string text = "Anteckning " + std::to_string(i) + " börjar här";
    for (int each = 0; each < i % 40; ++each) text += " och fortsätter med ännu en mening.";
    text += " Slut " + std::to_string(i) + ".";
    add_text(add(v1::SUBJECT_ACCESS_SOURCE_NOTE, v1::SUBJECT_ACCESS_DECISION_RELEASED), "", text);
  }
  const std::string read_back = read();
  // The foot stands between what runs over a page.
  std::string text;
  std::size_t pages = 0;
  std::string rest = read_back;
  for (std::size_t at = 0; at < rest.size();) {
    const std::size_t end = std::min(rest.find('\n', at), rest.size());
    const std::string line = rest.substr(at, end - at);
    at = end + 1;
    if (line.find("sida ") != std::string::npos) {
      ++pages;
    } else {
      text += line;
    }
  }
  const std::string plain = squeezed(text);
  EXPECT_NE(plain.find(word), std::string::npos);
  for (const v1::SubjectAccessEntry& entry : extract.entries()) {
    EXPECT_NE(plain.find(squeezed(entry.texts(0).text())), std::string::npos)
        << entry.texts(0).text();
  }
  EXPECT_GT(pages, 20U);
  EXPECT_NE(read_back.find("sida " + std::to_string(pages) + " av " + std::to_string(pages)),
            std::string::npos);
}

TEST_F(ExtractPdf, ShowsWhatWouldMoveTextAsWhatItIs) {
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_NOTE, v1::SUBJECT_ACCESS_DECISION_RELEASED), "",
           "före\xE2\x80\xAE efter\x1b[31m");
  EXPECT_NE(read().find("före\\u202e efter\\x1b[31m"), std::string::npos) << read();
}

TEST_F(ExtractPdf, SpeaksEnglishToo) {
  speak(Language::english);
  add_text(add(v1::SUBJECT_ACCESS_SOURCE_PLAN, v1::SUBJECT_ACCESS_DECISION_RELEASED), "youth_view",
           "Vill spela fotboll.");
  const std::string text = read();
  for (const char* line : {"Extract of personal data", "plan", "Youth view", "page 1 of 1"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << " in\n" << text;
  }
}

TEST_F(ExtractPdf, NamesItselfInItsMetadata) {
  read();
  const std::string info = ran("pdfinfo " + (folder.path() / "extract.pdf").string());
  EXPECT_NE(info.find("Registerutdrag"), std::string::npos) << info;
  EXPECT_NE(info.find("A4"), std::string::npos) << info;
}

}  // namespace
}  // namespace sspf::cli
