// SPDX-License-Identifier: Apache-2.0
#include "server/audit/witness_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "crypto/encoding.h"
#include "server/base/fault.h"

namespace sspf::audit {
namespace {

// From what is known, from where the witness says it stands, and once more if that has changed.
constexpr int attempts_max = 3;
constexpr std::string_view size_type = "text/x.tlog.size";

std::string body_of(std::uint64_t old_size, const Submission& submission) {
  std::string body = fmt::format("old {}\n", old_size);
  for (const crypto::Digest& hash : submission.proof) body += crypto::base64(hash) + "\n";
  return body + "\n" + crypto::marshal_note(submission.note);
}

crypto::Checkpoint checkpoint_in(const crypto::Note& note) {
  const auto checkpoint = crypto::parse_checkpoint(note.text);
  if (!checkpoint) throw Fault("the newest checkpoint does not parse");
  return *checkpoint;
}

// The lines of the answer may be of several keys of the witness: ours to trust is one.
Said read_cosignature(Witness& witness, const crypto::Note& note, const std::string& lines) {
  const std::string whole = note.text + "\n" + lines;
  const auto answered = crypto::parse_note(whole);
  if (!answered || answered->text != note.text) {
    return {Heard::refused, "the answer holds no signature lines", {}};
  }
  if (!crypto::cosigned_at(*answered, witness.key)) {
    return {Heard::refused, "the answer holds no valid cosignature by its key", {}};
  }
  const auto is_its = [&](const crypto::NoteSignature& line) {
    return line.name == witness.key.name && line.key_id == witness.key.key_id();
  };
  return {Heard::cosigned, "",
          *std::find_if(answered->signatures.begin(), answered->signatures.end(), is_its)};
}

Said read_conflict(Witness& witness, const crypto::Checkpoint& ours, const HttpResponse& answer) {
  const bool is_size = answer.content_type == size_type && answer.body.ends_with('\n');
  const auto size =
      is_size
          ? crypto::parse_tree_size(std::string_view(answer.body).substr(0, answer.body.size() - 1))
          : std::nullopt;
  if (!size) return {Heard::refused, "it answers 409 without a size", {}};
  if (*size > ours.size) {
    return {
        Heard::disagrees,
        fmt::format("it has cosigned {} events of this log, and our newest checkpoint covers {}",
                    *size, ours.size),
        {}};
  }
  if (*size == witness.size) {
    // It stands where we have asked from, so what it objects to is the root at the same size.
    if (*size != ours.size) return {Heard::refused, "it answers 409 to its own size", {}};
    return {Heard::disagrees,
            fmt::format("it has cosigned another log of {} events under this name", *size),
            {}};
  }
  Said said{Heard::elsewhere, "", {}};
  if (*size < witness.size) {
    said.what = fmt::format("it stands at {} events and has stood at {}", *size, witness.size);
  }
  witness.size = *size;
  return said;
}

struct Course {
  Witness& witness;
  Said said;
  std::string remark;  // kept when a later attempt goes well
};

void ask_all(std::vector<Course*>& asked, const crypto::Note& note, Material material) {
  std::vector<std::future<Said>> answers;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    answers.push_back(
        std::async(std::launch::async, [course = asked[i], &note, proof = material.proofs[i]] {
          return ask_witness(course->witness, {note, proof});
        }));
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    Course& course = *asked[i];
    course.said = answers[i].get();
    if (!course.said.what.empty()) course.remark = course.said.what;
  }
}

std::vector<std::uint64_t> sizes_of(const std::vector<Course*>& courses) {
  std::vector<std::uint64_t> sizes;
  sizes.reserve(courses.size());
  for (const Course* course : courses) sizes.push_back(course->witness.size);
  return sizes;
}

// The note with these lines in place of older ones by the same keys.
void add_line(crypto::Note& note, const crypto::NoteSignature& line) {
  std::erase_if(note.signatures, [&](const crypto::NoteSignature& older) {
    return older.name == line.name && older.key_id == line.key_id;
  });
  note.signatures.push_back(line);
}

}  // namespace

Said ask_witness(Witness& witness, const Submission& submission) {
  const crypto::Checkpoint ours = checkpoint_in(submission.note);
  const auto answer = witness.send(body_of(witness.size, submission));
  if (!answer) return {Heard::nothing, "it does not answer", {}};
  if (answer->status == 409) return read_conflict(witness, ours, *answer);
  // It has accepted the size to begin from, and finds that ours does not go on from its root there.
  if (answer->status == 422 && witness.size > 0) {
    return {Heard::disagrees,
            fmt::format("it has cosigned {} events that ours are not the continuation of",
                        witness.size),
            {}};
  }
  if (answer->status != 200) {
    return {Heard::refused, fmt::format("it answers {}", answer->status), {}};
  }
  Said said = read_cosignature(witness, submission.note, answer->body);
  if (said.heard == Heard::cosigned) witness.size = ours.size;
  return said;
}

std::size_t Round::cosigned() const {
  return static_cast<std::size_t>(std::count_if(
      said.begin(), said.end(), [](const Said& each) { return each.heard == Heard::cosigned; }));
}

const Said* Round::disagreement() const {
  const auto found = std::find_if(said.begin(), said.end(),
                                  [](const Said& each) { return each.heard == Heard::disagrees; });
  return found == said.end() ? nullptr : &*found;
}

Round ask_witnesses(std::vector<Witness>& witnesses, const Collect& collect) {
  std::vector<Course> courses;
  courses.reserve(witnesses.size());
  for (Witness& witness : witnesses) courses.push_back({witness, {Heard::elsewhere, "", {}}, ""});
  Round round;
  std::optional<crypto::Checkpoint> ours;
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    std::vector<Course*> asked;
    for (Course& course : courses) {
      if (course.said.heard == Heard::elsewhere) asked.push_back(&course);
    }
    if (asked.empty() && attempt > 0) break;
    Material material = collect(sizes_of(asked), ours);
    if (!ours) {
      const auto note = crypto::parse_note(material.note);
      if (!note) throw Fault("the newest checkpoint does not parse");
      round.note = *note;
      ours = checkpoint_in(*note);
    }
    // Only the log's own line: the others are no business of a witness.
    crypto::Note plain = round.note;
    std::erase_if(plain.signatures,
                  [&](const crypto::NoteSignature& line) { return line.name != ours->origin; });
    ask_all(asked, plain, std::move(material));
  }
  for (Course& course : courses) {
    course.said.what = course.remark;
    if (course.said.heard == Heard::elsewhere) {
      course.said.heard = Heard::refused;
      if (course.said.what.empty()) course.said.what = "it stands elsewhere whenever it is asked";
    }
    if (course.said.line) add_line(round.note, *course.said.line);
    round.said.push_back(std::move(course.said));
  }
  return round;
}

}  // namespace sspf::audit
