// SPDX-License-Identifier: Apache-2.0
#include "client/cli/settings.h"

#include <charconv>
#include <cstdlib>

#include "client/cli/failure.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

constexpr int timeout_default = 30;
constexpr int timeout_max = 3600;

// The first of the sources that says something.
std::string first_of(const std::optional<std::string>& flag, const char* variable,
                     const std::string& preferred) {
  if (flag && !flag->empty()) return *flag;
  const char* const value = std::getenv(variable);
  if (value != nullptr && *value != '\0') return value;
  return preferred;
}

}  // namespace

Output chosen_output(const std::optional<std::string>& flag, const Preferences& preferences) {
  const std::string name = first_of(flag, "SSPF_OUTPUT", preferences.output);
  if (name == "json") return Output::json;
  if (name.empty() || name == "table") return Output::table;
  throw usage_failure(fill(tr("{0} must be one of: {1}."), {"--output", "table, json"}));
}

void check_language(const std::string& flag) {
  if (flag.empty() || language_named(flag)) return;
  throw usage_failure(fill(tr("{0} must be one of: {1}."), {"--lang", "sv, en"}));
}

std::string chosen_context(const std::string& flag, const ContextStore& store) {
  std::string name = first_of(flag, "SSPF_CONTEXT", store.preferences().context);
  if (!name.empty()) return name;
  const auto names = store.names();
  if (names.size() == 1) return names.front();
  if (names.empty()) {
    throw not_signed_in_failure(
        tr("You are not signed in. Ask an administrator for an enrolment code and run `sspf "
           "enroll`."));
  }
  throw usage_failure(tr("No context is chosen. Choose one with `sspf context use`."));
}

std::chrono::seconds chosen_timeout(const std::string& flag) {
  if (flag.empty()) return std::chrono::seconds(timeout_default);
  int seconds = 0;
  const char* const end = flag.data() + flag.size();
  const auto [stop, error] = std::from_chars(flag.data(), end, seconds);
  if (error != std::errc() || stop != end || seconds < 1 || seconds > timeout_max) {
    throw usage_failure(fill(tr("{0} must be a whole number from 1 to 3600."), {"--timeout"}));
  }
  return std::chrono::seconds(seconds);
}

}  // namespace sspf::cli
