// SPDX-License-Identifier: Apache-2.0
#include "server/base/code.h"

#include <gtest/gtest.h>

namespace sspf {
namespace {

struct Row {
  Code code;
  std::string_view name;
  int status;
};

TEST(Code, HasTheNameAndStatusOfTheConnectProtocol) {
  const Row rows[] = {
      {Code::invalid_argument, "invalid_argument", 400},
      {Code::failed_precondition, "failed_precondition", 400},
      {Code::unauthenticated, "unauthenticated", 401},
      {Code::permission_denied, "permission_denied", 403},
      {Code::not_found, "not_found", 404},
      {Code::already_exists, "already_exists", 409},
      {Code::aborted, "aborted", 409},
      {Code::resource_exhausted, "resource_exhausted", 429},
      {Code::unimplemented, "unimplemented", 501},
      {Code::unavailable, "unavailable", 503},
      {Code::deadline_exceeded, "deadline_exceeded", 504},
      {Code::internal, "internal", 500},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(wire_name(row.code), row.name);
    EXPECT_EQ(http_status(row.code), row.status) << row.name;
  }
}

}  // namespace
}  // namespace sspf
