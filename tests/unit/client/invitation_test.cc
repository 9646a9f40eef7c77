// SPDX-License-Identifier: Apache-2.0
//
// The invitation read back, by libical's parser and by one that others wrote (python3-icalendar):
// what it says, and that nothing of the meeting's persons, cases and place is in it.
#include "client/cli/invitation.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>

#include "client/cli/language.h"
#include "tests/support/temporary_folder.h"

namespace sspf::cli {
namespace {

constexpr std::int64_t starts = 1'796'126'400;  // 2026-12-01T12:00:00Z
const InvitedFrom from{{"sspf.example", "7443"}, UtcSeconds(std::chrono::seconds(1'795'000'000))};

v1::Meeting meeting() {
  v1::Meeting meeting;
  meeting.set_number("TYR-M-2026-0003");
  meeting.set_municipality_code("TYR");
  meeting.set_state(v1::MEETING_STATE_PLANNED);
  meeting.mutable_starts_at()->set_seconds(starts);
  meeting.mutable_ends_at()->set_seconds(starts + 7200);
  meeting.set_place("QZXJ-hemlig-plats");
  meeting.set_version(4);
  return meeting;
}

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

struct InvitationFile : testing::Test {
  sspf::test::TemporaryFolder folder;

  void SetUp() override { speak(Language::swedish); }
  void TearDown() override { speak(Language::english); }

  // Line by line, what another program finds: the calendar's properties, then the event's.
  std::string read_by_another(const std::string& text) {
    const std::string path = (folder.path() / "kallelse.ics").string();
    std::ofstream(path, std::ios::binary) << text;
    // Debian's own interpreter: the package is there and nowhere else.
    const std::string command =
        "/usr/bin/python3 -c '"
        "import sys, icalendar\n"
        "calendar = icalendar.Calendar.from_ical(open(sys.argv[1], \"rb\").read())\n"
        "parts = [calendar] + calendar.subcomponents\n"
        "for part in parts:\n"
        "  print(part.name, *part.errors)\n"
        "  for name, value in sorted(part.items()):\n"
        "    print(name, getattr(value, \"dt\", value), sep=\"=\")\n"
        "' " +
        path + " 2>&1";
    std::string said;
    FILE* const child = popen(command.c_str(), "r");
    EXPECT_NE(child, nullptr);
    std::array<char, 4096> piece{};
    while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), child)) {
      said.append(piece.data(), size);
    }
    EXPECT_EQ(pclose(child), 0) << said;
    return said;
  }
};

TEST_F(InvitationFile, SaysWhenAndWhichMeetingToAnotherProgram) {
  EXPECT_EQ(read_by_another(invitation(meeting(), from)),
            "VCALENDAR\n"
            "METHOD=PUBLISH\n"
            "PRODID=-//SSPF-server//sspf " SSPF_VERSION
            "//SV\n"
            "VERSION=2.0\n"
            "VEVENT\n"
            "CLASS=PRIVATE\n"
            "DESCRIPTION=Logga in och kör `sspf agenda list TYR-M-2026-0003` för att se "
            "dagordningen. Platsen visas med `sspf meeting show TYR-M-2026-0003`.\n"
            "DTEND=2026-12-01 14:00:00+00:00\n"
            "DTSTAMP=2026-11-18 11:06:40+00:00\n"
            "DTSTART=2026-12-01 12:00:00+00:00\n"
            "ORGANIZER=https://sspf.example:7443\n"
            "SEQUENCE=4\n"
            "STATUS=CONFIRMED\n"
            "SUMMARY=SSPF-möte TYR-M-2026-0003\n"
            "UID=TYR-M-2026-0003@sspf.example\n");
  speak(Language::english);
  const std::string english = read_by_another(invitation(meeting(), from));
  EXPECT_NE(english.find("SUMMARY=SSPF meeting TYR-M-2026-0003\n"), std::string::npos) << english;
  EXPECT_NE(english.find("DESCRIPTION=Sign in and run `sspf agenda list TYR-M-2026-0003`"),
            std::string::npos)
      << english;
}

TEST_F(InvitationFile, IsWholeByTheRulesOfPublishing) {
  const std::string text = invitation(meeting(), from);
  const std::unique_ptr<icalcomponent, FreeComponent> calendar(
      icalparser_parse_string(text.c_str()));
  ASSERT_NE(calendar, nullptr);
  // RFC 5546 3.2.1: what has to be there, and what must not.
  EXPECT_EQ(icalrestriction_check(calendar.get()), 1);
  EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
  icalcomponent* const event =
      icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  ASSERT_NE(event, nullptr);
  std::set<std::string> names;
  for (icalproperty* each = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY);
       each != nullptr; each = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY)) {
    names.insert(icalproperty_get_property_name(each));
    EXPECT_EQ(icalproperty_count_parameters(each), 0) << icalproperty_as_ical_string(each);
  }
  EXPECT_EQ(names, (std::set<std::string>{"CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART",
                                          "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID"}));
  EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_ANY_COMPONENT), 1);
}

// Every field of the meeting but those that the invitation is made of, whatever it is.
TEST_F(InvitationFile, HoldsNoOtherFieldOfTheMeeting) {
  const std::string text = invitation(meeting(), from);
  EXPECT_EQ(text.find("QZXJ"), std::string::npos) << text;
  v1::Meeting other = meeting();
  other.clear_place();
  other.clear_municipality_code();
  other.clear_state();
  EXPECT_EQ(invitation(other, from), text);
}

TEST_F(InvitationFile, KeepsItsUidWhileTheMeetingChanges) {
  v1::Meeting moved = meeting();
  moved.set_version(5);
  moved.mutable_starts_at()->set_seconds(starts + 3600);
  const std::string read = read_by_another(invitation(moved, from));
  EXPECT_NE(read.find("UID=TYR-M-2026-0003@sspf.example\n"), std::string::npos) << read;
  EXPECT_NE(read.find("SEQUENCE=5\n"), std::string::npos) << read;
  EXPECT_NE(read.find("DTSTART=2026-12-01 13:00:00+00:00\n"), std::string::npos) << read;
}

TEST_F(InvitationFile, HasLinesAsTheStandardWantsThem) {
  const std::string text = invitation(meeting(), from);
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    ASSERT_GT(end, start);
    EXPECT_EQ(text[end - 1], '\r');
    EXPECT_LE(end - 1 - start, 75U) << text.substr(start, end - start);
    start = end + 1;
  }
  EXPECT_EQ(start, text.size());
}

}  // namespace
}  // namespace sspf::cli
