// SPDX-License-Identifier: Apache-2.0
//
// The table of RPCs against the wire contract: nothing declared is missing, nothing served is
// undeclared.
#include "server/rpc/methods.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "client/cli/command.h"
#include "sspf/v1/options.pb.h"

namespace sspf::test {
namespace {

std::map<std::string, const google::protobuf::MethodDescriptor*> declared_methods() {
  std::map<std::string, const google::protobuf::MethodDescriptor*> declared;
  for (const auto* file : cli::service_files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto& service = *file->service(s);
      for (int m = 0; m < service.method_count(); ++m) {
        declared["/" + service.full_name() + "/" + service.method(m)->name()] = service.method(m);
      }
    }
  }
  return declared;
}

TEST(Methods, EveryDeclaredMethodHasOneRowWithItsTypes) {
  auto declared = declared_methods();
  for (const rpc::Method& row : rpc::methods()) {
    const auto found = declared.find(std::string(row.path));
    ASSERT_NE(found, declared.end()) << row.path << " is served twice, or not declared";
    EXPECT_EQ(found->second->input_type(), row.request_type().GetDescriptor()) << row.path;
    EXPECT_EQ(found->second->output_type(), row.response_type().GetDescriptor()) << row.path;
    EXPECT_EQ(found->second->server_streaming(), row.is_stream) << row.path;
    EXPECT_FALSE(found->second->client_streaming()) << row.path;
    declared.erase(found);
  }
  for (const auto& [path, method] : declared) ADD_FAILURE() << path << " is not served";
}

TEST(Methods, EveryActionIsOneRows) {
  std::set<access::Action> seen;
  for (const rpc::Method& row : rpc::methods()) {
    EXPECT_TRUE(seen.insert(row.action).second) << row.path << " shares its action";
  }
}

TEST(Methods, ARequestThatWritesCarriesAWriteAndNoOtherDoes) {
  for (const rpc::Method& row : rpc::methods()) {
    const auto* field = row.request_type().GetDescriptor()->FindFieldByName("write");
    EXPECT_EQ(field != nullptr, row.effect == access::Effect::writes) << row.path;
    if (field != nullptr) {
      EXPECT_TRUE(field->options().GetExtension(v1::rule).required()) << row.path;
    }
  }
}

TEST(Methods, NoResponseOfAWriteHoldsSealedContent) {
  for (const rpc::Method& row : rpc::methods()) {
    if (row.effect != access::Effect::writes) continue;
    const auto& descriptor = *row.response_type().GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
      EXPECT_FALSE(descriptor.field(i)->options().GetExtension(v1::rule).sealed())
          << descriptor.field(i)->full_name() << " would be kept for a repeated request_id";
    }
  }
}

}  // namespace
}  // namespace sspf::test
