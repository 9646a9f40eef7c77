// SPDX-License-Identifier: Apache-2.0
//
// What disposal leaves: nothing of the case, in the live files and in backups of the data; every
// other case; and a certificate in a log that still verifies.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "crypto/merkle.h"
#include "sspf/v1/meeting.pb.h"
#include "tests/support/disposing.h"
#include "tests/support/full_case.h"
#include "tests/support/site.h"

namespace sspf::test::disposal {
namespace {

namespace fs = std::filesystem;

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.insert(line);
  return lines;
}

constexpr auto carry_out = "DisposalService/ExecuteDisposal";

struct Disposal : testing::Test {
  Disposing town;
  const Cast& cast = town.cast;
  TestServer& server = town.load.server;

  template <typename Response>
  Response get(const std::string& rpc, const google::protobuf::Message& request) {
    return town.load.get<Response>(town.coordinator, rpc, request);
  }

  // Of a young person, with something of every kind in it; the meeting it was at is `meeting`.
  std::string full_case() {
    FullCase made = full_old_case(town);
    meeting = made.meeting;
    return made.number;
  }

  // All that the coordinator reads of a case and of the meeting, as one text.
  std::string read(const std::string& number) {
    std::string text;
    const auto look = [&](const std::string& rpc, const google::protobuf::Message& request) {
      const Answered answered = server.call(town.coordinator, "sspf.v1." + rpc, request);
      text += rpc + " " + answered.summary() + "\n";
      for (const std::string& body : answered.bodies) text += body;
    };
    look("CaseService/GetCase", of_case<v1::GetCaseRequest>(number));
    look("CaseService/ListNotes", of_case<v1::ListNotesRequest>(number));
    look("CaseService/ListAssignments", of_case<v1::ListAssignmentsRequest>(number));
    look("ConsentService/ListConsents", of_case<v1::ListConsentsRequest>(number));
    look("PlanService/GetPlan", of_case<v1::GetPlanRequest>(number));
    look("RetentionService/GetRetention", of_case<v1::GetRetentionRequest>(number));
    return text;
  }
  std::string read_meeting() {
    std::string text;
    v1::ListAgendaRequest question;  // the three requests look alike
    question.set_meeting_number(meeting);
    for (const char* rpc : {"AgendaService/ListAgenda", "MeetingService/ListParticipants",
                            "AttendanceService/ListAttendance"}) {
      const Answered answered =
          server.call(town.coordinator, std::string("sspf.v1.") + rpc, question);
      text += rpc + answered.summary() + "\n";
      for (const std::string& body : answered.bodies) text += body;
    }
    return text;
  }
  void expect_absent(const std::string& number) {
    const std::string absent = read("TYR-2026-9999");
    EXPECT_EQ(read(number), absent);
    for (const std::string& listed : town.load.listed(town.coordinator)) EXPECT_NE(listed, number);
  }

  std::string meeting;
};

TEST_F(Disposal, LeavesNothingOfTheCaseAndEverythingElse) {
  const std::string other = town.load.mapped();
  town.load.note(town.coordinator, other, "En annans anteckning.");
  const std::string counts = town.counts();
  const std::string number = full_case();
  const std::string once = town.list();
  town.review(once, number, v1::DISPOSAL_VERDICT_KEEP);
  town.execute(once);
  // There is something of it in every table.
  const std::set<std::string> empty = lines_of(counts);
  for (const std::string& line : lines_of(town.counts()))
    EXPECT_FALSE(empty.contains(line)) << line;
  const std::string others = read(other);
  ASSERT_NE(read_meeting().find("Vera"), std::string::npos);
  town.dispose_of_everything();
  expect_absent(number);
  EXPECT_EQ(read(other), others);
  // The meeting is there, with its own items and participants; of the case there is nothing.
  const std::string left = read_meeting();
  EXPECT_EQ(left.find("Vera"), std::string::npos);
  EXPECT_EQ(left.find(number), std::string::npos);
  EXPECT_NE(left.find("Grupper och platser"), std::string::npos);
  EXPECT_NE(left.find(cast.school_tyr.handle), std::string::npos);
  // But for what the meeting itself holds: eleven items, two accounts, and one's attendance there.
  std::string expected = counts;
  const auto grow = [&](const std::string& table, int by) {
    const auto begin = expected.find(table + " ") + table.size() + 1;
    const auto end = expected.find('\n', begin);
    const int before = std::stoi(expected.substr(begin, end - begin));
    expected.replace(begin, end - begin, std::to_string(before + by));
  };
  grow("agenda_item", 11);
  grow("participant", 2);
  grow("attendance", 1);
  EXPECT_EQ(town.counts(), expected);
}

TEST_F(Disposal, KeepsTheNumberAndLetsThePersonComeAgain) {
  const std::string number = full_case();
  town.dispose_of_everything();
  auto find = of_tyr<v1::FindCaseRequest>();
  find.set_identity_number(full_case_person);
  EXPECT_EQ(get<v1::FindCaseResponse>("CaseService/FindCase", find).cases_size(), 0);
  server.set_date("2020-04-01");
  const std::string again = town.load.create(new_person(full_case_person));
  EXPECT_NE(again, number);
  EXPECT_EQ(again.substr(0, 9), number.substr(0, 9));
  server.set_date("2026-11-24");
  EXPECT_EQ(get<v1::FindCaseResponse>("CaseService/FindCase", find).cases_size(), 1);
}

// Whoever adds a table for something of a case decides here what disposal does with it.
TEST_F(Disposal, KnowsEveryTableThatHoldsSomethingOfACase) {
  store::Connection database = open_database(server.config());
  store::Query query(
      database,
      "WITH RECURSIVE below(name) AS (SELECT 'case_file' UNION SELECT m.name FROM below b "
      "JOIN sqlite_master m ON m.type = 'table' JOIN pragma_foreign_key_list(m.name) f "
      "ON f.\"table\" = b.name) SELECT name FROM below ORDER BY name");
  std::set<std::string> tables;
  while (query.step()) tables.insert(query.text(0));
  std::set<std::string> counted;
  std::istringstream lines(town.counts());
  for (std::string table, count; lines >> table >> count;) counted.insert(table);
  EXPECT_EQ(tables, counted);
}

TEST_F(Disposal, LeavesACertificateInALogThatVerifies) {
  const std::string number = full_case();
  const std::string id = town.id_of(number);
  const std::string list = town.dispose_of_everything();
  const v1::AuditEvent event = server.last_event();
  EXPECT_EQ(event.outcome(), v1::OUTCOME_ALLOWED);
  EXPECT_EQ(event.rpc(), std::string("sspf.v1.") + carry_out);
  ASSERT_EQ(event.disposed_case_ids_size(), 1);
  EXPECT_EQ(event.disposed_case_ids(0), id);
  EXPECT_EQ(event.key_epoch(), 2U);
  EXPECT_EQ(event.item_id().size(), 16U);

  // Who has read the case, and who disposed of it, the log still says by the case's reference.
  v1::ListEventsRequest request;
  request.set_case_ref(reference_of(id));
  const auto events =
      town.load.get<v1::ListEventsResponse>(cast.auditor_tyr, "AuditService/ListEvents", request)
          .events();
  ASSERT_GT(events.size(), 10);
  const v1::EventView& last = events[events.size() - 1];
  EXPECT_EQ(last.account(), "eskil.ek");
  ASSERT_EQ(last.disposed_cases_size(), 1);
  EXPECT_EQ(last.disposed_cases(0), request.case_ref());
  EXPECT_EQ(last.key_epoch(), 2U);

  crypto::merkle::Frontier frontier;
  std::size_t count = 0;
  {
    store::Batch batch(server.installation().database());
    store::Unit unit(batch);
    for (const auto& entry : unit.tables().audit_log.range(0, 1'000'000, 1'000'000)) {
      frontier.append(crypto::merkle::leaf_hash(crypto::view_of(entry.bytes)));
      ++count;
    }
  }
  EXPECT_EQ(count, server.event_count());
  EXPECT_EQ(frontier.root(), server.installation().database().log_root());
  server.installation().checkpointer().sign_if_due();
  server.restart();  // compares the log with its checkpoint
}

TEST_F(Disposal, DestroysTheKeyAndTheEpochThatWrappedIt) {
  const std::string kept = town.load.referred();
  const std::string number = town.old_group();
  const KeyId key = KeyId::of(crypto::view_of(town.id_of(number)));
  const Config& config = server.config();
  const std::string before = read_whole(config.epoch_key_file(1));
  EXPECT_TRUE(server.installation().keystore().find(key));
  town.dispose_of_everything();
  EXPECT_FALSE(server.installation().keystore().find(key));
  EXPECT_FALSE(fs::exists(config.epoch_key_file(1)));
  EXPECT_NE(read_whole(config.epoch_key_file(2)), before);
  EXPECT_EQ(fs::status(config.epoch_key_file(2)).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  // Root key and one epoch key, and nothing else that could open a copy.
  std::set<std::string> files;
  for (const auto& entry : fs::directory_iterator(config.paths.key_directory)) {
    files.insert(entry.path().filename().string());
  }
  EXPECT_EQ(files, (std::set<std::string>{"epoch-2.key", "root.key"}));
  EXPECT_GT(server.installation().keystore().verify_all(), 1U);
  EXPECT_EQ(town.load.show(town.coordinator, kept).number(), kept);
  server.restart();
  EXPECT_EQ(town.load.show(town.coordinator, kept).number(), kept);
  // A second disposal makes the third generation.
  town.old_group();
  town.dispose_of_everything();
  EXPECT_EQ(server.last_event().key_epoch(), 3U);
  EXPECT_FALSE(fs::exists(config.epoch_key_file(2)));
}

TEST_F(Disposal, IsKnownToTheCallsThatShareItsCommit) {
  const std::string kept = town.load.referred();
  const std::string number = full_case();
  const std::string list = town.list();
  town.review_all(list);
  const auto http = [&](const Account& caller, const std::string& rpc,
                        const google::protobuf::Message& request) {
    HttpRequest made;
    made.path = "/sspf.v1." + rpc;
    made.content_type = "application/proto";
    made.body = body_with_request_id(request);
    made.peer_address = "127.0.0.1";
    made.certificate = caller.certificate;
    made.arrived = server.now();
    return made;
  };
  const auto responses = rpc::serve_batch(
      server.installation().services(),
      {http(town.executor, carry_out, execution_of(list)),
       http(town.coordinator, "CaseService/GetCase", of_case<v1::GetCaseRequest>(number)),
       http(town.coordinator, "CaseService/GetCase", of_case<v1::GetCaseRequest>(kept))});
  EXPECT_EQ(responses.at(0).status, 200);
  EXPECT_EQ(responses.at(1).status, 404);
  EXPECT_EQ(responses.at(2).status, 200);
}

TEST_F(Disposal, IsFinalForABackupOfTheDataToo) {
  const std::string kept = town.load.mapped();
  town.load.note(town.coordinator, kept, "En annans anteckning.");
  const std::string number = full_case();
  const std::string list = town.list();
  town.review_all(list);
  const std::string kept_before = read(kept);
  ASSERT_NE(read(number).find("En rättad anteckning."), std::string::npos);
  server.installation().checkpointer().sign_if_due();
  server.close();
  const Config& config = server.config();
  const fs::path backup = config.paths.data_directory.parent_path() / "backup";
  fs::copy(config.paths.data_directory, backup);
  fs::copy(config.paths.checkpoint_file, backup / "checkpoint");
  const std::string keystore_before = read_whole(config.keystore_file());
  server.restart();
  town.execute(list);
  server.close();

  // The data from before beside the keystore of today.
  fs::remove_all(config.paths.data_directory);
  fs::copy(backup, config.paths.data_directory);
  fs::copy(backup / "checkpoint", config.paths.checkpoint_file,
           fs::copy_options::overwrite_existing);
  server.restart();
  {
    store::Connection database = open_database(config);
    store::Query row(database, "SELECT count(*) FROM note_version");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), 3);  // the ciphertexts are there again
  }
  EXPECT_EQ(read(number), read("TYR-2026-9999"));
  EXPECT_EQ(read(kept), kept_before);
  EXPECT_FALSE(
      server.installation().keystore().find(KeyId::of(crypto::view_of(town.id_of(number)))));
  // With the keystore from before, too, nothing opens: its epoch key is gone.
  server.close();
  fs::remove(config.keystore_file());
  std::ofstream(config.keystore_file(), std::ios::binary) << keystore_before;
  EXPECT_THROW(server.restart(), Trouble);
}

}  // namespace
}  // namespace sspf::test::disposal
