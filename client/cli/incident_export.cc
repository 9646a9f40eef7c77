// SPDX-License-Identifier: Apache-2.0
//
// Reads the events, writes the bundle, and has the log seal it: what the bundle's manifest sums up
// to stands in an event, whose receipt is the last file.
#include <chrono>
#include <ctime>
#include <thread>

#include "client/cli/audit.h"
#include "client/cli/event_check.h"
#include "client/cli/failure.h"
#include "client/cli/incident.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace sspf::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

// A checkpoint is signed at least every ten seconds while events arrive, and each try is one.
constexpr int checkpoint_tries = 60;
constexpr int busy_tries = 60;
// Beyond what any server takes; the rest is counted and not kept.
constexpr std::size_t kept_events_max = 10'000;

const MethodDescriptor& method(const char* service, const char* name) {
  const auto* const found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      std::string("sspf.v1.") + service + "." + name);
  if (found == nullptr) throw local_failure(tr("The program failed."));
  return *found;
}

// The server allows an account so many calls a second.
template <typename Response>
Response ask(const SignedIn& user, const MethodDescriptor& asked, const Message& request) {
  for (int tries = busy_tries;; --tries) {
    try {
      Response response;
      response.CopyFrom(*user.call_method(asked, request));
      return response;
    } catch (const Failure& failure) {
      if (failure.problem().reason != "too_many_calls" || tries == 0) throw;
    }
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

struct Found {
  std::vector<BundleEvent> events;
  std::uint64_t count = 0;
};

Found find_events(const SignedIn& user, const v1::ListEventsRequest& request) {
  Found found;
  user.stream_method(method("AuditService", "ListEvents"), request, [&found](const Message& part) {
    v1::ListEventsResponse piece;
    piece.CopyFrom(part);
    found.count += static_cast<std::uint64_t>(piece.events_size());
    for (v1::EventView& view : *piece.mutable_events()) {
      if (found.events.size() == kept_events_max) break;
      found.events.push_back({"", std::move(view)});
    }
  });
  return found;
}

class IncidentExporter {
 public:
  IncidentExporter(const Session& session, const SignedIn& user) : session_(session), user_(user) {
    const auto log = crypto::NoteVerifier::parse(user.context().log_verifier_key);
    if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {user.context().name}));
    log_ = *log;
  }

  const crypto::NoteVerifier& log() const { return log_; }

  // The newest checkpoint, once it covers this event.
  std::string checkpoint_over(std::uint64_t sequence) const {
    for (int tries = checkpoint_tries;; --tries) {
      const auto answer = ask<v1::GetCheckpointResponse>(
          user_, method("AuditService", "GetCheckpoint"), v1::GetCheckpointRequest());
      if (verified_checkpoint(user_.context(), answer.checkpoint_note()).size > sequence) {
        return answer.checkpoint_note();
      }
      if (tries == 0) {
        throw local_failure(tr("The server has signed no checkpoint over the newest events."));
      }
      session_.terminal.show_progress(tr("Waiting for the server to sign the log …"));
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }

  // Verified; of an event that a checkpoint covers.
  crypto::Receipt receipt(std::uint64_t sequence) const {
    v1::GetInclusionProofRequest request;
    request.set_sequence(sequence);
    auto receipt =
        receipt_of(sequence, ask<v1::GetInclusionProofResponse>(
                                 user_, method("AuditService", "GetInclusionProof"), request));
    const auto report =
        crypto::verify_receipt(receipt, {.log = log_, .earlier_notes = {}}, lone_event_check());
    if (report.outcome != crypto::VerifyOutcome::ok) {
      throw verification_failure(
          fill(tr("The server has not proved that event {0} is in the log. Tell security staff."),
               {std::to_string(sequence)}));
    }
    return receipt;
  }

  // The event of the call that recorded this sum.
  std::uint64_t sealing_event(const v1::RecordIncidentExportRequest& recorded) const {
    v1::ListEventsRequest request;
    request.set_municipality_code(recorded.municipality_code());
    request.set_rpc(bundle::sealing_call);
    request.set_outcome(v1::OUTCOME_ALLOWED);
    for (const BundleEvent& each : find_events(user_, request).events) {
      if (each.view.bundle_digest() == recorded.bundle_sha256()) return each.view.sequence();
    }
    throw transport_failure(tr("The server's answer cannot be understood."));
  }

 private:
  const Session& session_;
  const SignedIn& user_;
  crypto::NoteVerifier log_;
};

std::string text_of(const crypto::Bytes& bytes) { return std::string(crypto::text_of(bytes)); }

v1::ListEventsRequest filter_of(const Session& session,
                                const v1::RecordIncidentExportRequest& asked) {
  v1::ListEventsRequest filter;
  filter.set_municipality_code(asked.municipality_code());
  filter.set_handle(session.value("account"));
  filter.set_case_ref(session.value("case-ref"));
  if (asked.has_from()) *filter.mutable_from() = asked.from();
  if (asked.has_to()) *filter.mutable_to() = asked.to();
  return filter;
}

// Before anything is written: may it be recorded, are there too many, and what are the deadlines?
v1::IncidentDeadlines tried(const SignedIn& user, v1::RecordIncidentExportRequest trial,
                            std::uint64_t events) {
  trial.mutable_write()->set_dry_run(true);
  trial.set_events(static_cast<std::uint32_t>(std::min<std::uint64_t>(events, UINT32_MAX)));
  return ask<v1::RecordIncidentExportResponse>(
             user, method("IncidentService", "RecordIncidentExport"), trial)
      .deadlines();
}

using Files = std::map<std::string, std::string>;

// Everything but the manifest and the seal.
Files fetch(const IncidentExporter& exporter, Incident& incident, std::vector<BundleEvent>& events,
            Terminal& terminal) {
  Files files;
  files[bundle::checkpoint] = exporter.checkpoint_over(events.back().view.sequence());
  const auto note = crypto::parse_note(files[bundle::checkpoint]);
  incident.tree_size = crypto::parse_checkpoint(note.value().text).value().size;
  for (BundleEvent& each : events) {
    const std::uint64_t sequence = each.view.sequence();
    const auto receipt = exporter.receipt(sequence);
    each.bytes = text_of(receipt.event);
    files[bundle::receipt_name(sequence)] = crypto::marshal_receipt(receipt);
    terminal.show_progress(
        fill(tr("Fetching the log: {0} events …"), {std::to_string(files.size() - 1)}));
  }
  terminal.end_progress();
  files[bundle::timeline] = timeline_json(incident, events);
  files[bundle::timeline_for_people] = timeline_text(incident, events);
  return files;
}

void tell(const Session& session, const v1::RecordIncidentExportResponse& recorded,
          std::size_t events) {
  const auto local = [](const google::protobuf::Timestamp& time) {
    return stockholm_text(UtcSeconds(std::chrono::seconds(time.seconds())), Precision::minutes);
  };
  const v1::IncidentDeadlines& deadlines = recorded.deadlines();
  write_facts({{"incident", msg("Incident"), recorded.incident()},
               {"events", msg("Events"), std::to_string(events)},
               {"earlyWarningBy", msg("Early warning by"), local(deadlines.early_warning_by())},
               {"reportBy", msg("Report by"), local(deadlines.report_by())},
               {"finalReportBy", msg("Final report by"), local(deadlines.final_report_by())}},
              session.output, session.terminal);
  if (session.output == Output::table) session.terminal.err() << tr("Done.") << '\n';
}

Incident begun(const Session& session, const SignedIn& user, const IncidentExporter& exporter,
               const v1::RecordIncidentExportRequest& asked) {
  return {.origin = exporter.log().name,
          .server = user.context().address().host,
          .verifier_key = exporter.log().text(),
          .made_by = user.context().account,
          .made_at = UtcSeconds(std::chrono::seconds(std::time(nullptr))),
          .tree_size = 0,
          .account = session.value("account"),
          .case_ref = session.value("case-ref"),
          .asked = asked,
          .deadlines = {}};
}

}  // namespace

void export_incident(const Session& session) {
  const std::string path = session.value("output-directory");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {"--output-directory"}));
  v1::RecordIncidentExportRequest asked;
  asked.CopyFrom(*build_request(session.typed, session.terminal));
  const SignedIn user(session);
  watch_log(user, session);
  NewFolder folder(path);  // gone again unless all of it was written
  IncidentExporter exporter(session, user);
  Incident incident = begun(session, user, exporter, asked);
  Found found = find_events(user, filter_of(session, asked));
  incident.deadlines = tried(user, asked, found.count);
  if (found.events.empty()) throw local_failure(tr("There are no such events."));
  if (session.typed.is_dry_run) {
    session.terminal.err() << tr("Checked. Nothing was stored.") << '\n';
    return;
  }
  Files files = fetch(exporter, incident, found.events, session.terminal);
  files[bundle::manifest] = manifest_json(incident, files);
  for (const auto& [name, content] : files) folder.write(name, content);

  const crypto::Digest sum = crypto::sha256(crypto::view_of(files[bundle::manifest]));
  asked.set_events(static_cast<std::uint32_t>(found.events.size()));
  asked.set_bundle_sha256(crypto::hex(sum));
  const auto recorded = ask<v1::RecordIncidentExportResponse>(
      user, method("IncidentService", "RecordIncidentExport"), asked);
  // From here on the log speaks of this bundle: without its seal it is still what was found.
  folder.keep();
  const std::uint64_t sealing = exporter.sealing_event(asked);
  exporter.checkpoint_over(sealing);
  folder.write(bundle::seal, crypto::marshal_receipt(exporter.receipt(sealing)));
  tell(session, recorded, found.events.size());
}

}  // namespace sspf::cli
