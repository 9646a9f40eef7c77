// SPDX-License-Identifier: Apache-2.0
#include "server/base/code.h"

#include <array>

#include "server/base/ensure.h"

namespace sspf {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  int status;
};

constexpr std::array code_rows{
    CodeRow{Code::invalid_argument, "invalid_argument", 400},
    CodeRow{Code::failed_precondition, "failed_precondition", 400},
    CodeRow{Code::unauthenticated, "unauthenticated", 401},
    CodeRow{Code::permission_denied, "permission_denied", 403},
    CodeRow{Code::not_found, "not_found", 404},
    CodeRow{Code::already_exists, "already_exists", 409},
    CodeRow{Code::aborted, "aborted", 409},
    CodeRow{Code::resource_exhausted, "resource_exhausted", 429},
    CodeRow{Code::unimplemented, "unimplemented", 501},
    CodeRow{Code::unavailable, "unavailable", 503},
    CodeRow{Code::deadline_exceeded, "deadline_exceeded", 504},
    CodeRow{Code::internal, "internal", 500},
};

const CodeRow& row_of(Code code) {
  const CodeRow& row = code_rows.at(static_cast<std::size_t>(code));
  ENSURE(row.code == code);
  return row;
}

}  // namespace

std::string_view wire_name(Code code) { return row_of(code).name; }

int http_status(Code code) { return row_of(code).status; }

}  // namespace sspf
