// SPDX-License-Identifier: Apache-2.0
#include "server/base/web_address.h"

#include <gtest/gtest.h>

#include <vector>

namespace sspf {
namespace {

TEST(WebAddress, PartsOfWhatIsAllowed) {
  struct Case {
    std::string text;
    std::string whole;
    std::string host;
    std::string path;
  };
  const std::vector<Case> cases = {
      {"https://w.example", "https://w.example:443", "w.example", ""},
      {"https://w.example/", "https://w.example:443", "w.example", ""},
      {"https://w.example:8443/log/w1/", "https://w.example:8443/log/w1", "w.example", "/log/w1"},
      {"https://192.0.2.7:8443", "https://192.0.2.7:8443", "192.0.2.7", ""},
      {"https://[2001:db8::7]:8443", "https://[2001:db8::7]:8443", "2001:db8::7", ""},
      {"http://127.0.0.1:8470", "http://127.0.0.1:8470", "127.0.0.1", ""},
      {"http://localhost/w", "http://localhost:80/w", "localhost", "/w"},
      {"http://[::1]:8470", "http://[::1]:8470", "::1", ""},
  };
  for (const Case& each : cases) {
    const auto address = WebAddress::parse(each.text);
    ASSERT_TRUE(address) << each.text;
    EXPECT_EQ(address->text(), each.whole);
    EXPECT_EQ(address->host, each.host);
    EXPECT_EQ(address->path, each.path);
    EXPECT_EQ(address->is_tls, each.text.starts_with("https"));
  }
}

TEST(WebAddress, EverythingElseIsRefused) {
  const std::vector<std::string> refused = {
      "",
      "w.example",
      "ftp://w.example",
      "HTTPS://w.example",
      "https://",
      "https:///path",
      "http://w.example",           // plain, and not on this machine
      "http://192.0.2.7:8470",      //
      "http://127.0.0.1.example/",  //
      "https://user@w.example",
      "https://w.example:0",
      "https://w.example:",
      "https://w.example:65536",
      "https://w.example:080",
      "https://w.example:x",
      "https://w.example?x",
      "https://w.example/a?x",
      "https://w.example/a#x",
      "https://w.example/a%20b",
      "https://w.example/a//b",
      "https://w.example/../b",
      "https://w.example\n",
      " https://w.example",
      "https://w example",
      "https://[::1",
      "https://" + std::string(500, 'a'),
  };
  for (const std::string& text : refused) EXPECT_FALSE(WebAddress::parse(text)) << text;
}

}  // namespace
}  // namespace sspf
