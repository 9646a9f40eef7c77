// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <thread>

#include "server/base/ensure.h"
#include "server/base/log.h"
#include "server/installation.h"
#include "server/net/listener.h"
#include "server/net/store_thread.h"
#include "server/programs.h"

namespace sspf {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::uint64_t free_bytes_at(const std::filesystem::path& directory) {
  struct statvfs found {};
  if (statvfs(directory.c_str(), &found) != 0) return 0;
  return std::uint64_t{found.f_bavail} * found.f_frsize;
}

// Event times never go back, so after the clock was ahead they stand still until it has caught up.
// By how many seconds the clock is behind the log; 0 within a minute.
std::uint32_t clock_behind_seconds(OpenInstallation& open) {
  const std::int64_t behind_us =
      open.database().log_time_us() - open.services().clock().microseconds;
  const std::int64_t seconds = behind_us / 1'000'000;
  return seconds < 60 ? 0 : static_cast<std::uint32_t>(std::min<std::int64_t>(seconds, 1U << 31U));
}

// What runs on the store thread: batches of calls, and between them the checkpoints and summaries.
class StoreDuties {
 public:
  StoreDuties(OpenInstallation& open, const Config& config, net::NetCounters& counters)
      : open_(open), config_(config), counters_(counters) {}

  std::vector<HttpResponse> serve(std::vector<HttpRequest>& requests) {
    if (is_storage_full()) return rpc::refuse_batch(requests, Reason::storage_full);
    return rpc::serve_batch(open_.services(), requests);
  }

  void on_idle() {
    // The last events before the storage was full belong under a checkpoint too: there is room for
    // that.
    open_.checkpointer().sign_if_due();
    if (is_storage_full()) return;
    const auto now = steady_clock::now();
    if (!last_summary_ || now - *last_summary_ >= 1min) {
      last_summary_ = now;
      sum_up("server/floods_refused", open_.services().rate_limits.floods_refused, floods_summed_);
      sum_up("server/handshakes_failed", counters_.handshakes_failed.load(), handshakes_summed_);
      watch_clock();
      const std::int64_t day_us = 24LL * 3600 * 1'000'000;
      open_.database().forget_requests(open_.services().clock().microseconds - day_us);
    }
  }

  // Read by the network thread.
  bool is_ready() const { return !storage_full_; }

 private:
  // One event for all that were refused before a call, at most one a minute.
  void sum_up(std::string_view act, std::uint64_t count, std::uint64_t& summed) {
    if (count == summed) return;
    rpc::record_own_act(open_.services(), act, static_cast<std::uint32_t>(count - summed));
    summed = count;
  }

  // One event when the clock falls behind the log.
  void watch_clock() {
    const std::uint32_t seconds = clock_behind_seconds(open_);
    if (seconds > 0 && !clock_was_behind_) {
      log_error("clock_behind", {{"seconds", std::to_string(seconds)}});
      rpc::record_own_act(open_.services(), "server/clock_behind", seconds);
    }
    clock_was_behind_ = seconds > 0;
  }

  // Asks the file system at most once a second.
  bool is_storage_full() {
    const auto now = steady_clock::now();
    if (now - last_storage_check_ < 1s) return storage_full_;
    last_storage_check_ = now;
    const std::uint64_t free_bytes =
        std::min({free_bytes_at(config_.paths.data_directory),
                  free_bytes_at(config_.paths.keystore_directory),
                  free_bytes_at(config_.paths.checkpoint_file.parent_path())});
    const bool full = free_bytes < config_.limits.free_bytes_min;
    if (full != storage_full_) {
      log_error(full ? "storage_full" : "storage_free", {{"bytes", std::to_string(free_bytes)}});
    }
    storage_full_ = full;
    return storage_full_;
  }

  OpenInstallation& open_;
  const Config& config_;
  net::NetCounters& counters_;
  std::optional<steady_clock::time_point> last_summary_;
  steady_clock::time_point last_storage_check_{};
  std::uint64_t floods_summed_ = 0;
  std::uint64_t handshakes_summed_ = 0;
  bool clock_was_behind_ = false;
  std::atomic<bool> storage_full_ = false;
};

// The outcome of a commit, or of writing the checkpoint, is unknown: nothing more is answered, and
// the next start recovers what is durable.
void die(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& known) {
    log_error("fatal", {{"what", known.what()}});
  }
  std::_Exit(exit_codes::commit);
}

struct Watched {
  const OpenInstallation& open;
  const StoreDuties& duties;
  const net::NetCounters& counters;
};

net::AdminAnswer answer_admin(std::string_view path, const Watched& watched) {
  if (path == "/livez") return {200, "text/plain", "ok\n"};
  if (path == "/readyz") {
    if (watched.duties.is_ready()) return {200, "text/plain", "ok\n"};
    return {503, "text/plain", "storage full\n"};
  }
  const net::NetCounters& counters = watched.counters;
  const auto line = [](std::string_view name, std::uint64_t value) {
    return fmt::format("# TYPE {0} counter\n{0} {1}\n", name, value);
  };
  std::string text = watched.open.metrics().text();
  text += line("sspf_connections_accepted_total", counters.connections_accepted);
  text += line("sspf_connections_refused_total", counters.connections_refused);
  text += line("sspf_handshakes_failed_total", counters.handshakes_failed);
  text += line("sspf_requests_total", counters.requests);
  text += line("sspf_requests_refused_before_call_total", counters.requests_refused_before_call);
  text += fmt::format("# TYPE sspf_connections_open gauge\nsspf_connections_open {}\n",
                      counters.connections_open.load());
  return {200, "text/plain; version=0.0.4", text};
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

net::ServerSettings settings_of(const Config& config) {
  net::ServerSettings settings;
  settings.endpoints = {{config.listen.address, config.listen.port}};
  settings.admin = net::Endpoint{"127.0.0.1", config.listen.admin_port};
  return settings;
}

// Runs the network until a signal; then everything that runs is finished.
void run_until_signal(net::Server& server) {
  std::thread waiter([&server] {
    const sigset_t signals = stop_signals();
    int signal = 0;
    ENSURE(sigwait(&signals, &signal) == 0);
    server.stop();
  });
  server.run();
  // run() also returns by itself when it fails: the waiter must not stay behind. The signal is
  // blocked everywhere, so it ends its wait and nothing else.
  ENSURE(kill(getpid(), SIGTERM) == 0);
  waiter.join();
}

struct Running {
  OpenInstallation& open;
  StoreDuties& duties;
  net::StoreThread& store;
  net::NetCounters& counters;
};

std::unique_ptr<net::Server> bind(const Config& config, Running running) {
  auto identity = running.open.server_identity();
  const net::TlsMaterial tls{std::move(identity.chain_pem), std::move(identity.private_key_pem),
                             std::move(identity.ca_pem)};
  const Serve through = net::serve_through(running.store);
  const Clock clock = system_clock();
  net::Services services{
      [through, clock](HttpRequest request, Reply reply) {
        request.arrived = clock();
        through(std::move(request), std::move(reply));
      },
      [running](std::string_view path) {
        return answer_admin(path, {running.open, running.duties, running.counters});
      }};
  try {
    return std::make_unique<net::Server>(settings_of(config), tls, std::move(services),
                                         running.counters);
  } catch (const std::runtime_error& error) {
    throw Trouble(error.what(), exit_codes::listen);
  }
}

// An event of the server's own while the store thread does not run, and a checkpoint that covers
// it. What die() does for that thread, the end of the program does here.
void record_and_sign(OpenInstallation& open, std::string_view act) {
  try {
    rpc::record_own_act(open.services(), act, 0);
    open.checkpointer().sign_if_due();
  } catch (const std::exception& error) {
    throw Trouble(fmt::format("{} cannot be logged: {}", act, error.what()), exit_codes::commit);
  }
}

}  // namespace

int serve(const Config& config) {
  const sigset_t signals = stop_signals();
  ENSURE(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  ENSURE(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::yes);
  record_and_sign(open, "server/start");
  net::NetCounters counters;
  StoreDuties duties(open, config, counters);
  {
    net::StoreThread store(
        {[&duties](std::vector<HttpRequest>& requests) { return duties.serve(requests); },
         [&duties] { duties.on_idle(); }, std::chrono::seconds(config.audit.checkpoint_seconds),
         die});
    const auto server = bind(config, {open, duties, store, counters});
    log_info("ready", {{"version", SSPF_VERSION},
                       {"port", std::to_string(server->ports().front())},
                       {"admin_port", std::to_string(server->admin_port())},
                       {"events", std::to_string(open.database().log_size())}});
    run_until_signal(*server);
    store.stop();
  }
  record_and_sign(open, "server/stop");
  log_info("stopped", {{"events", std::to_string(open.database().log_size())}});
  return 0;
}

}  // namespace sspf
