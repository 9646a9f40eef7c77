// SPDX-License-Identifier: Apache-2.0
//
// A row of the table of RPCs. A handler that takes no permit cannot be put into a row: it does not
// compile. What a row runs is the same for every RPC: parse, check the fields, authorize, answer a
// repeated write, handle, serialize.
#pragma once

#include <string>
#include <string_view>

#include "server/handlers/workspace.h"
#include "server/policy/authority.h"
#include "server/rpc/call.h"

namespace sspf::rpc {

struct Method {
  std::string_view path;  // "/sspf.v1.CaseService/GetCase"
  access::Action action;
  access::Effect effect;
  bool is_stream;
  const google::protobuf::Message& (*request_type)();
  const google::protobuf::Message& (*response_type)();
  Result<Answer> (*run)(Call& call);
};

// Only matches a handler whose first parameter is a permit.
template <typename Handler>
struct Signature;

template <access::Action A, typename Answered, typename Asked>
struct Signature<Result<Answered> (*)(const access::Permit<A>&, handlers::Workspace&,
                                      const Asked&)> {
  static constexpr access::Action action = A;
  static constexpr bool is_stream = false;
  using Request = Asked;
  using Response = Answered;
};

template <access::Action A, typename Answered, typename Asked>
struct Signature<Result<handlers::Piece<Answered>> (*)(
    const access::Permit<A>&, handlers::Workspace&, const Asked&, const std::string&)> {
  static constexpr access::Action action = A;
  static constexpr bool is_stream = true;
  using Request = Asked;
  using Response = Answered;
};

template <auto handler>
Result<Answer> run(Call& call) {
  using Shape = Signature<decltype(handler)>;
  using Traits = access::ActionTraits<Shape::action>;
  typename Shape::Request request;
  TRY(read_request(call, request));
  policy::Scope& scope = call.scope;
  auto permit =
      TRY(call.services.authority.template authorize<Shape::action>(call.caller, request, scope));
  // The later pieces of a stream belong to what was begun.
  if (waits_for_witnesses(Shape::action) && scope.cursor.empty()) {
    TRY(call.services.witnessed.check(scope.now));
  }
  if constexpr (Traits::effect == access::Effect::writes) {
    call.write = request.write();
    if (auto repeated = TRY(find_repeated(call)); repeated) return std::move(*repeated);
  }
  handlers::Workspace workspace{scope.unit.tables(), scope.tally, call.services.installation,
                                scope.now, scope.today};
  const std::int64_t changes_before = scope.unit.changes();
  Answer answer;
  if constexpr (Shape::is_stream) {
    auto piece = TRY(handler(permit, workspace, request, scope.cursor));
    answer = write_answer(call, piece.message);
    answer.next_cursor = std::move(piece.next_cursor);
  } else {
    auto response = TRY(handler(permit, workspace, request));
    if (call.write.dry_run()) clear_what_is_shown_once(response);
    answer = write_answer(call, response);
    if constexpr (Traits::effect == access::Effect::writes) remember(call, response, answer);
  }
  if constexpr (Traits::effect == access::Effect::reads) {
    ENSURE(scope.unit.changes() == changes_before);
  }
  return answer;
}

template <auto handler>
constexpr Method method(std::string_view path) {
  using Shape = Signature<decltype(handler)>;
  using Traits = access::ActionTraits<Shape::action>;
  if constexpr (Traits::effect == access::Effect::writes) {
    static_assert(
        requires(const typename Shape::Request& request) { request.write(); },
        "a request that changes something carries a Write");
  }
  return {path,
          Shape::action,
          Traits::effect,
          Shape::is_stream,
          []() -> const google::protobuf::Message& { return Shape::Request::default_instance(); },
          []() -> const google::protobuf::Message& { return Shape::Response::default_instance(); },
          &run<handler>};
}

}  // namespace sspf::rpc
