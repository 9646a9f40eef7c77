// SPDX-License-Identifier: Apache-2.0
//
// The real sspf-witness with a folder of its own, on a port of 127.0.0.1 that it keeps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crypto/cosignature.h"
#include "server/base/http.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace sspf::test {

class WitnessSite {
 public:
  explicit WitnessSite(const std::string& name);

  const crypto::CosignatureVerifier& key() const { return key_; }
  std::filesystem::path state() const { return folder_.path() / "state"; }
  void add_log(const crypto::NoteVerifier& log);

  // Serves until stop() or kill(); the same port each time. Throws std::runtime_error unless it
  // becomes ready.
  void start(const std::vector<std::string>& more_words = {});
  int stop();
  void kill();  // as a power cut

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::string log() const { return program_->err(); }
  Ended run_command(const std::vector<std::string>& words) const;
  // The table of a server's settings that names it.
  std::string settings() const;
  // One add-checkpoint request; nothing when there is no answer.
  std::optional<HttpResponse> ask(const std::string& body) const;

 private:
  Start start_of(const std::vector<std::string>& words) const;

  TemporaryFolder folder_;
  crypto::CosignatureVerifier key_;
  std::unique_ptr<Program> program_;
  std::uint16_t port_ = 0;
};

}  // namespace sspf::test
