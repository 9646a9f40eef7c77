// SPDX-License-Identifier: Apache-2.0
//
// Every value of every table, read past the server with the database's key: whatever a new table
// or column holds is in it by itself.
#pragma once

#include <functional>
#include <string>

#include "server/base/config.h"

namespace sspf::test {

// In the order of tables and columns; an absent value is empty, a number its digits.
using TakeValue = std::function<void(const std::string& table, const std::string& column,
                                     const std::string& value)>;
void for_each_value(const Config& config, const TakeValue& take);

// SHA-256 of all of it but what every call leaves: the audit log, its tree and its references.
std::string digest_of_values(const Config& config);

}  // namespace sspf::test
