// SPDX-License-Identifier: Apache-2.0
//
// What an alert says outside: what kind, where, when, how much, and how to read more. No handle, no
// case and no name, since mail and chat are read by others than auditors.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "server/net/mail.h"
#include "server/store/alert_watching.h"

namespace sspf {

// "revoked-certificate": the word that `sspf` uses, too.
std::string_view alert_kind_name(v1::AlertKind kind);

// Swedish first, then English. Sender and receivers are left out.
net::Mail alert_mail(const store::AlertNotice& notice);

// JSON with "type", "timestamp" and "data", as standardwebhooks.com has it.
std::string alert_webhook_body(const store::AlertNotice& notice);

// The key in a Standard Webhooks secret, "whsec_" and base64 of 24 to 64 bytes. Nothing for
// anything else.
std::optional<crypto::Secret> webhook_key(std::string_view secret);

// "v1," and base64 of HMAC-SHA-256 over "id.seconds.body".
struct WebhookMessage {
  std::string id;
  std::int64_t seconds = 0;
  std::string body;
};
std::string webhook_signature(const crypto::Secret& key, const WebhookMessage& message);

}  // namespace sspf
