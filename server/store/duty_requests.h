// SPDX-License-Identifier: Apache-2.0
//
// SQL of requests by law enforcement under a duty to disclose, and how they were answered (R10).
#pragma once

#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/disclosure.pb.h"

namespace sspf::store {

// Who was asked: it owns the record.
struct AskedAgency {
  AgencyId id;
  v1::AgencyKind kind = v1::AGENCY_KIND_UNSPECIFIED;
};

struct DutyRequestDraft {
  AskedAgency asked;
  AgencyId asking;
  BasisId basis;
  std::string received_on;
  std::string question;
};

struct DutyRequestPiece {
  std::vector<v1::DutyRequest> rows;
  std::string next_cursor;
};

class DutyRequests {
 public:
  explicit DutyRequests(Connection& connection) : connection_(&connection) {}

  struct Added {
    ItemId id;
    std::string ref;
  };
  // Refuses with case_full.
  Result<Added> add(const access::CaseAccess& in, const DutyRequestDraft& draft);
  // `answer` gives answer, decided_by and reasoning. Hidden when the agency was not asked this;
  // refuses with answered_already, and with secrecy_class_not_covered when something is given that
  // the basis does not reach (R10: 6 and 7 §§ of 2025:170 stop at 26 kap. OSL).
  Result<ItemId> answer(const access::CaseAccess& in, const AskedAgency& asked,
                        const v1::DutyRequest& answer, const Authorship& author);
  // Oldest first; questions and answers are opened.
  DutyRequestPiece list(const access::CaseAccess& in, const AskedAgency& asked,
                        const std::string& cursor) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
