// SPDX-License-Identifier: Apache-2.0
#include "server/base/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>

#include "crypto/key_file.h"
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
  reader.ip_address("address", config.listen.address);
  reader.number("port", config.listen.port, 0, 65535);
  reader.number("admin_port", config.listen.admin_port, 0, 65535);
  reader.texts("hosts", config.listen.hosts);
  reader.close();
  reader.open("audit");
  reader.required_log_name("origin", config.audit.origin);
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

// Port 0 is whichever is free, and so never the same one twice.
void check_ports(const Config::Listen& listen, ConfigReader& reader) {
  if (listen.port == 0 || listen.port != listen.admin_port) return;
  if (reader.is_wrong("listen.port") || reader.is_wrong("listen.admin_port")) return;
  reader.complain_of({"listen.admin_port", "listen.port"},
                     "listen.admin_port and listen.port must not be the same port");
}

void check_witnessing(const Config::Audit& audit, ConfigReader& reader) {
  const bool are_witnesses_right = !reader.is_wrong("audit.witness");
  if (are_witnesses_right && audit.witnesses.empty()) {
    if (!audit.witness_required) return;
    return reader.complain_of({"audit.witness_required"},
                              "audit.witness_required: no witness is given");
  }
  if (are_witnesses_right && !reader.is_wrong("audit.witness_quorum") &&
      audit.witness_quorum > audit.witnesses.size()) {
    reader.complain_of({"audit.witness_quorum"},
                       "audit.witness_quorum is larger than the number of witnesses");
  }
  const bool are_times_right =
      !reader.is_wrong("audit.witness_alarm_seconds") && !reader.is_wrong("audit.witness_seconds");
  if (are_times_right && audit.witness_alarm_seconds < audit.witness_seconds) {
    reader.complain_of({"audit.witness_alarm_seconds", "audit.witness_seconds"},
                       "audit.witness_alarm_seconds is less than audit.witness_seconds");
  }
}

// The first of these settings needs the second.
void check_needs(const std::string& name, const std::string& needed, ConfigReader& reader) {
  if (!reader.is_given(name) || reader.is_given(needed)) return;
  reader.complain_of({name}, fmt::format("{} without {}", name, needed));
}

// Settings of a way that has no address.
void check_leads_on(const std::vector<std::string>& settings, const std::string& address,
                    ConfigReader& reader) {
  if (reader.is_given(address)) return;
  const auto is_given = [&reader](const std::string& name) { return reader.is_given(name); };
  if (std::none_of(settings.begin(), settings.end(), is_given)) return;
  const bool is_webhook = address == "alerts.webhook_url";
  reader.complain_of(settings, fmt::format("settings of {} without {}",
                                           is_webhook ? "a webhook" : "mail", address));
}

// A way for alerts is either whole or not there.
void check_ways_of_alerts(ConfigReader& reader) {
  check_needs("alerts.webhook_url", "alerts.webhook_secret_file", reader);
  check_leads_on({"alerts.webhook_secret_file", "alerts.webhook_ca_file"}, "alerts.webhook_url",
                 reader);
  check_needs("alerts.smtp_url", "alerts.mail_from", reader);
  check_needs("alerts.smtp_url", "alerts.mail_to", reader);
  check_leads_on({"alerts.mail_from", "alerts.mail_to", "alerts.smtp_user",
                  "alerts.smtp_password_file", "alerts.smtp_ca_file"},
                 "alerts.smtp_url", reader);
  if (reader.is_given("alerts.smtp_user") != reader.is_given("alerts.smtp_password_file")) {
    reader.complain_of({"alerts.smtp_user", "alerts.smtp_password_file"},
                       "alerts.smtp_user and alerts.smtp_password_file go together");
  }
}

// A text as TOML has it between quotes. What is no UTF-8 stays so, and no reader takes it.
std::string quoted(const std::string& text) {
  std::string written = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      written += fmt::format("\\u{:04X}", byte);
      continue;
    }
    if (c == '"' || c == '\\') written += '\\';
    written += c;
  }
  return written + '"';
}

std::string quoted(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  all.reserve(texts.size());
  for (const std::string& text : texts) all.push_back(quoted(text));
  return fmt::format("[{}]", fmt::join(all, ", "));
}

}  // namespace

std::variant<Config, ConfigTrouble> read_config(const std::filesystem::path& file) {
  ConfigTrouble trouble;
  Config config;
  try {
    const auto text = crypto::read_file(file, config_bytes_max);
    if (!text) return ConfigTrouble{"there is no such file: " + file.string()};
    toml::table root = toml::parse(*text);
    ConfigReader reader(root, trouble);
    read_tables(reader, config);
    reader.finish();
    check_ports(config.listen, reader);
    check_witnessing(config.audit, reader);
    check_ways_of_alerts(reader);
  } catch (const toml::parse_error& error) {
    trouble.push_back(fmt::format("line {}: {}", error.source().begin.line, error.description()));
  } catch (const std::system_error& error) {
    trouble.emplace_back(error.what());
  }
  if (!trouble.empty()) return trouble;
  return config;
}

std::string write_config(const Config& config) {
  return fmt::format(
      "# Settings of sspfd. Every setting and its default: deploy/sspfd.toml.example.\n\n"
      "[paths]\ndata_directory = {}\nkeystore_directory = {}\nkey_directory = {}\n"
      "checkpoint_file = {}\n\n[listen]\naddress = {}\nport = {}\nadmin_port = {}\n"
      "hosts = {}\n\n[audit]\norigin = {}\n",
      quoted(config.paths.data_directory.string()),
      quoted(config.paths.keystore_directory.string()), quoted(config.paths.key_directory.string()),
      quoted(config.paths.checkpoint_file.string()), quoted(config.listen.address),
      config.listen.port, config.listen.admin_port, quoted(config.listen.hosts),
      quoted(config.audit.origin));
}

}  // namespace sspf
