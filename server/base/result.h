// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value, or the Refusal that says why the caller does not get one. Faults (disk,
// SQLite, OpenSSL) are exceptions and never travel in a Result.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "server/base/ensure.h"
#include "server/base/reason.h"

namespace sspf {

// What the caller may not, or cannot, do. `told` decides code and texts of the answer; `cause` is
// what the audit log records. They differ only where telling would reveal what the caller may not
// know.
struct Refusal {
  Reason told;
  Reason cause;
  std::string field;      // path of the request field concerned, as in the .proto; empty when none
  std::uint64_t max = 0;  // the most that the field may hold, when it holds more
};

inline Refusal refusal(Reason reason) { return {reason, reason, {}}; }
inline Refusal refusal(Reason reason, std::string field) {
  return {reason, reason, std::move(field)};
}
inline Refusal over_limit(Reason reason, std::string field, std::uint64_t max) {
  return {reason, reason, std::move(field), max};
}

// The one answer for "absent", "not yours" and "of another municipality" (trust.md 1.6).
inline Refusal hidden(Reason cause) { return {Reason::not_found, cause, {}}; }

// Nothing to return, but it can be refused.
struct Done {};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    ENSURE(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    ENSURE(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    ENSURE(ok());
    return std::get<0>(std::move(state_));
  }
  const Refusal& refusal() const {
    ENSURE(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Refusal> state_;
};

}  // namespace sspf

// The value of `expression`, or returns its refusal from the enclosing function. Only as a whole
// initializer or a whole statement; never nested, never in a coroutine.
#define TRY(expression)                                                 \
  (__extension__({                                                      \
    auto try_result = (expression);                                     \
    if (!try_result.ok()) return ::sspf::Refusal(try_result.refusal()); \
    std::move(try_result).value();                                      \
  }))
