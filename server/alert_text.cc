// SPDX-License-Identifier: Apache-2.0
#include "server/alert_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "server/base/fault.h"

namespace sspf {
namespace {

struct Row {
  v1::AlertKind kind;
  std::string_view name;
  std::string_view swedish;
  std::string_view english;
};

constexpr std::array rows = {
    Row{v1::ALERT_KIND_VOLUME, "volume", "ovanligt många uppgifter visade för ett konto",
        "unusually many items shown to one account"},
    Row{v1::ALERT_KIND_ENUMERATION, "enumeration", "många sökningar efter det som inte får ses",
        "many attempts at what may not be seen"},
    Row{v1::ALERT_KIND_DECOY, "decoy", "någon har varit inne i ett lockbetesärende",
        "somebody has touched a decoy case"},
    Row{v1::ALERT_KIND_REVOKED_CERTIFICATE, "revoked-certificate",
        "ett spärrat certifikat har använts", "a revoked certificate was used"},
    Row{v1::ALERT_KIND_EMERGENCY, "emergency", "ett ärende är nödöppnat",
        "a case was opened in an emergency"},
    Row{v1::ALERT_KIND_WITNESS_SILENT, "witness-silent", "loggens vittnen svarar inte",
        "the witnesses of the log are silent"},
    Row{v1::ALERT_KIND_REVIEW_OVERDUE, "review-overdue", "loggkontroll är försenad",
        "a review of the log is overdue"},
    Row{v1::ALERT_KIND_CLOCK_BEHIND, "clock-behind", "serverns klocka går efter loggen",
        "the server's clock is behind the log"}};

const Row& row_of(v1::AlertKind kind) {
  const auto* const found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.kind == kind; });
  if (found == rows.end()) throw Fault("a kind of alert without a text");
  return *found;
}

std::string utc_of(Instant instant) {
  const std::time_t seconds = instant.microseconds / 1'000'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string where(const store::AlertNotice& notice, std::string_view none) {
  return notice.municipality_code.empty() ? std::string(none) : notice.municipality_code;
}

}  // namespace

std::string_view alert_kind_name(v1::AlertKind kind) { return row_of(kind).name; }

net::Mail alert_mail(const store::AlertNotice& notice) {
  const Row& row = row_of(notice.kind);
  const std::string time = local_time_of(notice.raised_at);
  net::Mail mail;
  mail.id = notice.ref;
  mail.subject =
      fmt::format("SSPF-larm {}: {} ({})", notice.ref, row.swedish, where(notice, "hela servern"));
  mail.seconds = notice.raised_at.microseconds / 1'000'000;
  mail.text = fmt::format(
      "Larm från SSPF-server: {}.\n\n"
      "Kommun: {}\nTid: {}\nAntal: {}\nLarm: {}\n\n"
      "Läs mer: sspf alert show {}\n"
      "Vem och vilka händelser det gäller visas bara för den som är granskare.\n\n"
      "-- \n\n"
      "Alert from SSPF-server: {}.\n\n"
      "Municipality: {}\nTime: {}\nCount: {}\nAlert: {}\n\n"
      "Read more: sspf alert show {}\n"
      "Who and which events it is about is shown to auditors alone.\n",
      row.swedish, where(notice, "hela servern"), time, notice.count, notice.ref, notice.ref,
      row.english, where(notice, "the whole server"), time, notice.count, notice.ref, notice.ref);
  return mail;
}

// Every value is of letters, digits and signs that JSON needs not escape.
std::string alert_webhook_body(const store::AlertNotice& notice) {
  const Row& row = row_of(notice.kind);
  return fmt::format(
      R"({{"type":"sspf.alert","timestamp":"{}","data":{{"alert":"{}","kind":"{}",)"
      R"("municipality_code":"{}","count":{},"text_swedish":"{}","text_english":"{}",)"
      R"("read_more":"sspf alert show {}"}}}})",
      utc_of(notice.raised_at), notice.ref, row.name, notice.municipality_code, notice.count,
      row.swedish, row.english, notice.ref);
}

std::optional<crypto::Secret> webhook_key(std::string_view secret) {
  constexpr std::string_view prefix = "whsec_";
  if (!secret.starts_with(prefix)) return std::nullopt;
  auto bytes = crypto::from_base64(secret.substr(prefix.size()));
  if (!bytes) return std::nullopt;
  crypto::Secret key(*bytes);
  crypto::wipe(*bytes);
  if (key.size() < 24 || key.size() > 64) return std::nullopt;
  return key;
}

std::string webhook_signature(const crypto::Secret& key, const WebhookMessage& message) {
  const std::string covered = fmt::format("{}.{}.{}", message.id, message.seconds, message.body);
  return "v1," + crypto::base64(crypto::hmac_sha256(key, crypto::view_of(covered)));
}

}  // namespace sspf
