// SPDX-License-Identifier: Apache-2.0
//
// Three people at the real `sspf` dispose of a case of a real server, and an auditor verifies what
// the log says of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/disposing.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct DisposalScenario : testing::Test {
  Town town;

  std::string handed_over_case() {
    const std::string number = town.mapped_case();
    town.plan_of(number);
    town.meeting_about(number);
    town.person("anna").did({"case", "advance", number, "--version",
                             std::to_string(town.version_of(number)), "--to", "handed-over",
                             "--reason", town.in_file("Till socialtjänsten.")});
    return number;
  }
  // As if all of it had been written ten years ago.
  void age() {
    constexpr std::int64_t ten_years = 3652LL * 24 * 3600 * 1'000'000;
    town.stop();
    {
      store::Connection database = open_database(town.site().config());
      const auto shift = [&](store::Sql sql) { store::Query(database, sql, ten_years).run(); };
      shift("UPDATE case_state_change SET changed_at = changed_at - ?1");
      shift("UPDATE note_version SET written_at = written_at - ?1");
      shift("UPDATE plan_version SET written_at = written_at - ?1");
      shift("UPDATE commitment_version SET written_at = written_at - ?1");
      shift("UPDATE consent SET recorded_at = recorded_at - ?1");
    }
    town.start_again();
  }
};

TEST_F(DisposalScenario, ThreePeopleDisposeOfACaseAndTheLogVerifies) {
  const Person& rut = town.person("rut");
  // For cases without birth days: on which day the young person is born hangs on today.
  rut.did({"retention", "set", "--municipality", "TYR", "--category", "case", "--years", "4"});
  rut.did({"retention", "set", "--municipality", "TYR", "--category", "meeting", "--years", "9",
           "--preserve-birth-days", "7,17"});
  EXPECT_THAT(whole(rut.sspf({"retention", "list", "--municipality", "TYR"})), HasSubstr("7, 17"));
  const std::string kept = town.mapped_case();
  const Person& anna = town.person("anna");
  EXPECT_EQ(anna.did({"retention", "show", kept})["status"], "RETENTION_STATUS_RETAINED");
  const std::string number = handed_over_case();
  for (const char* handle : {"bo", "ulla"}) town.person(handle);
  age();
  EXPECT_EQ(anna.did({"retention", "show", number})["status"], "RETENTION_STATUS_DUE");
  const json hold = anna.did({"retention", "hold", number, "--reason", town.in_file("Domstol")});
  EXPECT_EQ(anna.refused(6, {"disposal", "create", "--municipality", "TYR"})["reason"],
            "nothing_due");
  anna.did({"retention", "lift", number, hold["hold"]});

  const json made = anna.did({"disposal", "create", "--municipality", "TYR"});
  EXPECT_EQ(made["items"], 1);
  const std::string list = made["list"];
  EXPECT_EQ(anna.refused(6, {"disposal", "review", list, number, "--verdict", "dispose"})["reason"],
            "list_made_by_caller");
  town.person("bo").did({"disposal", "review", list, number, "--verdict", "dispose"});
  EXPECT_THAT(whole(anna.sspf({"disposal", "show", list, "--municipality", "TYR", "--lang", "sv"})),
              HasSubstr("gallra"));
  const json done = rut.did({"disposal", "execute", list, "--municipality", "TYR"});
  EXPECT_EQ(done["disposedCaseNumbers"], json::array({number}));

  EXPECT_EQ(anna.refused(5, {"case", "show", number})["code"], "not_found");
  EXPECT_EQ(anna.did({"case", "show", kept})["case"]["number"], kept);
  EXPECT_EQ(anna.did({"disposal", "list", "--municipality", "TYR"})["lists"][0]["disposed"], 1);
  town.stop();
  const Ended checked = town.site().sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  town.start_again();
  EXPECT_EQ(anna.did({"case", "show", kept})["case"]["number"], kept);
  const std::string file = (town.site().folder() / "log-export").string();
  const Person& ulla = town.person("ulla");
  ASSERT_EQ(ulla.sspf({"audit", "export", file}).exit_code, 0);
  const Ended verified = ulla.sspf({"audit", "verify", file});
  EXPECT_EQ(verified.exit_code, 0) << whole(verified);
  const json certificate =
      ulla.did({"audit", "list", "--call", "DisposalService/ExecuteDisposal"})["events"];
  ASSERT_EQ(certificate.size(), 1U);
  EXPECT_EQ(certificate[0]["account"], "rut");
  EXPECT_EQ(certificate[0]["disposedCases"].size(), 1U);
  EXPECT_EQ(certificate[0]["keyEpoch"], 2);
}

}  // namespace
}  // namespace sspf::test
