// SPDX-License-Identifier: Apache-2.0
//
// Enrolment, renewal and whole commands against a server.
#include <google/protobuf/timestamp.pb.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "client/cli/enroll.h"
#include "client/cli/failure.h"
#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "crypto/note.h"
#include "crypto/random.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/options.pb.h"
#include "tests/unit/client/stub_server.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using test::Received;
using test::run_program;
using test::StubServer;

class SignIn : public testing::Test {
 protected:
  SignIn() : code_("sspf1-" + secret_ + "-" + crypto::base32(authority_.fingerprint())) {
    user_.set("SSPF_PASSPHRASE_FILE", user_.file("passphrase", "a long passphrase\n"));
  }

  std::string answer(const Received& received) {
    if (received.path == "/sspf.v1.AccountService/Enroll") return enrolled(received);
    if (received.path == "/sspf.v1.AccountService/Renew") return renewed(received);
    if (received.path == "/sspf.v1.AccountService/WhoAmI") return me();
    if (received.path == "/sspf.v1.AuditService/GetCheckpoint") {
      return test::error_response(404, R"({"code":"not_found"})");
    }
    return response_;
  }
  std::string enrolled(const Received& received) {
    v1::EnrollRequest request;
    request.ParseFromString(received.body);
    told_code_ = request.code();
    v1::EnrollResponse response;
    response.set_handle("anna.ek");
    response.set_certificate_pem(authority_.sign(request.signing_request_pem(), days_));
    response.set_ca_certificate_pem(handed_out_ca_);
    response.set_log_verifier_key(crypto::NoteVerifier{"log.example", key_.public_key()}.text());
    return test::unary_response(response.SerializeAsString());
  }
  std::string renewed(const Received& received) {
    v1::RenewRequest request;
    request.ParseFromString(received.body);
    v1::RenewResponse response;
    response.set_certificate_pem(authority_.sign(request.signing_request_pem(), 90));
    return test::unary_response(response.SerializeAsString());
  }
  static std::string me() {
    v1::WhoAmIResponse response;
    response.mutable_account()->set_handle("anna.ek");
    return test::unary_response(response.SerializeAsString());
  }
  test::Ran enroll_here() {
    return run_program({"enroll", "--server", server_.address(), "--context", "home", "--code-file",
                        user_.file("code", code_ + "\n")});
  }

  test::User user_;
  test::Authority authority_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  std::string secret_ = crypto::base32(crypto::random_bytes(16));
  std::string code_;
  std::string handed_out_ca_ = authority_.pem();
  std::string told_code_;
  std::string response_ = test::error_response(404, R"({"code":"not_found"})");
  int days_ = 90;
  crypto::Secret server_key_ = crypto::generate_private_key();
  StubServer server_{{authority_.server_certificate(server_key_, "127.0.0.1"), authority_.pem(),
                      server_key_, TLS1_3_VERSION, ""},
                     [this](const Received& received) { return answer(received); }};
};

TEST_F(SignIn, AnEnrolmentCodeIsReadStrictly) {
  const auto code = EnrolmentCode::parse(" " + code_ + "\n");
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(code->secret, secret_);
  EXPECT_EQ(code->ca_fingerprint, authority_.fingerprint());
  std::string capitals = code_;
  for (char& letter : capitals) letter = static_cast<char>(std::toupper(letter));
  EXPECT_TRUE(EnrolmentCode::parse(capitals).has_value());
  for (const std::string& bad :
       {std::string(), std::string("sspf1-"), code_.substr(1), code_ + "0",
        code_.substr(0, code_.size() - 1), "sspf2" + code_.substr(5), code_ + "-x"}) {
    EXPECT_FALSE(EnrolmentCode::parse(bad).has_value()) << bad;
  }
}

TEST_F(SignIn, EnrolmentMakesAContext) {
  const auto ran = enroll_here();
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(told_code_, secret_);
  EXPECT_EQ(ran.out.find(secret_), std::string::npos);
  const Context context = user_.store().load("home");
  EXPECT_EQ(context.account, "anna.ek");
  EXPECT_EQ(context.server, server_.address());
  EXPECT_EQ(context.ca_pem, authority_.pem());
  EXPECT_EQ(context.identity_pem.find("BEGIN PRIVATE KEY"), std::string::npos);
  EXPECT_NE(context.key_pem().find("BEGIN ENCRYPTED PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(user_.store().preferences().context, "home");
  EXPECT_NE(run_program({"whoami"}).out.find("anna.ek"), std::string::npos);
}

TEST_F(SignIn, EnrolmentAsksOnATerminal) {
  user_.unset("SSPF_PASSPHRASE_FILE");
  const auto ran = test::run_at(test::At::terminal, {"enroll", "--server", server_.address()},
                                code_ + "\na long passphrase\na long passphrase\n");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(user_.store().has("127.0.0.1"));
}

TEST_F(SignIn, AContextIsNotOverwritten) {
  ASSERT_EQ(enroll_here().exit, 0);
  told_code_.clear();
  EXPECT_EQ(enroll_here().exit, 1);
  EXPECT_EQ(told_code_, "");
}

TEST_F(SignIn, ACodeIsNotUsedUpWhereNothingCanBeSaved) {
  std::filesystem::create_directory(user_.folder() / "config");
  const auto in_the_way = user_.file("config/contexts", "");
  const auto refused = enroll_here();
  EXPECT_EQ(refused.exit, 1);
  EXPECT_NE(refused.err.find("can still be used"), std::string::npos) << refused.err;
  EXPECT_TRUE(server_.received().empty());
  std::filesystem::remove(in_the_way);
  EXPECT_EQ(enroll_here().exit, 0);
}

TEST_F(SignIn, TimesInJsonAreUtc) {
  const auto ran = run_program({"enroll", "--server", server_.address(), "--context", "home",
                                "--code-file", user_.file("code", code_), "-o", "json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const std::regex utc("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  const std::string expiry = nlohmann::json::parse(ran.out)["certificateNotAfter"];
  EXPECT_TRUE(std::regex_match(expiry, utc)) << expiry;
  const auto list = run_program({"context", "list", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(list.out)["contexts"][0]["certificateNotAfter"], expiry);
  const auto shown = run_program({"context", "show", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(shown.out)["certificateNotAfter"], expiry);
  EXPECT_EQ(run_program({"context", "show"}).out.find(expiry), std::string::npos);
  const std::string renewed =
      nlohmann::json::parse(run_program({"renew", "-o", "json"}).out)["certificateNotAfter"];
  EXPECT_TRUE(std::regex_match(renewed, utc)) << renewed;
}

TEST_F(SignIn, ACodeForAnotherAuthorityIsNotSent) {
  const test::Authority other;
  code_ = "sspf1-" + secret_ + "-" + crypto::base32(other.fingerprint());
  EXPECT_EQ(enroll_here().exit, 7);
  EXPECT_TRUE(server_.received().empty());
  EXPECT_TRUE(user_.store().names().empty());
}

TEST_F(SignIn, AnotherAuthorityInTheAnswerIsNotSaved) {
  handed_out_ca_ = test::Authority().pem();
  EXPECT_EQ(enroll_here().exit, 7);
  EXPECT_TRUE(user_.store().names().empty());
}

TEST_F(SignIn, AWrongPassphraseIsNotSignedIn) {
  ASSERT_EQ(enroll_here().exit, 0);
  EXPECT_EQ(
      run_program({"whoami", "--passphrase-file", user_.file("wrong", "another one here")}).exit,
      4);
  user_.unset("SSPF_PASSPHRASE_FILE");
  EXPECT_EQ(run_program({"whoami"}).exit, 4);
}

TEST_F(SignIn, RenewalReplacesKeyAndCertificate) {
  ASSERT_EQ(enroll_here().exit, 0);
  const std::string before = user_.store().load("home").identity_pem;
  ASSERT_EQ(run_program({"renew"}).exit, 0);
  const Context after = user_.store().load("home");
  EXPECT_NE(after.identity_pem, before);
  EXPECT_NE(after.certificate_pem(), "");
  EXPECT_EQ(run_program({"whoami"}).exit, 0);
}

TEST_F(SignIn, ACertificateThatSoonExpiresIsToldOnEveryCommand) {
  days_ = 13;
  ASSERT_EQ(enroll_here().exit, 0);
  const auto ran = run_program({"whoami"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_NE(ran.err.find("Your certificate expires on"), std::string::npos);
  EXPECT_EQ(ran.out.find("expires on"), std::string::npos);
  const auto in_json = run_program({"whoami", "-o", "json"});
  EXPECT_NE(nlohmann::json::parse(in_json.err)["warning"]["message"], "");
}

TEST_F(SignIn, ACertificateThatHasExpiredIsNotSignedIn) {
  days_ = -2;
  ASSERT_EQ(enroll_here().exit, 0);
  EXPECT_EQ(run_program({"whoami"}).exit, 4);
}

TEST_F(SignIn, AnswersOfTheServerEndAsExitCodes) {
  ASSERT_EQ(enroll_here().exit, 0);
  const std::vector<std::pair<std::string, int>> expected{
      {"invalid_argument", 1}, {"internal", 2},  {"unavailable", 2}, {"permission_denied", 3},
      {"unauthenticated", 4},  {"not_found", 5}, {"aborted", 6},     {"failed_precondition", 6},
      {"already_exists", 6},
  };
  for (const auto& [code, exit] : expected) {
    response_ = test::error_response(400, R"({"code":")" + code + R"("})");
    const auto ran = run_program({"case", "show", "TYR-1", "-o", "json"});
    EXPECT_EQ(ran.exit, exit) << code;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(nlohmann::json::parse(ran.err)["error"]["code"], code);
  }
}

TEST_F(SignIn, AListIsStreamedAndPutTogether) {
  ASSERT_EQ(enroll_here().exit, 0);
  v1::ListCasesResponse first;
  first.add_cases()->set_number("TYR-1");
  v1::ListCasesResponse second;
  second.add_cases()->set_number("TYR-2");
  response_ = test::stream_response({first.SerializeAsString(), second.SerializeAsString()}, "{}");
  EXPECT_EQ(run_program({"case", "list"}).out, "Case   Version\nTYR-1  0\nTYR-2  0\n");
  const auto object = nlohmann::json::parse(run_program({"case", "list", "-o", "json"}).out);
  EXPECT_EQ(object["api"], "sspf/v1");
  EXPECT_EQ(object["cases"].size(), 2U);
  response_ = test::stream_response({}, "{}");
  const auto empty = run_program({"case", "list"});
  EXPECT_EQ(empty.out, "");
  EXPECT_NE(empty.err, "");
}

TEST_F(SignIn, AWriteIsToldOnStandardErrorOnly) {
  ASSERT_EQ(enroll_here().exit, 0);
  v1::AdvanceCaseResponse response;
  response.set_state(v1::CASE_STATE_MAPPING);
  response.set_version(3);
  response_ = test::unary_response(response.SerializeAsString());
  const auto ran =
      run_program({"case", "advance", "TYR-1", "--version", "2", "--to", "mapping", "--dry-run"});
  EXPECT_EQ(ran.out, "State    mapping\nVersion  3\n");
  EXPECT_EQ(ran.err, "Checked. Nothing was stored.\n");
  v1::AdvanceCaseRequest request;
  request.ParseFromString(server_.received().back().body);
  EXPECT_TRUE(request.write().dry_run());
}

TEST_F(SignIn, NothingIsSentWhenTheCommandLineIsWrong) {
  ASSERT_EQ(enroll_here().exit, 0);
  const auto before = server_.received().size();
  EXPECT_EQ(run_program({"case", "create", "--title", "Anna"}).exit, 1);
  EXPECT_EQ(server_.received().size(), before);
}

}  // namespace
}  // namespace sspf::cli
