// SPDX-License-Identifier: Apache-2.0
#include "server/base/config_reader.h"

#include <algorithm>

namespace sspf {

void ConfigReader::open(const std::string& name) {
  name_ = name;
  table_ = root_[name].as_table();
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

const toml::node* ConfigReader::find(const std::string& key) const {
  return table_ == nullptr ? nullptr : table_->get(key);
}
void ConfigReader::complain(const toml::node& node, const std::string& key,
                            const std::string& what) {
  trouble_.push_back(fmt::format("line {}: {}.{} {}", node.source().begin.line, name_, key, what));
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
