// SPDX-License-Identifier: Apache-2.0
//
// The auditor's days (domain.md 6): who saw what, and whether the log can be believed, through the
// real command against the real server, and without any server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "crypto/audit_export.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What an exported file holds.
struct Exported {
  std::string note;
  Words events;

  std::string bytes() const {
    std::string bytes = crypto::export_header(note);
    for (const std::string& event : events) {
      crypto::append_export_entry(bytes, crypto::view_of(event));
    }
    return bytes;
  }
};

Exported read_export(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  crypto::AuditExportReader reader(file);
  Exported exported{reader.note().value(), {}};
  crypto::Bytes entry;
  while (reader.next(entry) == crypto::NextEntry::entry) {
    exported.events.emplace_back(crypto::text_of(entry));
  }
  return exported;
}

class Auditor : public testing::Test {
 protected:
  Auditor() {
    show_case("sven");
    show_case("frida");
  }
  void show_case(const std::string& handle) {
    v1::GetCaseRequest request;
    request.set_case_number(number_);
    EXPECT_TRUE(town_.caller(handle).try_call("sspf.v1.CaseService/GetCase", request));
  }
  json listed(const Words& filter) {
    Words words{"audit", "list"};
    words.insert(words.end(), filter.begin(), filter.end());
    return ulla_.did(words)["events"];
  }
  std::string path(const std::string& name) { return (town_.site().folder() / name).string(); }
  Words verify(const std::string& name) { return {"audit", "verify", path(name)}; }
  // The public key of the log, as ulla got it when enrolling.
  std::string verifier_key() {
    const auto file = ulla_.folder() / "contexts" / "localhost" / "context.json";
    return json::parse(read_whole(file)).at("log_verifier_key");
  }
  // How the verification of these bytes fails.
  json tampered(const std::string& bytes) {
    write_private(path("tampered"), bytes);
    return ulla_.refused(1, verify("tampered"));
  }

  Town town_;
  std::string number_ = town_.mapped_case();
  const Person& ulla_ = town_.person("ulla");
};

TEST_F(Auditor, SeesNoContentOfCasesAndMeetings) {
  const TownMeeting meeting = town_.meeting_about(number_);
  EXPECT_THAT(ulla_.did({"case", "list"})["cases"], IsEmpty());
  EXPECT_THAT(ulla_.did({"meeting", "list"})["meetings"], IsEmpty());
  EXPECT_THAT(ulla_.did({"commitment", "list"})["commitments"], IsEmpty());
  const std::string none = whole(ulla_.sspf({"case", "show", missing_case}));
  EXPECT_EQ(whole(ulla_.sspf({"case", "show", number_})), none);
  EXPECT_EQ(ulla_.refused(5, {"agenda", "list", meeting.number})["code"], "not_found");
  const json own = listed({"--account", "ulla", "--outcome", "refused"});
  ASSERT_EQ(own.size(), 3U);
  EXPECT_EQ(own[0]["causeReason"], "not_found");
  EXPECT_EQ(own[1]["causeReason"], "not_assigned");
  EXPECT_EQ(own[2]["causeReason"], "not_invited");
}

TEST_F(Auditor, ReadsTheRegisterOfProcessingAndNoPersonInIt) {
  const json answer = ulla_.did({"agency", "register", "TYR"});
  std::vector<std::string> codes;
  for (const json& record : answer["records"]) {
    codes.push_back(record["agencyCode"]);
    EXPECT_EQ(record["retention"].size(), 2U);
    EXPECT_EQ(record["securityMeasures"].size(), 8U);
  }
  EXPECT_THAT(codes, testing::IsSupersetOf({"TYR-SKO", "TYR-SOC", "TYR-SSPF"}));
  EXPECT_THAT(answer.dump(), HasSubstr(R"("cases":"<5")"));
  EXPECT_THAT(answer.dump(), Not(HasSubstr(number_)));
  EXPECT_THAT(whole(ulla_.sspf({"agency", "register", "TYR", "--lang", "sv"})),
              HasSubstr("Registerförteckning den"));
  EXPECT_EQ(town_.person("anna").refused(3, {"agency", "register", "TYR"})["reason"],
            "role_missing");
}

TEST_F(Auditor, FiltersTheLogByWhoWhatWhenAndWhichCase) {
  const json all = listed({});
  EXPECT_THAT(all.dump(), Not(HasSubstr(number_)));
  EXPECT_THAT(all.dump(), Not(HasSubstr("Testsson")));
  EXPECT_THAT(all.dump(), Not(HasSubstr(fifteen_years_ago())));
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i]["sequence"], std::to_string(i));

  const json denied = listed({"--account", "frida", "--outcome", "refused"});
  ASSERT_EQ(denied.size(), 1U);
  EXPECT_EQ(denied[0]["rpc"], "sspf.v1.CaseService/GetCase");
  EXPECT_EQ(denied[0]["toldReason"], "not_found");
  EXPECT_EQ(denied[0]["causeReason"], "not_assigned");
  EXPECT_EQ(denied[0]["agencyCode"], "TYR-FRI");
  EXPECT_EQ(denied[0]["itemsShown"], 0);
  const std::string subject = denied[0]["caseRef"];
  EXPECT_NE(subject, "");

  const json shown =
      listed({"--case", subject, "--call", "CaseService/GetCase", "--account", "sven"});
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0]["outcome"], "OUTCOME_ALLOWED");
  EXPECT_EQ(shown[0]["role"], "ROLE_MEMBER");
  EXPECT_EQ(shown[0]["basisRefs"].size(), 1U);  // the consent that lifted the secrecy
  EXPECT_GE(listed({"--case", subject}).size(), 8U);
  // A day more on each side, for a test that runs over midnight.
  EXPECT_THAT(listed({"--since", day(2)}), IsEmpty());
  EXPECT_THAT(listed({"--until", day(-1)}), IsEmpty());
  EXPECT_GT(listed({"--since", day(-1), "--until", day(2)}).size(), all.size());
  EXPECT_EQ(ulla_.refused(1, {"audit", "list", "--case", number_})["field"], "case_ref");
  const Ended swedish =
      ulla_.sspf({"audit", "list", "--account", "frida", "--outcome", "nekat", "--lang", "sv"});
  EXPECT_THAT(swedish.out, HasSubstr("  frida  CaseService/GetCase  nekat   not_found"));
}

TEST_F(Auditor, VerifiesAnExportWithoutTheServer) {
  const json exported = ulla_.did({"audit", "export", path("exported")});
  EXPECT_EQ(ulla_.refused(1, {"audit", "export", path("exported")})["code"], "local");
  town_.stop();
  const json verified = ulla_.did(verify("exported"));
  EXPECT_EQ(verified, exported);
  const Exported log = read_export(path("exported"));
  EXPECT_EQ(verified["size"], std::to_string(log.events.size()));
  EXPECT_EQ(log.bytes(), read_whole(path("exported")));
  Words in_swedish = verify("exported");
  in_swedish.insert(in_swedish.end(), {"--lang", "sv"});
  EXPECT_EQ(ulla_.sspf(in_swedish).err,
            "Loggen är fullständig: varje händelse är som när den signerades.\n");
  EXPECT_EQ(ulla_.refused(2, {"audit", "checkpoint"})["code"], "transport");
}

// Another program has to be able to read it: everything lies where c2sp.org/tlog-tiles says.
TEST_F(Auditor, ExportsAFolderOfTilesAndAReceiptOfOneEvent) {
  const json exported = ulla_.did({"audit", "export", path("tiles"), "--layout", "tiles"});
  EXPECT_EQ(ulla_.refused(1, {"audit", "export", path("tiles"), "--layout", "tiles"})["code"],
            "local");
  EXPECT_EQ(ulla_.refused(1, {"audit", "export", path("other"), "--layout", "disk"})["code"],
            "usage");
  const json receipt = ulla_.did({"audit", "receipt", "1", path("receipt")});
  town_.stop();
  EXPECT_EQ(ulla_.did(verify("tiles")), exported);
  EXPECT_EQ(ulla_.did(verify("receipt")), receipt);
  const std::uint64_t size = std::stoull(exported["size"].get<std::string>());
  const std::string width = std::to_string(size % 256);
  const std::string level = size < 256 ? "000.p/" + width : "000";
  EXPECT_TRUE(std::filesystem::exists(path("tiles/tile/0/" + level)));
  EXPECT_TRUE(std::filesystem::exists(path("tiles/tile/entries/" + level)));
  Words by_policy = verify("tiles");
  by_policy.insert(by_policy.end(), {"--policy", path("tiles/policy")});
  EXPECT_EQ(ulla_.did(by_policy), exported);

  std::string altered = read_whole(path("receipt"));
  char& letter = altered[altered.find("extra ") + 10];
  letter = letter == 'A' ? 'B' : 'A';  // still base64
  write_private(path("tampered"), altered);
  EXPECT_EQ(ulla_.refused(1, verify("tampered"))["field"], "events[1]");
}

TEST_F(Auditor, FindsEveryWayOfTampering) {
  // An export ends at the newest signed checkpoint, and one is signed at shutdown.
  town_.stop();
  town_.start_again();
  ulla_.did({"audit", "export", path("exported")});
  town_.stop();
  const Exported log = read_export(path("exported"));
  ASSERT_GT(log.events.size(), 20U);
  const auto changed = [&](const std::function<void(Words&)>& change) {
    Exported copy = log;
    change(copy.events);
    return tampered(copy.bytes());
  };
  const json edited = changed([](Words& events) { events[7].back() ^= 1; });
  EXPECT_EQ(edited["code"], "verification_failed");
  EXPECT_EQ(edited["reason"], "log_changed");
  EXPECT_EQ(changed([](Words& events) { events.erase(events.begin() + 7); })["field"], "events[7]");
  EXPECT_EQ(changed([](Words& events) { events.insert(events.begin() + 7, events[6]); })["field"],
            "events[7]");
  EXPECT_EQ(changed([](Words& events) { std::swap(events[7], events[8]); })["field"], "events[7]");
  const std::string last = "events[" + std::to_string(log.events.size() - 1) + "]";
  EXPECT_EQ(changed([](Words& events) { events.pop_back(); })["field"], last);
  const std::string bytes = log.bytes();
  EXPECT_EQ(tampered(bytes.substr(0, bytes.size() - 1))["field"], last);
  write_private(path("tampered"), log.bytes());
  EXPECT_EQ(ulla_.did(verify("tampered"))["size"], std::to_string(log.events.size()));
}

TEST_F(Auditor, FindsTheSameLogAfterARestart) {
  ulla_.did({"audit", "export", path("before")});
  const json checkpoint = ulla_.did({"audit", "checkpoint"});
  const auto anchor = town_.site().config().paths.checkpoint_file;
  town_.stop();
  std::filesystem::copy_file(anchor, path("anchor"));
  town_.start_again();
  const json later = ulla_.did({"audit", "checkpoint"});
  EXPECT_EQ(later["origin"], checkpoint["origin"]);
  EXPECT_GT(std::stoul(later["size"].get<std::string>()),
            std::stoul(checkpoint["size"].get<std::string>()));
  ulla_.did({"audit", "export", path("after")});
  const Words before = read_export(path("before")).events;
  const Words after = read_export(path("after")).events;
  ASSERT_GT(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));

  Words against = verify("after");
  against.insert(against.end(), {"--checkpoint", path("anchor"), "--key", verifier_key()});
  EXPECT_EQ(ulla_.did(against)["size"], std::to_string(after.size()));
  against[2] = path("before");
  EXPECT_EQ(ulla_.refused(1, against)["code"], "verification_failed");
}

TEST_F(Auditor, SeesASuspensionActAtOnce) {
  const Person& sven = town_.person("sven");
  EXPECT_EQ(sven.did({"case", "show", number_})["case"]["number"], number_);
  EXPECT_EQ(ulla_.refused(3, {"account", "suspend", "sven"})["code"], "permission_denied");
  v1::SuspendAccountRequest request;
  request.set_handle("sven");
  town_.caller("root").get<v1::SuspendAccountResponse>("sspf.v1.AccountService/SuspendAccount",
                                                       request);
  EXPECT_EQ(sven.refused(4, {"case", "show", number_})["code"], "unauthenticated");
  EXPECT_EQ(whole(sven.sspf({"case", "list", "--lang", "sv"})),
            "exit 4\n\nsspf: Klientcertifikatet gäller inte.\n");
  // Nobody was let in, so the account is not who acted, but whom it concerned.
  const json denied =
      listed({"--account", "sven", "--outcome", "refused", "--call", "CaseService/ListCases"});
  ASSERT_EQ(denied.size(), 1U);
  EXPECT_EQ(denied[0]["account"], "");
  EXPECT_EQ(denied[0]["subjectAccount"], "sven");
  EXPECT_EQ(denied[0]["causeReason"], "account_suspended");
  const json done = listed({"--account", "root", "--call", "AccountService/SuspendAccount"});
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0]["subjectAccount"], "sven");
}

}  // namespace
}  // namespace sspf::test
