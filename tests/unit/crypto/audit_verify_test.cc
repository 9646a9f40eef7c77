// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_verify.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "crypto/audit_export.h"
#include "crypto/merkle.h"
#include "tests/unit/crypto/log_fixture.h"

namespace sspf::crypto {
namespace {

using test::check_number;
using test::checkpoint_of;
using test::log_key;
using test::log_origin;
using test::log_verifier;
using test::note_of;
using test::numbered_events;
using test::signed_note;

std::string file_of(const std::string& note, const std::vector<std::string>& events) {
  std::string file = export_header(note);
  for (const std::string& event : events) append_export_entry(file, view_of(event));
  return file;
}

std::optional<std::string> accept(std::uint64_t, ByteView) { return std::nullopt; }

VerifyReport judge(const std::string& file, const std::vector<std::string>& earlier,
                   const EntryCheck& check) {
  std::istringstream stream(file);
  VerifyReport report =
      verify_audit_export(stream, {.log = log_verifier(), .earlier_notes = earlier}, check);
  EXPECT_EQ(report.findings.empty(), report.outcome == VerifyOutcome::ok);
  return report;
}

void expect_tampered_at(const VerifyReport& report, std::optional<std::uint64_t> event) {
  EXPECT_EQ(report.outcome, VerifyOutcome::tampered);
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().event, event) << report.findings.front().text;
}

TEST(AuditVerify, AnUntouchedLogIsOkWithEveryEarlierCheckpoint) {
  const auto log = numbered_events(20);
  std::vector<std::string> earlier;
  for (std::size_t size = 0; size <= log.size(); ++size) {
    earlier.insert(earlier.begin(), note_of(log, size));
  }
  const VerifyReport report = judge(file_of(note_of(log, 20), log), earlier, check_number);
  EXPECT_EQ(report.outcome, VerifyOutcome::ok);
  EXPECT_EQ(report.event_count, 20U);
  EXPECT_EQ(report.checkpoint, checkpoint_of(log, 20));
}

TEST(AuditVerify, AnEmptyLogIsOk) {
  EXPECT_EQ(judge(file_of(note_of({}, 0), {}), {}, check_number).outcome, VerifyOutcome::ok);
}

TEST(AuditVerify, TheOrderOfAskingIsThatOfTheEvents) {
  const auto log = numbered_events(5);
  std::vector<std::string> asked;
  const auto ask = [&asked](std::uint64_t index, ByteView entry) -> std::optional<std::string> {
    EXPECT_EQ(index, asked.size());
    asked.emplace_back(text_of(entry));
    return std::nullopt;
  };
  EXPECT_EQ(judge(file_of(note_of(log, 5), log), {}, ask).outcome, VerifyOutcome::ok);
  EXPECT_EQ(asked, log);
}

TEST(AuditVerify, AnEditedEventIsBetweenTheCheckpointsThatSayGoodAndBad) {
  const auto log = numbered_events(20);
  const std::vector<std::string> earlier = {note_of(log, 8), note_of(log, 12), note_of(log, 4)};
  for (std::size_t edited = 0; edited < log.size(); ++edited) {
    auto other = log;
    other[edited] += "!";
    const VerifyReport report = judge(file_of(note_of(log, 20), other), earlier, accept);
    const std::uint64_t after = edited < 4 ? 0 : edited < 8 ? 4 : edited < 12 ? 8 : 12;
    expect_tampered_at(report, after);
    EXPECT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.event_count, 20U);
  }
}

TEST(AuditVerify, ARemovedEventIsNamedByItsSuccessorsNumber) {
  const auto log = numbered_events(20);
  for (std::size_t removed = 0; removed + 1 < log.size(); ++removed) {
    auto other = log;
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(removed));
    expect_tampered_at(judge(file_of(note_of(log, 20), other), {}, check_number), removed);
  }
}

TEST(AuditVerify, SwappedEventsAreFoundAlsoWithoutTheirNumbers) {
  const auto log = numbered_events(20);
  auto other = log;
  std::swap(other[5], other[6]);
  expect_tampered_at(judge(file_of(note_of(log, 20), other), {}, check_number), 5);
  expect_tampered_at(judge(file_of(note_of(log, 20), other), {}, accept), 0);
}

TEST(AuditVerify, ACutTailIsNamedByItsFirstEvent) {
  const auto log = numbered_events(20);
  for (std::size_t size = 0; size < log.size(); ++size) {
    expect_tampered_at(judge(file_of(note_of(log, 20), numbered_events(size)), {}, check_number),
                       size);
  }
}

TEST(AuditVerify, AnEventBeyondTheCheckpointIsNamed) {
  const auto log = numbered_events(20);
  expect_tampered_at(judge(file_of(note_of(log, 19), log), {}, check_number), 19);
}

TEST(AuditVerify, ADamagedFileIsNamedByTheEventWhereItBreaks) {
  const auto log = numbered_events(3);
  std::string file = file_of(note_of(log, 3), log);
  file.pop_back();
  expect_tampered_at(judge(file, {}, check_number), 2);
}

// Whoever has the log's key can sign a log that agrees with itself; the kept checkpoint does not.
TEST(AuditVerify, ARewrittenLogWithItsOwnCheckpointFailsTheKeptOne) {
  const auto log = numbered_events(20);
  auto forked = log;
  forked[15] = "forged 15";
  EXPECT_EQ(judge(file_of(note_of(forked, 20), forked), {}, check_number).outcome,
            VerifyOutcome::ok);
  const VerifyReport report = judge(file_of(note_of(forked, 20), forked),
                                    {note_of(log, 10), note_of(log, 18)}, check_number);
  expect_tampered_at(report, 10);
}

TEST(AuditVerify, ARewrittenLogThatIsShorterFailsTheKeptOne) {
  const auto log = numbered_events(20);
  const std::string file = file_of(note_of(log, 15), numbered_events(15));
  EXPECT_EQ(judge(file, {}, check_number).outcome, VerifyOutcome::ok);
  expect_tampered_at(judge(file, {note_of(log, 16)}, check_number), 15);
}

TEST(AuditVerify, TwoCheckpointsOfOneSizeThatDifferAreAFork) {
  const auto log = numbered_events(20);
  auto forked = log;
  forked[3] = "forged 3";
  const VerifyReport report =
      judge(file_of(note_of(log, 20), log), {note_of(forked, 20)}, check_number);
  EXPECT_EQ(report.outcome, VerifyOutcome::tampered);
}

TEST(AuditVerify, AnEventThatTheCheckRefusesIsTamperedThoughTheRootAgrees) {
  auto log = numbered_events(5);
  log[2] = "event 7";
  const VerifyReport report = judge(file_of(note_of(log, 5), log), {}, check_number);
  expect_tampered_at(report, 2);
  EXPECT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings.front().text, "event 2: has another number");
}

TEST(AuditVerify, AForgedSignatureIsTampered) {
  const auto log = numbered_events(3);
  Note note = parse_note(note_of(log, 3)).value();
  note.signatures[0].signature[10] ^= 1;
  expect_tampered_at(judge(file_of(marshal_note(note), log), {}, check_number), std::nullopt);
}

TEST(AuditVerify, WithoutATrustworthyCheckpointItCannotTell) {
  const auto log = numbered_events(3);
  const Checkpoint checkpoint = checkpoint_of(log, 3);
  const SigningKey other = SigningKey::generate();
  const std::string text = marshal_checkpoint(checkpoint);
  Checkpoint elsewhere = checkpoint;
  elsewhere.origin = "sspf.example/audit/2";
  const std::vector<std::string> notes = {
      "not a note",
      text,
      marshal_note(sign_note(text, log_origin, other)),
      marshal_note(sign_note("not a checkpoint\n", log_origin, log_key())),
      marshal_note(sign_note(marshal_checkpoint(elsewhere), log_origin, log_key())),
      signed_note(elsewhere)};
  for (const std::string& note : notes) {
    const VerifyReport report = judge(file_of(note, log), {}, check_number);
    EXPECT_EQ(report.outcome, VerifyOutcome::cannot_tell) << note;
    EXPECT_FALSE(report.checkpoint);
    EXPECT_EQ(judge(file_of(note_of(log, 3), log), {note}, check_number).outcome,
              VerifyOutcome::cannot_tell);
  }
  for (const std::string& file : {std::string(), std::string("sspf-audit-export/v2\n")}) {
    EXPECT_EQ(judge(file, {}, check_number).outcome, VerifyOutcome::cannot_tell);
  }
}

// A stream that fails, as a disk does, after so many bytes.
class FailingBuffer : public std::stringbuf {
 public:
  explicit FailingBuffer(const std::string& content) : std::stringbuf(content, std::ios::in) {}

 protected:
  int_type underflow() override { throw std::runtime_error("read error"); }
};

TEST(AuditVerify, AReadErrorIsNotTampering) {
  const auto log = numbered_events(3);
  FailingBuffer buffer(file_of(note_of(log, 3), numbered_events(2)));
  std::istream stream(&buffer);
  const VerifyReport report =
      verify_audit_export(stream, {.log = log_verifier(), .earlier_notes = {}}, check_number);
  EXPECT_EQ(report.outcome, VerifyOutcome::cannot_tell);
}

}  // namespace
}  // namespace sspf::crypto
