// SPDX-License-Identifier: Apache-2.0
#include "client/cli/layout.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "client/cli/plain_text.h"

namespace sspf::cli {
namespace {

using Widths = std::vector<std::size_t>;

constexpr std::size_t gap = 2;
constexpr std::size_t column_width_min = 10;
constexpr std::size_t column_width_good = 24;  // before columns are left out
constexpr std::size_t value_width_min = 16;

std::string coloured(const std::string& text, Tone tone, const Page& page) {
  if (!page.has_colour || text.empty()) return text;
  switch (tone) {
    case Tone::plain:
      return text;
    case Tone::green:
      return "\x1b[32m" + text + "\x1b[0m";
    case Tone::yellow:
      return "\x1b[33m" + text + "\x1b[0m";
    case Tone::red:
      return "\x1b[31m" + text + "\x1b[0m";
  }
  return text;
}

std::string bold(const std::string& text, const Page& page) {
  return page.has_colour ? "\x1b[1m" + text + "\x1b[0m" : text;
}

// A cell of a table is one line.
std::string one_line(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
    text.replace(at, 1, " ");
  }
  return text;
}

std::size_t total(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
}

Widths natural_widths(const Grid& grid) {
  Widths widths;
  for (std::size_t i = 0; i < grid.headings.size(); ++i) {
    std::size_t width = display_width(grid.headings[i].text);
    for (const auto& row : grid.rows) width = std::max(width, display_width(row[i].text));
    widths.push_back(width);
  }
  return widths;
}

// Takes columns from the widest that may shrink, until the table fits. Nothing when it cannot
// without making one narrower than `width_min`.
std::optional<Widths> fitted(const Grid& grid, const Page& page, std::size_t width_min) {
  Widths widths = natural_widths(grid);
  if (!page.width) return widths;
  while (total(widths) > *page.width) {
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may_shrink = grid.headings[i].fit == Fit::shrink && widths[i] > width_min;
      if (may_shrink && (!widest || widths[i] > widths[*widest])) widest = i;
    }
    if (!widest) return std::nullopt;
    --widths[*widest];
  }
  return widths;
}

Grid without_column(const Grid& grid, std::size_t left_out) {
  Grid kept = grid;
  const auto at = static_cast<std::ptrdiff_t>(left_out);
  kept.headings.erase(kept.headings.begin() + at);
  for (auto& row : kept.rows) row.erase(row.begin() + at);
  return kept;
}

// The cells of a table: one line each, and without columns in which no row says anything.
Grid tabular(Grid grid) {
  for (auto& row : grid.rows) {
    for (auto& cell : row) cell.text = cell.is_no ? "" : one_line(cell.text);
  }
  for (std::size_t i = grid.headings.size(); i-- > 0;) {
    const bool is_empty = std::all_of(grid.rows.begin(), grid.rows.end(),
                                      [i](const auto& row) { return row[i].text.empty(); });
    if (is_empty) grid = without_column(grid, i);
  }
  return grid;
}

// The last column that may be left out; nothing when there is none.
std::optional<std::size_t> column_to_leave_out(const Grid& grid) {
  for (std::size_t i = grid.headings.size(); i-- > 0;) {
    if (grid.headings[i].fit == Fit::leave_out) return i;
  }
  return std::nullopt;
}

std::string without_trailing_spaces(std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

// Of the headings that stand before a value, in whichever block.
std::size_t label_width_of(const Grid& grid) {
  std::size_t width = 0;
  for (const auto& row : grid.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].text.empty()) width = std::max(width, display_width(grid.headings[i].text));
    }
  }
  return width;
}

std::string block_text(const Grid& grid, const std::vector<Cell>& row, const Page& page) {
  const std::size_t label_width = label_width_of(grid);
  const std::size_t indent = label_width + gap;
  const bool has_room = page.width && *page.width > indent + value_width_min;
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].text.empty()) continue;
    const auto lines = wrapped(row[i].text, has_room ? *page.width - indent : SIZE_MAX);
    text += bold(padded(grid.headings[i].text, label_width), page) + std::string(gap, ' ');
    for (std::size_t n = 0; n < lines.size(); ++n) {
      const std::string lead = n == 0 || lines[n].empty() ? "" : std::string(indent, ' ');
      text += lead + coloured(lines[n], row[i].tone, page) + '\n';
    }
  }
  return text;
}

}  // namespace

std::string table_text(const Grid& whole, const Page& page) {
  Grid grid = tabular(whole);
  if (grid.headings.empty()) return "";
  auto widths = fitted(grid, page, column_width_good);
  while (!widths) {
    const auto left_out = column_to_leave_out(grid);
    if (!left_out) break;
    grid = without_column(grid, *left_out);
    widths = fitted(grid, page, column_width_good);
  }
  if (!widths) widths = fitted(grid, page, column_width_min);
  if (!widths) return blocks_text(whole, page);
  std::string head;
  for (std::size_t i = 0; i < grid.headings.size(); ++i) {
    head += padded(cut_to_width(grid.headings[i].text, (*widths)[i]), (*widths)[i] + gap);
  }
  std::string text = bold(without_trailing_spaces(head), page) + '\n';
  for (const auto& row : grid.rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cut = cut_to_width(row[i].text, (*widths)[i]);
      const std::string space(gap + (*widths)[i] - display_width(cut), ' ');
      line += coloured(cut, row[i].tone, page) + space;
    }
    text += without_trailing_spaces(line) + '\n';
  }
  return text;
}

std::string blocks_text(const Grid& grid, const Page& page) {
  std::string text;
  for (const auto& row : grid.rows) {
    const std::string block = block_text(grid, row, page);
    if (!text.empty() && !block.empty()) text += '\n';
    text += block;
  }
  return text;
}

std::string title_text(const std::string& title, const Page& page) {
  return bold(title, page) + '\n';
}

}  // namespace sspf::cli
