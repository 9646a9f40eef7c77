// SPDX-License-Identifier: Apache-2.0
//
// Bundles of evidence about an incident (proto/sspf/v1/checkpoint.md, "Incident bundles"): events
// with proofs, a timeline, and the deadlines of the authorities, sealed by the log.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/cli/session.h"
#include "client/cli/stockholm.h"
#include "crypto/audit_verify.h"
#include "sspf/v1/audit.pb.h"
#include "sspf/v1/incident.pb.h"

namespace sspf::cli {

// `sspf incident export` and `sspf incident verify`.
void export_incident(const Session& session);
void verify_incident(const Session& session);

namespace bundle {

inline constexpr const char* manifest = "manifest.json";
inline constexpr const char* seal = "seal.tlog-proof";
inline constexpr const char* checkpoint = "checkpoint";
inline constexpr const char* timeline = "timeline.json";
inline constexpr const char* timeline_for_people = "timeline.txt";
std::string receipt_name(std::uint64_t sequence);  // "events/17.tlog-proof"

// The call whose event is the seal.
inline constexpr const char* sealing_call = "sspf.v1.IncidentService/RecordIncidentExport";

}  // namespace bundle

struct BundleEvent {
  std::string bytes;  // as stored
  v1::EventView view;
};

struct Incident {
  std::string origin;  // of the log
  std::string server;
  std::string verifier_key;
  std::string made_by;  // handle
  UtcSeconds made_at;
  std::uint64_t tree_size = 0;
  std::string account;   // what was asked for; empty for all
  std::string case_ref;  // likewise
  v1::RecordIncidentExportRequest asked;
  v1::IncidentDeadlines deadlines;
};

std::string timeline_json(const Incident& incident, const std::vector<BundleEvent>& events);
// In the language spoken.
std::string timeline_text(const Incident& incident, const std::vector<BundleEvent>& events);
// Sum and size of each file, by name.
std::string manifest_json(const Incident& incident,
                          const std::map<std::string, std::string>& files);

struct BundleVerdict {
  crypto::VerifyOutcome outcome = crypto::VerifyOutcome::cannot_tell;
  std::string file;  // the first that is bad; empty when all is well
  std::size_t events = 0;
  crypto::Checkpoint seal;  // what the seal's event is proved by
};

// Throws std::system_error when a file cannot be read.
BundleVerdict judge_bundle(const std::filesystem::path& folder,
                           const crypto::VerifyGrounds& grounds);

}  // namespace sspf::cli
