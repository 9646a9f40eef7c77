// SPDX-License-Identifier: Apache-2.0
#include "server/base/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "server/base/config_reader.h"

namespace sspf {
namespace {

void read_tables(ConfigReader& reader, Config& config) {
  reader.open("paths");
  reader.required_path("data_directory", config.paths.data_directory);
  reader.required_path("keystore_directory", config.paths.keystore_directory);
  reader.required_path("key_directory", config.paths.key_directory);
  reader.required_path("checkpoint_file", config.paths.checkpoint_file);
  reader.close();
  reader.open("listen");
  reader.text("address", config.listen.address);
  reader.number("port", config.listen.port, 0, 65535);
  reader.number("admin_port", config.listen.admin_port, 0, 65535);
  reader.texts("hosts", config.listen.hosts);
  reader.close();
  reader.open("audit");
  reader.text("origin", config.audit.origin);
  reader.number("checkpoint_seconds", config.audit.checkpoint_seconds, 1, 10);
  reader.witnesses("witness", config.audit.witnesses);
  reader.number("witness_seconds", config.audit.witness_seconds, 1, 3600);
  reader.number("witness_alarm_seconds", config.audit.witness_alarm_seconds, 2, 86400);
  reader.number("witness_quorum", config.audit.witness_quorum, 1, config_witnesses_max);
  reader.flag("witness_required", config.audit.witness_required);
  reader.close();
  reader.open("alerts");
  reader.web_address("webhook_url", config.alerts.webhook_url);
  reader.path("webhook_ca_file", config.alerts.webhook_ca_file);
  reader.path("webhook_secret_file", config.alerts.webhook_secret_file);
  reader.smtp_address("smtp_url", config.alerts.smtp_url);
  reader.path("smtp_ca_file", config.alerts.smtp_ca_file);
  reader.text("smtp_user", config.alerts.smtp_user);
  reader.path("smtp_password_file", config.alerts.smtp_password_file);
  reader.mail_address("mail_from", config.alerts.mail_from);
  reader.mail_addresses("mail_to", config.alerts.mail_to);
  reader.close();
  reader.open("limits");
  reader.number("calls_per_second", config.limits.calls_per_second, 0.1, 1e6);
  reader.number("calls_burst", config.limits.calls_burst, 1, 1e6);
  reader.number("lookups_per_hour", config.limits.lookups_per_hour, 1, 1e6);
  reader.number("unidentified_calls_per_minute", config.limits.unidentified_calls_per_minute, 1,
                1e6);
  reader.number("free_bytes_min", config.limits.free_bytes_min, 0, 1e15);
  reader.close();
  reader.open("certificates");
  reader.number("client_days", config.certificates.client_days, 1, 398);
  reader.number("server_days", config.certificates.server_days, 30, 398);
  reader.close();
  reader.open("reports");
  reader.number("small_cell_min", config.reports.small_cell_min, 3, 100);
  reader.close();
}

// A way for alerts is either whole or not there.
void check_alerts(const Config::Alerts& alerts, ConfigTrouble& trouble) {
  const bool has_webhook = alerts.webhook_url.has_value();
  if (has_webhook && alerts.webhook_secret_file.empty()) {
    trouble.emplace_back("alerts.webhook_url without alerts.webhook_secret_file");
  }
  if (!has_webhook && !(alerts.webhook_secret_file.empty() && alerts.webhook_ca_file.empty())) {
    trouble.emplace_back("settings of a webhook without alerts.webhook_url");
  }
  const bool has_mail = alerts.smtp_url.has_value();
  if (has_mail && alerts.mail_from.empty()) {
    trouble.emplace_back("alerts.smtp_url without alerts.mail_from");
  }
  if (has_mail && alerts.mail_to.empty()) {
    trouble.emplace_back("alerts.smtp_url without alerts.mail_to");
  }
  const bool is_any_set = !alerts.mail_from.empty() || !alerts.mail_to.empty() ||
                          !alerts.smtp_user.empty() || !alerts.smtp_password_file.empty() ||
                          !alerts.smtp_ca_file.empty();
  if (!has_mail && is_any_set) trouble.emplace_back("settings of mail without alerts.smtp_url");
  if (alerts.smtp_user.empty() != alerts.smtp_password_file.empty()) {
    trouble.emplace_back("alerts.smtp_user and alerts.smtp_password_file go together");
  }
}

// Settings that are right by themselves and do not go together.
void check_together(const Config& config, ConfigTrouble& trouble) {
  const Config::Audit& audit = config.audit;
  if (audit.origin.empty()) trouble.emplace_back("audit.origin is missing");
  if (audit.witnesses.empty() && audit.witness_required) {
    trouble.emplace_back("audit.witness_required: no witness is given");
  }
  if (!audit.witnesses.empty() && audit.witness_quorum > audit.witnesses.size()) {
    trouble.emplace_back("audit.witness_quorum is larger than the number of witnesses");
  }
  if (!audit.witnesses.empty() && audit.witness_alarm_seconds < audit.witness_seconds) {
    trouble.emplace_back("audit.witness_alarm_seconds is less than audit.witness_seconds");
  }
  check_alerts(config.alerts, trouble);
}

}  // namespace

std::variant<Config, ConfigTrouble> read_config(const std::filesystem::path& file) {
  ConfigTrouble trouble;
  Config config;
  try {
    toml::table root = toml::parse_file(file.string());
    ConfigReader reader(root, trouble);
    read_tables(reader, config);
    for (const auto& [key, node] : root) {
      trouble.push_back(fmt::format("line {}: {} is unknown", node.source().begin.line, key.str()));
    }
  } catch (const toml::parse_error& error) {
    trouble.push_back(fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  if (trouble.empty()) check_together(config, trouble);
  if (!trouble.empty()) return trouble;
  return config;
}

std::string write_config(const Config& config) {
  return fmt::format(
      "# Settings of sspfd. Every setting and its default: deploy/sspfd.toml.example.\n\n"
      "[paths]\ndata_directory = \"{}\"\nkeystore_directory = \"{}\"\nkey_directory = \"{}\"\n"
      "checkpoint_file = \"{}\"\n\n[listen]\naddress = \"{}\"\nport = {}\nadmin_port = {}\n"
      "hosts = [\"{}\"]\n\n[audit]\norigin = \"{}\"\n",
      config.paths.data_directory.string(), config.paths.keystore_directory.string(),
      config.paths.key_directory.string(), config.paths.checkpoint_file.string(),
      config.listen.address, config.listen.port, config.listen.admin_port,
      fmt::join(config.listen.hosts, "\", \""), config.audit.origin);
}

}  // namespace sspf
