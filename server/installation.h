// SPDX-License-Identifier: Apache-2.0
//
// An installation on disk: made once by create_installation(), opened by OpenInstallation. The
// order of opening is that of trust: root key, keystore, database, log.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "crypto/sign.h"
#include "server/audit/checkpointer.h"
#include "server/base/config.h"
#include "server/handlers/workspace.h"
#include "server/lock.h"
#include "server/rpc/serve.h"
#include "server/store/found.h"
#include "server/trouble.h"

namespace sspf {

struct NewInstallation {
  Config config;
  std::string administrator_handle;
  std::string administrator_name;
};

// Makes directories, keys, CA, database and the first administrator. Returns the enrolment code.
// Throws Trouble; never overwrites anything. Of directories that are there already it changes
// nothing, and before it makes anything it refuses those of data, keystore and keys that are not
// this user's alone.
std::string create_installation(const NewInstallation& wanted, const Clock& clock);

class OpenInstallation {
 public:
  // Throws Trouble. `CheckLog::no` is for `sspfd check`, which wants to say more than the first
  // thing, and changes nothing.
  enum class CheckLog { yes, no };
  OpenInstallation(const Config& config, Clock clock, CheckLog check_log);

  rpc::Services& services() { return services_; }
  audit::Checkpointer& checkpointer() { return checkpointer_; }
  store::Database& database() { return database_; }
  store::Keystore& keystore() { return keystore_; }
  const Metrics& metrics() const { return metrics_; }

  // What CheckLog::yes does at once, and a caller with more questions does in two steps: throws
  // Trouble when the log is not as it was left, and finishes a disposal. Not before everything that
  // is asked vouches for the log: what that destroys does not come back.
  void check_log();
  void finish_disposal();

  // For the TLS listener: a certificate for the configured hosts, made anew when it ends within 30
  // days.
  struct ServerIdentity {
    std::string chain_pem;
    crypto::Secret private_key_pem;
    std::string ca_pem;
  };
  ServerIdentity server_identity();

  // A disposal of cases was cut short after it was committed: keys of disposed cases, or the epoch
  // keys that open their copies, are still there. Opening to serve finishes it; `check` only tells.
  bool has_unfinished_disposal();

  // What is wrong with the log against the checkpoint outside; empty when nothing.
  std::string log_trouble();

 private:
  Config config_;
  Clock clock_;
  InstallationLock lock_;
  crypto::Secret root_key_;
  store::Keystore keystore_;
  store::Database database_;
  crypto::SigningKey log_key_;
  handlers::Installation installation_;
  policy::Authority authority_;
  crypto::Secret request_key_;
  rpc::RateLimits rate_limits_;
  Metrics metrics_;
  audit::Checkpointer checkpointer_;
  rpc::Services services_;
};

// The name in the keystore of the key that signs an epoch of the log, but for the first: "log".
inline constexpr std::string_view log_secret_prefix = "log/";
std::string log_secret_name(const std::string& origin);

// Throws Trouble (key) unless the file is a key that only this user can read.
crypto::Secret read_key(const std::filesystem::path& file);

}  // namespace sspf
