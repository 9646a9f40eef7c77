// SPDX-License-Identifier: Apache-2.0
//
// The command line of sspfd.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sspf {

enum class Command { init, serve, check, new_epoch, reissue_code };

struct Options {
  Command command = Command::serve;
  std::filesystem::path config_file = "/etc/sspf/sspfd.toml";
  // Of `init` alone.
  std::filesystem::path data_directory = "/var/lib/sspf/data";
  std::filesystem::path keystore_directory = "/var/lib/sspf/keystore";
  std::filesystem::path key_directory = "/etc/sspf/keys";
  std::filesystem::path checkpoint_file = "/var/lib/sspf/log/checkpoint";
  std::string origin;  // of `new-epoch`, too
  std::string address = "127.0.0.1";
  std::uint16_t port = 7443;
  std::uint16_t admin_port = 7480;
  std::vector<std::string> hosts = {"localhost", "127.0.0.1"};
  std::string administrator = "administrator";  // of `reissue-code`, too
  // Of `new-epoch` alone.
  std::vector<std::string> approved_by;
  std::filesystem::path known_checkpoint;
};

// Parses, or ends the process with help, the version, or a line that says what is wrong (exit code
// 1).
Options parse_options(int argc, char** argv);

}  // namespace sspf
