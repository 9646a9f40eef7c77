// SPDX-License-Identifier: Apache-2.0
//
// Every limit in the program that is not a setting, with its unit. Each has a test that exceeds it
// by one (the tidy test looks for its name there).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sspf::limits {

using namespace std::chrono_literals;

// Connections (server/net).
inline constexpr std::size_t header_bytes_max = std::size_t{8} * 1024;
inline constexpr std::size_t header_fields_max = 64;
inline constexpr std::size_t request_body_bytes_max = std::size_t{256} * 1024;
inline constexpr std::size_t connections_max = 4096;
inline constexpr std::size_t connections_per_address_max = 64;
inline constexpr std::size_t requests_per_connection_max = 1000;
inline constexpr std::size_t queued_calls_max = 1024;
inline constexpr auto handshake_time_max = 5s;
inline constexpr auto header_time_max = 5s;
inline constexpr auto body_time_max = 30s;
inline constexpr auto write_time_max = 10s;
inline constexpr auto idle_time_max = 60s;
inline constexpr auto shutdown_time_max = 3s;  // of the five that the whole server has

// Messages (server/rpc).
inline constexpr int message_depth_max = 32;
inline constexpr std::size_t repeated_items_max = 1000;
inline constexpr std::size_t timeout_digits_max = 10;

// Text, in characters (code points), where a field's option in the .proto says nothing else.
inline constexpr std::size_t text_characters_max = 200;

// Records of one kind under one case: notes, versions of a note, consents, assignments
// (server/store).
inline constexpr std::int64_t records_per_case_max = 1000;

// Who signed one consent: guardians, the youth, and somebody in their place (server/handlers). A
// thousand full consents are one answer.
inline constexpr int signatories_max = 8;

// Guardians whom one young person has (server/handlers).
inline constexpr std::uint32_t guardians_max = 8;

// Rules of one municipality's table of signatures, and the ages in rules and bases
// (server/handlers).
inline constexpr int signature_rules_max = 8;
inline constexpr std::uint32_t basis_age_max = 130;

// Fewer cases than this are not counted: so few could point out a person (server/handlers).
inline constexpr std::size_t counted_cases_min = 5;

// How long an emergency opening lets read (server/store).
inline constexpr auto emergency_time_max = 1h;

// Certificates of one account that are neither revoked nor expired (server/store): each is a key on
// some machine that lets in.
inline constexpr std::int64_t live_certificates_per_account_max = 8;

// Calls (server/policy).
inline constexpr std::uint32_t page_size_max = 200;
inline constexpr std::size_t calls_per_batch_max = 256;

// Meetings (server/handlers).
inline constexpr auto meeting_time_max = 24h;
inline constexpr std::size_t agenda_items_max = 200;
inline constexpr std::size_t participants_max = 200;

// Retention and disposal (server/handlers, server/store).
inline constexpr std::uint32_t retention_years_max = 100;
inline constexpr std::int64_t retention_rules_max = 200;  // of one municipality
inline constexpr std::size_t disposal_items_max = 200;    // of one list

// Subject access (server/store): extracts of one case.
inline constexpr std::int64_t subject_accesses_per_case_max = 100;

// Plans (server/store): their answers hold all rows of a parent at once.
inline constexpr std::uint64_t commitments_per_case_max = 200;

// Versions of a plan, of a commitment, of an item's minutes, and of one participant's attendance at
// one item (server/store).
inline constexpr std::uint64_t versions_per_item_max = 200;

// Streams: one piece of an export of the log, of notes, of a plan's versions (piece_size.h).
inline constexpr std::size_t piece_bytes_max = std::size_t{1024} * 1024;
inline constexpr std::uint64_t log_scan_events_max = 10'000;  // read for one piece of a list

// Review of the log (server/handlers): what one draw looks through, and keeps of each rule; texts
// of one item; thresholds; and when a month without a campaign is overdue.
inline constexpr std::uint64_t review_scan_events_max = 200'000;
inline constexpr std::uint32_t review_random_items_max = 200;
inline constexpr std::size_t review_risk_items_max = 50;
inline constexpr std::uint64_t review_verdicts_max = 50;
inline constexpr std::int64_t review_questions_max = 20;
inline constexpr std::uint32_t review_threshold_max = 1000;
inline constexpr std::uint32_t review_volume_items_min = 50;
inline constexpr std::int64_t review_parts_max = 20;  // campaigns of one month while it runs
inline constexpr int review_days_max = 45;            // after a month's end
inline constexpr std::int64_t review_enquiries_max = 200;
inline constexpr auto reidentification_time_max = 1h;  // from its approval

// Alerts (server/handlers, server/alert_watch.h): bounds of a rule, decoys of one municipality, and
// what one pass over the log looks at.
inline constexpr std::uint32_t alert_threshold_max = 10'000;
inline constexpr std::uint32_t alert_window_minutes_max = 1440;
inline constexpr std::int64_t alert_decoys_max = 20;
inline constexpr std::uint32_t alert_events_per_pass = 1000;

// Incidents, and the details beside the log (server/handlers): events of one bundle; whole months
// between a month's end and the erasure of its details.
inline constexpr std::uint32_t incident_events_max = 2000;
inline constexpr int details_months_min = 24;

}  // namespace sspf::limits
