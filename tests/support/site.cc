// SPDX-License-Identifier: Apache-2.0
#include "tests/support/site.h"

#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "crypto/key_file.h"
#include "server/base/clock.h"
#include "tests/places/places.h"
#include "tests/support/tls_client.h"

namespace sspf::test {

using nlohmann::json;

namespace {

constexpr auto origin = "sspf.example/test/audit/1";
constexpr auto wide_limits =
    "\n[limits]\ncalls_per_second = 1000000\ncalls_burst = 1000000\nlookups_per_hour = 1000000\n"
    "unidentified_calls_per_minute = 1000000\nfree_bytes_min = 0\n";

std::string program_file(const std::string& below) { return (build_folder() / below).string(); }

// The value in `name="value"`.
std::uint16_t port_in(const std::string& line, const std::string& name) {
  const std::string before = " " + name + "=\"";
  const auto at = line.find(before);
  if (at == std::string::npos) throw std::runtime_error("no " + name + " in: " + line);
  return static_cast<std::uint16_t>(std::stoul(line.substr(at + before.size())));
}

Start under_program(const Words& under, Start start) {
  start.words.insert(start.words.begin(), under.begin(), under.end());
  // The leak sanitizer traces its own process, which can have one tracer only.
  if (!under.empty()) start.environment["ASAN_OPTIONS"] = "detect_leaks=0";
  return start;
}

Words in_json(Words words) {
  words.insert(words.end(), {"--output", "json"});
  return words;
}

std::runtime_error not_as_expected(const Words& words, const Ended& ended) {
  std::string command = "sspf";
  for (const std::string& word : words) command += " " + word;
  return std::runtime_error(command + ": " + whole(ended));
}

}  // namespace

std::string whole(const Ended& ended) {
  return "exit " + std::to_string(ended.exit_code) + "\n" + ended.out + "\n" + ended.err;
}

void write_private(const std::filesystem::path& file, const std::string& content) {
  crypto::replace_file(file, content, 0600);
}

std::string read_whole(const std::filesystem::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

Site::Site() {
  use_stockholm_time();  // for what a test opens of it in its own process
  const std::string base = folder().string();
  const Ended made =
      sspfd({"init", "--origin", origin, "--port", "0", "--admin-port", "0", "--data",
             base + "/data", "--keystore", base + "/keystore", "--keys", base + "/keys",
             "--checkpoint", base + "/log/checkpoint", "--administrator", "root"});
  if (made.exit_code != 0) throw std::runtime_error("sspfd init: " + made.err);
  code_ = made.out.substr(0, made.out.find('\n'));
  write_private(config_file(), read_whole(config_file()) + wide_limits);
}

Config Site::config() const { return std::get<Config>(read_config(config_file())); }

Start Site::start_of(const Words& words) const {
  Start start{{program_file("server/sspfd"), "--config", config_file().string()}, {}};
  start.words.insert(start.words.end(), words.begin(), words.end());
  return start;
}

Ended Site::sspfd(const Words& words) const { return run(start_of(words)); }

void Site::edit(const std::string& old, const std::string& replacement) const {
  std::string text = read_whole(config_file());
  const auto at = text.find(old);
  if (at == std::string::npos) throw std::runtime_error("not in the settings: " + old);
  write_private(config_file(), text.replace(at, old.size(), replacement));
}

SiteServer::SiteServer(const Site& site, const Words& under)
    : program_(under_program(under, site.start_of({"serve"}))) {}

SiteServer::SiteServer(const Site& site) : SiteServer(site, Words()) {
  if (!becomes_ready()) throw std::runtime_error("sspfd serve: " + log());
}

bool SiteServer::becomes_ready() {
  const auto deadline = std::chrono::steady_clock::now() + ready_time_max;
  while (std::chrono::steady_clock::now() < deadline) {
    const bool has_ended = program_.exit_code(std::chrono::milliseconds(0)).has_value();
    const std::string text = log();
    const auto at = text.find("event=ready");
    const auto end = text.find('\n', at);
    if (at != std::string::npos && end != std::string::npos) {
      port_ = port_in(text.substr(at, end - at), "port");
      admin_port_ = port_in(text.substr(at, end - at), "admin_port");
      return true;
    }
    if (has_ended) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

int SiteServer::stop() {
  program_.signal(SIGTERM);
  return program_.exit_code(stop_time_max).value_or(-1);
}

std::string SiteServer::ask_admin(const std::string& path) const {
  TcpClient client(admin_port_, "127.0.0.1");
  client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return client.read_to_end();
}

std::uint64_t SiteServer::metric(const std::string& name) const {
  const std::string text = ask_admin("/metrics");
  const std::string before = "\n" + name + " ";
  const auto at = text.find(before);
  if (at == std::string::npos) throw std::runtime_error("no metric " + name);
  return static_cast<std::uint64_t>(std::stod(text.substr(at + before.size())));
}

Person::Person(const Site& site, std::string handle)
    : folder_(site.folder() / "people" / handle),
      passphrase_file_(site.folder() / "people" / (handle + ".passphrase")) {
  std::filesystem::create_directories(folder_);
  write_private(passphrase_file_, std::string(person_passphrase) + "\n");
}

Ended Person::sspf(const Words& words) const {
  Start start{{program_file("client/cli/sspf")},
              {{"SSPF_CONFIG_DIR", folder_.string()},
               {"XDG_STATE_HOME", (folder_ / "state").string()},
               {"SSPF_STATE_DIR", ""},
               {"SSPF_PASSPHRASE_FILE", passphrase_file_.string()},
               {"SSPF_LANG", "en"},
               {"SSPF_OUTPUT", ""},
               {"SSPF_CONTEXT", ""}}};
  start.words.insert(start.words.end(), words.begin(), words.end());
  return run(start);
}

json Person::did(const Words& words) const {
  const Ended ended = sspf(in_json(words));
  if (ended.exit_code != 0 || !ended.err.empty()) throw not_as_expected(words, ended);
  return json::parse(ended.out);
}

json Person::refused(int exit_code, const Words& words) const {
  const Ended ended = sspf(in_json(words));
  if (ended.exit_code != exit_code || !ended.out.empty()) throw not_as_expected(words, ended);
  json error = json::parse(ended.err).at("error");
  if (error.at("exit") != exit_code) throw not_as_expected(words, ended);
  return error;
}

Ended Person::enroll(const std::string& address, const std::string& code) const {
  const auto file = folder_ / "code";
  write_private(file, code + "\n");
  return sspf({"enroll", "--server", address, "--code-file", file.string()});
}

void Person::point_to(const std::string& address) const {
  const auto file = folder_ / "contexts" / "localhost" / "context.json";
  auto context = json::parse(read_whole(file));
  context["server"] = address;
  write_private(file, context.dump());
}

}  // namespace sspf::test
