// SPDX-License-Identifier: Apache-2.0
//
// Requests of any type that name one thing, and lists of requests for tables of RPCs.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sspf::test {

// RPCs, each with a request.
using Requests = std::vector<std::pair<std::string, std::unique_ptr<google::protobuf::Message>>>;

template <typename Request>
Request about_account(const std::string& handle) {
  Request request;
  request.set_handle(handle);
  return request;
}

template <typename Request>
Request about_case(const std::string& number) {
  Request request;
  request.set_case_number(number);
  return request;
}

template <typename Request>
Request about_meeting(const std::string& number) {
  Request request;
  request.set_meeting_number(number);
  return request;
}

}  // namespace sspf::test
