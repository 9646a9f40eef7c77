// SPDX-License-Identifier: Apache-2.0
#include "witness/state.h"

#include <fmt/format.h>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/key_file.h"
#include "crypto/merkle.h"
#include "server/trouble.h"
#include "witness/request.h"

namespace sspf::witness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_bytes_max = std::size_t{64} * 1024;
constexpr std::string_view key_ending = ".log";
constexpr std::string_view checkpoint_ending = ".checkpoint";
constexpr std::string_view dispute_ending = ".disputed";

std::string file_name_of(const std::string& origin) {
  return crypto::hex(crypto::sha256(crypto::view_of(origin)));
}

fs::path with_ending(const fs::path& file, std::string_view ending) {
  return fs::path(file).replace_extension(ending);
}

std::string line_in(const fs::path& file) {
  std::string text = crypto::read_file(file, file_bytes_max).value_or("");
  if (!text.ends_with('\n')) {
    throw Trouble("missing or cut off: " + file.filename().string(), exit_codes::key);
  }
  text.pop_back();
  return text;
}

crypto::SigningKey read_signing_key(const fs::path& file) {
  auto read = crypto::read_key_file(file);
  if (const auto* trouble = std::get_if<crypto::KeyFileTrouble>(&read)) {
    throw Trouble(fmt::format("{}: {}", file.filename().string(), trouble->text), exit_codes::key);
  }
  return crypto::SigningKey(std::get<crypto::Secret>(std::move(read)));
}

Trouble wrong_state(const fs::path& file, std::string_view what) {
  return Trouble(fmt::format("{}: {}", file.filename().string(), what), exit_codes::log);
}

// The name and the public key, so that another key under the old name is noticed.
std::string read_name(const fs::path& folder, const crypto::SigningKey& key) {
  const auto verifier = crypto::CosignatureVerifier::parse(line_in(folder / "witness.pub"));
  if (!verifier) throw Trouble("witness.pub does not parse", exit_codes::key);
  if (verifier->key != key.public_key()) {
    throw Trouble("witness.key is not the key of witness.pub", exit_codes::key);
  }
  return verifier->name;
}

// A folder without a key is none of a witness, and gets no lock file either.
const fs::path& existing(const fs::path& folder) {
  if (!fs::exists(folder / "witness.key")) {
    throw Trouble("there is no witness in this folder: sspf-witness init", exit_codes::config);
  }
  return folder;
}

}  // namespace

void State::create(const fs::path& folder, const std::string& name) {
  if (fs::exists(folder / "witness.key")) {
    throw Trouble("there is a witness in this folder already", exit_codes::config);
  }
  const crypto::SigningKey key = crypto::SigningKey::generate();
  const crypto::CosignatureVerifier verifier{name, key.public_key()};
  if (!crypto::CosignatureVerifier::parse(verifier.text())) {
    throw Trouble("a witness's name has no spaces and no plus sign", exit_codes::usage);
  }
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);
  crypto::replace_file(folder / "witness.pub", verifier.text() + "\n", 0600);
  crypto::write_key_file(folder / "witness.key", key.seed());
}

State::State(const fs::path& folder)
    : folder_(existing(folder)), lock_(folder), key_(read_signing_key(folder / "witness.key")) {
  name_ = read_name(folder, key_);
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == key_ending) read_log(entry.path());
  }
  check_strangers();
}

void State::read_log(const fs::path& key_file) {
  const auto key = crypto::NoteVerifier::parse(line_in(key_file));
  if (!key || key_file.stem() != file_name_of(key->name)) {
    throw wrong_state(key_file, "is not the key of a log");
  }
  WatchedLog log{
      *key, {key->name, 0, crypto::merkle::empty_root()}, with_ending(key_file, checkpoint_ending)};
  const auto text = crypto::read_file(log.file, file_bytes_max);
  if (!text) throw wrong_state(log.file, "is missing: what this witness has seen is not known");
  if (!text->empty()) {
    const auto note = crypto::parse_note(*text);
    const auto checkpoint = note ? checkpoint_in(note->text) : std::nullopt;
    if (!checkpoint || checkpoint->origin != key->name || !crypto::verify_note(*note, *key)) {
      throw wrong_state(log.file, "is not a checkpoint of its log");
    }
    if (!crypto::cosigned_at(*note, verifier())) {
      throw wrong_state(log.file, "is not cosigned by this witness");
    }
    log.latest = *checkpoint;
  }
  logs_.emplace(key->name, std::move(log));
}

// A checkpoint whose log is gone was somebody's mistake.
void State::check_strangers() const {
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() != checkpoint_ending) continue;
    if (fs::exists(with_ending(entry.path(), key_ending))) continue;
    throw wrong_state(entry.path(), "is of a log that is not watched");
  }
}

void State::add_log(const crypto::NoteVerifier& key) {
  if (find(key.name) != nullptr) {
    throw Trouble("a log of this name is watched already", exit_codes::config);
  }
  const fs::path file = folder_ / (file_name_of(key.name) + std::string(key_ending));
  const fs::path checkpoint_file = with_ending(file, checkpoint_ending);
  // Empty before the first checkpoint. Written before the key: a log is never without it.
  crypto::replace_file(checkpoint_file, "", 0600);
  crypto::replace_file(file, key.text() + "\n", 0600);
  logs_.emplace(key.name,
                WatchedLog{key, {key.name, 0, crypto::merkle::empty_root()}, checkpoint_file});
}

WatchedLog* State::find(const std::string& origin) {
  const auto found = logs_.find(origin);
  return found == logs_.end() ? nullptr : &found->second;
}

void State::advance(WatchedLog& log, const crypto::Checkpoint& checkpoint,
                    const crypto::Note& cosigned) {
  crypto::replace_file(log.file, crypto::marshal_note(cosigned), 0600);
  log.latest = checkpoint;
}

void State::keep_dispute(const WatchedLog& log, const std::string& request) {
  const fs::path file = with_ending(log.file, dispute_ending);
  if (!fs::exists(file)) crypto::replace_file(file, request, 0600);
}

}  // namespace sspf::witness
