// SPDX-License-Identifier: Apache-2.0
//
// The invitation that the coordinator sends and a participant can write, too: it tells nobody
// whom the meeting is about, where it is, or who comes (domain.md 6).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Invitation : testing::Test {
  Town town;
  const Person& anna = town.person("anna");
  const std::string case_number = town.mapped_case();
  const TownMeeting meeting = town.meeting_about(case_number);

  std::string path_of(const std::string& name) { return (town.site().folder() / name).string(); }
};

TEST_F(Invitation, CarriesNoPersonalData) {
  const std::string path = path_of("kallelse.ics");
  const Ended told = anna.sspf({"meeting", "invitation", meeting.number, path, "--lang", "sv"});
  EXPECT_EQ(told.exit_code, 0);
  EXPECT_THAT(told.out, HasSubstr(meeting.number + "\n"));
  EXPECT_EQ(told.err, "Klart.\n");
  const std::string text = read_whole(path);
  EXPECT_THAT(text, HasSubstr("\r\nMETHOD:PUBLISH\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nSUMMARY:SSPF-möte " + meeting.number + "\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nUID:" + meeting.number + "@"));
  EXPECT_THAT(text, HasSubstr("\r\nSEQUENCE:1\r\n"));
  const auto shown = anna.did({"meeting", "show", meeting.number})["meeting"];
  ASSERT_NE(shown["place"], "");
  for (const std::string& secret :
       {std::string(shown["place"]), case_number, std::string("Testsson"), std::string(town_number),
        meeting.item, std::string("Test sven"), std::string("sven"), std::string("anna"),
        std::string("ATTENDEE"), std::string("LOCATION"), std::string("CN=")}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
  // Whoever takes part may write the same one; DTSTAMP alone is another.
  const std::string members = path_of("kallelse-per.ics");
  const Ended written = town.person("per").sspf({"meeting", "invitation", meeting.number, members});
  EXPECT_EQ(written.exit_code, 0) << written.err;
  EXPECT_THAT(read_whole(members), HasSubstr("\r\nUID:" + meeting.number + "@"));
}

TEST_F(Invitation, IsWrittenToNoOtherFileAndForNobodyElse) {
  const std::string path = path_of("finns.ics");
  std::ofstream(path) << "annat";
  EXPECT_EQ(anna.sspf({"meeting", "invitation", meeting.number, path}).exit_code, 1);
  EXPECT_EQ(read_whole(path), "annat");
  const std::string refused = path_of("nekad.ics");
  const Person& stig = town.person("stig");  // not invited
  EXPECT_EQ(stig.refused(5, {"meeting", "invitation", meeting.number, refused})["code"],
            "not_found");
  EXPECT_FALSE(std::ifstream(refused).is_open());
}

}  // namespace
}  // namespace sspf::test
