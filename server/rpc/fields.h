// SPDX-License-Identifier: Apache-2.0
//
// What is true of every message before a handler sees it: each field keeps the rule that stands
// beside it in the .proto (options.proto).
#pragma once

#include <google/protobuf/message.h>

#include "server/base/result.h"

namespace sspf::rpc {

// Refuses with the reason and path of the first field that breaks its rule: missing, too_long,
// control_character, too_many_items, unknown_value, wrong_date, wrong_time, wrong_request_id,
// wrong_code_form, wrong_handle_form.
Result<Done> check_fields(const google::protobuf::Message& message);

}  // namespace sspf::rpc
