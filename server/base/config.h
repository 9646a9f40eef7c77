// SPDX-License-Identifier: Apache-2.0
//
// The one file of settings (TOML). Every setting with its default and meaning:
// deploy/sspfd.toml.example.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crypto/cosignature.h"
#include "server/base/smtp_address.h"
#include "server/base/web_address.h"

namespace sspf {

struct Config {
  // Who cosigns the log's checkpoints (c2sp.org/tlog-witness).
  struct Witness {
    crypto::CosignatureVerifier key;
    WebAddress url;                 // its submission prefix
    std::filesystem::path ca_file;  // empty: the machine's own authorities
  };
  struct Paths {
    std::filesystem::path data_directory;      // the database and the public certificates
    std::filesystem::path keystore_directory;  // wrapped keys; backed up apart from the data
    std::filesystem::path key_directory;       // root key and epoch keys; in no backup of the data
    std::filesystem::path checkpoint_file;     // the newest checkpoint, outside the database
  } paths;
  struct Listen {
    std::string address = "127.0.0.1";
    std::uint16_t port = 7443;
    std::uint16_t admin_port = 7480;  // health and metrics, on the loopback address only
    std::vector<std::string> hosts = {"localhost",
                                      "127.0.0.1"};  // names in the server's certificate
  } listen;
  struct Audit {
    std::string origin;  // name of the log, c2sp.org/tlog-checkpoint; never used for another log
    std::uint32_t checkpoint_seconds = 1;
    std::vector<Witness> witnesses;  // at most 8
    std::uint32_t witness_seconds = 10;
    std::uint32_t witness_alarm_seconds = 60;  // without a quorum: an alarm
    std::uint32_t witness_quorum = 1;
    bool witness_required = false;  // export and disposal wait for the quorum
  } audit;
  // Where alerts go out: neither, one or both.
  struct Alerts {
    std::optional<WebAddress> webhook_url;
    std::filesystem::path webhook_ca_file;  // empty: the machine's own authorities
    std::filesystem::path webhook_secret_file;
    std::optional<SmtpAddress> smtp_url;
    std::filesystem::path smtp_ca_file;  // likewise
    std::string smtp_user;               // empty: nobody signs in
    std::filesystem::path smtp_password_file;
    std::string mail_from;
    std::vector<std::string> mail_to;  // at most 10
  } alerts;
  struct Limits {
    double calls_per_second = 20;  // sustained, for each account
    double calls_burst = 60;
    double lookups_per_hour = 20;                // of persons by number, for each account
    double unidentified_calls_per_minute = 10;   // without a certificate, for each address
    std::uint64_t free_bytes_min = 268'435'456;  // below this the server answers `unavailable`
  } limits;
  struct Certificates {
    int client_days = 90;
    int server_days = 365;
  } certificates;
  struct Reports {
    std::uint32_t small_cell_min = 5;  // smaller counts are not shown
  } reports;

  std::filesystem::path database_file() const { return paths.data_directory / "sspf.db"; }
  std::filesystem::path keystore_file() const { return paths.keystore_directory / "keystore.db"; }
  std::filesystem::path root_key_file() const { return paths.key_directory / "root.key"; }
  std::filesystem::path epoch_key_file(std::uint32_t epoch) const {
    return paths.key_directory / ("epoch-" + std::to_string(epoch) + ".key");
  }
  std::filesystem::path ca_file() const { return paths.data_directory / "ca.pem"; }
};

// Everything that is wrong, one line each: "line 12: listen.address must be an IP address". What is
// missing together with its table, and a file that cannot be read, have no line.
using ConfigTrouble = std::vector<std::string>;

std::variant<Config, ConfigTrouble> read_config(const std::filesystem::path& file);

// Replaces audit.origin in a file of settings, and nothing else in it; durable on return. Throws
// std::exception, and has changed nothing, when that cannot be done cleanly.
void replace_log_origin(const std::filesystem::path& file, const std::string& origin);

// The text of a new configuration, as `sspfd init` writes it.
std::string write_config(const Config& config);

}  // namespace sspf
