// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>
#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <optional>
#include <thread>

#include "server/alert_delivery.h"
#include "server/base/ensure.h"
#include "server/base/log.h"
#include "server/base/stop_signals.h"
#include "server/installation.h"
#include "server/net/listener.h"
#include "server/net/store_thread.h"
#include "server/programs.h"
#include "server/store_duties.h"
#include "server/witnesses.h"

namespace sspf {
namespace {

// The outcome of a commit, or of writing the checkpoint, is unknown: nothing more is answered, and
// the next start recovers what is durable. Or a witness has seen another log.
void die(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Trouble& trouble) {
    log_error("closed", {{"what", trouble.what()}});
    std::_Exit(trouble.exit_code);
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
  text += line("sspf_connections_timed_out_total", counters.connections_timed_out);
  text += line("sspf_streams_broken_total", counters.streams_broken);
  text += fmt::format("# TYPE sspf_connections_open gauge\nsspf_connections_open {}\n",
                      counters.connections_open.load());
  return {200, "text/plain; version=0.0.4", text};
}

net::ServerSettings settings_of(const Config& config) {
  net::ServerSettings settings;
  settings.endpoints = {{config.listen.address, config.listen.port}};
  settings.admin = net::Endpoint{"127.0.0.1", config.listen.admin_port};
  return settings;
}

// Runs the network until a signal; then everything that runs is finished.
void run_until_signal(net::Server& server, const std::function<void()>& on_signal) {
  std::thread waiter([&] {
    const sigset_t signals = stop_signals();
    int signal = 0;
    ENSURE(sigwait(&signals, &signal) == 0);
    on_signal();
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

// An event of the server's own while the store thread does not run, after what else is to be
// recorded, and a checkpoint that covers it. What die() does for that thread, the end of the
// program does here.
void record_and_sign(
    OpenInstallation& open, std::string_view act, const std::function<void()>& first = [] {}) {
  try {
    first();
    rpc::record_own_act(open.services(), act, 0);
    open.checkpointer().sign_if_due();
  } catch (const std::exception& error) {
    throw Trouble(fmt::format("{} cannot be logged: {}", act, error.what()), exit_codes::commit);
  }
}

// First the checkpoint outside, then the witnesses; and only of a log that both vouch for anything
// is changed.
void vouch_for(OpenInstallation& open, const Config& config, WitnessWatch& watch) {
  open.check_log();
  if (!config.audit.witnesses.empty()) {
    const audit::Round first = first_round(config, open);
    const std::string trouble = witness_trouble(config, first);
    if (!trouble.empty()) throw Trouble(trouble, exit_codes::log);
    watch.take(first);
  }
  open.finish_disposal();
}

}  // namespace

int serve(const Config& config) {
  const sigset_t signals = stop_signals();
  ENSURE(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  ENSURE(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  // It writes a line of its own to standard error for text that is no UTF-8. The call is refused,
  // and its event says so.
  google::protobuf::SetLogHandler(nullptr);
  AlertTargets targets = alert_targets_of(config);
  OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::no);
  net::NetCounters counters;
  StoreDuties duties(open, config, counters);
  vouch_for(open, config, duties.watch());
  record_and_sign(open, "server/start");
  open.services().metrics.set_log_size(open.database().log_size());
  {
    net::StoreThread store(
        {[&duties](std::vector<HttpRequest>& requests) { return duties.serve(requests); },
         [&duties] { duties.on_idle(); }, std::chrono::seconds(1), die});
    WitnessThread witnesses(config, open, duties.watch(), duties.errands());
    AlertThread alerts(std::move(targets), system_clock(), duties.alerts(), duties.alert_errands());
    const auto server = bind(config, {open, duties, store, counters});
    log_info("ready", {{"version", SSPF_VERSION},
                       {"port", std::to_string(server->ports().front())},
                       {"admin_port", std::to_string(server->admin_port())},
                       {"events", std::to_string(open.database().log_size())}});
    // Whatever waits for others begins to end at once, and all at the same time.
    run_until_signal(*server, [&] {
      alerts.request_stop();
      witnesses.request_stop();
    });
    alerts.stop();
    witnesses.stop();
    store.stop();
  }
  record_and_sign(open, "server/stop", [&duties] { duties.sum_up_refusals(); });
  log_info("stopped", {{"events", std::to_string(open.database().log_size())}});
  return 0;
}

}  // namespace sspf
