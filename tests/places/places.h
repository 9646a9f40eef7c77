// SPDX-License-Identifier: Apache-2.0
//
// Where the tests find what they read and run. In one source alone, so that the others compile to
// the same everywhere.
#pragma once

#include <filesystem>

namespace sspf::test {

std::filesystem::path source_folder();  // of the repository
std::filesystem::path build_folder();

}  // namespace sspf::test
