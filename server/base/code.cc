// SPDX-License-Identifier: Apache-2.0
#include "server/base/code.h"

#include <array>

#include "server/base/ensure.h"

namespace sspf {
namespace {

struct Row {
  Code code;
  std::string_view name;
  int status;
};

constexpr std::array rows{
    Row{Code::invalid_argument, "invalid_argument", 400},
    Row{Code::failed_precondition, "failed_precondition", 400},
    Row{Code::unauthenticated, "unauthenticated", 401},
    Row{Code::permission_denied, "permission_denied", 403},
    Row{Code::not_found, "not_found", 404},
    Row{Code::already_exists, "already_exists", 409},
    Row{Code::aborted, "aborted", 409},
    Row{Code::resource_exhausted, "resource_exhausted", 429},
    Row{Code::unimplemented, "unimplemented", 501},
    Row{Code::unavailable, "unavailable", 503},
    Row{Code::deadline_exceeded, "deadline_exceeded", 504},
    Row{Code::internal, "internal", 500},
};

const Row& row_of(Code code) {
  const Row& row = rows.at(static_cast<std::size_t>(code));
  ENSURE(row.code == code);
  return row;
}

}  // namespace

std::string_view wire_name(Code code) { return row_of(code).name; }

int http_status(Code code) { return row_of(code).status; }

}  // namespace sspf
