// SPDX-License-Identifier: Apache-2.0
//
// Builds requests from typed words, as the program does, without a server.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "client/cli/failure.h"
#include "client/cli/request.h"
#include "sspf/v1/options.pb.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {

using test::Words;

class Request : public testing::Test {
 protected:
  Request() { speak(Language::english); }

  // The request that the words make, as text; the input is what stands on standard input.
  std::string built(const Words& words, const std::string& input, test::At where) {
    const Invocation typed = parse_arguments(table_, words);
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const bool is_terminal = where == test::At::terminal;
    Terminal terminal({in, out, err, is_terminal, is_terminal, is_terminal});
    auto message = build_request(typed, terminal);
    asked_ = err.str();
    if (const auto* const write = message->GetDescriptor()->FindFieldByName("write")) {
      const auto& content = message->GetReflection()->GetMessage(*message, write);
      request_id_ = static_cast<const v1::Write&>(content).request_id();
      is_dry_run_ = static_cast<const v1::Write&>(content).dry_run();
      message->GetReflection()->ClearField(message.get(), write);
    }
    return message->ShortDebugString();
  }
  std::string built(const Words& words) { return built(words, "", test::At::pipes); }

  Problem refused(const Words& words) {
    try {
      built(words);
    } catch (const Failure& failure) {
      return failure.problem();
    }
    ADD_FAILURE() << "was not refused";
    return {};
  }

  test::User user_;
  CommandTable table_ = all_commands();
  std::string asked_;
  std::string request_id_;
  bool is_dry_run_ = false;
};

}  // namespace sspf::cli
