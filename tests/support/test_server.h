// SPDX-License-Identifier: Apache-2.0
//
// A real installation in a temporary folder (encrypted file, keystore, keys, CA), driven by bytes
// through rpc::serve_batch without a socket, under a clock that stands still unless it is moved.
// Makes no assertions of its own, except that setting up succeeds.
#pragma once

#include <google/protobuf/message.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/installation.h"
#include "sspf/v1/audit.pb.h"
#include "tests/support/answered.h"
#include "tests/support/temporary_folder.h"

namespace sspf::test {

// Settings of an installation below `folder`, with limits that tests do not meet by accident.
Config config_below(const std::filesystem::path& folder);

// Every event of the log, parsed from its stored bytes.
std::vector<v1::AuditEvent> events_of(OpenInstallation& installation);
// How lists of the log name what has this id.
std::string reference_of(const std::string& id);

// Who calls: nobody when there is no certificate.
struct Account {
  std::string handle;
  std::optional<PeerCertificate> certificate;
};

class TestServer {
 public:
  TestServer();
  ~TestServer();

  // One call by itself: a batch of one. The path is the RPC's full name,
  // "sspf.v1.CaseService/GetCase"; whether it streams is known from the descriptor. A Write that is
  // not set gets a fresh request_id.
  Answered call(const Account& caller, const std::string& rpc,
                const google::protobuf::Message& request);
  HttpResponse raw(const HttpRequest& request);

  // As call(), and throws std::runtime_error with the summary unless it is ok.
  template <typename Response>
  Response get(const Account& caller, const std::string& rpc,
               const google::protobuf::Message& request) {
    const Answered answered = call(caller, rpc, request);
    if (!answered.ok()) throw std::runtime_error(rpc + ": " + answered.summary());
    return answered.as<Response>();
  }

  // The first administrator, enrolled.
  const Account& root() const { return root_; }
  // Enrols with a code, as `sspf enroll` does.
  Account enroll(const std::string& code);

  void set_date(const std::string& date);  // noon in Stockholm
  void advance_seconds(std::int64_t seconds);
  Instant now() const { return *now_; }
  std::string today() const { return date_of(*now_); }

  // Every event of the log, parsed from its stored bytes.
  std::vector<v1::AuditEvent> events();
  std::uint64_t event_count();
  v1::AuditEvent last_event();

  const Config& config() const { return config_; }
  OpenInstallation& installation() { return *open_; }
  // Closes and opens the installation again, as a restart does.
  void restart();
  void close();

 private:
  TemporaryFolder folder_;
  Config config_;
  std::shared_ptr<Instant> now_;
  std::unique_ptr<OpenInstallation> open_;
  Account root_;
};

}  // namespace sspf::test
