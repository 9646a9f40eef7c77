// SPDX-License-Identifier: Apache-2.0
//
// Swedish local time without a time zone database: summer time as the European Union has had it
// since 1996, from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sspf::cli {

using UtcSeconds = std::chrono::sys_seconds;

// "2026-12-01 13:00", or "2026-12-01 13:00:07".
enum class Precision { minutes, seconds };
std::string stockholm_text(UtcSeconds time, Precision precision);

// "2026-12-01T12:00:07Z", as protobuf's JSON form has it.
std::string utc_seconds_text(UtcSeconds time);

// "2026-12-01T13:00", also with a space for T and with seconds; "2026-12-01" is its first moment.
// Nothing for another form, and for a time that the change to summer time skips. The hour that
// comes twice in October is read as the first.
std::optional<UtcSeconds> parse_stockholm(std::string_view text);

}  // namespace sspf::cli
