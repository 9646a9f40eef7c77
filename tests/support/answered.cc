// SPDX-License-Identifier: Apache-2.0
#include "tests/support/answered.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "server/base/reason.h"
#include "sspf/v1/options.pb.h"

namespace sspf::test {
namespace {

// Whoever is over a limit is told it, whichever test that is.
void ensure_limit_is_said(const Answered& answered) {
  const bool has_limit = answered.reason == name_of(Reason::too_long) ||
                         answered.reason == name_of(Reason::too_many_items) ||
                         answered.reason == name_of(Reason::too_large);
  if (!has_limit || answered.message.find(": at most ") != std::string::npos) return;
  throw std::runtime_error("the limit is not said: " + answered.message);
}

// An error that the network side wrote has no details.
void read_error(const nlohmann::json& error, Answered& answered) {
  answered.code = error.at("code").get<std::string>();
  answered.message = error.value("message", "");
  if (!error.contains("details")) return;
  const auto& debug = error.at("details").at(0).at("debug");
  answered.reason = debug.at("reason").get<std::string>();
  answered.field = debug.at("field").get<std::string>();
  ensure_limit_is_said(answered);
}

}  // namespace

std::string Answered::summary() const {
  if (ok()) return code;
  return code + "/" + reason + (field.empty() ? "" : "(" + field + ")");
}

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

std::string enveloped(char flags, const std::string& message) {
  std::string out(1, flags);
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(message.size() >> static_cast<unsigned>(shift)));
  }
  return out + message;
}

void read_unary(int status, const std::string& body, Answered& answered) {
  if (status == 200) {
    answered.bodies.push_back(body);
  } else {
    read_error(nlohmann::json::parse(body), answered);
  }
}

void read_envelopes(const std::string& body, Answered& answered) {
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

std::string cause_of(const v1::AuditEvent& event) {
  return std::string(name_of(static_cast<Reason>(event.cause_reason())));
}

std::string secret_part(const std::string& code) {
  const auto first = code.find('-') + 1;
  return code.substr(first, code.find('-', first) - first);
}

}  // namespace sspf::test
