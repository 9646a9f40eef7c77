// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_verify.h"

#include <algorithm>
#include <istream>
#include <utility>

#include "crypto/audit_export.h"
#include "crypto/merkle.h"

namespace sspf::crypto {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

// A signed checkpoint of `log`, or what is wrong with it and how much that says.
struct ReadCheckpoint {
  std::optional<Checkpoint> checkpoint;
  VerifyOutcome outcome = VerifyOutcome::ok;
  std::string trouble;
};

bool has_signature_by(const Note& note, const NoteVerifier& log) {
  return std::any_of(note.signatures.begin(), note.signatures.end(),
                     [&log](const NoteSignature& signature) {
                       return signature.name == log.name && signature.key_id == log.key_id();
                     });
}

ReadCheckpoint read_checkpoint(const std::string& bytes, const NoteVerifier& log) {
  const auto no = [](VerifyOutcome outcome, std::string trouble) {
    return ReadCheckpoint{.checkpoint = {}, .outcome = outcome, .trouble = std::move(trouble)};
  };
  const std::optional<Note> note = parse_note(bytes);
  if (!note) return no(VerifyOutcome::cannot_tell, "is not a signed note");
  if (!has_signature_by(*note, log)) {
    return no(VerifyOutcome::cannot_tell, "is not signed by the given key");
  }
  if (!verify_note(*note, log)) {
    return no(VerifyOutcome::tampered, "has a signature that does not verify");
  }
  std::optional<Checkpoint> checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return no(VerifyOutcome::cannot_tell, "is not a checkpoint");
  if (checkpoint->origin != log.name) {
    return no(VerifyOutcome::cannot_tell, "is of another log than its key");
  }
  return {.checkpoint = std::move(checkpoint), .outcome = VerifyOutcome::ok, .trouble = {}};
}

// Reads the events once and compares the root with each kept checkpoint as its size is reached.
class Verification {
 public:
  Verification(Checkpoint checkpoint, std::vector<Checkpoint> earlier)
      : checkpoint_(std::move(checkpoint)), earlier_(std::move(earlier)) {
    std::sort(earlier_.begin(), earlier_.end(),
              [](const Checkpoint& a, const Checkpoint& b) { return a.size < b.size; });
  }

  // False when the file could not be read to its end.
  bool read_events(std::istream& file, AuditExportReader& reader, const EntryCheck& check) {
    Bytes entry;
    compare_with_earlier();
    while (true) {
      const AuditExportReader::Next next = reader.next(entry);
      if (file.bad()) return false;
      if (next == AuditExportReader::Next::end) break;
      if (next == AuditExportReader::Next::malformed) {
        find(tree_.size(), "the file is damaged at event " + number(tree_.size()));
        return true;
      }
      if (tree_.size() == checkpoint_.size) {
        find(tree_.size(), "event " + number(tree_.size()) + " is not covered by the checkpoint");
        return true;
      }
      add(entry, check);
    }
    compare_with_checkpoint();
    return true;
  }

  std::uint64_t event_count() const { return tree_.size(); }
  std::vector<VerifyFinding> take_findings() { return std::move(findings_); }

 private:
  void find(std::optional<std::uint64_t> event, std::string text) {
    findings_.push_back({.event = event, .text = std::move(text)});
  }

  void add(ByteView entry, const EntryCheck& check) {
    const std::uint64_t index = tree_.size();
    std::optional<std::string> complaint;
    if (!has_complained_) complaint = check(index, entry);
    if (complaint) {
      has_complained_ = true;
      find(index, "event " + number(index) + ": " + *complaint);
    }
    tree_.append(merkle::leaf_hash(entry));
    compare_with_earlier();
  }

  void compare_with_earlier() {
    while (next_ < earlier_.size() && earlier_[next_].size == tree_.size()) {
      compare(earlier_[next_].root, "an earlier checkpoint");
      ++next_;
    }
  }

  void compare_with_checkpoint() {
    if (tree_.size() < checkpoint_.size) {
      find(tree_.size(), "events " + number(tree_.size()) + " to " + number(checkpoint_.size - 1) +
                             " are missing: the checkpoint covers " + number(checkpoint_.size));
      return;
    }
    compare(checkpoint_.root, "the checkpoint");
  }

  // The root at the tree's present size. When it differs, the bad event comes after the last
  // checkpoint that agreed. Only the first difference is news: every later root holds it too.
  void compare(const Digest& root, const std::string& whose) {
    if (has_differed_) return;
    if (tree_.root() == root) {
      agreed_size_ = tree_.size();
      return;
    }
    has_differed_ = true;
    const std::string size = number(tree_.size());
    if (agreed_size_ == tree_.size()) {
      find(std::nullopt, whose + " has another root at " + size +
                             " events than one that agrees: the log was forked");
      return;
    }
    find(agreed_size_, "one of the events " + number(agreed_size_) + " to " +
                           number(tree_.size() - 1) + " is not the one that " + whose + " of " +
                           size + " events was signed for");
  }

  Checkpoint checkpoint_;
  std::vector<Checkpoint> earlier_;
  std::size_t next_ = 0;
  merkle::Frontier tree_;
  std::uint64_t agreed_size_ = 0;
  bool has_differed_ = false;
  bool has_complained_ = false;
  std::vector<VerifyFinding> findings_;
};

}  // namespace

VerifyReport verify_audit_export(std::istream& file, const NoteVerifier& log,
                                 const std::vector<std::string>& earlier_notes,
                                 const EntryCheck& check) {
  VerifyReport report;
  const auto conclude = [&report](VerifyOutcome outcome, std::optional<std::uint64_t> event,
                                  const std::string& text) {
    report.outcome = outcome;
    report.findings.push_back({.event = event, .text = text});
    return report;
  };
  AuditExportReader reader(file);
  if (!reader.note()) {
    return conclude(VerifyOutcome::cannot_tell, {}, "the file is not an audit export");
  }
  const ReadCheckpoint own = read_checkpoint(*reader.note(), log);
  if (!own.checkpoint) return conclude(own.outcome, {}, "the file's checkpoint " + own.trouble);
  report.checkpoint = own.checkpoint;

  std::vector<Checkpoint> earlier;
  for (std::size_t i = 0; i < earlier_notes.size(); ++i) {
    const ReadCheckpoint read = read_checkpoint(earlier_notes[i], log);
    const std::string which = "earlier checkpoint " + number(i + 1) + " ";
    if (!read.checkpoint) return conclude(VerifyOutcome::cannot_tell, {}, which + read.trouble);
    if (read.checkpoint->size > own.checkpoint->size) {
      return conclude(VerifyOutcome::tampered, own.checkpoint->size,
                      which + "covers " + number(read.checkpoint->size) +
                          " events: the log is shorter than it was");
    }
    earlier.push_back(*read.checkpoint);
  }

  Verification verification(*own.checkpoint, std::move(earlier));
  const bool is_read = verification.read_events(file, reader, check);
  report.event_count = verification.event_count();
  report.findings = verification.take_findings();
  if (!is_read) return conclude(VerifyOutcome::cannot_tell, {}, "the file could not be read");
  report.outcome = report.findings.empty() ? VerifyOutcome::ok : VerifyOutcome::tampered;
  return report;
}

}  // namespace sspf::crypto
