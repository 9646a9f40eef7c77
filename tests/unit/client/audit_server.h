// SPDX-License-Identifier: Apache-2.0
//
// A user whose context points to a server that shows a log and proves what it is asked to.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "crypto/certificate.h"
#include "tests/support/join.h"
#include "tests/unit/client/audit_fixture.h"
#include "tests/unit/client/stub_server.h"

namespace sspf::cli::test {

class AuditServer : public AuditVerifyCommand {
 protected:
  AuditServer() {
    user_.set("SSPF_PASSPHRASE_FILE", user_.file("passphrase", "a long passphrase"));
    const crypto::Secret key = crypto::generate_private_key();
    user_.store().save({"home", server_.address(), "anna.ek", authority_.pem(),
                        authority_.client_certificate(key, 90) +
                            sspf::test::quickly_encrypted(key, "a long passphrase"),
                        log_.vkey()});
  }

  // From now on the log is this one, and answers with proofs of it.
  void show(const Words& events) {
    shown_ = events;
    response_.clear();
  }
  std::string answer(const Received& received) {
    ++calls_[received.path];
    v1::GetCheckpointRequest request;
    if (received.path == "/sspf.v1.AuditService/GetCheckpoint") {
      request.ParseFromString(received.body);
      asked_since_ = request.since_size();
    }
    if (!response_.empty()) return response_;
    if (received.path != "/sspf.v1.AuditService/GetCheckpoint") return unary_response("");
    v1::GetCheckpointResponse response;
    response.set_checkpoint_note(log_.note(shown_));
    if (request.since_size() <= shown_.size()) {
      for (const auto& hash : Log::consistency_proof(shown_, request.since_size())) {
        response.add_consistency_proof(std::string(crypto::text_of(hash)));
      }
    }
    return unary_response(response.SerializeAsString());
  }
  void hand_out(const std::string& note, const Words& events) {
    Words messages;
    v1::ExportEventsResponse part;
    part.set_checkpoint_note(note);
    for (const auto& one : events) {
      part.add_events(one);
      messages.push_back(part.SerializeAsString());
      part.Clear();
    }
    response_ = stream_response(messages, "{}");
  }
  Ran checkpoint() { return run_program({"audit", "checkpoint"}); }

  Authority authority_;
  std::string response_;
  Words shown_;
  std::map<std::string, int> calls_;
  std::uint64_t asked_since_ = 0;
  crypto::Secret server_key_ = crypto::generate_private_key();
  StubServer server_{{authority_.server_certificate(server_key_, "127.0.0.1"), authority_.pem(),
                      server_key_, TLS1_3_VERSION, authority_.pem()},
                     [this](const Received& received) { return answer(received); }};
};

}  // namespace sspf::cli::test
