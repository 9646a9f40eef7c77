// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/call.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>

#include "crypto/hash.h"
#include "server/base/limits.h"
#include "server/rpc/fields.h"
#include "server/rpc/json.h"
#include "server/rpc/method.h"
#include "server/rpc/wire.h"

namespace sspf::rpc {
namespace {

bool parse_proto(const std::string& body, google::protobuf::Message& request) {
  google::protobuf::io::ArrayInputStream input(body.data(), static_cast<int>(body.size()));
  google::protobuf::io::CodedInputStream coded(&input);
  coded.SetRecursionLimit(limits::message_depth_max);
  return request.ParseFromCodedStream(&coded) && coded.ConsumedEntireMessage();
}

bool parse_json(const std::string& body, google::protobuf::Message& request) {
  // Connect: an empty body is an empty message in both codecs.
  if (body.empty()) return true;
  if (!is_strict_json(body)) return false;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  return google::protobuf::util::JsonStringToMessage(body, &request, options).ok();
}

// Keyed: a body may hold guessable personal data, so what is stored must not be a plain digest of
// it.
crypto::Digest body_digest(const Call& call) {
  return crypto::hmac_sha256(call.services.request_key, crypto::view_of(call.http.body));
}

}  // namespace

Result<Done> read_request(const Call& call, google::protobuf::Message& request) {
  const std::string body = TRY(message_of(call));
  const bool parsed =
      call.codec == Codec::proto ? parse_proto(body, request) : parse_json(body, request);
  if (!parsed) return refusal(Reason::malformed_message);
  return check_fields(request);
}

void clear_what_is_shown_once(google::protobuf::Message& response) {
  const auto& descriptor = *response.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const auto& field = *descriptor.field(i);
    if (field.options().GetExtension(v1::rule).once()) {
      response.GetReflection()->ClearField(&response, &field);
    }
  }
}

Answer write_answer(const Call& call, const google::protobuf::Message& response) {
  Answer answer;
  if (call.codec == Codec::proto) {
    if (!response.SerializeToString(&answer.body)) throw Fault("a response does not serialize");
    return answer;
  }
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = false;
  if (!google::protobuf::util::MessageToJsonString(response, &answer.body, options).ok()) {
    throw Fault("a response does not turn into JSON");
  }
  return answer;
}

Result<std::optional<Answer>> find_repeated(const Call& call) {
  const auto stored =
      call.scope.unit.requests().find(call.caller.account(), call.write.request_id());
  if (!stored) return std::optional<Answer>();
  if (stored->rpc != call.method.path || stored->body_digest != body_digest(call)) {
    return refusal(Reason::request_id_reused, "write.request_id");
  }
  Answer answer;
  answer.outcome = v1::OUTCOME_REPEATED;
  answer.body = stored->reply;
  return std::optional<Answer>(std::move(answer));
}

void remember(const Call& call, const google::protobuf::Message& response, Answer& answer) {
  if (call.write.dry_run()) {
    answer.outcome = v1::OUTCOME_DRY_RUN;
    return;
  }
  const std::unique_ptr<google::protobuf::Message> kept(response.New());
  kept->CopyFrom(response);
  clear_what_is_shown_once(*kept);
  call.scope.unit.requests().add(
      call.caller.account(), call.write.request_id(),
      {std::string(call.method.path), body_digest(call), write_answer(call, *kept).body},
      call.scope.now);
}

}  // namespace sspf::rpc
