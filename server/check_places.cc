// SPDX-License-Identifier: Apache-2.0
#include "server/check_places.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "server/alert_delivery.h"

namespace sspf {
namespace {

struct Directory {
  std::string_view name;
  const std::filesystem::path& path;
  int exit_code;
};

}  // namespace

void look_at_alerts(const Config& config, Findings& findings) {
  findings.look(exit_codes::config, [&] {
    const AlertTargets targets = alert_targets_of(config);
    if (targets.webhook) {
      findings.good("alerts go to " + targets.webhook->destination.address.text());
    }
    if (targets.mail) {
      findings.good("alerts go by mail through " + targets.mail->server.address.text());
    }
  });
}

void look_at_directories(const Config& config, Findings& findings) {
  namespace fs = std::filesystem;
  const std::array<Directory, 3> directories{
      {{"data", config.paths.data_directory, exit_codes::database},
       {"keystore", config.paths.keystore_directory, exit_codes::key},
       {"key", config.paths.key_directory, exit_codes::key}}};
  bool are_closed = true;
  for (const Directory& directory : directories) {
    std::error_code error;
    const fs::file_status status = fs::status(directory.path, error);
    if (!fs::exists(status)) continue;  // what should lie in it has been missed already
    const fs::perms open = status.permissions() & (fs::perms::group_all | fs::perms::others_all);
    if (open == fs::perms::none) continue;
    are_closed = false;
    findings.add(
        fmt::format("the {} directory can be reached by group or others: its mode is "
                    "{:04o}, and should be 0700",
                    directory.name, static_cast<unsigned>(status.permissions() & fs::perms::mask)),
        directory.exit_code);
  }
  if (are_closed) findings.good("directories that only the server's user can reach");
}

}  // namespace sspf
