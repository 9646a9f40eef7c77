// SPDX-License-Identifier: Apache-2.0
//
// A bundle of evidence as its receiver meets it: whole, or with any one of its files changed.
#include "client/cli/incident.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "crypto/hash.h"
#include "tests/unit/client/audit_fixture.h"

namespace sspf::cli {
namespace {

namespace fs = std::filesystem;
using test::Log;
using test::Words;
using testing::HasSubstr;

constexpr std::int64_t known = 1'796'126'400;  // 2026-12-01 13:00 in Stockholm
using Files = std::map<std::string, std::string>;

crypto::Receipt receipt_in(const Log& log, const Words& events, std::uint64_t index) {
  std::map<std::pair<std::uint32_t, std::uint64_t>, crypto::Digest> nodes;
  crypto::merkle::Frontier tree;
  for (const auto& one : events) {
    for (const auto& node : tree.append(crypto::merkle::leaf_hash(crypto::view_of(one)))) {
      nodes[{node.level, node.index}] = node.hash;
    }
  }
  const crypto::ByteView event = crypto::view_of(events.at(index));
  return {.event = {event.begin(), event.end()},
          .index = index,
          .proof = crypto::merkle::inclusion_proof(index, events.size(),
                                                   [&](std::uint32_t level, std::uint64_t at) {
                                                     return nodes.at({level, at});
                                                   }),
          .checkpoint_note = log.note(events)};
}

Incident incident() {
  Incident made{.origin = test::origin,
                .server = "sspf.example",
                .verifier_key = "key",
                .made_by = "ulla",
                .made_at = UtcSeconds(std::chrono::seconds(known + 25 * 3600)),
                .tree_size = 7,
                .account = "sven",
                .case_ref = "",
                .asked = {},
                .deadlines = {}};
  made.asked.set_municipality_code("TYR");
  made.asked.mutable_known_at()->set_seconds(known);
  made.deadlines.mutable_early_warning_by()->set_seconds(known + 24 * 3600);
  made.deadlines.mutable_report_by()->set_seconds(known + 72 * 3600);
  made.deadlines.mutable_final_report_by()->set_seconds(known + 31 * 24 * 3600);
  return made;
}

std::vector<BundleEvent> bundle_events(const Words& events) {
  std::vector<BundleEvent> found;
  for (const std::uint64_t sequence : {2U, 4U, 5U}) {
    BundleEvent each{events.at(sequence), {}};
    each.view.set_sequence(sequence);
    each.view.set_rpc("sspf.v1.CaseService/GetCase");
    each.view.set_account("sven");
    each.view.set_outcome(v1::OUTCOME_REFUSED);
    each.view.set_cause_reason("not_assigned");
    each.view.mutable_time()->set_seconds(known);
    found.push_back(each);
  }
  return found;
}

class IncidentVerifyCommand : public test::AuditVerifyCommand {
 protected:
  // What an exporter has before the seal.
  Files files() {
    Files made;
    const auto found = bundle_events(events_);
    for (const BundleEvent& each : found) {
      made[bundle::receipt_name(each.view.sequence())] =
          crypto::marshal_receipt(receipt_in(log_, events_, each.view.sequence()));
    }
    made[bundle::checkpoint] = log_.note(events_);
    made[bundle::timeline] = timeline_json(incident(), found);
    made[bundle::timeline_for_people] = timeline_text(incident(), found);
    return made;
  }
  // As whoever has the log's seal on whatever these are.
  Files sealed(Files made) {
    made[bundle::manifest] = manifest_json(incident(), made);
    made[bundle::seal] = seal_on(made[bundle::manifest], bundle::sealing_call);
    return made;
  }
  std::string seal_on(const std::string& manifest, const std::string& call) {
    v1::AuditEvent event;
    event.set_sequence(7);
    event.set_time_us(2'000'000);
    event.set_rpc(call);
    event.set_outcome(v1::OUTCOME_ALLOWED);
    event.set_bundle_digest(
        std::string(crypto::text_of(crypto::sha256(crypto::view_of(manifest)))));
    Words grown = events_;
    grown.push_back(event.SerializeAsString());
    return crypto::marshal_receipt(receipt_in(log_, grown, 7));
  }
  std::string written(const Files& bundle) {
    const fs::path folder = user_.folder() / ("bundle" + std::to_string(++folders_));
    for (const auto& [name, content] : bundle) {
      fs::create_directories((folder / name).parent_path());
      std::ofstream(folder / name, std::ios::binary) << content;
    }
    return folder.string();
  }
  // The exit code, and the file that is named: "1 timeline.txt".
  std::string judged(const std::string& folder) {
    const auto ran =
        test::run_program({"incident", "verify", folder, "--key", log_.vkey(), "-o", "json"});
    if (ran.exit == 0) return "0";
    return std::to_string(ran.exit) + " " +
           nlohmann::json::parse(ran.err)["error"]["field"].get<std::string>();
  }
  std::string judged(const Files& bundle) { return judged(written(bundle)); }

  int folders_ = 0;
};

TEST_F(IncidentVerifyCommand, AWholeBundleIsWholeWithoutAContext) {
  const std::string folder = written(sealed(files()));
  EXPECT_EQ(judged(folder), "0");
  EXPECT_EQ(test::run_program({"incident", "verify", folder, "--key", Log().vkey()}).exit, 2);
  const auto told = test::run_program({"incident", "verify", folder, "--key", log_.vkey()});
  EXPECT_THAT(told.out + told.err, HasSubstr("The bundle is whole"));
}

TEST_F(IncidentVerifyCommand, AnyFileThatIsChangedIsNamed) {
  const Files whole = sealed(files());
  for (const auto& [name, content] : whole) {
    if (name == bundle::seal) continue;
    Files changed = whole;
    changed[name].back() = changed[name].back() == 'x' ? 'y' : 'x';
    EXPECT_EQ(judged(changed), "1 " + name);
    changed[name] = content + " ";
    EXPECT_EQ(judged(changed), "1 " + name);
    changed.erase(name);
    EXPECT_EQ(judged(changed), "1 " + name);
  }
  Files more = whole;
  more["events/3.tlog-proof"] = crypto::marshal_receipt(receipt_in(log_, events_, 3));
  EXPECT_EQ(judged(more), "1 events/3.tlog-proof");
}

TEST_F(IncidentVerifyCommand, ASealThatDoesNotHoldIsNamed) {
  const Files whole = sealed(files());
  Files changed = whole;
  changed[bundle::seal] =
      seal_on(whole.at(bundle::manifest), "sspf.v1.IncidentService/ListIncidentExports");
  EXPECT_EQ(judged(changed), "1 seal.tlog-proof");
  changed = whole;
  auto receipt = crypto::parse_receipt(changed[bundle::seal]).value();
  receipt.event.push_back(0x3a);
  changed[bundle::seal] = crypto::marshal_receipt(receipt);
  EXPECT_EQ(judged(changed), "1 seal.tlog-proof");
  changed[bundle::seal] = "c2sp.org/tlog-proof@v1\n";
  EXPECT_EQ(judged(changed), "2 seal.tlog-proof");
  changed.erase(bundle::seal);
  EXPECT_EQ(judged(changed), "2 seal.tlog-proof");
}

// Whoever changes a file and the manifest with it has no seal for that.
TEST_F(IncidentVerifyCommand, AManifestThatWasMadeAnewIsNamed) {
  const Files whole = sealed(files());
  Files changed = files();
  changed[bundle::timeline_for_people] += "Ingenting.\n";
  changed[bundle::manifest] = manifest_json(incident(), changed);
  changed[bundle::seal] = whole.at(bundle::seal);
  EXPECT_EQ(judged(changed), "1 manifest.json");
}

// Also an exporter may say nothing that the receipts do not.
TEST_F(IncidentVerifyCommand, WhatWasSealedButIsNotInTheLogIsNamed) {
  Files lying = files();
  auto events = bundle_events(events_);
  events.at(1).bytes = test::event(4, 77);
  lying[bundle::timeline] = timeline_json(incident(), events);
  EXPECT_EQ(judged(sealed(lying)), "1 timeline.json");
  lying = files();
  events.pop_back();
  lying[bundle::timeline] = timeline_json(incident(), events);
  EXPECT_EQ(judged(sealed(lying)), "1 timeline.json");
  lying = files();
  lying[bundle::timeline] = "[]";
  EXPECT_EQ(judged(sealed(lying)), "1 timeline.json");
  lying = files();
  std::swap(lying["events/2.tlog-proof"], lying["events/4.tlog-proof"]);
  EXPECT_EQ(judged(sealed(lying)), "1 events/2.tlog-proof");
  lying = files();
  auto receipt = crypto::parse_receipt(lying["events/4.tlog-proof"]).value();
  receipt.event.push_back(0x3a);
  lying["events/4.tlog-proof"] = crypto::marshal_receipt(receipt);
  EXPECT_EQ(judged(sealed(lying)), "1 events/4.tlog-proof");
  lying["events/4.tlog-proof"] = crypto::marshal_receipt(receipt_in(Log(), events_, 4));
  EXPECT_EQ(judged(sealed(lying)), "1 events/4.tlog-proof");
  lying = files();
  lying[bundle::checkpoint] = log_.note(test::events_of(5));
  EXPECT_EQ(judged(sealed(lying)), "1 checkpoint");
  lying[bundle::checkpoint] = Log().note(events_);
  EXPECT_EQ(judged(sealed(lying)), "1 checkpoint");
}

TEST_F(IncidentVerifyCommand, ReadsNothingButFilesOfTheFolder) {
  const std::string folder = written(sealed(files()));
  fs::rename(folder + "/timeline.txt", user_.folder() / "elsewhere");  // with the same content
  fs::create_symlink(user_.folder() / "elsewhere", folder + "/timeline.txt");
  EXPECT_EQ(judged(folder), "1 timeline.txt");
}

TEST_F(IncidentVerifyCommand, WhatCannotBeReadIsNoVerdict) {
  const auto exit_of = [&](const Words& words) { return test::run_program(words).exit; };
  EXPECT_EQ(exit_of({"incident", "verify", "/nonexistent", "--key", log_.vkey()}), 2);
  EXPECT_EQ(exit_of({"incident", "verify", user_.file("a", "b"), "--key", log_.vkey()}), 2);
  EXPECT_EQ(exit_of({"incident", "verify", "--key", log_.vkey()}), 2);
  EXPECT_EQ(exit_of({"incident", "verify", "--no-such-flag"}), 2);
  const fs::path empty = user_.folder() / "empty";
  fs::create_directory(empty);
  EXPECT_EQ(judged(empty.string()), "2 seal.tlog-proof");
}

TEST_F(IncidentVerifyCommand, TheVerdictIsToldInSwedish) {
  Files changed = sealed(files());
  changed[bundle::timeline_for_people] += " ";
  const auto ran = test::run_program(
      {"incident", "verify", written(changed), "--key", log_.vkey(), "--lang", "sv"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "sspf: Underlaget har ändrats. Första felaktiga filen: timeline.txt.\n");
}

TEST_F(IncidentVerifyCommand, TheTimelineTellsPeopleWhatHappenedAndByWhenToReport) {
  const auto events = bundle_events(events_);
  speak(Language::swedish);
  const std::string text = timeline_text(incident(), events);
  speak(Language::english);
  EXPECT_THAT(text, HasSubstr("Händelser i åtkomstloggen log.example/sspf som rör TYR: 3."));
  EXPECT_THAT(text, HasSubstr("Period: från början till nu, svensk tid."));
  EXPECT_THAT(text, HasSubstr("Bara för kontot sven."));
  EXPECT_THAT(text, HasSubstr("Incidenten blev känd: 2026-12-01 13:00"));
  EXPECT_THAT(text, HasSubstr("(cybersäkerhetslagen): 2026-12-02 13:00, har gått ut\n"));
  EXPECT_THAT(text, HasSubstr("dataskyddsförordningen): 2026-12-04 13:00, 47 h 0 min kvar\n"));
  EXPECT_THAT(text, HasSubstr("Slutrapport inom en månad (cybersäkerhetslagen): 2027-01-01 13:00"));
  EXPECT_THAT(text, HasSubstr("2026-12-01 13:00:00  4  sven  CaseService/GetCase  nekat"));
  EXPECT_THAT(text, HasSubstr("  not_assigned\n"));
  EXPECT_THAT(timeline_text(incident(), events), HasSubstr("from the beginning to now"));
}

TEST_F(IncidentVerifyCommand, TheTimelineLetsNothingMoveACursor) {
  auto events = bundle_events(events_);
  events.at(0).view.set_account("sven\x1b[2J");
  EXPECT_EQ(timeline_text(incident(), events).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace sspf::cli
