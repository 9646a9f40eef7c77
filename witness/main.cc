// SPDX-License-Identifier: Apache-2.0
//
// sspf-witness: another agency runs it, so that the log of an SSPF-server cannot be taken back
// unnoticed (trust.md 4). It reads nothing of the log but its size and root.
#include <fmt/format.h>
#include <pthread.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "crypto/key_file.h"
#include "server/base/ensure.h"
#include "server/base/log.h"
#include "server/base/stop_signals.h"
#include "server/net/refusals.h"
#include "server/trouble.h"
#include "witness/http.h"
#include "witness/request.h"
#include "witness/witness.h"

namespace {

using namespace sspf;

constexpr std::string_view add_checkpoint_path = "/add-checkpoint";
constexpr std::size_t pem_bytes_max = std::size_t{64} * 1024;

struct Options {
  std::string command;
  std::filesystem::path state = "/var/lib/sspf-witness";
  std::string name;
  std::string log_key;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8470;
  std::filesystem::path certificate_file;
  std::filesystem::path key_file;
};

std::string read_pem(const std::filesystem::path& file) {
  auto text = crypto::read_file(file, pem_bytes_max);
  if (!text) throw Trouble("missing: " + file.filename().string(), exit_codes::config);
  return *std::move(text);
}

int init(const Options& options) {
  witness::State::create(options.state, options.name);
  fmt::print("{}\n", witness::State(options.state).verifier().text());
  return 0;
}

int show(const Options& options) {
  const witness::State state(options.state);
  fmt::print("{}\n", state.verifier().text());
  for (const auto& [origin, log] : state.logs()) {
    fmt::print("{}: {} events\n", origin, log.latest.size);
  }
  return 0;
}

int add_log(const Options& options) {
  const auto key = crypto::NoteVerifier::parse(options.log_key);
  if (!key) throw Trouble("not the verifier key of a log", exit_codes::usage);
  witness::State(options.state).add_log(*key);
  return 0;
}

witness::HttpSettings settings_of(const Options& options) {
  witness::HttpSettings settings;
  settings.address = options.address;
  settings.port = options.port;
  settings.body_bytes_max = witness::request_bytes_max;
  settings.limits.connections_max = 256;
  settings.limits.connections_per_address_max = 16;
  if (options.certificate_file.empty() != options.key_file.empty()) {
    throw Trouble("TLS takes both --tls-certificate and --tls-key", exit_codes::usage);
  }
  if (options.certificate_file.empty()) return settings;
  settings.certificate_chain_pem = read_pem(options.certificate_file);
  std::string key = read_pem(options.key_file);
  settings.private_key_pem.emplace(crypto::view_of(key));
  crypto::wipe(key);
  return settings;
}

std::unique_ptr<witness::HttpServer> bind(const Options& options, witness::Handle handle) {
  auto settings = settings_of(options);
  try {
    return std::make_unique<witness::HttpServer>(std::move(settings), std::move(handle));
  } catch (const std::runtime_error& error) {
    throw Trouble(error.what(), exit_codes::listen);
  }
}

int serve(const Options& options) {
  const sigset_t signals = stop_signals();
  ENSURE(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  ENSURE(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR);
  witness::State state(options.state);
  const Clock clock = system_clock();
  const auto server = bind(options, [&](const HttpRequest& request) {
    if (request.path == add_checkpoint_path) {
      return witness::add_checkpoint(state, clock, request.body);
    }
    return net::plain_refusal(404, "Sidan finns inte. / There is no such page.");
  });
  log_info("ready", {{"version", SSPF_VERSION},
                     {"port", std::to_string(server->port())},
                     {"key", state.verifier().text()},
                     {"logs", std::to_string(state.logs().size())}});
  std::thread([&server, signals] {
    int signal = 0;
    ENSURE(sigwait(&signals, &signal) == 0);
    server->stop();
  }).detach();
  try {
    server->run();
  } catch (const std::exception& error) {
    // What is on disk is unknown: nothing more is answered, and the next start reads what is there.
    log_error("fatal", {{"what", error.what()}});
    std::_Exit(exit_codes::commit);
  }
  log_info("stopped", {});
  // The waiter may still refer to what would be destroyed now.
  std::_Exit(0);
}

Options parse_options(int argc, char** argv) {
  Options options;
  CLI::App app("sspf-witness: cosigns the checkpoints of audit logs (c2sp.org/tlog-witness)");
  app.set_version_flag("--version", "sspf-witness " SSPF_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--state", options.state, "Folder of keys and checkpoints")->capture_default_str();
  const auto command = [&](const char* name, const char* text) {
    CLI::App* added = app.add_subcommand(name, text);
    added->callback([&options, name] { options.command = name; });
    return added;
  };
  command("init", "Make the folder and a key, and print the verifier key")
      ->add_option("--name", options.name, "Name of the witness, as in polisen.se/sspf-vittne")
      ->required();
  command("show", "Print the verifier key, and the logs with what was cosigned of each");
  command("add-log", "Watch a log from now on")
      ->add_option("key", options.log_key, "The log's verifier key")
      ->required();
  CLI::App* serving = command("serve", "Cosign until SIGTERM or SIGINT");
  serving->add_option("--address", options.address, "Without TLS, a loopback address");
  serving->add_option("--port", options.port, "0: any free one");
  serving->add_option("--tls-certificate", options.certificate_file, "PEM, with its chain");
  serving->add_option("--tls-key", options.key_file, "PEM");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    std::exit(code == 0 ? 0 : exit_codes::usage);
  }
  return options;
}

int run(const Options& options) {
  if (options.command == "init") return init(options);
  if (options.command == "show") return show(options);
  if (options.command == "add-log") return add_log(options);
  return serve(options);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse_options(argc, argv);
  umask(0077);
  start_log();
  try {
    return run(options);
  } catch (const Trouble& trouble) {
    fmt::print(stderr, "sspf-witness: {}\n", trouble.what());
    return trouble.exit_code;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sspf-witness: {}\n", error.what());
    return exit_codes::config;
  }
}
