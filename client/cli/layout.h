// SPDX-License-Identifier: Apache-2.0
//
// Rows of cells as lines of text. A table fits the terminal, or is written as blocks instead;
// output that does not go to a terminal is never cut.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/cell.h"
#include "client/cli/command.h"

namespace sspf::cli {

struct Page {
  std::optional<std::size_t> width;  // nothing: as wide as it needs
  bool has_colour = false;
};

struct Heading {
  std::string text;
  Fit fit = Fit::keep;
};

struct Grid {
  std::vector<Heading> headings;
  std::vector<std::vector<Cell>> rows;
};

// One row a line under headings.
std::string table_text(const Grid& grid, const Page& page);

// Each row as lines of heading and value; empty values are left out. Blocks are a blank line apart.
std::string blocks_text(const Grid& grid, const Page& page);

// A title on a line of its own.
std::string title_text(const std::string& title, const Page& page);

}  // namespace sspf::cli
