// SPDX-License-Identifier: Apache-2.0
//
// What goes out of an alert, by mail and by webhook.
#include "server/alert_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/handlers/alert_rules.h"

namespace sspf {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

store::AlertNotice notice(v1::AlertKind kind) {
  return {"k3v9q2ab", kind, "TYR", 12, {1'795'000'000'000'000}};
}

class AlertMail : public testing::Test {
 protected:
  static void SetUpTestSuite() { use_stockholm_time(); }
};
using MailHeader = AlertMail;

// The example of the Standard Webhooks specification.
TEST(Webhook, IsSignedAsOthersSign) {
  const auto key = webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(key);
  EXPECT_EQ(webhook_signature(
                *key, {"msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"}),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhook, ItsSecretHasOneForm) {
  const auto of = [](std::size_t bytes) {
    return "whsec_" + crypto::base64(crypto::Bytes(bytes, 7));
  };
  EXPECT_TRUE(webhook_key(of(24)));
  EXPECT_TRUE(webhook_key(of(64)));
  EXPECT_FALSE(webhook_key(of(23)));
  EXPECT_FALSE(webhook_key(of(65)));
  EXPECT_FALSE(webhook_key(of(24).substr(6)));
  EXPECT_FALSE(webhook_key("whsec_"));
  EXPECT_FALSE(webhook_key("whsec_***"));
}

TEST(Webhook, SaysWhatWhereWhenAndHowMuch) {
  const auto body = nlohmann::json::parse(alert_webhook_body(notice(v1::ALERT_KIND_DECOY)));
  EXPECT_EQ(body["type"], "sspf.alert");
  EXPECT_EQ(body["timestamp"], "2026-11-18T11:06:40Z");
  EXPECT_EQ(body["data"]["alert"], "k3v9q2ab");
  EXPECT_EQ(body["data"]["kind"], "decoy");
  EXPECT_EQ(body["data"]["municipality_code"], "TYR");
  EXPECT_EQ(body["data"]["count"], 12);
  EXPECT_EQ(body["data"]["read_more"], "sspf alert show k3v9q2ab");
}

TEST_F(AlertMail, SaysTheSameInSwedishFirst) {
  const net::Mail mail = alert_mail(notice(v1::ALERT_KIND_REVOKED_CERTIFICATE));
  EXPECT_EQ(mail.subject, "SSPF-larm k3v9q2ab: ett spärrat certifikat har använts (TYR)");
  for (const char* part : {"ett spärrat certifikat har använts.", "Kommun: TYR\n", "Antal: 12\n",
                           "Tid: 2026-11-18T12:06:40+01:00\n", "sspf alert show k3v9q2ab\n",
                           "a revoked certificate was used.", "Municipality: TYR\n"}) {
    EXPECT_THAT(mail.text, HasSubstr(part));
  }
  EXPECT_LT(mail.text.find("Larm från"), mail.text.find("Alert from"));
}

TEST_F(AlertMail, OfTheServerItselfNamesNoMunicipality) {
  store::AlertNotice own = notice(v1::ALERT_KIND_WITNESS_SILENT);
  own.municipality_code.clear();
  EXPECT_THAT(alert_mail(own).text, HasSubstr("Kommun: hela servern\n"));
  EXPECT_THAT(alert_mail(own).text, HasSubstr("Municipality: the whole server\n"));
}

TEST_F(AlertMail, EveryKindHasATextAndARule) {
  for (int kind = v1::ALERT_KIND_VOLUME; kind <= v1::AlertKind_MAX; ++kind) {
    const auto each = static_cast<v1::AlertKind>(kind);
    EXPECT_NE(alert_mail(notice(each)).subject, "");
    EXPECT_GT(handlers::default_alert_rule(each).window_minutes, 0U);
  }
}

TEST_F(MailHeader, IsAsciiWithEncodedWords) {
  net::Mail mail = alert_mail(notice(v1::ALERT_KIND_ENUMERATION));
  mail.from = "larm@sspf.example";
  mail.to = {"a@tyr.example", "b@tyr.example"};
  const auto header = net::mail_header(mail);
  EXPECT_THAT(
      header,
      ElementsAre("Date: Wed, 18 Nov 2026 11:06:40 +0000", "From: SSPF-server <larm@sspf.example>",
                  "To: a@tyr.example, b@tyr.example", HasSubstr("=?UTF-8?B?"),
                  "Message-ID: <k3v9q2ab@sspf.example>", "Auto-Submitted: auto-generated"));
  for (const std::string& line : header) {
    for (const char c : line) EXPECT_LT(static_cast<unsigned char>(c), 0x80U);
  }
}

// RFC 2047: a word is at most 75 characters, and no character is cut.
TEST_F(MailHeader, CutsNoCharacter) {
  for (std::size_t before = 0; before < 3; ++before) {
    net::Mail mail = alert_mail(notice(v1::ALERT_KIND_DECOY));
    mail.subject = std::string(before, 'x');
    for (int i = 0; i < 60; ++i) mail.subject += "å";
    std::string told;
    std::string rest = net::mail_header(mail).at(3).substr(9);
    for (std::size_t at = 0; (at = rest.find("=?UTF-8?B?")) != std::string::npos;) {
      const auto end = rest.find("?=", at + 10);
      EXPECT_LE(end + 2 - at, 75U);
      const auto word = crypto::from_base64(rest.substr(at + 10, end - at - 10));
      ASSERT_TRUE(word);
      EXPECT_NE(word->front() & 0xC0U, 0x80U);
      told += crypto::text_of(*word);
      rest.erase(0, end + 2);
    }
    EXPECT_EQ(told, mail.subject);
  }
}

}  // namespace
}  // namespace sspf
