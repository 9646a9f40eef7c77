// SPDX-License-Identifier: Apache-2.0
//
// Every predicate on a municipality or an agency in the SQL of server/store, found in the sources,
// and the statement without it.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace sspf::test {

struct Mutant {
  std::string name;  // "disposals.cc | Disposals::find | l.municipality_id = ?1"
  std::string from;  // the statement as it is
  std::string to;    // and with a predicate that is always true
};

// For the names of tests, which say themselves which one it is.
inline void PrintTo(const Mutant& /*mutant*/, std::ostream* out) { *out << "one predicate"; }

// In the order of the files and of what stands in them. Throws std::runtime_error when the sources
// cannot be read.
std::vector<Mutant> mutants();

}  // namespace sspf::test
