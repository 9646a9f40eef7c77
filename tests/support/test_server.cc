// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_server.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <stdlib.h>

#include <nlohmann/json.hpp>

#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "server/rpc/methods.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/options.pb.h"

namespace sspf::test {
namespace {

// Gives a Write without request_id a fresh one.
std::string body_with_request_id(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  const auto* field = copy->GetDescriptor()->FindFieldByName("write");
  if (field != nullptr && field->message_type() == v1::Write::descriptor()) {
    auto& write =
        dynamic_cast<v1::Write&>(*copy->GetReflection()->MutableMessage(copy.get(), field));
    if (write.request_id().empty()) write.set_request_id(crypto::hex(crypto::random_bytes(16)));
  }
  return copy->SerializeAsString();
}

std::string enveloped(const std::string& message) {
  std::string out(1, '\0');
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(message.size() >> static_cast<unsigned>(shift)));
  }
  return out + message;
}

void read_error(const nlohmann::json& error, Answered& answered) {
  answered.code = error.at("code").get<std::string>();
  answered.message = error.value("message", "");
  const auto& debug = error.at("details").at(0).at("debug");
  answered.reason = debug.at("reason").get<std::string>();
  answered.field = debug.at("field").get<std::string>();
}

// Reads the envelopes of one piece of a stream.
void read_piece(const std::string& body, Answered& answered) {
  std::size_t at = 0;
  while (at + 5 <= body.size()) {
    std::size_t size = 0;
    for (std::size_t i = 1; i < 5; ++i) {
      size = size << 8U | static_cast<std::uint8_t>(body[at + i]);
    }
    const std::string message = body.substr(at + 5, size);
    if (body[at] == 2) {
      const auto end = nlohmann::json::parse(message);
      if (end.contains("error")) read_error(end.at("error"), answered);
    } else {
      answered.bodies.push_back(message);
    }
    at += 5 + size;
  }
}

std::string secret_part(const std::string& code) {
  const auto first = code.find('-') + 1;
  return code.substr(first, code.find('-', first) - first);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "sspf-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Config config_below(const std::filesystem::path& folder) {
  Config config;
  config.paths = {folder / "data", folder / "keystore", folder / "keys",
                  folder / "log" / "checkpoint"};
  config.audit.origin = "sspf.example/test/audit/1";
  config.limits.calls_per_second = 1e6;
  config.limits.calls_burst = 1e6;
  config.limits.lookups_per_hour = 1e6;
  config.limits.unidentified_calls_per_minute = 1e6;
  config.limits.free_bytes_min = 0;
  return config;
}

std::string Answered::summary() const {
  if (ok()) return code;
  return code + "/" + reason + (field.empty() ? "" : "(" + field + ")");
}

TestServer::TestServer()
    : config_(config_below(folder_.path())), now_(std::make_shared<Instant>()) {
  use_stockholm_time();
  set_date("2026-11-24");
  const auto clock = [now = now_] { return *now; };
  const std::string code = create_installation({config_, "root", "Första Administratören"}, clock);
  restart();
  root_ = enroll(code);
}

TestServer::~TestServer() = default;

void TestServer::restart() {
  open_.reset();
  open_ = std::make_unique<OpenInstallation>(
      config_, [now = now_] { return *now; }, OpenInstallation::CheckLog::yes);
}

void TestServer::close() { open_.reset(); }

HttpResponse TestServer::raw(const HttpRequest& request) {
  HttpRequest arrived = request;
  arrived.arrived = *now_;
  return rpc::serve_batch(open_->services(), {arrived}).at(0);
}

Answered TestServer::call(const Account& caller, const std::string& rpc,
                          const google::protobuf::Message& request) {
  const rpc::Method* method = rpc::find_method("/" + rpc);
  const bool is_stream = method != nullptr && method->is_stream;
  HttpRequest http;
  http.path = "/" + rpc;
  http.content_type = is_stream ? "application/connect+proto" : "application/proto";
  http.body = body_with_request_id(request);
  if (is_stream) http.body = enveloped(http.body);
  http.peer_address = "127.0.0.1";
  http.user_agent = "test";
  http.certificate = caller.certificate;
  Answered answered;
  answered.code = "ok";
  HttpResponse response = raw(http);
  if (!response.is_stream) {
    if (response.status == 200) {
      answered.bodies.push_back(response.body);
    } else {
      read_error(nlohmann::json::parse(response.body), answered);
    }
    return answered;
  }
  read_piece(response.body, answered);
  while (!response.next_cursor.empty()) {
    http.stream_cursor = response.next_cursor;
    response = raw(http);
    read_piece(response.body, answered);
  }
  return answered;
}

Account TestServer::enroll(const std::string& code) {
  const crypto::Secret key = crypto::generate_private_key();
  v1::EnrollRequest request;
  request.set_code(secret_part(code));
  request.set_signing_request_pem(crypto::make_signing_request(key));
  const auto response =
      get<v1::EnrollResponse>(Account{}, "sspf.v1.AccountService/Enroll", request);
  const auto facts = crypto::read_certificate(response.certificate_pem());
  if (!facts) throw std::runtime_error("an issued certificate does not parse");
  return {response.handle(), PeerCertificate{facts->fingerprint}};
}

void TestServer::set_date(const std::string& date) {
  std::tm local{};
  local.tm_year = std::stoi(date.substr(0, 4)) - 1900;
  local.tm_mon = std::stoi(date.substr(5, 2)) - 1;
  local.tm_mday = std::stoi(date.substr(8, 2));
  local.tm_hour = 12;
  local.tm_isdst = -1;
  now_->microseconds = static_cast<std::int64_t>(std::mktime(&local)) * 1'000'000;
}

void TestServer::advance_seconds(std::int64_t seconds) {
  now_->microseconds += seconds * 1'000'000;
}

std::vector<v1::AuditEvent> TestServer::events() {
  store::Batch batch(open_->database());
  store::Unit unit(batch);
  std::vector<v1::AuditEvent> events;
  for (const auto& entry : unit.tables().audit_log.range(0, event_count(), 1'000'000)) {
    if (!events.emplace_back().ParseFromString(entry.bytes)) {
      throw std::runtime_error("a stored event does not parse");
    }
  }
  return events;
}

std::uint64_t TestServer::event_count() { return open_->database().log_size(); }

v1::AuditEvent TestServer::last_event() { return events().back(); }

}  // namespace sspf::test
