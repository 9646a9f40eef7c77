// SPDX-License-Identifier: Apache-2.0
//
// sspfd: reads the command line and the settings, and runs one subcommand.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

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

// The file of settings of a new installation. It is made before anything else, so that what keeps
// it from being made leaves nothing behind; and it goes again unless the rest is made, too.
class NewSettings {
 public:
  // Throws Trouble, also when there is one.
  explicit NewSettings(const std::filesystem::path& file) : file_(file) {
    const int made = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0) {
      static_cast<void>(close(made));
      return;
    }
    if (errno == EEXIST) throw Trouble("the file of settings exists already", exit_codes::config);
    throw Trouble(fmt::format("the file of settings cannot be made: {}: {}", file.string(),
                              std::generic_category().message(errno)),
                  exit_codes::config);
  }
  ~NewSettings() {
    if (!is_kept_) static_cast<void>(unlink(file_.c_str()));
  }
  NewSettings(const NewSettings&) = delete;
  NewSettings& operator=(const NewSettings&) = delete;

  void write(const Config& config) {
    crypto::replace_file(file_, write_config(config), S_IRUSR | S_IWUSR);
  }
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path file_;
  bool is_kept_ = false;
};

Config wanted_config(const Options& options) {
  Config config;
  config.paths = {options.data_directory, options.keystore_directory, options.key_directory,
                  options.checkpoint_file};
  config.listen = {options.address, options.port, options.admin_port, options.hosts};
  config.audit.origin = options.origin;
  for (auto* path : {&config.paths.data_directory, &config.paths.keystore_directory,
                     &config.paths.key_directory, &config.paths.checkpoint_file}) {
    *path = std::filesystem::absolute(*path);
  }
  return config;
}

int init(const Options& options) {
  const std::filesystem::path file = std::filesystem::absolute(options.config_file);
  std::filesystem::create_directories(file.parent_path());
  NewSettings settings(file);
  settings.write(wanted_config(options));
  // As the server is going to read them: what it would not take makes no installation.
  const Config config = read_settings(options);
  const std::string code =
      create_installation({config, options.administrator, options.administrator}, system_clock());
  settings.keep();
  fmt::print(stderr, "sspfd: the installation is ready.\n");
  print_enrolment_code(config, options.administrator, code);
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
    case Command::reissue_code:
      return reissue_code(read_settings(options), options.administrator);
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
