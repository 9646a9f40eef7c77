// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_verify.h"

#include <algorithm>
#include <istream>
#include <utility>
#include <variant>

#include "crypto/audit_export.h"
#include "crypto/audit_tiles.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tile_comparison.h"

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

  void read_events(const std::function<NextEntry(Bytes&)>& next, const EntryCheck& check) {
    Bytes entry;
    compare_with_earlier();
    while (true) {
      const NextEntry got = next(entry);
      if (got == NextEntry::end) break;
      if (got == NextEntry::malformed) {
        find(tree_.size(), "the file is damaged at event " + number(tree_.size()));
        return;
      }
      if (tree_.size() == checkpoint_.size) {
        find(tree_.size(), "event " + number(tree_.size()) + " is not covered by the checkpoint");
        return;
      }
      add(entry, check);
    }
    compare_with_checkpoint();
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

std::vector<std::string> notes_in(const std::filesystem::path& folder) {
  std::vector<std::string> notes;
  const auto place = folder / "checkpoints";
  if (!std::filesystem::exists(place)) return notes;
  for (const auto& file : std::filesystem::directory_iterator(place)) {
    notes.push_back(content_of(file.path(), note_bytes_max).value_or(""));
  }
  return notes;
}

VerifyReport concluded(VerifyOutcome outcome, std::optional<std::uint64_t> event,
                       const std::string& text) {
  VerifyReport report;
  report.outcome = outcome;
  report.findings.push_back({.event = event, .text = text});
  return report;
}

// The checkpoints that a log is held against, or the report that says why it cannot be.
struct Ground {
  Checkpoint own;
  std::vector<Checkpoint> earlier;
};

std::variant<Ground, VerifyReport> read_ground(const std::string& own_note,
                                               const VerifyGrounds& grounds) {
  const ReadCheckpoint own = read_checkpoint(own_note, grounds.log);
  if (!own.checkpoint) return concluded(own.outcome, {}, "the checkpoint " + own.trouble);
  if (grounds.policy != nullptr && !grounds.policy->has_quorum(parse_note(own_note).value())) {
    return concluded(VerifyOutcome::cannot_tell, {},
                     "the checkpoint is not cosigned as the policy asks");
  }
  Ground ground{.own = *own.checkpoint, .earlier = {}};
  for (std::size_t i = 0; i < grounds.earlier_notes.size(); ++i) {
    const ReadCheckpoint read = read_checkpoint(grounds.earlier_notes[i], grounds.log);
    const std::string which = "earlier checkpoint " + number(i + 1) + " ";
    if (!read.checkpoint) return concluded(VerifyOutcome::cannot_tell, {}, which + read.trouble);
    if (read.checkpoint->size > ground.own.size) {
      return concluded(VerifyOutcome::tampered, ground.own.size,
                       which + "covers " + number(read.checkpoint->size) +
                           " events: the log is shorter than it was");
    }
    ground.earlier.push_back(*read.checkpoint);
  }
  return ground;
}

VerifyReport report_on(const Ground& ground, Verification& verification,
                       const std::optional<VerifyFinding>& of_tiles) {
  VerifyReport report;
  report.checkpoint = ground.own;
  report.event_count = verification.event_count();
  report.findings = verification.take_findings();
  if (report.findings.empty() && of_tiles) report.findings.push_back(*of_tiles);
  report.outcome = report.findings.empty() ? VerifyOutcome::ok : VerifyOutcome::tampered;
  return report;
}

}  // namespace

VerifyReport verify_audit_export(std::istream& file, const VerifyGrounds& grounds,
                                 const EntryCheck& check) {
  AuditExportReader reader(file);
  if (!reader.note()) {
    return concluded(VerifyOutcome::cannot_tell, {}, "the file is not an audit export");
  }
  auto read = read_ground(*reader.note(), grounds);
  if (auto* why = std::get_if<VerifyReport>(&read)) return std::move(*why);
  const Ground& ground = std::get<Ground>(read);
  Verification verification(ground.own, ground.earlier);
  bool is_readable = true;
  verification.read_events(
      [&](Bytes& entry) {
        const NextEntry next = reader.next(entry);
        is_readable = is_readable && !file.bad();
        return is_readable ? next : NextEntry::end;
      },
      check);
  if (!is_readable) {
    VerifyReport report = concluded(VerifyOutcome::cannot_tell, {}, "the file could not be read");
    report.event_count = verification.event_count();
    return report;
  }
  return report_on(ground, verification, std::nullopt);
}

VerifyReport verify_audit_tiles(const std::filesystem::path& folder, const VerifyGrounds& grounds,
                                const EntryCheck& check) {
  const auto note = content_of(folder / "checkpoint", note_bytes_max);
  if (!note) {
    return concluded(VerifyOutcome::cannot_tell, {}, "the folder is not an audit export");
  }
  VerifyGrounds all = grounds;
  for (std::string& kept : notes_in(folder)) all.earlier_notes.push_back(std::move(kept));
  auto read = read_ground(*note, all);
  if (auto* why = std::get_if<VerifyReport>(&read)) return std::move(*why);
  const Ground& ground = std::get<Ground>(read);
  Verification verification(ground.own, ground.earlier);
  TileReader reader(folder, ground.own.size);
  TileComparison tiles(folder);
  verification.read_events(
      [&](Bytes& entry) {
        const NextEntry next = reader.next(entry);
        if (next == NextEntry::entry) tiles.add(entry);
        return next;
      },
      check);
  return report_on(ground, verification, tiles.finding());
}

VerifyReport verify_receipt(const Receipt& receipt, const VerifyGrounds& grounds,
                            const EntryCheck& check) {
  auto read = read_ground(receipt.checkpoint_note, grounds);
  if (auto* why = std::get_if<VerifyReport>(&read)) return std::move(*why);
  const Checkpoint& own = std::get<Ground>(read).own;
  VerifyReport report;
  report.checkpoint = own;
  report.event_count = 1;
  const auto complaint = check(receipt.index, receipt.event);
  if (complaint) {
    report.findings.push_back(
        {.event = receipt.index, .text = "event " + number(receipt.index) + ": " + *complaint});
  }
  if (!merkle::verify_inclusion(merkle::leaf_hash(receipt.event), receipt.index, own.size,
                                receipt.proof, own.root)) {
    report.findings.push_back({.event = receipt.index,
                               .text = "event " + number(receipt.index) +
                                       " is not shown to be one that the checkpoint covers"});
  }
  report.outcome = report.findings.empty() ? VerifyOutcome::ok : VerifyOutcome::tampered;
  return report;
}

}  // namespace sspf::crypto
