// SPDX-License-Identifier: Apache-2.0
//
// Whoever steals the disk, or reads what the server says, learns nothing that was told in
// confidence: no marker that was written is found in any file, before and after the server stops.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "crypto/encoding.h"
#include "server/rpc/methods.h"
#include "sspf/v1/options.pb.h"
#include "tests/support/stored_values.h"
#include "tests/system/marked_story.h"

namespace sspf::test {
namespace {

using google::protobuf::Descriptor;
using testing::HasSubstr;
using testing::IsEmpty;

void collect_sealed(const Descriptor& message, std::set<std::string>& sealed) {
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    if (field.options().GetExtension(v1::rule).sealed()) sealed.insert(field.full_name());
    if (field.message_type() != nullptr) collect_sealed(*field.message_type(), sealed);
  }
}

std::set<std::string> sealed_request_fields() {
  std::set<std::string> sealed;
  for (const rpc::Method& method : rpc::methods()) {
    collect_sealed(*method.request_type().GetDescriptor(), sealed);
  }
  return sealed;
}

// The secrets as they could be written: as they stand, as hex, as Base64, in 16 bits a character.
std::vector<std::string> forms_of(const std::string& secret) {
  std::string wide;
  for (const char letter : secret) wide += std::string{letter, '\0'};
  // Whole groups of three bytes, which do not depend on what follows.
  const std::string whole = secret.substr(0, secret.size() / 3 * 3);
  return {secret, crypto::hex(crypto::view_of(secret)),
          crypto::base64_unpadded(crypto::view_of(whole)), wide};
}

std::vector<std::string> secrets() {
  std::vector<std::string> all;
  const std::string number = story_identity_number;
  for (const std::string& secret :
       {std::string(story_marker), number, number.substr(0, 8) + "-" + number.substr(8),
        number.substr(2), std::string(story_birth_date)}) {
    for (const std::string& form : forms_of(secret)) all.push_back(form);
  }
  return all;
}

std::vector<std::string> secrets_in(const std::string& content) {
  std::vector<std::string> found;
  for (const std::string& secret : secrets()) {
    if (content.find(secret) != std::string::npos) found.push_back(secret);
  }
  return found;
}

// How many files there were.
int expect_no_secret_below(const Site& site) {
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(site.folder())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_THAT(secrets_in(read_whole(entry.path())), IsEmpty()) << entry.path();
  }
  return files;
}

// The file is encrypted as a whole; so whoever has its key, and not those of the cases, is asked
// too.
void expect_no_secret_in_tables(const Config& config) {
  std::size_t values = 0;
  for_each_value(config, [&](const auto& table, const auto& column, const auto& value) {
    ++values;
    if (column == "name" && (table == "agency" || table == "municipality")) return;  // no secret
    EXPECT_THAT(secrets_in(value), IsEmpty()) << table << "." << column;
  });
  EXPECT_GT(values, 1000U);
}

// Secrets in places where they do not belong, as a mistaken client would send them.
void send_where_it_does_not_belong(const SiteServer& server, const std::string& text) {
  const std::string type = "\r\nContent-Type: application/json\r\n";
  const std::string body = "{\"" + text + "\":\"" + text + "\"}";
  for (const std::string& head :
       {"POST /" + text + " HTTP/1.1\r\nHost: localhost" + type,
        "POST /sspf.v1.AccountService/WhoAmI HTTP/1.1\r\nHost: " + text + type,
        "POST /sspf.v1.AccountService/Enroll HTTP/1.1\r\nHost: a\r\nUser-Agent: " + text + type,
        "POST /sspf.v1.AccountService/Enroll HTTP/1.1\r\nHost: a\r\nCookie: " + text + type}) {
    TlsClientSettings settings;
    settings.port = server.port();
    TlsClient client(settings);
    client.send(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(client.read_answer());
  }
  EXPECT_THAT(server.ask_admin("/" + text), testing::StartsWith("HTTP/1.1 404 "));
}

TEST(Secrets, AreFoundInNoFileAndInNothingThatTheServerSays) {
  const Site site;
  SiteServer server(site);
  const MarkedStory story(site, server);
  send_where_it_does_not_belong(server, story_marker);
  EXPECT_EQ(story.sealed_fields_sent(), sealed_request_fields());
  EXPECT_THAT(story.read_back(), HasSubstr(std::string(story_marker) + " corrected note"));

  EXPECT_TRUE(std::filesystem::exists(site.config().database_file().string() + "-wal"));
  EXPECT_GE(expect_no_secret_below(site), 8);
  EXPECT_THAT(secrets_in(server.ask_admin("/metrics")), IsEmpty());
  EXPECT_EQ(server.stop(), 0);
  EXPECT_GE(expect_no_secret_below(site), 6);
  expect_no_secret_in_tables(site.config());
  EXPECT_THAT(secrets_in(server.log()), IsEmpty());
  EXPECT_THAT(server.log(), HasSubstr("event=stopped"));
}

TEST(Secrets, WouldBeFound) {
  for (const std::string& secret : secrets()) {
    EXPECT_THAT(secrets_in("a" + secret + "b"), testing::Contains(secret));
  }
}

}  // namespace
}  // namespace sspf::test
