// SPDX-License-Identifier: Apache-2.0
//
// The Connect protocol as bytes, apart from any socket: envelopes of a stream, and what an error
// says (connectrpc.com/docs/protocol).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/cli/failure.h"

namespace sspf::cli {

// One message of a stream: a flag byte, four bytes of length, the message.
std::string envelope(std::string_view message);

// Takes a stream apart as its bytes arrive. Throws a transport Failure on what the protocol does
// not allow.
class EnvelopeReader {
 public:
  struct Piece {
    bool is_end = false;
    std::string body;
  };
  void add(std::string_view bytes) { buffer_ += bytes; }
  // Nothing until a whole piece is there.
  std::optional<Piece> next();

 private:
  std::string buffer_;
};

// What the JSON of an error says, in the language spoken.
Failure refused(const std::string& error_json);

// For an answer that is no error of the protocol: a proxy's page, or another program's.
Failure refused_by_status(int http_status);

// The last piece of a stream: nothing when the stream ended well.
std::optional<Failure> end_of_stream(const std::string& end_json);

}  // namespace sspf::cli
