// SPDX-License-Identifier: Apache-2.0
#include "server/audit/event_facts.h"

#include <algorithm>
#include <array>

#include "server/base/reason.h"

namespace sspf::audit {
namespace {

constexpr std::string_view look_up_rpc = "sspf.v1.CaseService/FindCase";

bool is_cause(const v1::AuditEvent& event, Reason cause) {
  return static_cast<std::uint32_t>(cause) == event.cause_reason();
}

}  // namespace

bool is_denied_what_exists(const v1::AuditEvent& event) {
  constexpr std::array causes = {
      Reason::other_municipality, Reason::not_assigned,  Reason::no_basis, Reason::not_invited,
      Reason::other_agency,       Reason::not_a_handler, Reason::blocked};
  return event.outcome() == v1::OUTCOME_REFUSED &&
         std::any_of(causes.begin(), causes.end(),
                     [&](Reason cause) { return is_cause(event, cause); });
}

bool is_denied_or_absent(const v1::AuditEvent& event) {
  const bool is_absent =
      event.outcome() == v1::OUTCOME_REFUSED && is_cause(event, Reason::not_found);
  return is_absent || is_denied_what_exists(event);
}

bool has_found_nobody(const v1::AuditEvent& event) {
  return event.rpc() == look_up_rpc && event.outcome() == v1::OUTCOME_ALLOWED &&
         event.cases_shown().empty();
}

}  // namespace sspf::audit
