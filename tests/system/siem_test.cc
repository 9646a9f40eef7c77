// SPDX-License-Identifier: Apache-2.0
//
// The log in the hands of other people's tools: a real rsyslog over TLS, and JSON lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "crypto/certificate.h"
#include "server/base/clock.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

constexpr auto rsyslog_program = "/usr/sbin/rsyslogd";

// rsyslogd with a TLS listener on a free port, writing what comes to a file.
class Rsyslog {
 public:
  explicit Rsyslog(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    const std::int64_t now = system_clock()().microseconds / 1'000'000;
    const crypto::Secret ca_key = crypto::generate_private_key();
    const std::string ca = crypto::make_ca_certificate(ca_key, "collector", now, 2);
    const crypto::Secret key = crypto::generate_private_key();
    write_private(ca_file(), ca);
    write_private(folder_ / "key.pem", std::string(crypto::text_of(key.reveal())));
    write_private(folder_ / "certificate.pem",
                  crypto::issue_server_certificate(ca_key, ca, key, {"localhost"}, now, 2));
    start();
  }

  void start() {
    fs::remove(folder_ / "port");
    write_private(folder_ / "rsyslog.conf", configuration());
    Start start;
    start.words = {rsyslog_program,           "-n", "-f", (folder_ / "rsyslog.conf").string(), "-i",
                   (folder_ / "pid").string()};
    program_ = std::make_unique<Program>(start);
    for (int i = 0; i < 200 && port_text().empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (port_text().empty()) throw std::runtime_error("rsyslogd: " + program_->err());
  }
  void stop() {
    program_->signal(SIGTERM);
    program_->exit_code(std::chrono::seconds(10));
  }

  std::string address() const { return "syslog+tls://localhost:" + port_text(); }
  fs::path ca_file() const { return folder_ / "ca.pem"; }
  // What has arrived, a record a line, once there are so many.
  std::vector<std::string> lines(std::size_t wanted) const {
    for (int i = 0; i < 200; ++i) {
      std::vector<std::string> lines;
      std::istringstream text(read_whole(folder_ / "arrived"));
      for (std::string line; std::getline(text, line);) lines.push_back(line);
      if (lines.size() >= wanted) return lines;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("rsyslogd has not written as many records as were sent");
  }

 private:
  std::string port_text() const {
    std::ifstream file(folder_ / "port");
    std::string port;
    file >> port;
    return port;
  }
  std::string configuration() const {
    const std::string base = folder_.string();
    return "global(workDirectory=\"" + base +
           "\" defaultNetstreamDriver=\"ossl\" "
           "defaultNetstreamDriverCAFile=\"" +
           base +
           "/ca.pem\" "
           "defaultNetstreamDriverCertFile=\"" +
           base +
           "/certificate.pem\" "
           "defaultNetstreamDriverKeyFile=\"" +
           base +
           "/key.pem\" maxMessageSize=\"64k\")\n"
           "module(load=\"imtcp\" streamDriver.name=\"ossl\" streamDriver.mode=\"1\" "
           "streamDriver.authMode=\"anon\")\n"
           "template(name=\"seen\" type=\"string\" string=\"%pri% %hostname% %app-name% %msgid% "
           "%structured-data% %msg%\\n\")\n"
           "input(type=\"imtcp\" port=\"0\" address=\"127.0.0.1\" listenPortFileName=\"" +
           base +
           "/port\")\n"
           "action(type=\"omfile\" file=\"" +
           base + "/arrived\" template=\"seen\")\n";
  }

  fs::path folder_;
  std::unique_ptr<Program> program_;
};

json record_in(const std::string& line) { return json::parse(line.substr(line.find('{'))); }

class Siem : public testing::Test {
 protected:
  Siem() { wait_for_checkpoint(); }

  Words forward(const std::string& to) const {
    return {"audit", "forward", "--to", to, "--cursor", path("cursor")};
  }
  Words to_rsyslog(const Rsyslog& rsyslog) const {
    Words words = forward(rsyslog.address());
    words.insert(words.end(), {"--ca", rsyslog.ca_file().string()});
    return words;
  }
  std::string path(const std::string& name) const {
    return (town_.site().folder() / name).string();
  }
  // Until a checkpoint covers what has happened so far: one that comes after the first question
  // does.
  void wait_for_checkpoint() const {
    const json before = ulla_.did({"audit", "checkpoint"})["size"];
    for (int i = 0; i < 100 && ulla_.did({"audit", "checkpoint"})["size"] == before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  static std::uint64_t count(const json& answer) {
    return std::stoull(answer["events"].get<std::string>());
  }

  Town town_;
  const Person& ulla_ = town_.person("ulla");
};

TEST_F(Siem, ARealRsyslogGetsEveryEventOnceInItsOrder) {
  if (!fs::exists(rsyslog_program)) GTEST_SKIP() << "rsyslog is not installed";
  Rsyslog rsyslog(town_.site().folder() / "collector");
  const std::uint64_t first = count(ulla_.did(to_rsyslog(rsyslog)));
  ASSERT_GT(first, 5U);
  ulla_.refused(5, {"case", "show", missing_case});
  wait_for_checkpoint();
  const std::uint64_t second = count(ulla_.did(to_rsyslog(rsyslog)));
  EXPECT_GT(second, 0U);
  const auto lines = rsyslog.lines(first + second);
  ASSERT_EQ(lines.size(), first + second);
  std::set<std::string> outcomes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const json record = record_in(lines[i]);
    EXPECT_EQ(record["event"]["sequence"], i);
    EXPECT_TRUE(record.contains("@timestamp"));
    outcomes.insert(record["event"]["outcome"]);
  }
  EXPECT_TRUE(outcomes.contains("failure"));
  const auto refused = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
    return record_in(line)["event"]["outcome"] == "failure";
  });
  EXPECT_THAT(*refused, testing::StartsWith("108 localhost sspfd GetCase [meta sequenceId=\""));
}

TEST_F(Siem, ACollectorThatIsDownLosesNothing) {
  if (!fs::exists(rsyslog_program)) GTEST_SKIP() << "rsyslog is not installed";
  Rsyslog rsyslog(town_.site().folder() / "collector");
  const std::uint64_t first = count(ulla_.did(to_rsyslog(rsyslog)));
  const Words while_down = to_rsyslog(rsyslog);
  rsyslog.stop();
  ulla_.did({"whoami"});
  wait_for_checkpoint();
  const std::string cursor = read_whole(path("cursor"));
  EXPECT_EQ(ulla_.refused(2, while_down)["code"], "transport");
  EXPECT_EQ(read_whole(path("cursor")), cursor);
  ulla_.did({"whoami"});  // the log does not wait for it
  rsyslog.start();
  const std::uint64_t second = count(ulla_.did(to_rsyslog(rsyslog)));
  const auto lines = rsyslog.lines(first + second);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(record_in(lines[i])["event"]["sequence"], i);
  }
}

TEST_F(Siem, JsonLinesAreWrittenBehindWhatIsThere) {
  const std::uint64_t first = count(ulla_.did(forward(path("events.jsonl"))));
  wait_for_checkpoint();
  const std::uint64_t second = count(ulla_.did(forward(path("events.jsonl"))));
  std::istringstream text(read_whole(path("events.jsonl")));
  std::uint64_t next = 0;
  for (std::string line; std::getline(text, line); ++next) {
    const json record = json::parse(line);
    EXPECT_EQ(record["event"]["sequence"], next);
    EXPECT_EQ(record["ecs"]["version"], "8.11.0");
  }
  EXPECT_EQ(next, first + second);
}

// The forwarder is a witness of its own: its cursor is the tree as it was.
TEST_F(Siem, ALogThatDoesNotContinueWhatWasForwardedIsNoticed) {
  ulla_.did(forward(path("events.jsonl")));
  std::string cursor = read_whole(path("cursor"));
  const auto at = cursor.find('\n') + 1;
  cursor[at] = cursor[at] == 'A' ? 'B' : 'A';
  write_private(path("cursor"), cursor);
  wait_for_checkpoint();
  EXPECT_EQ(ulla_.refused(7, forward(path("events.jsonl")))["code"], "verification_failed");
  write_private(path("cursor"), "7\nno hash\n");
  EXPECT_EQ(ulla_.refused(1, forward(path("events.jsonl")))["code"], "local");
}

TEST_F(Siem, OnlyAnAuditorOfTheInstallationForwards) {
  const Person& sven = town_.person("sven");
  EXPECT_EQ(sven.refused(3, forward(path("events.jsonl")))["code"], "permission_denied");
  EXPECT_FALSE(fs::exists(path("events.jsonl")));
  EXPECT_EQ(ulla_.refused(1, {"audit", "forward", "--to", "x"})["code"], "usage");
  EXPECT_EQ(ulla_.refused(1, forward("syslog+tls://localhost"))["code"], "usage");
  EXPECT_EQ(ulla_.refused(1, forward("syslog+tls://localhost:6514"))["code"], "usage");  // no CA
}

}  // namespace
}  // namespace sspf::test
