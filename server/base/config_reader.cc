// SPDX-License-Identifier: Apache-2.0
#include "server/base/config_reader.h"

#include <arpa/inet.h>

#include <algorithm>

#include "crypto/text.h"

namespace sspf {
namespace {

std::size_t line_where(const toml::node& node) { return node.source().begin.line; }

bool is_ip_address(const std::string& text) {
  in_addr version_4{};
  if (inet_pton(AF_INET, text.c_str(), &version_4) == 1) return true;
  // "fe80::1%eth0": an address of the local link is one only together with its link.
  in6_addr version_6{};
  return inet_pton(AF_INET6, text.substr(0, text.find('%')).c_str(), &version_6) == 1;
}

}  // namespace

void ConfigReader::open(const std::string& name) {
  name_ = name;
  table_ = nullptr;
  toml::node* node = root_.get(name);
  if (node == nullptr) return;
  lines_[name] = line_where(*node);
  table_ = node->as_table();
  if (table_ != nullptr) return;
  wrong_.insert(name);
  complain_at(line_where(*node), name + " must be a table");
  root_.erase(name);
}

void ConfigReader::text(const std::string& key, std::string& value) {
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

void ConfigReader::required_path(const std::string& key, std::filesystem::path& value) {
  path(key, value);
  demand(key);
}

void ConfigReader::texts(const std::string& key, std::vector<std::string>& values) {
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

void ConfigReader::flag(const std::string& key, bool& value) {
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

void ConfigReader::witnesses(const std::string& key, std::vector<Config::Witness>& values) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  if (array == nullptr || array->size() > config_witnesses_max) {
    complain(*node, key, fmt::format("must be at most {} tables", config_witnesses_max));
  } else {
    for (const toml::node& each : *array) read_witness(each, key, values);
  }
  table_->erase(key);
}

void ConfigReader::close() {
  if (table_ == nullptr) return;
  for (const auto& [key, node] : *table_) complain(node, std::string(key.str()), "is unknown");
  root_.erase(name_);
}

void ConfigReader::finish() {
  for (const auto& [key, node] : root_) {
    complain_at(line_where(node), std::string(key.str()) + " is unknown");
  }
}

void ConfigReader::read_witness(const toml::node& node, const std::string& name,
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

const toml::node* ConfigReader::find(const std::string& key) {
  const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
  if (node != nullptr) lines_[name_ + "." + key] = line_where(*node);
  return node;
}

void ConfigReader::demand(const std::string& key) {
  const std::string name = name_ + "." + key;
  // Of a table that is none, that has been said.
  if (!is_given(name) && !is_wrong(name)) complain_of({name}, name + " is missing");
}

void ConfigReader::complain(const toml::node& node, const std::string& key,
                            const std::string& what) {
  wrong_.insert(name_ + "." + key);
  complain_at(line_where(node), fmt::format("{}.{} {}", name_, key, what));
}

void ConfigReader::complain_at(std::size_t line, const std::string& what) {
  trouble_.push_back(line == 0 ? what : fmt::format("line {}: {}", line, what));
}

bool ConfigReader::is_wrong(const std::string& name) const {
  return std::any_of(wrong_.begin(), wrong_.end(), [&name](const std::string& wrong) {
    return wrong == name || wrong.starts_with(name + ".") || name.starts_with(wrong + ".");
  });
}

void ConfigReader::complain_of(const std::vector<std::string>& names, const std::string& what) {
  for (const std::string& name : names) {
    if (is_given(name)) return complain_at(lines_.at(name), what);
  }
  const std::string table = names.front().substr(0, names.front().find('.'));
  complain_at(is_given(table) ? lines_.at(table) : 0, what);
}

std::optional<std::string> ConfigReader::take(const std::string& key, const std::string& must,
                                              const std::function<bool(const std::string&)>& may) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  auto read = node->value<std::string>();
  if (!read || !may(*read)) {
    complain(*node, key, must);
    read.reset();
  }
  table_->erase(key);
  return read;
}

void ConfigReader::path(const std::string& key, std::filesystem::path& value) {
  const auto read = take(key, "must be an absolute path", [](const std::string& text) {
    return std::filesystem::path(text).is_absolute();
  });
  if (read) value = *read;
}

void ConfigReader::required_log_name(const std::string& key, std::string& value) {
  const auto read = take(key, "must be a text without spaces and plus signs",
                         [](const std::string& text) { return crypto::is_key_name(text); });
  if (read) value = *read;
  demand(key);
}

void ConfigReader::ip_address(const std::string& key, std::string& value) {
  const auto read = take(key, "must be an IP address", is_ip_address);
  if (read) value = *read;
}

void ConfigReader::web_address(const std::string& key, std::optional<WebAddress>& value) {
  const auto read =
      take(key, "must be https://..., or http:// on this machine",
           [](const std::string& text) { return WebAddress::parse(text).has_value(); });
  if (read) value = WebAddress::parse(*read);
}

void ConfigReader::smtp_address(const std::string& key, std::optional<SmtpAddress>& value) {
  const auto read =
      take(key, "must be smtp://host:port or smtps://host:port",
           [](const std::string& text) { return SmtpAddress::parse(text).has_value(); });
  if (read) value = SmtpAddress::parse(*read);
}

void ConfigReader::mail_address(const std::string& key, std::string& value) {
  const auto read = take(key, "must be an address of mail", is_mail_address);
  if (read) value = *read;
}

void ConfigReader::mail_addresses(const std::string& key, std::vector<std::string>& values) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  std::vector<std::string> read;
  const toml::array* array = node->as_array();
  if (array != nullptr) {
    for (const toml::node& each : *array) read.push_back(each.value_or<std::string>(""));
  }
  const bool is_good = !read.empty() && read.size() <= config_receivers_max &&
                       std::all_of(read.begin(), read.end(), is_mail_address);
  if (is_good) {
    values = std::move(read);
  } else {
    complain(*node, key, fmt::format("must be 1 to {} addresses of mail", config_receivers_max));
  }
  table_->erase(key);
}

}  // namespace sspf
