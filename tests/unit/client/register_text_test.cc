// SPDX-License-Identifier: Apache-2.0
//
// The register of processing as people read it.
#include "client/cli/register_text.h"

#include <gtest/gtest.h>

#include "client/cli/render.h"
#include "server/handlers/processing_register.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

struct RegisterText : testing::Test {
  v1::GetProcessingRegisterResponse response;

  RegisterText() {
    speak(Language::english);
    response.set_as_of("2026-11-24");
    v1::ProcessingRecord& record = *response.add_records();
    record.set_agency_code("TYR-SKO");
    record.set_agency_name("Skolan");
    record.set_agency_kind(v1::AGENCY_KIND_SCHOOL);
    record.add_purposes(v1::PURPOSE_MAPPING);
    record.add_data_subjects(v1::DATA_SUBJECT_STAFF);
    v1::DataCategory& category = *record.add_data_categories();
    category.set_kind(v1::INFORMATION_KIND_MAPPING);
    category.set_secrecy_class(v1::SECRECY_CLASS_PUPIL_WELFARE);
    category.set_cases("<5");
    v1::RecipientCategory& named = *record.add_recipients();
    named.set_agency_kind(v1::AGENCY_KIND_POLICE);
    named.set_ground(v1::RECIPIENT_GROUND_CONSENT);
    v1::RecipientCategory& any = *record.add_recipients();
    any.set_ground(v1::RECIPIENT_GROUND_STANDING_BASIS);
    any.set_basis_code("PROV-1");
    v1::RetentionPeriod& cases = *record.add_retention();
    cases.set_category(v1::DOCUMENT_CATEGORY_CASE);
    cases.set_years(5);
    for (const std::uint32_t day : {5U, 15U}) cases.add_preserved_birth_days(day);
    v1::RetentionPeriod& meetings = *record.add_retention();
    meetings.set_category(v1::DOCUMENT_CATEGORY_MEETING);
    meetings.set_preserves_everything(true);
    record.add_security_measures("database_encrypted");
  }
  std::string shown() {
    const CommandTable table = all_commands();
    return response_text(response, find_command(table, "agency", "register")->sections, test::wide);
  }
};

TEST_F(RegisterText, SaysInWordsWhatEachControllerKeeps) {
  EXPECT_EQ(shown(),
            "Register of processing on  2026-11-24\n"
            "\n"
            "Controller                       TYR-SKO\n"
            "Name                             Skolan\n"
            "Kind                             school\n"
            "Purposes                         mapping\n"
            "About                            staff\n"
            "Personal data (number of cases)  mapping, pupil-welfare (<5)\n"
            "Recipients                       – police (consent)\n"
            "                                 – any agency (standing-basis PROV-1)\n"
            "Kept                             – case: 5 years; birth days 5, 15 are preserved\n"
            "                                 – meeting: everything is preserved\n"
            "Security                         The database is encrypted, and its key is kept "
            "apart from it.\n");
}

TEST_F(RegisterText, IsSwedishForASwedishReader) {
  ASSERT_TRUE(speak(Language::swedish));
  const std::string text = shown();
  for (const char* part : {"Registerförteckning den  2026-11-24", "– polis (samtycke)",
                           "ärende: 5 år; födda den 5, 15 bevaras", "möte: allt bevaras"}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
}

// Every measure that the server has, in both languages.
TEST_F(RegisterText, AMeasureOfSecurityIsASentence) {
  for (const std::string_view measure : handlers::security_measures) {
    speak(Language::swedish);
    const std::string swedish = measure_text(std::string(measure));
    speak(Language::english);
    const std::string english = measure_text(std::string(measure));
    EXPECT_NE(english, swedish);
    for (const std::string& text : {english, swedish}) {
      EXPECT_TRUE(text.ends_with(".")) << text;
      EXPECT_EQ(text.find('_'), std::string::npos) << text;
    }
  }
  EXPECT_EQ(measure_text("of_a_newer_server"), "of_a_newer_server");
}

TEST_F(RegisterText, WhatANewerServerAddsIsShownAsItIsAndControlsNoTerminal) {
  v1::ProcessingRecord& record = *response.mutable_records(0);
  record.mutable_recipients(0)->set_agency_kind(static_cast<v1::AgencyKind>(77));
  record.mutable_recipients(0)->set_basis_code("\x1b[31mX");
  record.mutable_data_categories(0)->set_cases("\x1b[31m9");
  record.set_security_measures(0, "\x1b[31m");
  const std::string text = shown();
  EXPECT_NE(text.find("77 (consent"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
}

}  // namespace
}  // namespace sspf::cli
