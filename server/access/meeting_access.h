// SPDX-License-Identifier: Apache-2.0
//
// MeetingAccess: one meeting that the caller may enter, with its key, and those cases on its agenda
// and of its guests that the caller may enter. Made by policy::Authority alone; lives no longer
// than the call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/access/case_access.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::access {

class MeetingAccess {
 public:
  const MeetingId& meeting_id() const { return meeting_id_; }
  const std::string& number() const { return number_; }
  const MunicipalityId& municipality() const { return municipality_; }
  v1::MeetingState state() const { return state_; }
  std::uint64_t version() const { return version_; }
  bool coordinates() const { return coordinates_; }

  // The case, when the caller may enter it; else nothing, as if it were not there.
  const CaseAccess* find_case(const CaseId& id) const;
  // What is about no case, and what is about one that the caller may enter.
  bool may_know_of(const std::optional<CaseId>& about) const {
    return !about || find_case(*about) != nullptr;
  }
  // The case that the request names by number, for add_agenda_item and add_participant.
  const CaseAccess* named_case() const;

  // What is not about a case lies under the meeting's own key.
  std::string open(const Place& place, const Sealed& sealed) const;
  Sealed seal(const Place& place, std::string_view text) const;

 private:
  friend class policy::Authority;
  friend class MunicipalityAccess;  // founds new ones
  MeetingAccess(crypto::Secret key, Tally& tally) : key_(std::move(key)), tally_(&tally) {}

  MeetingId meeting_id_;
  std::string number_;
  MunicipalityId municipality_;
  v1::MeetingState state_ = v1::MEETING_STATE_UNSPECIFIED;
  std::uint64_t version_ = 0;
  bool coordinates_ = false;
  std::vector<CaseAccess> cases_;
  std::optional<CaseId> named_case_;
  crypto::Secret key_;
  Tally* tally_;
};

class MeetingList {
 public:
  const std::vector<MeetingAccess>& meetings() const { return meetings_; }
  // Where the stream goes on; empty at its end.
  const std::string& next_cursor() const { return next_cursor_; }

 private:
  friend class policy::Authority;
  MeetingList() = default;
  std::vector<MeetingAccess> meetings_;
  std::string next_cursor_;
};

}  // namespace sspf::access
