// SPDX-License-Identifier: Apache-2.0
//
// sspfd: reads the command line and the settings, and runs one subcommand.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "crypto/key_file.h"
#include "server/base/clock.h"
#include "server/base/ensure.h"
#include "server/base/log.h"
#include "server/installation.h"
#include "server/options.h"
#include "server/programs.h"

namespace {

using namespace sspf;

// Keys are in memory: no core dump, no debugger of another user, no file readable by others.
void protect_process() {
  const rlimit none{0, 0};
  ENSURE(setrlimit(RLIMIT_CORE, &none) == 0);
  ENSURE(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
  umask(0077);
}

Config read_settings(const Options& options) {
  auto read = read_config(options.config_file);
  if (const auto* trouble = std::get_if<ConfigTrouble>(&read)) {
    std::string lines;
    for (const std::string& line : *trouble) {
      lines += fmt::format("\n  {}: {}", options.config_file.filename().string(), line);
    }
    throw Trouble("wrong settings" + lines, exit_codes::config);
  }
  return std::get<Config>(std::move(read));
}

int init(const Options& options) {
  Config config;
  config.paths = {options.data_directory, options.keystore_directory, options.key_directory,
                  options.checkpoint_file};
  config.listen = {options.address, options.port, options.admin_port, options.hosts};
  config.audit.origin = options.origin;
  if (std::filesystem::exists(options.config_file)) {
    throw Trouble("the file of settings exists already", exit_codes::config);
  }
  for (auto* path : {&config.paths.data_directory, &config.paths.keystore_directory,
                     &config.paths.key_directory, &config.paths.checkpoint_file}) {
    *path = std::filesystem::absolute(*path);
  }
  const std::string code =
      create_installation({config, options.administrator, options.administrator}, system_clock());
  std::filesystem::create_directories(std::filesystem::absolute(options.config_file).parent_path());
  crypto::replace_file(options.config_file, write_config(config), 0600);
  fmt::print(stderr,
             "sspfd: the installation is ready.\n"
             "Enrol the administrator '{}' within 24 hours with the code on standard output:\n"
             "  sspf enroll --server {}:{}\n",
             options.administrator, config.listen.hosts.front(), config.listen.port);
  fmt::print("{}\n", code);
  return 0;
}

int run(const Options& options) {
  switch (options.command) {
    case Command::init:
      return init(options);
    case Command::serve:
      return serve(read_settings(options));
    case Command::check:
      return check(read_settings(options));
    case Command::new_epoch:
      return new_epoch(read_settings(options), {options.origin, options.approved_by,
                                                options.known_checkpoint, options.config_file});
  }
  return exit_codes::usage;
}

}  // namespace

int main(int argc, char** argv) {
  use_stockholm_time();
  const Options options = parse_options(argc, argv);
  protect_process();
  start_log();
  try {
    return run(options);
  } catch (const Trouble& trouble) {
    fmt::print(stderr, "sspfd: {}\n", trouble.what());
    return trouble.exit_code;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sspfd: {}\n", error.what());
    return exit_codes::config;
  }
}
