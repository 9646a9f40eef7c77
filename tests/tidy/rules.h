// SPDX-License-Identifier: Apache-2.0
//
// The rules of STYLE.md that a machine can check. Each is a function of one file, so that its test
// can feed it a bad text and read the complaint.
#pragma once

#include "tests/tidy/source.h"

namespace sspf::tidy {

Complaints check_lengths(const SourceFile& file);   // 300 lines, functions of 60, lines of 100
Complaints check_licence(const SourceFile& file);   // the SPDX line among the first two
Complaints check_includes(const SourceFile& file);  // ranks, and libraries behind their fences
Complaints check_sql(const SourceFile& file);       // statements in server/store alone
Complaints check_words(const SourceFile& file);     // banned words, each with what to write instead
Complaints check_markdown(const SourceFile& file);  // one title
Complaints check_places(const SourceFile& file);    // no path of somebody's machine

// Of the whole tree: headers that nobody includes, limits that no test names, RPCs that no test of
// requests calls, functions of one file that hide those of a header beside it. Sources are compiled
// together, where the hidden one would silently not be called any more.
Complaints check_unused_headers(const std::vector<SourceFile>& files);
Complaints check_limits_are_tested(const std::vector<SourceFile>& files);
Complaints check_hidden_functions(const std::vector<SourceFile>& files);
Complaints check_rpcs_are_tested(const std::vector<SourceFile>& files);

}  // namespace sspf::tidy
