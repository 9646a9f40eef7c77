// SPDX-License-Identifier: Apache-2.0
#include "client/cli/context.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>

#include "client/cli/failure.h"
#include "client/cli/language.h"
#include "client/cli/new_file.h"
#include "crypto/key_file.h"

namespace sspf::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t context_file_bytes_max = std::size_t{64} * 1024;
constexpr unsigned private_mode = 0600;

// Where nothing is found, and nothing can be made: below a device there is no folder.
constexpr const char* nowhere = "/dev/null/sspf";

fs::path folder(const char* own_variable, const char* xdg_variable, const char* below_home) {
  const char* const own = std::getenv(own_variable);
  if (own != nullptr && *own != '\0') return own;
  const char* const xdg = std::getenv(xdg_variable);
  // The XDG specification ignores a relative path.
  if (xdg != nullptr && *xdg == '/') return fs::path(xdg) / "sspf";
  const char* const home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return nowhere;
  return fs::path(home) / below_home / "sspf";
}

std::string content(const fs::path& path) {
  return crypto::read_file(path, context_file_bytes_max).value_or("");
}

json json_in(const fs::path& path) {
  json parsed = json::parse(content(path), nullptr, false);
  return parsed.is_object() ? parsed : json::object();
}

std::string text_in(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Makes the folder and its parents; what is made is open to its owner only.
void make_private_folder(const fs::path& path) {
  if (path.empty() || fs::exists(path)) return;
  make_private_folder(path.parent_path());
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    throw local_failure(tr("A folder for contexts cannot be made."));
  }
}

// The key is encrypted, but a file that others can read is still theirs to guess at.
void refuse_open_file(const fs::path& path) {
  struct stat facts {};
  if (lstat(path.c_str(), &facts) != 0) return;
  const bool is_private = S_ISREG(facts.st_mode) && (facts.st_mode & 077U) == 0;
  if (!is_private || facts.st_uid != geteuid()) {
    throw local_failure(
        tr("The key file is open to other users, or is not a plain file of yours. Make it private "
           "with chmod 600, and renew the certificate if others may have read it."));
  }
}

bool is_of(const std::string& checkpoint_note, const crypto::NoteVerifier& log) {
  const auto checkpoint = crypto::checkpoint_in(checkpoint_note);
  return checkpoint && checkpoint->origin == log.name;
}

}  // namespace

ServerAddress Context::address() const {
  const auto address = ServerAddress::parse(server);
  if (!address) throw local_failure(fill(tr("The context {0} is damaged."), {name}));
  return *address;
}

std::string Context::certificate_pem() const { return pem_block(identity_pem, "CERTIFICATE"); }
std::string Context::key_pem() const { return pem_block(identity_pem, "ENCRYPTED PRIVATE KEY"); }

ContextStore ContextStore::of_user() {
  return {folder("SSPF_CONFIG_DIR", "XDG_CONFIG_HOME", ".config"),
          folder("SSPF_STATE_DIR", "XDG_STATE_HOME", ".local/state")};
}

ContextStore::ContextStore(fs::path config, fs::path state)
    : config_(std::move(config)), state_(std::move(state)) {}

Preferences ContextStore::preferences() const {
  // Help and the like need no folder.
  if (config_ == nowhere) return {};
  const json file = json_in(config_ / "config.json");
  return {text_in(file, "context"), text_in(file, "output"), text_in(file, "lang")};
}

std::vector<std::string> ContextStore::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(contexts_folder(), error)) {
    const std::string name = entry.path().filename();
    if (is_context_name(name) && has(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool ContextStore::has(const std::string& name) const {
  std::error_code error;
  return is_context_name(name) && fs::exists(folder_of(name) / "context.json", error);
}

Context ContextStore::load(const std::string& name) const {
  if (!has(name)) {
    throw not_signed_in_failure(
        tr("There is no such context. See `sspf context list`, or sign in with `sspf enroll`."));
  }
  const fs::path place = folder_of(name);
  refuse_open_file(place / "identity.pem");
  const json file = json_in(place / "context.json");
  return {name,
          text_in(file, "server"),
          text_in(file, "account"),
          content(place / "ca.pem"),
          content(place / "identity.pem"),
          text_in(file, "log_verifier_key")};
}

void ContextStore::save(const Context& context) const {
  const fs::path place = folder_of(context.name);
  make_private_folder(place);
  crypto::replace_file(place / "ca.pem", context.ca_pem, private_mode);
  crypto::replace_file(place / "identity.pem", context.identity_pem, private_mode);
  const json file{{"server", context.server},
                  {"account", context.account},
                  {"log_verifier_key", context.log_verifier_key}};
  // Last: a context without this file does not exist.
  crypto::replace_file(place / "context.json", file.dump(2) + "\n", private_mode);
}

void ContextStore::prove_writable(const std::string& name) const {
  constexpr std::size_t identity_bytes = 8192;
  const fs::path place = folder_of(name);
  try {
    make_private_folder(place);
    const fs::path attempt = place / "identity.pem.attempt";
    fs::remove(attempt);  // of a run that was cut short
    NewFile(attempt).write_all(std::string(identity_bytes, '\n'));
    std::error_code error;  // it may hold what such a run had saved
    fs::remove(place, error);
    fs::remove(place.parent_path(), error);
  } catch (const std::exception&) {
    throw local_failure(
        tr("The folder for contexts cannot be written, so nothing was sent. The "
           "enrolment code can still be used."));
  }
}

void ContextStore::remove(const std::string& name) const {
  fs::remove_all(folder_of(name));
  if (state_ != nowhere) fs::remove_all(state_ / name);
  if (preferences().context == name) prefer("");
}

void ContextStore::prefer(const std::string& name) const {
  make_private_folder(contexts_folder().parent_path());
  json file = json_in(config_ / "config.json");
  file["context"] = name;
  crypto::replace_file(config_ / "config.json", file.dump(2) + "\n", private_mode);
}

void ContextStore::replace_identity(const std::string& name,
                                    const std::string& identity_pem) const {
  crypto::replace_file(folder_of(name) / "identity.pem", identity_pem, private_mode);
}

void ContextStore::replace_log_key(const std::string& name, const crypto::NoteVerifier& log) const {
  const fs::path place = folder_of(name) / "context.json";
  json file = json_in(place);
  file["log_verifier_key"] = log.text();
  crypto::replace_file(place, file.dump(2) + "\n", private_mode);
}

std::optional<std::string> ContextStore::checkpoint(const std::string& name) const {
  if (state_ == nowhere) return std::nullopt;
  return crypto::read_file(state_ / name / "checkpoint", context_file_bytes_max);
}

void ContextStore::remember_checkpoint(const std::string& name, const std::string& note) const {
  make_private_folder(state_ / name);
  crypto::replace_file(state_ / name / "checkpoint", note, private_mode);
}

void ContextStore::leave_log(const std::string& name, const crypto::NoteVerifier& log) const {
  const std::string last = checkpoint(name).value_or("");
  // A run that was cut short has remembered the new log's already.
  if (is_of(last, log) || !has_left_log(name, log)) {
    make_private_folder(state_ / name);
    crypto::replace_file(left_checkpoint(name, log), last, private_mode);
  }
}

bool ContextStore::has_left_log(const std::string& name, const crypto::NoteVerifier& log) const {
  std::error_code error;
  return fs::exists(left_checkpoint(name, log), error);
}

bool ContextStore::has_checked_log_within(const std::string& name,
                                          std::chrono::minutes time) const {
  std::error_code error;
  const auto written = fs::last_write_time(state_ / name / "checkpoint", error);
  if (error) return false;
  const auto ago = fs::file_time_type::clock::now() - written;
  return ago >= ago.zero() && ago < time;
}

fs::path ContextStore::left_checkpoint(const std::string& name,
                                       const crypto::NoteVerifier& log) const {
  return state_ / name / fmt::format("checkpoint-{:08x}", log.key_id());
}

fs::path ContextStore::folder_of(const std::string& name) const { return contexts_folder() / name; }

fs::path ContextStore::contexts_folder() const {
  if (config_ == nowhere) {
    throw local_failure(
        tr("It is not known where your contexts lie: none of HOME, XDG_CONFIG_HOME and "
           "SSPF_CONFIG_DIR is set."));
  }
  return config_ / "contexts";
}

bool is_context_name(const std::string& name) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !name.empty() && name.size() <= 40 && name[0] != '.' && name[0] != '-' &&
         name.find_first_not_of(letters) == std::string::npos;
}

std::string pem_block(const std::string& text, const std::string& label) {
  const std::string last_line = "-----END " + label + "-----";
  const auto begin = text.find("-----BEGIN " + label + "-----");
  if (begin == std::string::npos) return "";
  const auto end = text.find(last_line, begin);
  if (end == std::string::npos) return "";
  return text.substr(begin, end - begin + last_line.size()) + "\n";
}

}  // namespace sspf::cli
