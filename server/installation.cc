// SPDX-License-Identifier: Apache-2.0
#include "server/installation.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "crypto/certificate.h"
#include "crypto/derive.h"
#include "crypto/encoding.h"
#include "crypto/key_file.h"
#include "crypto/random.h"
#include "server/audit/event.h"
#include "server/handlers/enrolment.h"

namespace sspf {
namespace {

constexpr std::size_t small_file_bytes_max = std::size_t{64} * 1024;
constexpr int ca_days = 3650;
constexpr int renewal_days = 30;
constexpr std::int64_t day_seconds = 24LL * 3600;

std::int64_t seconds_of(Instant now) { return now.microseconds / 1'000'000; }

Trouble cannot_make(const std::filesystem::path& directory, int error) {
  return {fmt::format("{}: {}", directory.string(), std::generic_category().message(error)),
          exit_codes::config};
}

// Only what this makes gets a mode: a directory that is there already is somebody's.
void make_directory(const std::filesystem::path& directory) {
  if (directory.empty() || std::filesystem::exists(directory)) return;
  make_directory(directory.parent_path());
  if (mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    throw cannot_make(directory, errno);
  }
}

// Files can be made in this directory, or it is not there yet.
void demand_writable(const std::filesystem::path& directory) {
  if (::access(directory.c_str(), W_OK | X_OK) != 0 && errno != ENOENT) {
    throw cannot_make(directory, errno);
  }
}

// And it is this user's alone.
void demand_private(const std::filesystem::path& directory) {
  struct stat facts {};
  if (stat(directory.c_str(), &facts) != 0) {
    if (errno == ENOENT) return;
    throw cannot_make(directory, errno);
  }
  if (!S_ISDIR(facts.st_mode)) throw cannot_make(directory, ENOTDIR);
  const auto refuse = [&](const char* why) {
    throw Trouble(fmt::format("{} is there already, with mode {:04o}, and {}", directory.string(),
                              facts.st_mode & 07777U, why),
                  exit_codes::config);
  };
  if (facts.st_uid != geteuid()) refuse("belongs to another user");
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    refuse("can be reached by group or others: 0700 is needed");
  }
  demand_writable(directory);
}

// Before anything is made.
void demand_directories(const Config::Paths& paths) {
  for (const auto* each :
       {&paths.data_directory, &paths.keystore_directory, &paths.key_directory}) {
    demand_private(*each);
  }
  demand_writable(paths.checkpoint_file.parent_path());
}

store::Keystore open_keystore(const Config& config, const crypto::Secret& root_key,
                              store::OpenMode mode) {
  try {
    return store::Keystore(config.keystore_file().string(), root_key,
                           store::EpochKeys(config.paths.key_directory), mode);
  } catch (const Fault& fault) {
    throw Trouble(fmt::format("the keystore does not open: {}", fault.what()), exit_codes::key);
  }
}

store::Database open_database(const Config& config, const crypto::Secret& root_key,
                              store::Keystore& keystore) {
  try {
    return store::Database(config.database_file().string(), root_key, keystore,
                           store::OpenMode::existing);
  } catch (const Fault& fault) {
    throw Trouble(fmt::format("the database does not open: {}", fault.what()),
                  exit_codes::database);
  }
}

crypto::Secret server_secret(store::Keystore& keystore, const std::string& name) {
  auto secret = keystore.find_secret(name);
  if (!secret) throw Trouble("the keystore lacks the server's own keys", exit_codes::key);
  return std::move(*secret);
}

// The first epoch of the log has the key "log"; each later one a key under its own origin's name.
crypto::SigningKey log_key_of(store::Keystore& keystore, const std::string& origin) {
  auto own = keystore.find_secret(log_secret_name(origin));
  return crypto::SigningKey(own ? std::move(*own) : server_secret(keystore, "log"));
}

std::string read_text(const std::filesystem::path& file) {
  const auto text = crypto::read_file(file, small_file_bytes_max);
  if (!text) {
    throw Trouble("missing: " + file.filename().string(), exit_codes::database);
  }
  return *text;
}

handlers::Installation read_installation(const Config& config, const crypto::Secret& root_key,
                                         store::Keystore& keystore,
                                         const crypto::SigningKey& log_key) {
  const std::string ca_pem = read_text(config.ca_file());
  const auto facts = crypto::read_certificate(ca_pem);
  if (!facts) throw Trouble("the CA certificate does not parse", exit_codes::database);
  const crypto::NoteVerifier verifier{config.audit.origin, log_key.public_key()};
  return {server_secret(keystore, "ca"),      ca_pem,
          crypto::base32(facts->fingerprint), verifier.text(),
          config.certificates.client_days,    config.reports.small_cell_min,
          access::Pseudonyms(root_key)};
}

rpc::RateLimits rate_limits(const Config::Limits& limits) {
  const double strangers = limits.unidentified_calls_per_minute;
  return {rpc::RateLimit({limits.calls_per_second, limits.calls_burst}),
          rpc::RateLimit({limits.lookups_per_hour / 3600, limits.lookups_per_hour}),
          rpc::RateLimit({strangers / 60, strangers}),
          rpc::RateLimit({limits.calls_per_second * 2, limits.calls_burst * 2}), 0};
}

rpc::Witnessed witnessed(const Config::Audit& audit) {
  return audit.witness_required ? rpc::Witnessed(audit.witness_alarm_seconds) : rpc::Witnessed();
}

// Keys, CA and files; everything but the content of the database.
void make_keys(const Config& config, Instant now) {
  make_directory(config.paths.data_directory);
  make_directory(config.paths.keystore_directory);
  make_directory(config.paths.key_directory);
  make_directory(config.paths.checkpoint_file.parent_path());
  demand_directories(config.paths);
  crypto::write_key_file(config.root_key_file(), crypto::random_secret(32));
  crypto::write_key_file(config.epoch_key_file(1), crypto::random_secret(32));
  const crypto::Secret root_key = read_key(config.root_key_file());
  store::Keystore keystore = open_keystore(config, root_key, store::OpenMode::create);
  const crypto::Secret ca_key = crypto::generate_private_key();
  const std::string ca = crypto::make_ca_certificate(ca_key, "SSPF-server " + config.audit.origin,
                                                     seconds_of(now), ca_days);
  crypto::replace_file(config.ca_file(), ca, 0644);
  keystore.put_secret("ca", ca_key);
  keystore.put_secret("tls", crypto::generate_private_key());
  keystore.put_secret("log", crypto::SigningKey::generate().seed());
}

}  // namespace

std::string log_secret_name(const std::string& origin) {
  return std::string(log_secret_prefix) + origin;
}

crypto::Secret read_key(const std::filesystem::path& file) {
  auto read = crypto::read_key_file(file);
  if (const auto* trouble = std::get_if<crypto::KeyFileTrouble>(&read)) {
    throw Trouble(fmt::format("{}: {}", file.filename().string(), trouble->text), exit_codes::key);
  }
  return std::get<crypto::Secret>(std::move(read));
}

std::string create_installation(const NewInstallation& wanted, const Clock& clock) {
  const Config& config = wanted.config;
  if (std::filesystem::exists(config.root_key_file()) ||
      std::filesystem::exists(config.database_file())) {
    throw Trouble("there is an installation here already", exit_codes::config);
  }
  if (std::filesystem::exists(config.paths.checkpoint_file)) {
    throw Trouble(config.paths.checkpoint_file.string() + ": there is a checkpoint here already",
                  exit_codes::config);
  }
  demand_directories(config.paths);
  const Instant now = clock();
  try {
    make_keys(config, now);
    const crypto::Secret root_key = read_key(config.root_key_file());
    store::Keystore keystore = open_keystore(config, root_key, store::OpenMode::existing);
    store::Database database(config.database_file().string(), root_key, keystore,
                             store::OpenMode::create);
    const auto facts = crypto::read_certificate(read_text(config.ca_file()));
    const auto code = handlers::make_enrolment_code(crypto::base32(facts->fingerprint), now);
    store::found(database,
                 {wanted.administrator_handle, wanted.administrator_name, code.hash,
                  code.expires_at, config.audit.origin},
                 audit::describe_own_act("server/init", 0), now);
    const crypto::SigningKey log_key(server_secret(keystore, "log"));
    audit::Checkpointer(database, log_key, config.audit.origin, config.paths.checkpoint_file)
        .sign_if_due();
    return code.text;
  } catch (const std::filesystem::filesystem_error& error) {
    throw Trouble(error.what(), exit_codes::config);
  }
}

OpenInstallation::OpenInstallation(const Config& config, Clock clock, CheckLog check_log)
    : config_(config),
      clock_(std::move(clock)),
      lock_(config.paths.data_directory),
      root_key_(read_key(config.root_key_file())),
      keystore_(open_keystore(config, root_key_, store::OpenMode::existing)),
      database_(open_database(config, root_key_, keystore_)),
      log_key_(log_key_of(keystore_, config.audit.origin)),
      installation_(read_installation(config, root_key_, keystore_, log_key_)),
      authority_(installation_.pseudonyms),
      request_key_(crypto::derive(root_key_, "sspf/request/v1")),
      rate_limits_(rate_limits(config.limits)),
      checkpointer_(database_, log_key_, config.audit.origin, config.paths.checkpoint_file),
      services_{database_,    authority_, installation_, request_key_,
                rate_limits_, metrics_,   clock_,        witnessed(config.audit)} {
  if (check_log == CheckLog::no) return;
  this->check_log();
  finish_disposal();
}

void OpenInstallation::check_log() {
  const std::string trouble = log_trouble();
  if (!trouble.empty()) throw Trouble(trouble, exit_codes::log);
}

bool OpenInstallation::has_unfinished_disposal() {
  return !keystore_.is_settled_without(database_.destroyed_keys());
}

void OpenInstallation::finish_disposal() {
  try {
    if (!has_unfinished_disposal()) return;
    keystore_.destroy(database_.destroyed_keys());
  } catch (const Fault& fault) {
    throw Trouble(fmt::format("the keys cannot be brought to one epoch, as a disposal needs: {}",
                              fault.what()),
                  exit_codes::key);
  }
  try {
    rpc::record_own_act(services_, "server/disposal_finished", 0);
  } catch (const Fault& fault) {
    throw Trouble(fmt::format("server/disposal_finished cannot be logged: {}", fault.what()),
                  exit_codes::commit);
  }
}

std::string OpenInstallation::log_trouble() {
  try {
    const std::string origin = database_.log_epoch().origin;
    if (origin != config_.audit.origin) {
      return fmt::format("audit.origin is not the name of this database's log, which is {}",
                         origin);
    }
    return audit::log_trouble(
        database_, checkpointer_.verifier(),
        crypto::read_file(config_.paths.checkpoint_file, small_file_bytes_max));
  } catch (const std::exception& error) {
    return error.what();
  }
}

OpenInstallation::ServerIdentity OpenInstallation::server_identity() {
  const auto file = config_.paths.data_directory / "server.pem";
  crypto::Secret key = server_secret(keystore_, "tls");
  const std::int64_t now = seconds_of(clock_());
  std::string certificate = crypto::read_file(file, small_file_bytes_max).value_or("");
  const auto facts = crypto::read_certificate(certificate);
  const bool due = !facts || facts->not_after_seconds < now + renewal_days * day_seconds;
  if (due) {
    certificate = crypto::issue_server_certificate(
        installation_.ca_private_key_pem, installation_.ca_certificate_pem, key,
        config_.listen.hosts, now, config_.certificates.server_days);
    crypto::replace_file(file, certificate, 0644);
  }
  return {certificate + installation_.ca_certificate_pem, std::move(key),
          installation_.ca_certificate_pem};
}

}  // namespace sspf
