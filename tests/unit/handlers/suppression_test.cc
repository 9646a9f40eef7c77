// SPDX-License-Identifier: Apache-2.0
//
// What is left out of a table of counts: by examples, and by the property that no count that is not
// shown follows from those that are.
#include "server/handlers/suppression.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>

namespace sspf::handlers {
namespace {

// "12 <5 | 14": rows are lines, the total of a row stands behind the bar.
std::string shown(const Counts& parts, std::uint64_t smallest) {
  const Counts whole = with_totals(parts);
  const Marks marks = marks_of(whole, smallest);
  std::string text;
  for (std::size_t r = 0; r < whole.size(); ++r) {
    if (r > 0) text += "\n";
    for (std::size_t c = 0; c < whole[r].size(); ++c) {
      const bool is_total = c + 1 == whole[r].size();
      text += (is_total ? " | " : c > 0 ? " " : "") + text_of(whole[r][c], marks[r][c], smallest);
    }
  }
  return text;
}

TEST(Suppression, ShowsZeroAndWhatIsLargeEnough) {
  EXPECT_EQ(shown({{0, 5, 12}}, 5), "0 5 12 | 17");
  EXPECT_EQ(shown({{0, 0}}, 5), "0 0 | 0");
  EXPECT_EQ(shown({{5, 6}, {0, 9}}, 5), "5 6 | 11\n0 9 | 9\n5 15 | 20");
  EXPECT_EQ(shown({}, 5), "");
}

TEST(Suppression, LeavesOutASmallCountAndTheSmallestOtherOfItsRow) {
  EXPECT_EQ(shown({{4, 7, 9}}, 5), "<5 .. 9 | 20");
  EXPECT_EQ(shown({{4, 9, 7}}, 5), "<5 9 .. | 20");
  EXPECT_EQ(shown({{3, 2, 9}}, 5), "<5 <5 9 | 14");
  // Zero would be no cover: it is shown.
  EXPECT_EQ(shown({{4, 0, 9}}, 5), "<5 0 .. | 13");
}

TEST(Suppression, LeavesOutTheTotalWhenNothingElseIsThere) {
  EXPECT_EQ(shown({{3, 0, 0}}, 5), "<5 0 0 | <5");
  EXPECT_EQ(shown({{3, 3, 0}}, 5), "<5 <5 0 | 6");
  EXPECT_EQ(shown({{1, 0}, {0, 9}}, 5).substr(0, 8), "<5 0 | <");
}

// Two small counts are no cover for each other when their sum leaves but one way to be small.
TEST(Suppression, LeavesOutMoreWhereTheSumTellsAll) {
  EXPECT_EQ(shown({{1, 1, 9}}, 5), "<5 <5 .. | 11");
  EXPECT_EQ(shown({{4, 4, 9}}, 5), "<5 <5 .. | 17");
  EXPECT_EQ(shown({{4, 4, 0}}, 5), "<5 <5 0 | ..");
  EXPECT_EQ(shown({{1, 5, 9}}, 5), "<5 5 .. | 15");  // the 5 would be known not to be 4
  // A sum of two that is called small, below three: it is not called so.
  EXPECT_EQ(shown({{1, 1, 0}}, 3), "<3 <3 0 | ..");
}

TEST(Suppression, LooksAtRowsAndColumnsTogether) {
  EXPECT_EQ(shown({{20, 3, 30}, {40, 50, 60}, {70, 80, 90}}, 5),
            ".. <5 30 | 53\n.. .. 60 | 150\n70 80 90 | 240\n130 133 180 | 443");
}

// --- The property ------------------------------------------------------------------------------

struct Bounds {
  std::int64_t least;
  std::int64_t most;
};
constexpr std::int64_t unbounded = 1'000'000;

// What a reader knows who knows the rule: a withheld count that is not small is none.
Bounds bounds_of(std::uint64_t count, Mark mark, std::uint64_t smallest) {
  const auto limit = static_cast<std::int64_t>(smallest);
  if (mark == Mark::small) return {1, limit - 1};
  return {count >= smallest ? limit : 1, unbounded};
}

// Tries every change of the parts by one up or down; the totals follow. What has changed in some
// table that would look the same is not given away.
class Reader {
 public:
  Reader(const Counts& parts, std::uint64_t smallest)
      : whole_(with_totals(parts)),
        marks_(marks_of(whole_, smallest)),
        smallest_(smallest),
        change_(whole_.size(), std::vector<std::int64_t>(whole_.front().size())),
        is_open_(whole_.size(), std::vector<bool>(whole_.front().size())),
        rows_(parts.size()),
        columns_(parts.front().size()) {
    try_from(0);
  }

  // The first that is given away, "row column"; nothing when none is.
  std::optional<std::string> given_away() const {
    for (std::size_t r = 0; r < whole_.size(); ++r) {
      for (std::size_t c = 0; c < whole_[r].size(); ++c) {
        if (marks_[r][c] != Mark::shown && !is_open_[r][c]) {
          return std::to_string(r) + " " + std::to_string(c);
        }
      }
    }
    return std::nullopt;
  }

 private:
  void try_from(std::size_t at) {
    if (at == rows_ * columns_) return note_table();
    const std::size_t r = at / columns_;
    const std::size_t c = at % columns_;
    const std::int64_t most = marks_[r][c] == Mark::shown ? 0 : 1;
    for (std::int64_t change = -most; change <= most; ++change) {
      change_[r][c] = change;
      try_from(at + 1);
    }
  }
  void note_table() {
    for (auto& row : change_) row.back() = 0;
    if (rows_ > 1) change_.back().assign(columns_ + 1, 0);
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < columns_; ++c) {
        change_[r].back() += change_[r][c];
        if (rows_ > 1) change_.back()[c] += change_[r][c];
      }
      if (rows_ > 1) change_.back().back() += change_[r].back();
    }
    if (!looks_the_same()) return;
    for (std::size_t r = 0; r < whole_.size(); ++r) {
      for (std::size_t c = 0; c < whole_[r].size(); ++c) {
        if (change_[r][c] != 0) is_open_[r][c] = true;
      }
    }
  }
  bool looks_the_same() const {
    for (std::size_t r = 0; r < whole_.size(); ++r) {
      for (std::size_t c = 0; c < whole_[r].size(); ++c) {
        if (change_[r][c] == 0) continue;
        if (marks_[r][c] == Mark::shown) return false;
        const Bounds bounds = bounds_of(whole_[r][c], marks_[r][c], smallest_);
        const auto value = static_cast<std::int64_t>(whole_[r][c]) + change_[r][c];
        if (value < bounds.least || value > bounds.most) return false;
      }
    }
    return true;
  }

  Counts whole_;
  Marks marks_;
  std::uint64_t smallest_;
  std::vector<std::vector<std::int64_t>> change_;
  std::vector<std::vector<bool>> is_open_;
  std::size_t rows_;
  std::size_t columns_;
};

struct RandomTables : testing::Test {
  static constexpr std::uint32_t seed = 20261126;
  std::mt19937 random{seed};

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  }
  // Many zeros and small counts; some large ones.
  Counts table(std::size_t rows, std::size_t columns) {
    Counts parts(rows, std::vector<std::uint64_t>(columns));
    for (auto& row : parts) {
      for (std::uint64_t& count : row) count = below(4) == 0 ? 0 : below(below(3) == 0 ? 40 : 8);
    }
    return parts;
  }
};

TEST_F(RandomTables, GiveNoCountAwayThatIsNotShown) {
  int left_out = 0;
  for (int i = 0; i < 6'000; ++i) {
    static constexpr std::pair<std::size_t, std::size_t> sizes[] = {
        {1, 1}, {1, 2}, {1, 3}, {1, 4}, {2, 1}, {2, 2}, {2, 3}, {3, 2}, {4, 1}, {2, 4}, {3, 3}};
    // The largest ones seldom: they take long to try.
    const auto [rows, columns] = sizes[below(i % 20 == 0 ? 11 : 9)];
    const Counts parts = table(rows, columns);
    const std::uint64_t smallest = 3 + below(4);
    const auto given_away = Reader(parts, smallest).given_away();
    ASSERT_FALSE(given_away) << *given_away << " of\n"
                             << shown(parts, smallest) << "\nseed " << seed << ", table " << i;
    left_out += shown(parts, smallest).find("..") != std::string::npos ? 1 : 0;
  }
  // Not true for want of tables in which a small count alone would have been given away.
  EXPECT_GT(left_out, 2'000);
}

TEST_F(RandomTables, ShowNoSmallCountAndEveryZero) {
  for (int i = 0; i < 3'000; ++i) {
    const Counts whole = with_totals(table(1 + below(6), 1 + below(5)));
    const std::uint64_t smallest = 3 + below(4);
    const Marks marks = marks_of(whole, smallest);
    bool is_any_small = false;
    for (std::size_t r = 0; r < whole.size(); ++r) {
      for (std::size_t c = 0; c < whole[r].size(); ++c) {
        const bool is_small = whole[r][c] > 0 && whole[r][c] < smallest;
        is_any_small = is_any_small || is_small;
        if (is_small) EXPECT_NE(marks[r][c], Mark::shown);
        if (whole[r][c] == 0) EXPECT_EQ(marks[r][c], Mark::shown);
        if (marks[r][c] == Mark::small) EXPECT_TRUE(is_small);
      }
    }
    if (is_any_small) continue;
    for (const auto& row : marks) {
      for (const Mark mark : row) EXPECT_EQ(mark, Mark::shown);
    }
  }
}

}  // namespace
}  // namespace sspf::handlers
