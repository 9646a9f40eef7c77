// SPDX-License-Identifier: Apache-2.0
//
// Who must sign a consent at which age (R5), and on which days a consent therefore counts. Pure: no
// store, no clock.
#pragma once

#include <optional>
#include <string>

#include "server/store/consents.h"

namespace sspf::handlers {

// Under 15 the guardian; from 15 the guardian and the youth; from 18 the youth alone. When the
// birth date is unknown, the guardian.
store::Signatures required_signatures(const std::optional<std::string>& birth_date,
                                      const std::string& day);

// What is required on that day and not there.
store::Signatures missing_signatures(const store::Signatures& given,
                                     const std::optional<std::string>& birth_date,
                                     const std::string& day);

// The days of the term on which nothing is missing; nothing when there is no such day. They are
// consecutive, for a signature that counts at one age stops counting once.
std::optional<store::Days> effective_days(const store::Days& term, const store::Signatures& given,
                                          const std::optional<std::string>& birth_date);

}  // namespace sspf::handlers
