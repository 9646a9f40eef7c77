// SPDX-License-Identifier: Apache-2.0
//
// What a client of the Connect protocol writes and reads, for tests with and without a socket.
#pragma once

#include <google/protobuf/message.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "sspf/v1/audit.pb.h"

namespace sspf::test {

// What came back. `code` is "ok" or the wire name of the code; the rest is of the error, or of the
// answer.
struct Answered {
  std::string code = "ok";
  std::string reason;
  std::string field;
  std::string message;
  std::vector<std::string> bodies;  // one, or one for each message of a stream

  bool ok() const { return code == "ok"; }
  // "ok", or "not_found/not_found" or "invalid_argument/missing(draft.due_date)".
  std::string summary() const;

  template <typename Response>
  Response as() const {
    Response response;
    for (const std::string& body : bodies) {
      Response piece;
      if (!piece.ParseFromString(body)) throw std::runtime_error("an answer does not parse");
      response.MergeFrom(piece);  // lists of a stream come one after the other
    }
    return response;
  }
};

// The bytes of a request; a Write without request_id gets a fresh one.
std::string body_with_request_id(const google::protobuf::Message& request);

std::string enveloped(char flags, const std::string& message);

// Takes over the answer to a unary call, or the envelopes of one piece of a stream.
void read_unary(int status, const std::string& body, Answered& answered);
void read_envelopes(const std::string& body, Answered& answered);

// The name of the private cause in an event.
std::string cause_of(const v1::AuditEvent& event);

// Of an enrolment code: what is sent to the server.
std::string secret_part(const std::string& code);

}  // namespace sspf::test
