// SPDX-License-Identifier: Apache-2.0
//
// Alerts of the real server, at a real mail server and a real receiver of webhooks: within a
// minute, again until they are taken, and without a word of whom they are about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <sstream>

#include "server/alert_text.h"
#include "server/trouble.h"
#include "sspf/v1/alert.pb.h"
#include "tests/places/places.h"
#include "tests/support/net_server.h"
#include "tests/support/test_authority.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string webhook_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// Of nobody yet.
std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no free port");
  }
  ::close(descriptor);
  return ntohs(address.sin_port);
}

// Listens and never answers: the kernel takes the connections.
class SilentPort {
 public:
  explicit SilentPort(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(descriptor_, 4) != 0) {
      throw std::runtime_error("the port is taken");
    }
  }
  ~SilentPort() { ::close(descriptor_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  // Somebody waits for an answer.
  bool is_met() const {
    pollfd waiting{descriptor_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) == 1;
  }

 private:
  int descriptor_;
};

bool within_a_minute(const std::function<bool()>& condition) {
  for (int i = 0; i < 6; ++i) {
    if (eventually(condition)) return true;
  }
  return false;
}

struct AlertsOut : testing::Test {
  AlertsOut() {
    const net::TlsMaterial material = authority.server_material();
    write_private(file("chain.pem"), material.certificate_chain_pem);
    write_private(file("key.pem"), std::string(crypto::text_of(material.private_key_pem.reveal())));
    write_private(file("ca.pem"), authority.certificate_pem());
    write_private(file("webhook.secret"), webhook_secret + "\n");
    write_private(file("smtp.password"), "hemligt-ord\n");
  }
  std::string file(const std::string& name) const { return (town.site().folder() / name).string(); }
  // Starts the server again with these settings.
  void settle(const std::string& more) {
    const fs::path settings = town.site().config_file();
    write_private(settings,
                  read_whole(settings) + "\n[alerts]\nwebhook_url = \"https://127.0.0.1:" +
                      std::to_string(webhook_port) + "/larm\"\nwebhook_ca_file = \"" +
                      file("ca.pem") + "\"\nwebhook_secret_file = \"" + file("webhook.secret") +
                      "\"\nsmtp_url = \"smtp://127.0.0.1:" + std::to_string(mail_port) +
                      "\"\nsmtp_user = \"sspf\"\nsmtp_password_file = \"" + file("smtp.password") +
                      "\"\nmail_from = \"larm@sspf.example\"\nmail_to = [\"vakt@tyr.example\"]\n" +
                      more);
    town.stop();
    town.start_again();
  }
  std::string trusted() const { return "smtp_ca_file = \"" + file("ca.pem") + "\"\n"; }
  std::unique_ptr<Program> start(const Words& words) {
    Words all = {"/usr/bin/python3", (source_folder() / "tests/tools" / words.front()).string()};
    all.insert(all.end(), words.begin() + 1, words.end());
    auto program = std::make_unique<Program>(Start{all, {}});
    if (!eventually([&] { return program->out().find("ready") != std::string::npos; })) {
      throw std::runtime_error(words.front() + ": " + program->err());
    }
    return program;
  }
  void start_receivers() {
    mail_server = start({"mail_receiver.py", std::to_string(mail_port), file("chain.pem"),
                         file("key.pem"), file("mails"), "sspf", "hemligt-ord"});
    hook_server = start({"webhook_receiver.py", std::to_string(webhook_port), file("chain.pem"),
                         file("key.pem"), file("hooks"), "204"});
  }
  void stop_receivers() {
    mail_server.reset();
    hook_server.reset();
  }
  std::vector<json> received(const std::string& name) const {
    std::vector<json> all;
    if (!fs::exists(file(name))) return all;
    std::istringstream lines(read_whole(file(name)));
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
    return all;
  }
  bool has_logged(const std::string& what) {
    return within_a_minute([&] { return town.server().log().find(what) != std::string::npos; });
  }
  std::string refused_read(const std::string& handle, const std::string& number) {
    v1::GetCaseRequest request;
    request.set_case_number(number);
    return town.caller(handle).outcome("sspf.v1.CaseService/GetCase", request);
  }
  // The auditor makes a decoy of the case, by the reference that the log shows.
  void make_decoy(const std::string& number) {
    town.assign(number, "stig");
    const std::string ref = town.last_event_of("anna").case_ref();
    ASSERT_NE(ref, "");
    town.person("ulla").did({"alert", "add-decoy", ref, "--municipality", "TYR"});
  }

  Town town;
  const TestAuthority authority;
  const std::uint16_t mail_port = free_port();
  const std::uint16_t webhook_port = free_port();
  std::unique_ptr<Program> mail_server;
  std::unique_ptr<Program> hook_server;
};

TEST_F(AlertsOut, ALookAtADecoyArrivesByBothWaysWithinAMinuteOfTheReceiversBeingThere) {
  const std::string number = town.mapped_case();
  settle(trusted());
  make_decoy(number);
  ASSERT_EQ(refused_read("frida", number), "not_found/not_found");
  ASSERT_TRUE(has_logged("event=alert_undelivered"));
  EXPECT_GE(town.server().metric("sspf_alerts_undelivered"), 1U);
  start_receivers();
  ASSERT_TRUE(within_a_minute([&] {
    return !received("mails").empty() && !received("hooks").empty();
  })) << town.server().log();

  const json alert = town.person("ulla").did({"alert", "list"})["alerts"][0];
  const std::string ref = alert["alert"];
  EXPECT_EQ(alert["kind"], "ALERT_KIND_DECOY");
  EXPECT_EQ(alert["account"], "frida");
  const json mail = received("mails")[0];
  EXPECT_EQ(mail["tls"], true);
  EXPECT_EQ(mail["user"], "sspf");
  EXPECT_EQ(mail["to"], json({"vakt@tyr.example"}));
  EXPECT_EQ(mail["message_id"], "<" + ref + "@sspf.example>");
  EXPECT_EQ(mail["subject"],
            "SSPF-larm " + ref + ": någon har varit inne i ett lockbetesärende (TYR)");
  EXPECT_THAT(mail["text"], HasSubstr("sspf alert show " + ref));
  EXPECT_THAT(mail["raw"], Not(HasSubstr("=0A"))) << "lines are lines";
  const json hook = received("hooks")[0];
  EXPECT_EQ(hook["path"], "/larm");
  const json& headers = hook["headers"];
  EXPECT_EQ(headers["content-type"], "application/json");
  EXPECT_EQ(headers["webhook-id"], ref);
  const std::string seconds = headers["webhook-timestamp"];
  EXPECT_EQ(
      headers["webhook-signature"],
      webhook_signature(*webhook_key(webhook_secret), {ref, std::stoll(seconds), hook["body"]}));
  EXPECT_EQ(json::parse(std::string(hook["body"]))["data"]["kind"], "decoy");

  for (const char* name : {"mails", "hooks"}) {
    for (const std::string& personal :
         {std::string("frida"), std::string("anna"), std::string("ulla"), number,
          std::string("Testsson"), std::string("TYR-FRI"), std::string(town_number)}) {
      EXPECT_THAT(read_whole(file(name)), Not(HasSubstr(personal))) << name;
    }
  }
  ASSERT_TRUE(
      within_a_minute([&] { return town.server().metric("sspf_alerts_undelivered") == 0; }));
  EXPECT_EQ(town.person("ulla").did({"alert", "show", ref})["alert"]["count"], 1);
  town.person("ulla").did({"alert", "acknowledge", ref});
}

TEST_F(AlertsOut, AServerThatIsKilledDeliversWhenItIsThereAgain) {
  const std::string number = town.mapped_case();
  settle(trusted());
  make_decoy(number);
  ASSERT_EQ(refused_read("frida", number), "not_found/not_found");
  ASSERT_TRUE(has_logged("event=alert "));
  town.server().program().signal(SIGKILL);
  ASSERT_TRUE(town.server().program().exit_code(std::chrono::seconds(10)));
  start_receivers();
  town.start_again();
  ASSERT_TRUE(within_a_minute([&] {
    return !received("mails").empty() && !received("hooks").empty();
  })) << town.server().log();
  std::this_thread::sleep_for(std::chrono::seconds(3));
  EXPECT_EQ(received("hooks").size(), 1U);
  EXPECT_EQ(received("mails").size(), 1U);
}

TEST_F(AlertsOut, NoMailGoesToAServerThatNobodyVouchesFor) {
  const TestAuthority other;
  write_private(file("other.pem"), other.certificate_pem());
  start_receivers();
  settle("smtp_ca_file = \"" + file("other.pem") + "\"\n");
  const std::string number = town.mapped_case();
  make_decoy(number);
  refused_read("frida", number);
  ASSERT_TRUE(has_logged("by=\"mail\" what="));
  EXPECT_TRUE(received("mails").empty());
  EXPECT_TRUE(within_a_minute([&] { return !received("hooks").empty(); }));
}

TEST_F(AlertsOut, SecretsThatOthersCanReadKeepTheServerClosed) {
  settle(trusted());
  town.stop();
  EXPECT_THAT(town.site().sspfd({"check"}).out, HasSubstr("ok: alerts go by mail through smtp://"));
  fs::permissions(file("webhook.secret"), fs::perms::owner_read | fs::perms::group_read);
  for (const char* command : {"serve", "check"}) {
    const Ended ended = town.site().sspfd({command});
    EXPECT_EQ(ended.exit_code, exit_codes::config) << command;
    EXPECT_THAT(ended.out + ended.err, HasSubstr("can be reached by group or others")) << command;
  }
  write_private(file("webhook.secret"), "whsec_kort\n");
  EXPECT_THAT(town.site().sspfd({"check"}).out, HasSubstr("is not whsec_ and base64"));
  fs::remove(file("webhook.secret"));
  EXPECT_EQ(town.site().sspfd({"serve"}).exit_code, exit_codes::config);
}

// A receiver that takes connections and says nothing: the server does not wait for it.
TEST_F(AlertsOut, AReceiverThatSaysNothingKeepsTheServerFromEndingNoLongerThanAllowed) {
  const SilentPort mail(mail_port);
  const SilentPort hook(webhook_port);
  const std::string number = town.mapped_case();
  settle(trusted());
  make_decoy(number);
  ASSERT_EQ(refused_read("frida", number), "not_found/not_found");
  ASSERT_TRUE(has_logged("event=alert "));
  ASSERT_TRUE(within_a_minute([&] { return mail.is_met() && hook.is_met(); }));
  const auto before = std::chrono::steady_clock::now();
  town.stop();
  EXPECT_LE(std::chrono::steady_clock::now() - before, std::chrono::seconds(6));
}

}  // namespace
}  // namespace sspf::test
