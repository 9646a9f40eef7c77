// SPDX-License-Identifier: Apache-2.0
#include "tests/places/places.h"

namespace sspf::test {

std::filesystem::path source_folder() { return SSPF_SOURCE_DIR; }

std::filesystem::path build_folder() { return SSPF_BINARY_DIR; }

}  // namespace sspf::test
