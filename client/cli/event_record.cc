// SPDX-License-Identifier: Apache-2.0
#include "client/cli/event_record.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"

namespace sspf::cli {
namespace {

using nlohmann::ordered_json;

constexpr int audit_facility = 13;
constexpr std::size_t hostname_characters_max = 255;  // RFC 5424 6
constexpr std::size_t message_id_characters_max = 32;

std::string utc_text(std::int64_t us) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(us)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string reference(const std::string& id) { return crypto::base32(crypto::view_of(id)); }

void add(ordered_json& object, const char* name, const std::string& id) {
  if (!id.empty()) object[name] = reference(id);
}

struct Told {
  const char* outcome;  // ECS event.outcome
  const char* word;
  int severity;  // RFC 5424 6.2.1
};

Told told(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_ALLOWED:
      return {"success", "allowed", 5};
    case v1::OUTCOME_DRY_RUN:
      return {"success", "dry_run", 5};
    case v1::OUTCOME_REPEATED:
      return {"success", "repeated", 5};
    case v1::OUTCOME_REFUSED:
      return {"failure", "refused", 4};
    case v1::OUTCOME_FAILED:
      return {"failure", "failed", 3};
    default:
      return {"unknown", "unknown", 4};
  }
}

ordered_json own_fields(const v1::AuditEvent& event) {
  ordered_json own;
  own["outcome"] = told(event.outcome()).word;
  add(own, "municipality", event.municipality_id());
  add(own, "case", event.case_id());
  add(own, "meeting", event.meeting_id());
  add(own, "item", event.item_id());
  add(own, "certificate", event.certificate_ref());
  if (event.role() != 0) own["role"] = v1::Role_Name(static_cast<v1::Role>(event.role()));
  if (event.told_reason() != 0) own["told_reason"] = event.told_reason();
  if (event.cause_reason() != 0) own["cause_reason"] = event.cause_reason();
  if (event.items_shown() != 0) own["items_shown"] = event.items_shown();
  for (const auto& shown : event.cases_shown()) {
    ordered_json row;
    add(row, "case", shown.case_id());
    add(row, "basis", shown.basis_id());
    row["items"] = shown.items();
    own["cases_shown"].push_back(row);
  }
  if (event.has_new_epoch()) {
    ordered_json& epoch = own["new_epoch"];
    epoch["previous_origin"] = event.new_epoch().previous_origin();
    epoch["last_checkpoint"] = event.new_epoch().last_checkpoint();
    for (const auto& id : event.new_epoch().approver_ids()) {
      epoch["approvers"].push_back(reference(id));
    }
  }
  for (const auto& disposed : event.disposed_case_ids()) {
    own["disposed_cases"].push_back(reference(disposed));
  }
  return own;
}

// What RFC 5424 allows in a name: visible ASCII.
std::string header_field(const std::string& text, std::size_t characters_max) {
  std::string field;
  for (const char c : text.substr(0, characters_max)) field.push_back(c > ' ' && c < 127 ? c : '_');
  return field.empty() ? "-" : field;
}

}  // namespace

std::string ecs_line(const v1::AuditEvent& event, const LogSource& source) {
  ordered_json line;
  line["@timestamp"] = utc_text(event.time_us());
  line["ecs"] = {{"version", "8.11.0"}};
  line["event"] = {{"kind", "event"},
                   {"category", {"iam", "database"}},
                   {"id", source.origin + "/" + std::to_string(event.sequence())},
                   {"sequence", event.sequence()},
                   {"action", event.rpc()},
                   {"outcome", told(event.outcome()).outcome},
                   {"dataset", "sspf.audit"}};
  line["host"] = {{"hostname", source.hostname}};
  line["service"] = {{"type", "sspf"}, {"name", source.origin}};
  if (!event.account_id().empty()) line["user"]["id"] = reference(event.account_id());
  if (!event.subject_account_id().empty()) {
    line["user"]["target"]["id"] = reference(event.subject_account_id());
  }
  if (!event.agency_id().empty()) line["organization"]["id"] = reference(event.agency_id());
  line["sspf"] = own_fields(event);
  return line.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
}

std::string syslog_frame(const v1::AuditEvent& event, const LogSource& source) {
  const std::string& rpc = event.rpc();
  const std::string verb = rpc.substr(rpc.rfind('/') == std::string::npos ? 0 : rpc.rfind('/') + 1);
  const std::string message =
      fmt::format("<{}>1 {} {} sspfd - {} [meta sequenceId=\"{}\"] {}",
                  audit_facility * 8 + told(event.outcome()).severity, utc_text(event.time_us()),
                  header_field(source.hostname, hostname_characters_max),
                  header_field(verb, message_id_characters_max),
                  event.sequence() % 2'147'483'647 + 1, ecs_line(event, source));
  return std::to_string(message.size()) + " " + message;
}

}  // namespace sspf::cli
