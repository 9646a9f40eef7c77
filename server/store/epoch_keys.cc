// SPDX-License-Identifier: Apache-2.0
#include "server/store/epoch_keys.h"

#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "crypto/key_file.h"
#include "crypto/random.h"
#include "server/base/fault.h"

namespace sspf::store {
namespace {

constexpr std::string_view prefix = "epoch-";
constexpr std::string_view suffix = ".key";
// A key file that is not whole yet, and one that is not whole any more. Neither wraps anything: the
// first is renamed before it is used, the second is renamed once nothing needs it.
constexpr std::string_view unfinished = ".key.new";
constexpr std::string_view condemned = ".key.old";

// "epoch-7.key" -> 7.
std::optional<std::uint32_t> epoch_in(std::string_view name) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(suffix.size());
  std::uint32_t epoch = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), epoch);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return epoch;
}

std::vector<std::filesystem::path> remains_in(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> remains;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    if (name.ends_with(unfinished) || name.ends_with(condemned)) remains.push_back(entry.path());
  }
  return remains;
}

std::filesystem::path with(const std::filesystem::path& key_file, std::string_view ending) {
  std::filesystem::path path = key_file;
  return path.replace_extension().concat(ending);
}

// What the operating system says, as the store says it.
template <typename Act>
void as_fault(const Act& act) {
  try {
    act();
  } catch (const std::system_error& error) {
    throw Fault(error.what());
  }
}

}  // namespace

EpochKeys::EpochKeys(std::filesystem::path directory) : directory_(std::move(directory)) {
  as_fault([&] {
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      const auto epoch = epoch_in(entry.path().filename().string());
      if (!epoch) continue;
      auto read = crypto::read_key_file(entry.path());
      if (const auto* trouble = std::get_if<crypto::KeyFileTrouble>(&read)) {
        throw Fault(trouble->text);
      }
      keys_.emplace(*epoch, std::get<crypto::Secret>(std::move(read)));
    }
  });
  if (keys_.empty()) throw Fault("there is no epoch key");
}

std::filesystem::path EpochKeys::file_of(std::uint32_t epoch) const {
  return directory_ / (std::string(prefix) + std::to_string(epoch) + std::string(suffix));
}

const crypto::Secret& EpochKeys::key(std::uint32_t epoch) const {
  const auto found = keys_.find(epoch);
  if (found == keys_.end()) {
    throw Fault("the keystore needs epoch key " + std::to_string(epoch) + ", which is not there");
  }
  return found->second;
}

bool EpochKeys::is_settled() const { return keys_.size() == 1 && remains_in(directory_).empty(); }

void EpochKeys::make_next() {
  const std::uint32_t epoch = newest() + 1;
  crypto::Secret key = crypto::random_secret(32);
  as_fault([&] {
    const std::filesystem::path whole = file_of(epoch);
    const std::filesystem::path temporary = with(whole, unfinished);
    crypto::destroy_file(temporary);
    crypto::write_key_file(temporary, key);
    crypto::rename_file(temporary, whole);
  });
  keys_.emplace(epoch, std::move(key));
}

void EpochKeys::destroy_older() {
  as_fault([&] {
    while (keys_.size() > 1) {
      const std::filesystem::path file = file_of(keys_.begin()->first);
      crypto::rename_file(file, with(file, condemned));
      keys_.erase(keys_.begin());
    }
    for (const auto& file : remains_in(directory_)) crypto::destroy_file(file);
  });
}

}  // namespace sspf::store
