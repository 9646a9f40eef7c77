// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include <nlohmann/json.hpp>

#include "client/cli/event_record.h"
#include "client/cli/incident.h"
#include "client/cli/language.h"
#include "client/cli/plain_text.h"
#include "client/cli/values.h"
#include "client/cli/words.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace sspf::cli {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using nlohmann::ordered_json;

constexpr int json_indent = 1;

std::string json_text(const ordered_json& object) {
  return object.dump(json_indent, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

std::string utc(UtcSeconds time) {
  return TimeUtil::ToString(TimeUtil::SecondsToTimestamp(time.time_since_epoch().count()));
}

UtcSeconds seconds_of(const Timestamp& time) {
  return UtcSeconds(std::chrono::seconds(time.seconds()));
}

std::string local(const Timestamp& time) {
  return stockholm_text(seconds_of(time), Precision::minutes);
}

std::string time_left(const Timestamp& deadline, UtcSeconds now) {
  const auto left = std::chrono::duration_cast<std::chrono::minutes>(seconds_of(deadline) - now);
  if (seconds_of(deadline) <= now) return tr("has passed");
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(left);
  return fill(tr("{0} h {1} min left"),
              {std::to_string(hours.count()), std::to_string((left - hours).count())});
}

std::string period(const v1::RecordIncidentExportRequest& asked) {
  const std::string from = asked.has_from() ? local(asked.from()) : tr("the beginning");
  const std::string to = asked.has_to() ? local(asked.to()) : tr("now");
  return fill(tr("Period: from {0} to {1}, Swedish time."), {from, to});
}

std::string heading(const Incident& incident, std::size_t events) {
  const auto line = [&](const char* text, const Timestamp& deadline) {
    return fill(tr(text), {local(deadline), time_left(deadline, incident.made_at)}) + "\n";
  };
  std::string text =
      fill(tr("Events of the access log {0} that concern {1}: {2}."),
           {incident.origin, incident.asked.municipality_code(), std::to_string(events)}) +
      "\n" + period(incident.asked) + "\n";
  if (!incident.account.empty()) {
    text += fill(tr("Only of the account {0}."), {escaped(incident.account)}) + "\n";
  }
  if (!incident.case_ref.empty()) {
    text +=
        fill(tr("Only of the case with the reference {0}."), {escaped(incident.case_ref)}) + "\n";
  }
  text += tr("Accounts are named. Cases and persons stand as random references.") + "\n\n";
  text += fill(tr("The incident became known: {0}"), {local(incident.asked.known_at())}) + "\n";
  text += line(msg("Early warning within 24 hours (cybersäkerhetslagen): {0}, {1}"),
               incident.deadlines.early_warning_by());
  text += line(msg("Report within 72 hours (cybersäkerhetslagen, GDPR article 33): {0}, {1}"),
               incident.deadlines.report_by());
  text += line(msg("Final report within a month (cybersäkerhetslagen): {0}, {1}"),
               incident.deadlines.final_report_by());
  text += "\n" +
          fill(tr("Made by {0}, {1}."),
               {escaped(incident.made_by), stockholm_text(incident.made_at, Precision::minutes)}) +
          "\n" +
          fill(tr("To verify: sspf incident verify FOLDER --key {0}"), {incident.verifier_key}) +
          "\n\n";
  return text;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : escaped(text); }

std::string event_line(const v1::EventView& view) {
  std::string call = view.rpc();
  if (call.starts_with(call_package)) call = call.substr(call_package.size());
  const auto* const outcome = v1::Outcome_descriptor()->FindValueByNumber(view.outcome());
  return fmt::format(
      "{}  {}  {}  {}  {}  {}\n", stockholm_text(seconds_of(view.time()), Precision::seconds),
      view.sequence(), or_dash(view.account()), or_dash(call),
      outcome == nullptr ? "-" : or_dash(spoken_word(outcome)), or_dash(view.cause_reason()));
}

}  // namespace

std::string bundle::receipt_name(std::uint64_t sequence) {
  return "events/" + std::to_string(sequence) + ".tlog-proof";
}

std::string timeline_json(const Incident& incident, const std::vector<BundleEvent>& events) {
  ordered_json object{
      {"format", "sspf-incident/v1"}, {"log", incident.origin},
      {"server", incident.server},    {"municipality", incident.asked.municipality_code()},
      {"account", incident.account},  {"caseRef", incident.case_ref}};
  if (incident.asked.has_from()) object["from"] = TimeUtil::ToString(incident.asked.from());
  if (incident.asked.has_to()) object["to"] = TimeUtil::ToString(incident.asked.to());
  object["knownAt"] = TimeUtil::ToString(incident.asked.known_at());
  const v1::IncidentDeadlines& deadlines = incident.deadlines;
  object["deadlines"] = {{"earlyWarningBy", TimeUtil::ToString(deadlines.early_warning_by())},
                         {"reportBy", TimeUtil::ToString(deadlines.report_by())},
                         {"finalReportBy", TimeUtil::ToString(deadlines.final_report_by())}};
  object["events"] = ordered_json::array();
  for (const BundleEvent& each : events) {
    v1::AuditEvent event;
    event.ParseFromString(each.bytes);
    object["events"].push_back(
        {{"event", ordered_json::parse(ecs_line(event, {incident.origin, incident.server}))},
         {"account", each.view.account()},
         {"subjectAccount", each.view.subject_account()},
         {"agency", each.view.agency_code()},
         {"cause", each.view.cause_reason()}});
  }
  return json_text(object);
}

std::string timeline_text(const Incident& incident, const std::vector<BundleEvent>& events) {
  std::string text = heading(incident, events.size());
  text += tr("Time, number, account, call, outcome, cause:") + "\n";
  for (const BundleEvent& each : events) text += event_line(each.view);
  return text;
}

std::string manifest_json(const Incident& incident,
                          const std::map<std::string, std::string>& files) {
  ordered_json object{{"format", "sspf-incident-manifest/v1"}, {"log", incident.origin},
                      {"treeSize", incident.tree_size},        {"madeBy", incident.made_by},
                      {"madeAt", utc(incident.made_at)},       {"files", ordered_json::array()}};
  for (const auto& [name, content] : files) {
    const crypto::Digest digest = crypto::sha256(crypto::view_of(content));
    object["files"].push_back(
        {{"name", name}, {"bytes", content.size()}, {"sha256", crypto::hex(digest)}});
  }
  return json_text(object);
}

}  // namespace sspf::cli
