// SPDX-License-Identifier: Apache-2.0
#include "server/authorities.h"

#include <fmt/format.h>

#include "crypto/key_file.h"
#include "server/trouble.h"

namespace sspf {

std::string authorities_of(const std::filesystem::path& file, const std::string& setting) {
  constexpr std::size_t bytes_max = std::size_t{1024} * 1024;
  if (file.empty()) return {};
  try {
    if (auto pem = crypto::read_file(file, bytes_max)) return *std::move(pem);
  } catch (const std::exception& error) {
    throw Trouble(fmt::format("{}: {}", setting, error.what()), exit_codes::config);
  }
  throw Trouble(fmt::format("{}: there is no {}", setting, file.string()), exit_codes::config);
}

}  // namespace sspf
