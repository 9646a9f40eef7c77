// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "client/cli/audit.h"
#include "client/cli/audit_report.h"
#include "client/cli/event_check.h"
#include "client/cli/failure.h"
#include "client/cli/input.h"
#include "client/cli/plain_text.h"
#include "client/cli/render.h"
#include "crypto/audit_export.h"
#include "crypto/audit_tiles.h"
#include "crypto/encoding.h"
#include "crypto/note.h"
#include "crypto/policy.h"
#include "crypto/receipt.h"

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

enum class Form { file, folder, receipt };

Form form_of(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Form::folder;
  std::ifstream file(path, std::ios::binary);
  std::string start(crypto::receipt_first_line.size(), '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  return start == crypto::receipt_first_line ? Form::receipt : Form::file;
}

std::optional<std::string> note_in(const std::string& path) {
  switch (form_of(path)) {
    case Form::file: {
      std::ifstream file(path, std::ios::binary);
      return crypto::AuditExportReader(file).note();
    }
    case Form::folder:
      return crypto::content_of(path + "/checkpoint", crypto::note_bytes_max);
    case Form::receipt: {
      const auto text = crypto::content_of(path, crypto::receipt_bytes_max);
      const auto receipt = text ? crypto::parse_receipt(*text) : std::nullopt;
      if (receipt) return receipt->checkpoint_note;
      return std::nullopt;
    }
  }
  return std::nullopt;
}

// The newest checkpoint that the user was shown, if the file reaches as far: an older file is no
// sign of a shorter log. Nothing is said of a file that cannot be read or is of another log: it is
// judged soon enough.
std::vector<std::string> remembered_within(const std::string& path, const std::string& note,
                                           const Session& session) {
  const auto bytes = note_in(path);
  const auto held = bytes ? crypto::checkpoint_in(*bytes) : std::nullopt;
  const auto shown = crypto::checkpoint_in(note);
  if (!shown || shown->size <= (held ? held->size : 0)) return {note};
  if (held && held->origin == shown->origin && session.output == Output::table) {
    session.terminal.err()
        << fill(tr("The log has grown since this file: you have been shown {0} events."),
                {std::to_string(shown->size)})
        << '\n';
  }
  return {};
}

crypto::Policy policy_of(const std::string& given, Terminal& terminal) {
  auto read = crypto::Policy::parse(content_of(given, "--policy", terminal));
  if (const auto* trouble = std::get_if<crypto::PolicyTrouble>(&read)) {
    throw usage_failure(
        fill(tr("The policy is wrong in line {0}."), {std::to_string(trouble->line)}));
  }
  return std::get<crypto::Policy>(std::move(read));
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

crypto::VerifyReport receipt_judged(const std::string& path, const crypto::VerifyGrounds& grounds,
                                    const crypto::EntryCheck& check) {
  const auto text = crypto::content_of(path, crypto::receipt_bytes_max);
  const auto receipt = text ? crypto::parse_receipt(*text) : std::nullopt;
  if (!receipt) return {};
  return crypto::verify_receipt(*receipt, grounds, check);
}

crypto::VerifyReport file_judged(const std::string& path, const crypto::VerifyGrounds& grounds,
                                 const crypto::EntryCheck& check) {
  std::ifstream file(path, std::ios::binary);
  if (!file || file.peek() == std::ifstream::traits_type::eof()) {
    throw local_failure(tr("The exported file cannot be read, or is empty."));
  }
  return crypto::verify_audit_export(file, grounds, check);
}

std::string epoch_text(const EpochBegin& epoch) {
  const std::uint64_t covered = epoch.last_checkpoint.size;
  const std::string what = fill(tr("After a restore the log goes on from {0} events of {1}."),
                                {std::to_string(epoch.sequence), escaped(epoch.previous_origin)});
  if (covered <= epoch.sequence) {
    return what + " " + tr("They are not those that its last known checkpoint was of.");
  }
  return what + " " +
         fill(tr("Its last known checkpoint was of {0} events: {1} were lost."),
              {std::to_string(covered), std::to_string(covered - epoch.sequence)});
}

std::string begins_of(const Verdict& verdict) {
  std::string numbers;
  for (const EpochBegin& epoch : verdict.epochs) {
    numbers += (numbers.empty() ? "" : " ") + std::to_string(epoch.sequence);
  }
  return numbers;
}

}  // namespace

Grounds grounds_of(const Session& session) {
  Grounds grounds;
  for (const auto& given : session.values("key")) {
    grounds.keys.push_back(verifier_of(given, session.terminal));
  }
  for (const auto& given : session.values("checkpoint")) {
    grounds.kept_notes.push_back(content_of(given, "--checkpoint", session.terminal));
  }
  if (session.has("policy")) {
    grounds.policy = policy_of(session.value("policy"), session.terminal);
    for (const auto& log : grounds.policy->logs()) grounds.keys.push_back(log.key);
  }
  if (!grounds.keys.empty()) return grounds;
  const Context context =
      session.store.load(chosen_context(session.typed.common.context, session.store));
  const auto key = crypto::NoteVerifier::parse(context.log_verifier_key);
  if (!key) throw local_failure(fill(tr("The context {0} is damaged."), {context.name}));
  grounds.keys.push_back(*key);
  const auto remembered = session.store.checkpoint(context.name);
  if (!remembered) return grounds;
  for (auto& note : remembered_within(session.value("file"), *remembered, session)) {
    grounds.kept_notes.push_back(std::move(note));
  }
  return grounds;
}

Verdict judged(const std::string& path, const crypto::VerifyGrounds& grounds, Terminal& terminal) {
  Verdict verdict;
  const Form form = form_of(path);
  const crypto::EntryCheck check =
      form == Form::receipt ? lone_event_check() : event_check(verdict.epochs);
  const crypto::EntryCheck watched = [&](std::uint64_t index, crypto::ByteView entry) {
    if (index % 4096 == 0) {
      terminal.show_progress(fill(tr("Verifying the log: {0} events …"), {std::to_string(index)}));
    }
    auto complaint = check(index, entry);
    if (complaint) verdict.complaint = *complaint;
    return complaint;
  };
  terminal.begin_progress();
  switch (form) {
    case Form::file:
      verdict.report = file_judged(path, grounds, watched);
      break;
    case Form::folder:
      verdict.report = crypto::verify_audit_tiles(path, grounds, watched);
      break;
    case Form::receipt:
      verdict.is_of_one_event = true;
      verdict.report = receipt_judged(path, grounds, watched);
      break;
  }
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
  std::vector<Fact> facts{{"origin", msg("Log"), checkpoint.origin},
                          {"size", msg("Events"), std::to_string(report.event_count)},
                          {"root", msg("Root hash"), crypto::base64(checkpoint.root)}};
  if (!verdict.epochs.empty()) {
    facts.push_back({"epochBegins", msg("New epochs begin with event"), begins_of(verdict)});
  }
  write_facts(facts, session.output, session.terminal);
  if (session.output == Output::table) {
    for (const EpochBegin& epoch : verdict.epochs) {
      session.terminal.err() << epoch_text(epoch) << '\n';
    }
    session.terminal.err() << (verdict.is_of_one_event
                                   ? tr("The event is in the log that was signed.")
                                   : tr("The log is whole: every event is as it was signed."))
                           << '\n';
  }
}

void verify_log(const Session& session) {
  const std::string path = session.value("file");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::file)}));
  const Grounds grounds = grounds_of(session);
  Verdict verdict;
  for (const auto& key : grounds.keys) {
    verdict = judged(path,
                     {.log = key,
                      .earlier_notes = grounds.kept_notes,
                      .policy = grounds.policy ? &*grounds.policy : nullptr},
                     session.terminal);
    if (verdict.report.outcome != VerifyOutcome::cannot_tell) break;
  }
  report_verification(session, verdict);
}

}  // namespace sspf::cli
