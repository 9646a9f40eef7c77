// SPDX-License-Identifier: Apache-2.0
//
// The Connect protocol as one table: what is sent, as bytes of HTTP, and what must come back.
#pragma once

#include <string>
#include <vector>

namespace sspf::test {

struct WireCase {
  std::string name;
  std::string path;
  std::string content_type;
  std::string body;
  int status;
  // Of the answer, also of a stream's end: "ok" or "code/reason(field)". Empty: refused before a
  // call, so counted by the network side and no event of the log.
  std::string outcome;
  std::vector<std::string> headers = {};  // further lines
  std::string verb = "POST";
};

const std::vector<WireCase>& wire_cases();

}  // namespace sspf::test
