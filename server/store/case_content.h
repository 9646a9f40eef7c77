// SPDX-License-Identifier: Apache-2.0
//
// Where the view case_content has what is sealed of a case from.
#pragma once

#include <string_view>

#include "sspf/v1/subject_access.pb.h"

namespace sspf::store {

// "table.column", as the places of its values name it (access/sealed.h). Throws Fault for a source
// that is not known.
std::string_view column_of(v1::SubjectAccessSource source);

}  // namespace sspf::store
