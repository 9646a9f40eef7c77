// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_export.h"

#include <functional>
#include <memory>

#include "client/cli/audit.h"
#include "client/cli/audit_report.h"
#include "client/cli/failure.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "crypto/audit_tiles.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

// Where the messages of the stream go, in order.
struct Sink {
  std::function<void(const std::string& note)> begin;
  std::function<void(const std::string& event)> add;
  std::function<void(const std::string& note)> add_earlier;
  std::function<void()> keep;
};

// One file, "sspf-audit-export/v1".
Sink into_file(const std::string& path) {
  const auto file = std::make_shared<NewFile>(path);
  return {[file](const std::string& note) { file->write_all(crypto::export_header(note)); },
          [file](const std::string& event) {
            std::string bytes;
            crypto::append_export_entry(bytes, crypto::view_of(event));
            file->write_all(bytes);
          },
          [](const std::string& /*note*/) {}, [file] { file->keep(); }};
}

// A folder of tiles, with the policy that the user knows of the log.
Sink into_folder(const std::string& path, const std::string& policy) {
  const auto folder = std::make_shared<NewFolder>(path);
  const auto builder = std::make_shared<crypto::TileBuilder>([folder](const crypto::Tile& tile) {
    folder->write(tile.path, std::string(crypto::text_of(tile.content)));
  });
  return {[folder, policy](const std::string& note) {
            folder->write("checkpoint", note);
            folder->write("policy", policy);
          },
          [builder](const std::string& event) { builder->add(crypto::view_of(event)); },
          [folder](const std::string& note) {
            const auto checkpoint = crypto::checkpoint_in(note);
            if (!checkpoint) {
              throw transport_failure(tr("The server's answer cannot be understood."));
            }
            folder->write("checkpoints/" + std::to_string(checkpoint->size), note);
          },
          [folder, builder] {
            builder->finish();
            folder->keep();
          }};
}

class LogExporter {
 public:
  LogExporter(Sink& sink, Terminal& terminal) : sink_(sink), terminal_(terminal) {}

  void add(const v1::ExportEventsResponse& part) {
    if (note_.empty()) {
      note_ = part.checkpoint_note();
      if (note_.empty()) {
        throw transport_failure(tr("The server's answer cannot be understood."));
      }
      sink_.begin(note_);
    }
    for (const auto& event : part.events()) sink_.add(event);
    for (const auto& note : part.earlier_notes()) sink_.add_earlier(note);
    count_ += static_cast<std::uint64_t>(part.events_size());
    terminal_.show_progress(fill(tr("Fetching the log: {0} events …"), {std::to_string(count_)}));
  }
  const std::string& note() const { return note_; }

 private:
  Sink& sink_;
  Terminal& terminal_;
  std::string note_;
  std::uint64_t count_ = 0;
};

bool wants_tiles(const Session& session) {
  const std::string layout = session.value("layout");
  if (layout.empty() || layout == "file") return false;
  if (layout == "tiles") return true;
  throw usage_failure(fill(tr("{0} is file or tiles."), {"--layout"}));
}

}  // namespace

void export_log(const Session& session) {
  const std::string path = session.value("file");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::file)}));
  const bool is_folder = wants_tiles(session);
  const SignedIn user(session);
  const std::string& key = user.context().log_verifier_key;
  Sink sink = is_folder ? into_folder(path, "log " + key + "\nquorum none\n") : into_file(path);
  LogExporter exporter(sink, session.terminal);
  user.stream(v1::ExportEventsRequest(), [&exporter](const google::protobuf::Message& part) {
    v1::ExportEventsResponse events;
    events.CopyFrom(part);
    exporter.add(events);
  });
  if (exporter.note().empty()) throw transport_failure(tr("The server's answer was cut off."));
  sink.keep();  // from here on it is evidence, whatever it says

  const auto log = crypto::NoteVerifier::parse(key);
  if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {user.context().name}));
  crypto::VerifyGrounds grounds{.log = *log, .earlier_notes = {}};
  if (auto remembered = session.store.checkpoint(user.context().name)) {
    grounds.earlier_notes.push_back(std::move(*remembered));
  }
  report_verification(session, judged(path, grounds, session.terminal));
  accept_checkpoint(session.store, user.context(), {exporter.note(), std::nullopt});
}

}  // namespace sspf::cli
