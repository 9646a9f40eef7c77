// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_export.h"

#include "client/cli/audit.h"
#include "client/cli/audit_report.h"
#include "client/cli/failure.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

// Puts the messages of the stream into the file, in order.
class Exporter {
 public:
  Exporter(NewFile& file, Terminal& terminal) : file_(file), terminal_(terminal) {}

  void add(const v1::ExportEventsResponse& part) {
    std::string bytes;
    if (note_.empty()) {
      note_ = part.checkpoint_note();
      if (note_.empty()) {
        throw transport_failure(tr("The server's answer cannot be understood."));
      }
      bytes = crypto::export_header(note_);
    }
    for (const auto& event : part.events()) {
      crypto::append_export_entry(bytes, crypto::view_of(event));
      ++count_;
    }
    file_.write_all(bytes);
    terminal_.show_progress(fill(tr("Fetching the log: {0} events …"), {std::to_string(count_)}));
  }
  const std::string& note() const { return note_; }

 private:
  NewFile& file_;
  Terminal& terminal_;
  std::string note_;
  std::uint64_t count_ = 0;
};

}  // namespace

void export_log(const Session& session) {
  const std::string path = session.value("file");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::file)}));
  const SignedIn user(session);
  NewFile file(path);
  Exporter exporter(file, session.terminal);
  user.stream(v1::ExportEventsRequest(), [&exporter](const google::protobuf::Message& part) {
    v1::ExportEventsResponse events;
    events.CopyFrom(part);
    exporter.add(events);
  });
  if (exporter.note().empty()) throw transport_failure(tr("The server's answer was cut off."));
  file.keep();  // from here on the file is evidence, whatever it says

  const auto log = crypto::NoteVerifier::parse(user.context().log_verifier_key);
  if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {user.context().name}));
  std::vector<std::string> kept;
  if (auto remembered = session.store.checkpoint(user.context().name)) {
    kept.push_back(std::move(*remembered));
  }
  report_verification(session, judged(path, *log, kept, session.terminal));
  accept_checkpoint(session.store, user.context(), exporter.note());
}

}  // namespace sspf::cli
