// SPDX-License-Identifier: Apache-2.0
//
// What is kept under seal, as the texts that a person reads.
#pragma once

#include <string>

#include "sspf/v1/subject_access.pb.h"

namespace sspf::handlers {

using SubjectAccessTexts = google::protobuf::RepeatedPtrField<v1::SubjectAccessText>;

// Every field of the opened value that says something, in the order of the message; a value that is
// no message is one text without a field. Throws Fault when it does not parse.
SubjectAccessTexts texts_of(v1::SubjectAccessSource source, const std::string& opened);

}  // namespace sspf::handlers
