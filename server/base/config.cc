// SPDX-License-Identifier: Apache-2.0
#include "server/base/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace sspf {
namespace {

constexpr std::size_t witnesses_max = 8;

// Reads one table at a time, and takes each setting it knows out of it: what is left is unknown.
class Reader {
 public:
  Reader(toml::table& root, ConfigTrouble& trouble) : root_(root), trouble_(trouble) {}

  void open(const std::string& name) {
    name_ = name;
    table_ = root_[name].as_table();
  }

  template <typename Value>
  void number(const std::string& key, Value& value, double min, double max) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto read = node->value<double>();
    // Not the other way round: no comparison holds for a NaN, which TOML can write.
    const bool is_within = read && *read >= min && *read <= max;
    const bool must_be_whole = std::is_integral_v<Value>;
    if (!is_within || (must_be_whole && *read != std::floor(*read))) {
      complain(*node, key,
               fmt::format("must be a {} from {} to {}", must_be_whole ? "whole number" : "number",
                           min, max));
    } else {
      value = static_cast<Value>(*read);
    }
    table_->erase(key);
  }

  void text(const std::string& key, std::string& value) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto read = node->value<std::string>();
    if (!read || read->empty()) {
      complain(*node, key, "must be a text");
    } else {
      value = *read;
    }
    table_->erase(key);
  }

  void required_path(const std::string& key, std::filesystem::path& value) {
    std::string read;
    text(key, read);
    if (read.empty()) {
      trouble_.push_back(fmt::format("{}.{} is missing", name_, key));
    } else if (!std::filesystem::path(read).is_absolute()) {
      trouble_.push_back(fmt::format("{}.{} must be an absolute path", name_, key));
    } else {
      value = read;
    }
  }

  void texts(const std::string& key, std::vector<std::string>& values) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    std::vector<std::string> read;
    if (array != nullptr) {
      for (const toml::node& each : *array) read.push_back(each.value_or<std::string>(""));
    }
    if (read.empty() || std::find(read.begin(), read.end(), "") != read.end()) {
      complain(*node, key, "must be a list of texts");
    } else {
      values = std::move(read);
    }
    table_->erase(key);
  }

  void flag(const std::string& key, bool& value) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* read = node->as_boolean();
    if (read == nullptr) {
      complain(*node, key, "must be true or false");
    } else {
      value = read->get();
    }
    table_->erase(key);
  }

  // [[audit.witness]]
  void witnesses(const std::string& key, std::vector<Config::Witness>& values) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr || array->size() > witnesses_max) {
      complain(*node, key, fmt::format("must be at most {} tables", witnesses_max));
    } else {
      for (const toml::node& each : *array) read_witness(each, key, values);
    }
    table_->erase(key);
  }

  // What was not taken out is unknown: a misspelt setting must not pass for its default.
  void close() {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_) complain(node, std::string(key.str()), "is unknown");
    root_.erase(name_);
  }

 private:
  void read_witness(const toml::node& node, const std::string& name,
                    std::vector<Config::Witness>& values) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return complain(node, name, "must be a table");
    for (const auto& [key, value] : *table) {
      if (key != "key" && key != "url" && key != "ca_file") {
        complain(value, name + "." + std::string(key.str()), "is unknown");
      }
    }
    const auto text = [table](std::string_view key) {
      return table->get(key) == nullptr ? std::string() : table->get(key)->value_or(std::string());
    };
    auto key = crypto::CosignatureVerifier::parse(text("key"));
    auto url = WebAddress::parse(text("url"));
    const std::filesystem::path ca_file = text("ca_file");
    if (!key) return complain(node, name + ".key", "must be what sspf-witness init printed");
    if (!url) {
      return complain(node, name + ".url", "must be https://..., or http:// on this machine");
    }
    if (table->contains("ca_file") && !ca_file.is_absolute()) {
      return complain(node, name + ".ca_file", "must be an absolute path");
    }
    const auto is_same = [&](const Config::Witness& other) { return other.key.key == key->key; };
    if (std::any_of(values.begin(), values.end(), is_same)) {
      return complain(node, name + ".key", "is given twice");
    }
    values.push_back({*std::move(key), *std::move(url), ca_file});
  }

  const toml::node* find(const std::string& key) const {
    return table_ == nullptr ? nullptr : table_->get(key);
  }
  void complain(const toml::node& node, const std::string& key, const std::string& what) {
    trouble_.push_back(
        fmt::format("line {}: {}.{} {}", node.source().begin.line, name_, key, what));
  }

  toml::table& root_;
  ConfigTrouble& trouble_;
  std::string name_;
  toml::table* table_ = nullptr;
};

void read_tables(Reader& reader, Config& config) {
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
  reader.number("witness_quorum", config.audit.witness_quorum, 1, witnesses_max);
  reader.flag("witness_required", config.audit.witness_required);
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
}

}  // namespace

std::variant<Config, ConfigTrouble> read_config(const std::filesystem::path& file) {
  ConfigTrouble trouble;
  Config config;
  try {
    toml::table root = toml::parse_file(file.string());
    Reader reader(root, trouble);
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
