// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "client/cli/audit_report.h"
#include "client/cli/event_check.h"
#include "client/cli/event_record.h"
#include "client/cli/failure.h"
#include "client/cli/incident.h"
#include "client/cli/render.h"
#include "crypto/audit_tiles.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace sspf::cli {
namespace {

namespace fs = std::filesystem;
using crypto::VerifyOutcome;
using nlohmann::json;

constexpr std::size_t bundle_file_bytes_max = std::size_t{64} * 1024 * 1024;
constexpr std::size_t bundle_files_max = 20'000;
constexpr std::size_t bundle_bytes_max = std::size_t{256} * 1024 * 1024;

using Files = std::map<std::string, std::string>;

// A bad file, and what that means.
struct Bad {
  VerifyOutcome outcome;
  std::string file;
};
Bad tampered(std::string file) { return {VerifyOutcome::tampered, std::move(file)}; }

// Throws Bad at what is no file, or none of a bundle.
Files read_folder(const fs::path& folder) {
  Files files;
  std::size_t left = bundle_bytes_max;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    const auto type = entry.symlink_status().type();
    if (type == fs::file_type::directory) continue;
    if (type != fs::file_type::regular || files.size() == bundle_files_max) throw tampered(name);
    auto content = crypto::content_of(entry.path(), std::min(bundle_file_bytes_max, left));
    if (!content) throw tampered(name);
    left -= content->size();
    files[name] = std::move(*content);
  }
  return files;
}

const std::string& file_in(const Files& files, const std::string& name) {
  const auto found = files.find(name);
  if (found == files.end()) throw tampered(name);
  return found->second;
}

// The event in a receipt that holds, and the checkpoint that covers it.
struct Proved {
  v1::AuditEvent event;
  crypto::Checkpoint checkpoint;
};

Proved proved_event(const std::string& text, const std::string& name,
                    const crypto::VerifyGrounds& grounds) {
  const auto receipt = crypto::parse_receipt(text);
  if (!receipt) throw Bad{VerifyOutcome::cannot_tell, name};
  const auto report = crypto::verify_receipt(*receipt, grounds, lone_event_check());
  if (report.outcome != VerifyOutcome::ok) throw Bad{report.outcome, name};
  Proved proved{{}, report.checkpoint.value()};
  const std::string bytes(crypto::text_of(receipt->event));
  if (!proved.event.ParseFromString(bytes)) throw tampered(name);
  return proved;
}

// The sums by the files' names, as the manifest has them.
std::map<std::string, std::string> sums_in(const std::string& manifest) {
  std::map<std::string, std::string> sums;
  try {
    const json object = json::parse(manifest);
    for (const json& each : object.at("files")) {
      sums[each.at("name").get<std::string>()] = each.at("sha256").get<std::string>();
    }
  } catch (const json::exception&) {
    throw tampered(bundle::manifest);
  }
  return sums;
}

void compare(const std::string& manifest, const Files& files) {
  const auto wanted = sums_in(manifest);
  std::set<std::string> names;
  for (const auto& [name, sum] : wanted) names.insert(name);
  for (const auto& [name, content] : files) names.insert(name);
  for (const std::string& name : names) {
    if (name == bundle::manifest || name == bundle::seal) continue;
    const crypto::Digest sum = crypto::sha256(crypto::view_of(file_in(files, name)));
    const auto known = wanted.find(name);
    if (known == wanted.end() || known->second != crypto::hex(sum)) throw tampered(name);
  }
}

// Under a seal that holds, whatever cannot be judged is no receipt of this log.
v1::AuditEvent sealed_event(const std::string& text, const std::string& name,
                            const crypto::VerifyGrounds& grounds) {
  try {
    return proved_event(text, name, grounds).event;
  } catch (const Bad&) {
    throw tampered(name);
  }
}

std::vector<v1::AuditEvent> proved_events(const Files& files,
                                          const crypto::VerifyGrounds& grounds) {
  std::vector<v1::AuditEvent> events;
  for (const auto& [name, content] : files) {
    if (!name.starts_with("events/")) continue;
    auto event = sealed_event(content, name, grounds);
    if (name != bundle::receipt_name(event.sequence())) throw tampered(name);
    events.push_back(std::move(event));
  }
  std::sort(events.begin(), events.end(),
            [](const auto& a, const auto& b) { return a.sequence() < b.sequence(); });
  return events;
}

void compare_timeline(const std::string& text, const std::vector<v1::AuditEvent>& events,
                      const std::string& origin) {
  try {
    const json object = json::parse(text);
    const LogSource source{origin, object.at("server").get<std::string>()};
    json proved = json::array();
    for (const auto& event : events) proved.push_back(json::parse(ecs_line(event, source)));
    json told = json::array();
    for (const json& each : object.at("events")) told.push_back(each.at("event"));
    if (told == proved) return;
  } catch (const json::exception&) {
    // Not a timeline.
  }
  throw tampered(bundle::timeline);
}

void check_checkpoint(const std::string& text, const crypto::NoteVerifier& log,
                      const std::vector<v1::AuditEvent>& events) {
  const auto checkpoint = crypto::verified_checkpoint(text, log);
  const bool covers = checkpoint && (events.empty() || events.back().sequence() < checkpoint->size);
  if (!covers) throw tampered(bundle::checkpoint);
}

BundleVerdict judged_files(const Files& files, const crypto::VerifyGrounds& grounds) {
  BundleVerdict verdict{.outcome = VerifyOutcome::ok, .file = "", .events = 0, .seal = {}};
  if (!files.contains(bundle::seal)) throw Bad{VerifyOutcome::cannot_tell, bundle::seal};
  const auto [seal, checkpoint] = proved_event(files.at(bundle::seal), bundle::seal, grounds);
  verdict.seal = checkpoint;
  const bool is_seal = seal.rpc() == bundle::sealing_call && seal.outcome() == v1::OUTCOME_ALLOWED;
  if (!is_seal) throw tampered(bundle::seal);
  const std::string& manifest = file_in(files, bundle::manifest);
  const crypto::Digest sum = crypto::sha256(crypto::view_of(manifest));
  if (seal.bundle_digest() != crypto::text_of(sum)) throw tampered(bundle::manifest);
  compare(manifest, files);
  // Witnesses have to vouch for the seal: the events were proved by whatever was signed then.
  const crypto::VerifyGrounds own{.log = grounds.log, .earlier_notes = {}};
  const auto events = proved_events(files, own);
  check_checkpoint(file_in(files, bundle::checkpoint), grounds.log, events);
  compare_timeline(file_in(files, bundle::timeline), events, grounds.log.name);
  verdict.events = events.size();
  return verdict;
}

std::string complaint(const BundleVerdict& verdict) {
  if (verdict.outcome == VerifyOutcome::tampered) {
    return fill(tr("The bundle has been changed. First file that is wrong: {0}."), {verdict.file});
  }
  return fill(tr("The bundle cannot be judged: {0} is missing, cannot be read, or is not signed "
                 "with this key."),
              {verdict.file});
}

}  // namespace

BundleVerdict judge_bundle(const fs::path& folder, const crypto::VerifyGrounds& grounds) {
  try {
    return judged_files(read_folder(folder), grounds);
  } catch (const Bad& bad) {
    return {.outcome = bad.outcome, .file = bad.file, .events = 0, .seal = {}};
  }
}

void verify_incident(const Session& session) {
  const fs::path folder = session.value("file");
  if (folder.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::folder)}));
  const Grounds grounds = grounds_of(session);
  BundleVerdict verdict;
  for (const auto& key : grounds.keys) {
    verdict = judge_bundle(folder, {.log = key,
                                    .earlier_notes = grounds.kept_notes,
                                    .policy = grounds.policy ? &*grounds.policy : nullptr});
    if (verdict.outcome != VerifyOutcome::cannot_tell) break;
  }
  if (verdict.outcome != VerifyOutcome::ok) {
    const bool is_changed = verdict.outcome == VerifyOutcome::tampered;
    throw Failure(Problem{is_changed ? Exit::verification_failed : Exit::usage_or_local,
                          is_changed ? "verification_failed" : "local",
                          is_changed ? "bundle_changed" : "", verdict.file, complaint(verdict)});
  }
  write_facts({{"origin", msg("Log"), verdict.seal.origin},
               {"events", msg("Events"), std::to_string(verdict.events)},
               {"size", msg("Sealed by a log of"), std::to_string(verdict.seal.size)}},
              session.output, session.terminal);
  if (session.output == Output::table) {
    session.terminal.err() << tr("The bundle is whole, and every event is in the log that was "
                                 "signed.")
                           << '\n';
  }
}

}  // namespace sspf::cli
