// SPDX-License-Identifier: Apache-2.0
//
// Whom or what a case is about: name, number and birth date, sealed as one item of the coordinating
// agency; and what of a case a caller is shown.
#pragma once

#include <optional>
#include <string>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/case.pb.h"

namespace sspf::handlers {

// Title, identity number and birth date as the request gives them, checked. Refuses:
//   unexpected            a number or birth date of a group
//   wrong_number_form, wrong_check_digit, impossible_birth_date, born_in_future
//   missing               a birth date, when the number given holds none
Result<v1::Case> checked_subject(const v1::CreateCaseRequest& request, const std::string& today);

access::Sealed seal_subject(const access::CaseAccess& access, const v1::Case& subject);
// Nothing when the caller may not see who it is.
std::optional<v1::Case> open_subject(const access::CaseAccess& access,
                                     const store::CaseRecord& record);

// Nothing when it is not known.
std::optional<std::string> birth_date_of(const v1::Case& subject);

// A list shows whom cases are about, but neither their numbers nor their birth dates.
enum class Detail { whole, listed };

// The case as this caller may see it; with warnings for a coordinator.
v1::Case shown_case(const access::CaseAccess& access, const Workspace& workspace, Detail detail);

}  // namespace sspf::handlers
