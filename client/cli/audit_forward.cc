// SPDX-License-Identifier: Apache-2.0
//
// The log to the tools of whoever watches over it. It runs where they are and not in the server, so
// that no collector can hold up the log; and it holds every event that it hands on against the
// signed checkpoints, so that a server cannot show it another log than everybody else.
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <functional>
#include <sstream>
#include <thread>

#include "client/cli/audit.h"
#include "client/cli/connection_syslog.h"
#include "client/cli/event_record.h"
#include "client/cli/failure.h"
#include "client/cli/input.h"
#include "client/cli/render.h"
#include "crypto/encoding.h"
#include "crypto/key_file.h"
#include "crypto/merkle.h"

namespace sspf::cli {
namespace {

constexpr std::string_view syslog_scheme = "syslog+tls://";
constexpr std::size_t cursor_bytes_max = 8192;

// How far the log has been handed on: the right edge of its tree there. A text of the size and one
// hash a line.
class Cursor {
 public:
  explicit Cursor(std::string path) : path_(std::move(path)) {
    const auto text = crypto::read_file(path_, cursor_bytes_max);
    if (!text) return;
    std::istringstream lines(*text);
    std::uint64_t size = 0;
    std::vector<crypto::Digest> hashes;
    lines >> size;
    for (std::string line; lines >> line;) hashes.push_back(hash_of(line));
    try {
      tree_ = crypto::merkle::Frontier(size, std::move(hashes));
    } catch (const std::invalid_argument&) {
      throw local_failure(tr("The cursor file is damaged."));
    }
  }

  const crypto::merkle::Frontier& tree() const { return tree_; }
  void add(crypto::ByteView event) { tree_.append(crypto::merkle::leaf_hash(event)); }
  void keep() const {
    std::string text = std::to_string(tree_.size()) + "\n";
    for (const auto& hash : tree_.hashes()) text += crypto::base64(hash) + "\n";
    crypto::replace_file(path_, text, 0600);
  }

 private:
  static crypto::Digest hash_of(const std::string& line) {
    const auto bytes = crypto::from_base64(line);
    crypto::Digest hash{};
    if (!bytes || bytes->size() != hash.size()) {
      throw local_failure(tr("The cursor file is damaged."));
    }
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
  }

  std::string path_;
  crypto::merkle::Frontier tree_;
};

// What becomes of one event, and of many. `deliver` returns when they are where they belong.
struct Collector {
  std::function<std::string(const v1::AuditEvent& event, const LogSource& source)> record;
  std::function<void(const std::string& records)> deliver;
};

std::string json_record(const v1::AuditEvent& event, const LogSource& source) {
  return ecs_line(event, source) + "\n";
}

void append_to_file(const std::string& path, const std::string& records) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw local_failure(tr("The file cannot be made."));
  std::size_t at = 0;
  bool is_whole = true;
  while (is_whole && at < records.size()) {
    const auto count = write(file, records.data() + at, records.size() - at);
    if (count < 0 && errno == EINTR) continue;
    is_whole = count >= 0;
    if (is_whole) at += static_cast<std::size_t>(count);
  }
  is_whole = is_whole && fdatasync(file) == 0;
  close(file);
  if (!is_whole) throw local_failure(tr("The file cannot be written: is the disk full?"));
}

Collector collector_of(const Session& session) {
  const std::string to = session.value("to");
  if (!to.starts_with(syslog_scheme)) {
    return {json_record, [to](const std::string& records) { append_to_file(to, records); }};
  }
  const auto address = ServerAddress::parse(to.substr(syslog_scheme.size()));
  if (!address) throw usage_failure(tr("A server is given as HOST:PORT."));
  if (!session.has("ca")) throw usage_failure(fill(tr("{0} is missing."), {"--ca"}));
  const Trust trust{content_of(session.value("ca"), "--ca", session.terminal), std::nullopt, "",
                    nullptr};
  return {syslog_frame, [address = *address, trust](const std::string& records) {
            send_over_tls(address, trust, records);
          }};
}

class Forwarder {
 public:
  Forwarder(const SignedIn& user, const Session& session, Collector collector)
      : user_(user),
        session_(session),
        collector_(std::move(collector)),
        cursor_(session.value("cursor")),
        source_{"", user.context().address().host} {}

  // Everything that is covered by a checkpoint and has not been handed on. How much that was.
  std::uint64_t forward() {
    watch_log(user_, session_);
    if (const auto note = session_.store.checkpoint(user_.context().name)) {
      remembered_ = verified_checkpoint(user_.context(), *note);
    }
    const std::uint64_t before = cursor_.tree().size();
    note_.clear();
    v1::ExportEventsRequest request;
    request.set_first_sequence(before);
    user_.stream(request, [this](const google::protobuf::Message& part) {
      v1::ExportEventsResponse events;
      events.CopyFrom(part);
      take(events);
    });
    if (note_.empty()) throw transport_failure(tr("The server's answer was cut off."));
    const crypto::Checkpoint checkpoint = verified_checkpoint(user_.context(), note_);
    const bool is_shorter = remembered_ && checkpoint.size < remembered_->size;
    if (is_shorter || cursor_.tree().size() != checkpoint.size ||
        cursor_.tree().root() != checkpoint.root) {
      report_change(before);
    }
    return checkpoint.size - before;
  }

 private:
  [[noreturn]] static void report_change(std::uint64_t size) {
    throw verification_failure(
        fill(tr("The log has been changed: at {0} events it is not the log that the server has "
                "shown before. Tell security staff."),
             {std::to_string(size)}));
  }

  void take(const v1::ExportEventsResponse& part) {
    if (note_.empty()) {
      note_ = part.checkpoint_note();
      source_.origin = note_.substr(0, note_.find('\n'));
    }
    std::string records;
    Cursor after = cursor_;
    for (const std::string& bytes : part.events()) {
      v1::AuditEvent event;
      if (!event.ParseFromString(bytes)) {
        throw transport_failure(tr("The server's answer cannot be understood."));
      }
      records += collector_.record(event, source_);
      after.add(crypto::view_of(bytes));
      // What this user was shown by another command is the same log.
      if (remembered_ && after.tree().size() == remembered_->size &&
          after.tree().root() != remembered_->root) {
        report_change(remembered_->size);
      }
    }
    if (records.empty()) return;
    collector_.deliver(records);
    cursor_ = after;
    cursor_.keep();  // after it is delivered: what a crash repeats is better than what it loses
  }

  const SignedIn& user_;
  const Session& session_;
  Collector collector_;
  Cursor cursor_;
  LogSource source_;
  std::optional<crypto::Checkpoint> remembered_;
  std::string note_;
};

// Nothing, to forward once.
std::optional<std::chrono::seconds> interval_of(const Session& session) {
  if (!session.has("every")) return std::nullopt;
  const std::string text = session.value("every");
  unsigned seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool is_whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!is_whole || seconds == 0 || seconds > 86400) {
    throw usage_failure(fill(tr("{0} is a number of seconds, 1 to 86400."), {"--every"}));
  }
  return std::chrono::seconds(seconds);
}

}  // namespace

void forward_log(const Session& session) {
  for (const char* needed : {"to", "cursor"}) {
    if (session.has(needed)) continue;
    throw usage_failure(fill(tr("{0} is missing."), {std::string("--") + needed}));
  }
  const auto interval = interval_of(session);
  Collector collector = collector_of(session);
  const SignedIn user(session);
  Forwarder forwarder(user, session, std::move(collector));
  if (!interval) {
    const std::uint64_t count = forwarder.forward();
    write_facts({{"events", msg("Events"), std::to_string(count)}}, session.output,
                session.terminal);
    return;
  }
  while (true) {
    try {
      forwarder.forward();
    } catch (const Failure& failure) {
      if (failure.problem().exit != Exit::server_or_transport) throw;
      session.terminal.end_progress();
      session.terminal.err() << "sspf: " << failure.problem().message << '\n' << std::flush;
    }
    std::this_thread::sleep_for(*interval);
  }
}

}  // namespace sspf::cli
