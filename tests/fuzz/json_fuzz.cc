// SPDX-License-Identifier: Apache-2.0
//
// The strict scan before Protobuf's own JSON parser: whatever passes it, another parser reads too,
// and Protobuf turns it into a message that survives being written and read again, or refuses it.
#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>

#include "server/rpc/json.h"
#include "sspf/v1/case.pb.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  if (!rpc::is_strict_json(input)) return;
  ENSURE(nlohmann::json::accept(input));
  using google::protobuf::util::JsonStringToMessage;
  v1::CreateCaseRequest read;
  if (!JsonStringToMessage(std::string(input), &read).ok()) return;
  std::string written;
  ENSURE(google::protobuf::util::MessageToJsonString(read, &written).ok());
  v1::CreateCaseRequest again;
  ENSURE(JsonStringToMessage(written, &again).ok());
  ENSURE(again.SerializeAsString() == read.SerializeAsString());
}
