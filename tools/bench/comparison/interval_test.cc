// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/interval.h"

#include <random>

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(MedianInterval, IsThePointItselfWhereAllValuesAreAlike) {
  const Interval interval = MedianInterval({0.5, 0.5, 0.5}, 1);
  EXPECT_EQ(interval.low, 0.5);
  EXPECT_EQ(interval.middle, 0.5);
  EXPECT_EQ(interval.high, 0.5);
}

TEST(MedianInterval, IsTheSameForTheSameSeed) {
  const std::vector<double> values = {0.1, 0.3, 0.2, 0.9, 0.4, 0.25, 0.6};
  const Interval first = MedianInterval(values, 7);
  const Interval second = MedianInterval(values, 7);
  EXPECT_EQ(first.low, second.low);
  EXPECT_EQ(first.high, second.high);
}

TEST(MedianInterval, OneOutlierOfNineDoesNotMoveIt) {
  std::vector<double> values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Interval calm = MedianInterval(values, 3);
  values.back() = 1e6;
  const Interval disturbed = MedianInterval(values, 3);
  EXPECT_EQ(calm.middle, disturbed.middle);
  EXPECT_EQ(calm.high, disturbed.high);
}

// 95 % promised; for 9 values the percentile bootstrap of a median covers 93 to
// 97 %. The sequence is fixed, so the number is too.
TEST(MedianInterval, HoldsTheTrueMedianNineteenTimesOutOfTwenty) {
  std::mt19937_64 engine(42);
  int covered = 0;
  constexpr int kTrials = 500;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> values;
    for (int i = 0; i < 9; ++i) {
      values.push_back(static_cast<double>(engine() >> 11) / (1ull << 53));
    }
    const Interval interval = MedianInterval(values, 5);
    if (interval.low <= 0.5 && 0.5 <= interval.high) ++covered;
  }
  EXPECT_GE(covered, kTrials * 92 / 100);
  EXPECT_LE(covered, kTrials * 99 / 100);
}

}  // namespace
}  // namespace workbook
