// SPDX-License-Identifier: Apache-2.0
#include "server/access/scopes.h"

#include <algorithm>

namespace sspf::access {

bool Directory::covers(const MunicipalityId& municipality) const {
  return everything_ || std::find(municipalities_.begin(), municipalities_.end(), municipality) !=
                            municipalities_.end();
}

CaseAccess MunicipalityAccess::found_case(const CaseId& id, const std::string& number,
                                          const CaseFacts& facts,
                                          const std::optional<std::string>& birth_date) const {
  CaseAccess founded(make_key_(same_id<KeyId>(id), NewKey::of_case), *tally_);
  founded.case_id_ = id;
  founded.number_ = number;
  founded.municipality_ = municipality_;
  founded.facts_ = facts;
  founded.viewer_.agency = caller_agency_;
  founded.viewer_.coordinates = true;
  founded.signing_ = Signing(signature_rules_, birth_date);
  founded.state_ = v1::CASE_STATE_REFERRED;
  founded.version_ = 1;
  tally_->case_id = id;
  tally_->founded = Founded::case_file;
  return founded;
}

MeetingAccess MunicipalityAccess::found_meeting(const MeetingId& id,
                                                const std::string& number) const {
  MeetingAccess founded(make_key_(same_id<KeyId>(id), NewKey::of_meeting), *tally_);
  founded.meeting_id_ = id;
  founded.number_ = number;
  founded.municipality_ = municipality_;
  founded.state_ = v1::MEETING_STATE_PLANNED;
  founded.coordinates_ = true;
  tally_->meeting = id;
  tally_->founded = Founded::meeting;
  return founded;
}

void Destruction::destroy_key_of(const CaseId& id) const {
  tally_->disposed_cases.push_back(id);
  tally_->key_epoch = std::max(tally_->key_epoch, destroy_key_(same_id<KeyId>(id)));
}

}  // namespace sspf::access
