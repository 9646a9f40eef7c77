// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace sspf {

// PEM of the authorities by which another's server is believed, at most 1 MiB; empty without a
// file. Throws Trouble that names the setting.
std::string authorities_of(const std::filesystem::path& file, const std::string& setting);

}  // namespace sspf
