// SPDX-License-Identifier: Apache-2.0
#include "server/alert_delivery.h"

#include <fmt/format.h>

#include "crypto/key_file.h"
#include "server/alert_text.h"
#include "server/authorities.h"
#include "server/base/log.h"

namespace sspf {
namespace {

constexpr std::chrono::seconds webhook_time_max{4};  // the server is to end within five
constexpr std::chrono::seconds mail_time_max{30};
constexpr std::chrono::seconds pause_time{1};

crypto::Secret secret_of(const std::filesystem::path& file, const std::string& setting) {
  auto read = crypto::read_secret_line(file);
  if (const auto* trouble = std::get_if<crypto::KeyFileTrouble>(&read)) {
    throw Trouble(fmt::format("{}: {}", setting, trouble->text), exit_codes::config);
  }
  return std::get<crypto::Secret>(std::move(read));
}

std::string post(const AlertTargets::Webhook& webhook, const store::AlertNotice& notice,
                 std::int64_t now_seconds) {
  const WebhookMessage message{notice.ref, now_seconds, alert_webhook_body(notice)};
  const auto answer =
      net::post(webhook.destination,
                {.path = "",
                 .body = message.body,
                 .time_max = webhook_time_max,
                 .content_type = "application/json",
                 .headers = {{"webhook-id", message.id},
                             {"webhook-timestamp", std::to_string(now_seconds)},
                             {"webhook-signature", webhook_signature(webhook.key, message)}}});
  if (!answer) return "no answer";
  if (answer->status < 200 || answer->status > 299) {
    return fmt::format("status {}", answer->status);
  }
  return {};
}

std::string send(const AlertTargets::Mailing& mailing, const store::AlertNotice& notice,
                 const std::function<bool()>& is_over) {
  net::Mail mail = alert_mail(notice);
  mail.from = mailing.from;
  mail.to = mailing.to;
  return net::send_mail(mailing.server, mail, {mail_time_max, is_over});
}

}  // namespace

AlertTargets alert_targets_of(const Config& config) {
  const Config::Alerts& alerts = config.alerts;
  AlertTargets targets;
  if (alerts.webhook_url) {
    const crypto::Secret secret =
        secret_of(alerts.webhook_secret_file, "alerts.webhook_secret_file");
    auto key = webhook_key(crypto::text_of(secret.reveal()));
    if (!key) {
      throw Trouble("alerts.webhook_secret_file: is not whsec_ and base64 of 24 to 64 bytes",
                    exit_codes::config);
    }
    targets.webhook.emplace(AlertTargets::Webhook{
        {*alerts.webhook_url, authorities_of(alerts.webhook_ca_file, "alerts.webhook_ca_file")},
        *std::move(key)});
  }
  if (alerts.smtp_url) {
    crypto::Secret password(0);
    if (!alerts.smtp_user.empty()) {
      password = secret_of(alerts.smtp_password_file, "alerts.smtp_password_file");
    }
    targets.mail.emplace(AlertTargets::Mailing{
        {*alerts.smtp_url, authorities_of(alerts.smtp_ca_file, "alerts.smtp_ca_file"),
         alerts.smtp_user, std::move(password)},
        alerts.mail_from,
        alerts.mail_to});
  }
  return targets;
}

std::vector<store::AlertChannel> alert_channels_of(const Config& config) {
  std::vector<store::AlertChannel> channels;
  if (config.alerts.webhook_url) channels.push_back(store::AlertChannel::webhook);
  if (config.alerts.smtp_url) channels.push_back(store::AlertChannel::mail);
  return channels;
}

AlertThread::AlertThread(AlertTargets targets, const Clock& clock, AlertWatch& watch,
                         Errands& errands)
    : targets_(std::move(targets)), clock_(clock), watch_(watch), errands_(errands) {
  if (targets_.webhook || targets_.mail) thread_ = std::thread([this] { run(); });
}

AlertThread::~AlertThread() { stop(); }

void AlertThread::request_stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  stopped_.notify_all();
  errands_.close();
}

void AlertThread::stop() {
  request_stop();
  if (thread_.joinable()) thread_.join();
}

bool AlertThread::is_stopping() {
  const std::lock_guard lock(mutex_);
  return is_stopping_;
}

void AlertThread::run() {
  while (pause()) {
    if (!deliver_due()) return;
  }
}

// Empty when the receiver has taken it, else why not.
std::string AlertThread::deliver(const store::AlertDelivery& delivery) {
  try {
    if (delivery.channel == store::AlertChannel::webhook && targets_.webhook) {
      return post(*targets_.webhook, delivery.notice, clock_().microseconds / 1'000'000);
    }
    if (delivery.channel == store::AlertChannel::mail && targets_.mail) {
      return send(*targets_.mail, delivery.notice, [this] { return is_stopping(); });
    }
    return "the settings name no receiver";
  } catch (const std::exception& error) {
    // A row that this version cannot put into words is no reason to end.
    return error.what();
  }
}

// False when the errands are closed.
bool AlertThread::deliver_due() {
  for (;;) {
    std::optional<store::AlertDelivery> due;
    if (!errands_.run([&] { due = watch_.due(); })) return false;
    if (!due) return true;
    const std::string trouble = deliver(*due);
    const std::string way = due->channel == store::AlertChannel::mail ? "mail" : "webhook";
    if (trouble.empty()) {
      log_info("alert_delivered", {{"alert", due->notice.ref}, {"by", way}});
    } else {
      log_error("alert_undelivered", {{"alert", due->notice.ref}, {"by", way}, {"what", trouble}});
    }
    const auto delivered = trouble.empty() ? AlertWatch::Delivered::yes : AlertWatch::Delivered::no;
    if (!errands_.run([&] { watch_.take(*due, delivered); })) return false;
  }
}

// False when it is time to stop.
bool AlertThread::pause() {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, pause_time, [this] { return is_stopping_; });
}

}  // namespace sspf
