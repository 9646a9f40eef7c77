// SPDX-License-Identifier: Apache-2.0
//
// SQL of attendance: of one participant, at one agenda item or at the meeting as a whole. It proves
// who could hear what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/meeting_access.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"

namespace sspf::store {

struct AttendanceDraft {
  ItemId participant;
  std::optional<ItemId> item;  // nothing: the meeting as a whole
  v1::AttendanceStatus status = v1::ATTENDANCE_STATUS_UNSPECIFIED;
  std::uint64_t version = 0;  // as the author saw it; zero the first time
  AccountId author;
  Instant now;
};

enum class Versions { newest, every };

class AttendanceList {
 public:
  explicit AttendanceList(Connection& connection) : connection_(&connection) {}

  // Adds a version; the earlier ones stay as they are. Refuses with stale_version and
  // too_many_versions. Returns the next version.
  Result<std::uint64_t> record(const access::MeetingAccess& meeting, const AttendanceDraft& draft);

  // At the meeting as a whole, and then in the order of the agenda; the oldest version first.
  // A guest's name is opened once for all rows. What is about a case that the caller may not enter,
  // by its item or by its guest, is absent.
  std::vector<v1::Attendance> list(const access::MeetingAccess& meeting, Versions versions) const;

 private:
  std::uint64_t newest_version(const ItemId& participant, const ItemId& scope) const;

  Connection* connection_;
};

}  // namespace sspf::store
