// SPDX-License-Identifier: Apache-2.0
//
// A client that others wrote: buf, from the registry of npm (deploy/setup --tests).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/places/places.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Empty when it is not there.
std::string buf_program() {
  const fs::path folder = source_folder() / "tests/tools/node_modules/@bufbuild";
  if (!fs::exists(folder)) return "";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path program = entry.path() / "bin/buf";
    const bool is_native = entry.path().filename().string().starts_with("buf-linux-");
    if (is_native && fs::exists(program)) return program.string();
  }
  return "";
}

struct BufCurl : testing::Test {
  Site site;
  SiteServer server{site};

  void SetUp() override {
    ASSERT_NE(buf_program(), "") << "deploy/setup --tests installs buf";
    const ClientIdentity identity = enroll(server.port(), site.code());
    write_private(site.folder() / "cert.pem", identity.certificate_pem);
    write_private(site.folder() / "key.pem", identity.private_key_pem);
  }

  // Verifies the server's certificate and name as any client would.
  Ended curl(const std::string& rpc, const std::string& json) const {
    const std::string folder = site.folder().string();
    return run({{buf_program(), "curl", "--schema", (source_folder() / "proto").string(),
                 "--protocol", "connect", "--cert", folder + "/cert.pem", "--key",
                 folder + "/key.pem", "--cacert", site.config().ca_file().string(), "--data", json,
                 "https://" + server.address() + "/sspf.v1." + rpc},
                {{"HOME", folder}, {"BUF_CACHE_DIR", folder + "/cache"}}});
  }
};

TEST_F(BufCurl, ReadsWritesAndStreams) {
  const Ended who = curl("AccountService/WhoAmI", "{}");
  ASSERT_EQ(who.exit_code, 0) << who.err;
  EXPECT_EQ(nlohmann::json::parse(who.out).at("account").at("handle"), "root");

  const Ended made =
      curl("MunicipalityService/CreateMunicipality",
           R"({"write":{"requestId":"aaaaaaaaaaaaaaaa"},"code":"TYR","name":"Tyresö"})");
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(nlohmann::json::parse(made.out).at("code"), "TYR");

  const Ended listed = curl("AccountService/ListAccounts", "{}");
  ASSERT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("\"root\""));
}

TEST_F(BufCurl, UnderstandsRefusals) {
  const Ended refused = curl("AccountService/GetAccount", R"({"handle":"finns.inte"})");
  EXPECT_NE(refused.exit_code, 0);
  const auto error = nlohmann::json::parse(refused.err);
  EXPECT_EQ(error.at("code"), "not_found");
  EXPECT_THAT(error.at("message").get<std::string>(), HasSubstr("does not exist"));
  EXPECT_EQ(error.at("details").at(0).at("type"), "sspf.v1.ErrorInfo");

  const Ended incomplete = curl("MunicipalityService/CreateMunicipality", R"({"code":"TYR"})");
  EXPECT_NE(incomplete.exit_code, 0);
  EXPECT_EQ(nlohmann::json::parse(incomplete.err).at("code"), "invalid_argument");
}

}  // namespace
}  // namespace sspf::test
