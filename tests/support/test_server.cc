// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_server.h"

#include <ctime>

#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "server/rpc/methods.h"
#include "sspf/v1/account.pb.h"

namespace sspf::test {

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

std::vector<v1::AuditEvent> events_of(OpenInstallation& installation) {
  const std::uint64_t size = installation.database().log_size();
  store::Batch batch(installation.database());
  store::Unit unit(batch);
  std::vector<v1::AuditEvent> events;
  for (const auto& entry : unit.tables().audit_log.range(0, size, 1'000'000)) {
    if (!events.emplace_back().ParseFromString(entry.bytes)) {
      throw std::runtime_error("a stored event does not parse");
    }
  }
  return events;
}

std::string reference_of(const std::string& id) { return crypto::base32(crypto::view_of(id)); }

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
  if (is_stream) http.body = enveloped(0, http.body);
  http.peer_address = "127.0.0.1";
  http.user_agent = "test";
  http.certificate = caller.certificate;
  Answered answered;
  HttpResponse response = raw(http);
  if (!response.is_stream) {
    read_unary(response.status, response.body, answered);
    return answered;
  }
  read_envelopes(response.body, answered);
  while (!response.next_cursor.empty()) {
    http.stream_cursor = response.next_cursor;
    response = raw(http);
    read_envelopes(response.body, answered);
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

std::vector<v1::AuditEvent> TestServer::events() { return events_of(*open_); }

std::uint64_t TestServer::event_count() { return open_->database().log_size(); }

v1::AuditEvent TestServer::last_event() { return events().back(); }

}  // namespace sspf::test
