// SPDX-License-Identifier: Apache-2.0
//
// Requests of any type: those that name one thing, and what makes another of one; and lists of
// requests for tables of RPCs.
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

// The request, as a dry run when it is a write.
template <typename Request>
std::unique_ptr<Request> as_trial(Request request) {
  if constexpr (requires { request.mutable_write(); }) {
    request.mutable_write()->set_dry_run(true);
  }
  return std::make_unique<Request>(std::move(request));
}

inline std::unique_ptr<google::protobuf::Message> copy_of(
    const google::protobuf::Message& message) {
  std::unique_ptr<google::protobuf::Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

// A text for a field, of so many times another.
inline std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace sspf::test
