// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <memory>

#include "client/cli/audit.h"
#include "client/cli/audit_report.h"
#include "client/cli/failure.h"
#include "client/cli/input.h"
#include "client/cli/render.h"
#include "crypto/audit_export.h"
#include "crypto/encoding.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

using crypto::VerifyOutcome;

std::string without_line_feed(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

// A verifier key as text, or a file that holds one.
crypto::NoteVerifier verifier_of(const std::string& given, Terminal& terminal) {
  if (const auto key = crypto::NoteVerifier::parse(given)) return *key;
  const auto key =
      crypto::NoteVerifier::parse(without_line_feed(content_of(given, "--key", terminal)));
  if (!key) throw usage_failure(fill(tr("{0} is not a verifier key."), {"--key"}));
  return *key;
}

// The newest checkpoint that the user was shown, if the file reaches as far: an older file is no
// sign of a shorter log.
std::vector<std::string> remembered_within(const std::string& path, const std::string& note,
                                           Terminal& terminal) {
  std::ifstream file(path, std::ios::binary);
  const auto size_of = [](const std::optional<std::string>& bytes) -> std::uint64_t {
    const auto read = bytes ? crypto::parse_note(*bytes) : std::nullopt;
    const auto checkpoint = read ? crypto::parse_checkpoint(read->text) : std::nullopt;
    return checkpoint ? checkpoint->size : 0;
  };
  const std::uint64_t shown = size_of(note);
  if (shown <= size_of(crypto::AuditExportReader(file).note())) return {note};
  terminal.err() << fill(tr("The log has grown since this file: you have been shown {0} events."),
                         {std::to_string(shown)})
                 << '\n';
  return {};
}

// The keys to try, and the checkpoints that somebody kept.
struct Grounds {
  std::vector<crypto::NoteVerifier> keys;
  std::vector<std::string> kept_notes;
};

Grounds grounds_of(const Session& session) {
  Grounds grounds;
  for (const auto& given : session.values("key")) {
    grounds.keys.push_back(verifier_of(given, session.terminal));
  }
  for (const auto& given : session.values("checkpoint")) {
    grounds.kept_notes.push_back(content_of(given, "--checkpoint", session.terminal));
  }
  if (!grounds.keys.empty()) return grounds;
  const Context context =
      session.store.load(chosen_context(session.typed.common.context, session.store));
  const auto key = crypto::NoteVerifier::parse(context.log_verifier_key);
  if (!key) throw local_failure(fill(tr("The context {0} is damaged."), {context.name}));
  grounds.keys.push_back(*key);
  const auto remembered = session.store.checkpoint(context.name);
  if (!remembered) return grounds;
  for (auto& note : remembered_within(session.value("file"), *remembered, session.terminal)) {
    grounds.kept_notes.push_back(std::move(note));
  }
  return grounds;
}

std::string first_bad(const Verdict& verdict) {
  const auto& findings = verdict.report.findings;
  if (findings.empty() || !findings.front().event) return "";
  return std::to_string(*findings.front().event);
}

// The findings of crypto/ are in English: they go to an English reader, and to nobody in Swedish.
std::string explanation(const Verdict& verdict) {
  if (!verdict.complaint.empty()) return verdict.complaint;
  if (spoken() == Language::swedish || verdict.report.findings.empty()) return "";
  return verdict.report.findings.front().text + ".";
}

std::string verdict_text(const Verdict& verdict) {
  const std::string event = first_bad(verdict);
  const std::string what =
      event.empty() ? tr("The log has been changed, or is another log than the one kept.")
                    : fill(tr("The log has been changed. First event that is wrong or may be "
                              "wrong: {0}."),
                           {event});
  const std::string why = explanation(verdict);
  return why.empty() ? what : what + " " + why;
}

}  // namespace

crypto::EntryCheck event_check() {
  const auto before = std::make_shared<std::int64_t>(INT64_MIN);
  return [before](std::uint64_t index, crypto::ByteView entry) -> std::optional<std::string> {
    v1::AuditEvent event;
    if (!event.ParseFromArray(entry.data(), static_cast<int>(entry.size()))) {
      return tr("It is not an event of the access log.");
    }
    if (event.sequence() != index) return tr("Its number does not follow the one before.");
    if (event.time_us() < *before) return tr("Its time is before that of the event ahead of it.");
    *before = event.time_us();
    return std::nullopt;
  };
}

Verdict judged(const std::string& path, const crypto::NoteVerifier& log,
               const std::vector<std::string>& kept_notes, Terminal& terminal) {
  std::ifstream file(path, std::ios::binary);
  if (!file || file.peek() == std::ifstream::traits_type::eof()) {
    throw local_failure(tr("The exported file cannot be read, or is empty."));
  }
  Verdict verdict;
  terminal.begin_progress();
  const crypto::EntryCheck check = event_check();
  verdict.report = crypto::verify_audit_export(
      file, log, kept_notes,
      [&](std::uint64_t index, crypto::ByteView entry) -> std::optional<std::string> {
        if (index % 4096 == 0) {
          terminal.show_progress(
              fill(tr("Verifying the log: {0} events …"), {std::to_string(index)}));
        }
        auto complaint = check(index, entry);
        if (complaint) verdict.complaint = *complaint;
        return complaint;
      });
  terminal.end_progress();
  return verdict;
}

void report_verification(const Session& session, const Verdict& verdict) {
  const auto& report = verdict.report;
  const std::string event = first_bad(verdict);
  switch (report.outcome) {
    case VerifyOutcome::ok:
      break;
    case VerifyOutcome::tampered:
      throw Failure(Problem{Exit::verification_failed, "verification_failed", "log_changed",
                            event.empty() ? "" : "events[" + event + "]", verdict_text(verdict)});
    case VerifyOutcome::cannot_tell: {
      const std::string why = explanation(verdict);
      throw local_failure(tr("The file cannot be judged: it is no exported log, or not one signed "
                             "with this key.") +
                          (why.empty() ? "" : " " + why));
    }
  }
  const auto& checkpoint = report.checkpoint.value();
  write_facts({{"origin", msg("Log"), checkpoint.origin},
               {"size", msg("Events"), std::to_string(report.event_count)},
               {"root", msg("Root hash"), crypto::base64(checkpoint.root)}},
              session.output, session.terminal);
  if (session.output == Output::table) {
    session.terminal.err() << tr("The log is whole: every event is as it was signed.") << '\n';
  }
}

void verify_log(const Session& session) {
  const std::string path = session.value("file");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::file)}));
  const Grounds grounds = grounds_of(session);
  Verdict verdict;
  for (const auto& key : grounds.keys) {
    verdict = judged(path, key, grounds.kept_notes, session.terminal);
    if (verdict.report.outcome != VerifyOutcome::cannot_tell) break;
  }
  report_verification(session, verdict);
}

}  // namespace sspf::cli
