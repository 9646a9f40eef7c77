// SPDX-License-Identifier: Apache-2.0
//
// SQL of the tertial report: what happened in a period, without opening anything sealed. Cases with
// a protected identity are not there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/access/scopes.h"
#include "server/base/clock.h"
#include "server/store/sqlite.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::store {

struct Period {
  std::string first_day;
  std::string last_day;
  Instant from;
  Instant to;  // the first moment after it
};

// As a commitment that was due in the period stood at its end.
struct DueCommitment {
  std::string agency_code;
  std::string due_date;
  v1::CommitmentStatus status = v1::COMMITMENT_STATUS_UNSPECIFIED;
  std::optional<std::int64_t> done_at;  // first, microseconds since 1970
  v1::CaseState case_state = v1::CASE_STATE_UNSPECIFIED;
};

// When a case first came into each state, up to the end of the period.
using StateTimes = std::map<v1::CaseState, std::int64_t>;

class Reports {
 public:
  explicit Reports(Connection& connection) : connection_(&connection) {}

  // Meetings that begin in the period, by state.
  std::map<v1::MeetingState, std::uint64_t> meetings(const access::MunicipalityAccess& in,
                                                     const Period& period) const;
  // Of those that were held: invited accounts by the code of their agency and what was last
  // recorded of them in the period for the meeting as a whole.
  std::map<std::pair<std::string, v1::AttendanceStatus>, std::uint64_t> attendance(
      const access::MunicipalityAccess& in, const Period& period) const;
  std::vector<DueCommitment> commitments(const access::MunicipalityAccess& in,
                                         const Period& period) const;
  // Of each case that came into some state in the period.
  std::vector<StateTimes> cases(const access::MunicipalityAccess& in, const Period& period) const;
  std::uint64_t revoked_consents(const access::MunicipalityAccess& in, const Period& period) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
