// SPDX-License-Identifier: Apache-2.0
//
// Which counts of a table are not shown, so that no small one can be read or computed. Pure: no
// store, no clock.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sspf::handlers {

// One list for each row, all of the same length.
using Counts = std::vector<std::vector<std::uint64_t>>;

// A total at the end of each row and, of several rows, a last row with that of each column.
Counts with_totals(const Counts& parts);

enum class Mark : std::uint8_t {
  shown,
  small,    // from 1 up to below the smallest count that is shown
  withheld  // any number from 1 on: from it, another could be computed
};
using Marks = std::vector<std::vector<Mark>>;

// Of a table with its totals. Zero is shown, whatever lies below `smallest` is not; and of every
// count that is not shown, what is shown leaves at least two values open. To that end other counts
// are withheld that could change with it, as little as will do, and a total when nothing else is
// there; when even that is not enough, a small count is not called small.
Marks marks_of(const Counts& whole, std::uint64_t smallest);

// "12", "<5" or "..".
std::string text_of(std::uint64_t count, Mark mark, std::uint64_t smallest);

}  // namespace sspf::handlers
