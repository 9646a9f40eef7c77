// SPDX-License-Identifier: Apache-2.0
#include "tests/support/witness_site.h"

#include <csignal>
#include <stdexcept>
#include <thread>

#include "server/net/post.h"
#include "tests/places/places.h"

namespace sspf::test {
namespace {}  // namespace

WitnessSite::WitnessSite(const std::string& name) {
  const Ended made = run_command({"init", "--name", name});
  if (made.exit_code != 0) throw std::runtime_error("sspf-witness init: " + made.err);
  key_ = crypto::CosignatureVerifier::parse(made.out.substr(0, made.out.find('\n'))).value();
}

Start WitnessSite::start_of(const std::vector<std::string>& words) const {
  Start start{{(build_folder() / "witness/sspf-witness").string(), "--state", state().string()},
              {}};
  start.words.insert(start.words.end(), words.begin(), words.end());
  return start;
}

Ended WitnessSite::run_command(const std::vector<std::string>& words) const {
  return run(start_of(words));
}

void WitnessSite::add_log(const crypto::NoteVerifier& log) {
  const Ended added = run_command({"add-log", log.text()});
  if (added.exit_code != 0) throw std::runtime_error("sspf-witness add-log: " + added.err);
}

void WitnessSite::start(const std::vector<std::string>& more_words) {
  std::vector<std::string> words = {"serve", "--port", std::to_string(port_)};
  words.insert(words.end(), more_words.begin(), more_words.end());
  program_ = std::make_unique<Program>(start_of(words));
  const auto deadline = std::chrono::steady_clock::now() + ready_time_max;
  const std::string before = " port=\"";
  for (;;) {
    const std::string text = log();
    const auto line = text.find("event=ready");
    const auto at = text.find(before, line);
    if (line != std::string::npos && text.find('\n', line) != std::string::npos) {
      port_ = static_cast<std::uint16_t>(std::stoul(text.substr(at + before.size())));
      return;
    }
    if (std::chrono::steady_clock::now() > deadline ||
        program_->exit_code(std::chrono::milliseconds(0))) {
      throw std::runtime_error("sspf-witness serve: " + text);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

int WitnessSite::stop() {
  program_->signal(SIGTERM);
  return program_->exit_code(stop_time_max).value_or(-1);
}

void WitnessSite::kill() {
  program_->signal(SIGKILL);
  program_->exit_code(stop_time_max);
}

std::string WitnessSite::settings() const {
  return "\n[[audit.witness]]\nkey = \"" + key_.text() + "\"\nurl = \"" + url() + "\"\n";
}

std::optional<HttpResponse> WitnessSite::ask(const std::string& body) const {
  return net::post({WebAddress::parse(url()).value(), ""},
                   {"/add-checkpoint", body, std::chrono::seconds(5)});
}

}  // namespace sspf::test
