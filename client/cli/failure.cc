// SPDX-License-Identifier: Apache-2.0
#include "client/cli/failure.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sspf::cli {
namespace {

Failure failure(Exit exit, std::string code, std::string message) {
  return Failure(Problem{exit, std::move(code), "", "", std::move(message)});
}

struct ExitRow {
  std::string_view code;
  Exit exit;
};

constexpr std::array<ExitRow, 12> exit_rows{{
    {"invalid_argument", Exit::usage_or_local},
    {"out_of_range", Exit::usage_or_local},
    {"permission_denied", Exit::denied},
    {"unauthenticated", Exit::not_signed_in},
    {"not_found", Exit::not_found},
    {"already_exists", Exit::conflict},
    {"aborted", Exit::conflict},
    {"failed_precondition", Exit::conflict},
    {"usage", Exit::usage_or_local},
    {"local", Exit::usage_or_local},
    {"not_signed_in", Exit::not_signed_in},
    {"verification_failed", Exit::verification_failed},
}};

}  // namespace

Failure usage_failure(std::string message) {
  return failure(Exit::usage_or_local, "usage", std::move(message));
}
Failure local_failure(std::string message) {
  return failure(Exit::usage_or_local, "local", std::move(message));
}
Failure transport_failure(std::string message) {
  return failure(Exit::server_or_transport, "transport", std::move(message));
}
Failure not_found_failure(std::string message) {
  return failure(Exit::not_found, "not_found", std::move(message));
}
Failure not_signed_in_failure(std::string message) {
  return failure(Exit::not_signed_in, "not_signed_in", std::move(message));
}
Failure verification_failure(std::string message) {
  return failure(Exit::verification_failed, "verification_failed", std::move(message));
}

Exit exit_of(const std::string& wire_code) {
  const auto* const found = std::find_if(exit_rows.begin(), exit_rows.end(),
                                         [&](const ExitRow& row) { return row.code == wire_code; });
  return found == exit_rows.end() ? Exit::server_or_transport : found->exit;
}

}  // namespace sspf::cli
