// SPDX-License-Identifier: Apache-2.0
//
// A table with totals is a circulation: what goes from the hub of rows into a row (its total) goes
// on through its counts into the columns, from each column (its total) into the hub of columns, and
// back (the grand total). Two tables that show the same differ by changes that run around cycles.
// So a count is safe when, in one direction or the other, a cycle runs through it and through other
// counts that are not shown and have room for the change; and what is withheld for its sake is the
// cheapest such cycle.
#include "server/handlers/suppression.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "server/base/ensure.h"

namespace sspf::handlers {
namespace {

struct Count {
  std::size_t from;  // a row, a column or a hub
  std::size_t to;
  std::uint64_t value;
  bool is_total;
  Mark mark;
};

class Table {
 public:
  Table(const Counts& whole, std::uint64_t smallest) : smallest_(smallest) {
    const std::size_t columns = whole.front().size() - 1;
    const bool has_total_row = whole.size() > 1;
    const std::size_t rows = has_total_row ? whole.size() - 1 : 1;
    const std::size_t row_hub = rows + columns;
    const std::size_t column_hub = has_total_row ? row_hub + 1 : row_hub;
    places_ = row_hub + 2;
    for (std::size_t r = 0; r < whole.size(); ++r) {
      ENSURE(whole[r].size() == columns + 1);
      for (std::size_t c = 0; c <= columns; ++c) {
        const bool sums_row = c == columns;
        const bool sums_column = r == rows;
        // What goes into a row comes out of its end; of one row, every count goes back to the hub.
        const std::size_t row = sums_column ? column_hub : r;
        const std::size_t column = has_total_row && !sums_row ? rows + c : row_hub;
        Count count{row, column, whole[r][c], sums_row || sums_column, Mark::shown};
        const bool runs_backwards = sums_row != sums_column;
        if (runs_backwards) std::swap(count.from, count.to);
        if (count.value > 0 && count.value < smallest) count.mark = Mark::small;
        counts_.push_back(count);
      }
    }
  }

  // Withholds what is needed for every count that is not shown to be safe. What is withheld lies on
  // the cycle with it and so is safe, too.
  void protect() {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i].mark == Mark::shown) continue;
      auto cycle = cheapest_cycle(i);
      while (!cycle) {
        tell_less();
        cycle = cheapest_cycle(i);
      }
      for (const std::size_t each : cycle->counts) {
        if (counts_[each].mark == Mark::shown) counts_[each].mark = Mark::withheld;
      }
    }
  }

  Marks marks(std::size_t columns) const {
    Marks marks;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (i % columns == 0) marks.emplace_back();
      marks.back().push_back(counts_[i].mark);
    }
    return marks;
  }

 private:
  // Counts that change together, and the sum of those that would have to be withheld for it. A
  // total is never smaller than its parts, so it is withheld when nothing else is there.
  struct Way {
    std::uint64_t cost = 0;
    std::vector<std::size_t> counts;

    Way with(std::size_t at, const Count& count) const {
      Way longer = *this;
      longer.counts.push_back(at);
      if (count.mark == Mark::shown) longer.cost += count.value;
      return longer;
    }
  };

  // A reader who knows the rule takes a withheld count for one that is not small, when it is not.
  bool can_rise(const Count& count) const {
    return count.value > 0 && (count.mark != Mark::small || count.value + 1 < smallest_);
  }
  bool can_fall(const Count& count) const { return count.value > 1 && count.value != smallest_; }

  std::optional<Way> cheapest_cycle(std::size_t at) const {
    const Count& count = counts_[at];
    std::optional<Way> risen;
    std::optional<Way> fallen;
    if (can_rise(count)) risen = cheapest_way(count.to, count.from, at);
    if (can_fall(count)) fallen = cheapest_way(count.from, count.to, at);
    if (!risen || (fallen && fallen->cost < risen->cost)) return fallen;
    return risen;
  }

  // Of possible changes from here to there, past this count (Bellman and Ford).
  std::optional<Way> cheapest_way(std::size_t here, std::size_t there, std::size_t past) const {
    std::vector<std::optional<Way>> ways(places_);
    ways[here].emplace();
    bool is_better = true;
    const auto go = [&](std::size_t from, std::size_t at, std::size_t to) {
      if (!ways[from]) return;
      Way way = ways[from]->with(at, counts_[at]);
      if (ways[to] && ways[to]->cost <= way.cost) return;
      ways[to] = std::move(way);
      is_better = true;
    };
    while (is_better) {
      is_better = false;
      for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (i == past) continue;
        if (can_rise(counts_[i])) go(counts_[i].from, i, counts_[i].to);
        if (can_fall(counts_[i])) go(counts_[i].to, i, counts_[i].from);
      }
    }
    return ways[there];
  }

  // When no cycle has room, a count is not called small any more: a total before others, a large
  // one before smaller.
  void tell_less() {
    const auto rank = [](const Count& count) {
      return std::tuple(count.mark == Mark::small, count.is_total, count.value);
    };
    Count& told = *std::max_element(
        counts_.begin(), counts_.end(),
        [&](const Count& one, const Count& other) { return rank(one) < rank(other); });
    ENSURE(told.mark == Mark::small);  // with none left, every count can rise around some cycle
    told.mark = Mark::withheld;
  }

  std::uint64_t smallest_;
  std::size_t places_ = 0;
  std::vector<Count> counts_;
};

}  // namespace

Counts with_totals(const Counts& parts) {
  Counts whole = parts;
  if (parts.size() > 1) {
    std::vector<std::uint64_t>& last = whole.emplace_back(parts.front().size());
    for (const auto& row : parts) {
      for (std::size_t c = 0; c < row.size(); ++c) last[c] += row[c];
    }
  }
  for (auto& row : whole) {
    std::uint64_t total = 0;
    for (const std::uint64_t count : row) total += count;
    row.push_back(total);
  }
  return whole;
}

Marks marks_of(const Counts& whole, std::uint64_t smallest) {
  if (whole.empty()) return {};
  Table table(whole, smallest);
  table.protect();
  return table.marks(whole.front().size());
}

std::string text_of(std::uint64_t count, Mark mark, std::uint64_t smallest) {
  switch (mark) {
    case Mark::shown:
      return std::to_string(count);
    case Mark::small:
      return "<" + std::to_string(smallest);
    case Mark::withheld:
      return "..";
  }
  ENSURE(false);
}

}  // namespace sspf::handlers
