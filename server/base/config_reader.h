// SPDX-License-Identifier: Apache-2.0
//
// How the file of settings is read: what is wrong is named with its line where it has one, and what
// nobody asks for is unknown.
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "server/base/config.h"

namespace sspf {

inline constexpr std::size_t config_witnesses_max = 8;
inline constexpr std::size_t config_receivers_max = 10;
inline constexpr std::size_t config_bytes_max = std::size_t{1024} * 1024;

// Reads one table at a time, and takes each setting it knows out of it: what is left is unknown.
class ConfigReader {
 public:
  ConfigReader(toml::table& root, ConfigTrouble& trouble) : root_(root), trouble_(trouble) {}

  void open(const std::string& name);

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

  void text(const std::string& key, std::string& value);
  void path(const std::string& key, std::filesystem::path& value);  // absolute
  void required_path(const std::string& key, std::filesystem::path& value);
  // What can name a key in a signed note.
  void required_log_name(const std::string& key, std::string& value);
  void ip_address(const std::string& key, std::string& value);
  void texts(const std::string& key, std::vector<std::string>& values);
  void flag(const std::string& key, bool& value);
  void web_address(const std::string& key, std::optional<WebAddress>& value);
  void smtp_address(const std::string& key, std::optional<SmtpAddress>& value);
  void mail_address(const std::string& key, std::string& value);
  void mail_addresses(const std::string& key, std::vector<std::string>& values);
  // [[audit.witness]]
  void witnesses(const std::string& key, std::vector<Config::Witness>& values);

  // What was not taken out is unknown: a misspelt setting must not pass for its default.
  void close();
  // Likewise of the file as a whole, after its last table.
  void finish();

  // For settings that do not go together, each by its full name, "audit.origin". What is given and
  // wrong by itself has been named, and nothing more is to be said of it.
  bool is_given(const std::string& name) const { return lines_.contains(name); }
  bool is_wrong(const std::string& name) const;
  // Names the line of the first of these settings that is given, or else of its table.
  void complain_of(const std::vector<std::string>& names, const std::string& what);

 private:
  // Takes the text out when it is one that may stand there, and complains otherwise.
  std::optional<std::string> take(const std::string& key, const std::string& must,
                                  const std::function<bool(const std::string&)>& may);
  void read_witness(const toml::node& node, const std::string& name,
                    std::vector<Config::Witness>& values);
  const toml::node* find(const std::string& key);
  void demand(const std::string& key);  // after it was read
  void complain(const toml::node& node, const std::string& key, const std::string& what);
  void complain_at(std::size_t line, const std::string& what);

  toml::table& root_;
  ConfigTrouble& trouble_;
  std::string name_;
  toml::table* table_ = nullptr;
  std::map<std::string, std::size_t> lines_;  // of each table and setting that is given
  std::set<std::string> wrong_;
};

}  // namespace sspf
