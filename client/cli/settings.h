// SPDX-License-Identifier: Apache-2.0
//
// The settings of one run. Each has the same order of sources, stated here once: the flag, then the
// environment, then config.json, then the default.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "client/cli/arguments.h"
#include "client/cli/context.h"

namespace sspf::cli {

enum class Output { table, json };

// --output, SSPF_OUTPUT, config.json, table. Throws a usage Failure on any other word.
Output chosen_output(const std::optional<std::string>& flag, const Preferences& preferences);

// Throws a usage Failure when --lang was given and names no language of the program. In SSPF_LANG
// such a word says nothing, as an unknown locale does.
void check_language(const std::string& flag);

// --context, SSPF_CONTEXT, config.json; when there is exactly one context, that one. Throws a
// Failure when there is none to choose.
std::string chosen_context(const std::string& flag, const ContextStore& store);

// --timeout in seconds, 30 when empty. Throws a usage Failure on anything but 1 to 3600.
std::chrono::seconds chosen_timeout(const std::string& flag);

}  // namespace sspf::cli
