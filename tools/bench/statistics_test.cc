// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/statistics.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Median, IsTheMiddleOfAnOddNumber) { EXPECT_EQ(Median({9, 1, 5}), 5); }

TEST(Median, IsBetweenTheMiddleTwoOfAnEvenNumber) {
  EXPECT_EQ(Median({1, 10, 2, 3}), 2.5);
}

TEST(Median, IsTheOnlyValue) { EXPECT_EQ(Median({7}), 7); }

TEST(Median, IsNotMovedByOneOutlier) {
  EXPECT_EQ(Median({10, 10.2, 1e9, 9.8, 10}), 10);
}

TEST(MedianAbsoluteDeviation, IsTheMedianDistance) {
  // The median is 4; the distances are 3, 2, 0, 1, 96.
  EXPECT_EQ(MedianAbsoluteDeviation({1, 2, 4, 5, 100}), 2);
}

TEST(MedianAbsoluteDeviation, OfEqualValuesIsZero) {
  EXPECT_EQ(MedianAbsoluteDeviation({3, 3, 3}), 0);
}

}  // namespace
}  // namespace workbook
