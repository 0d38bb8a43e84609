// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "04_03/break_even.h"

namespace workbook {
namespace {

TEST(Task4BreakEven, IsWhereBothCostTheSame) {
  const auto rate =
      BreakEvenHitRate({.hit_ns = 20, .miss_ns = 120, .plain_ns = 70});
  ASSERT_TRUE(rate.has_value());
  EXPECT_DOUBLE_EQ(*rate, 0.5) << "half of 20 and half of 120 are 70";
}

TEST(Task4BreakEven, MayNeedNinetyPerCent) {
  const auto rate =
      BreakEvenHitRate({.hit_ns = 30, .miss_ns = 130, .plain_ns = 40});
  ASSERT_TRUE(rate.has_value());
  EXPECT_DOUBLE_EQ(*rate, 0.9);
  RecordProperty("break_even_percent", std::to_string(100 * *rate));
}

TEST(Task4BreakEven, IsOneWhereOnlyHitsCostAsLittle) {
  EXPECT_EQ(BreakEvenHitRate({.hit_ns = 40, .miss_ns = 130, .plain_ns = 40}),
            1.0);
}

TEST(Task4BreakEven, IsNothingWhereAHitCostsMore) {
  EXPECT_EQ(BreakEvenHitRate({.hit_ns = 41, .miss_ns = 130, .plain_ns = 40}),
            std::nullopt);
  EXPECT_EQ(BreakEvenHitRate({.hit_ns = 41, .miss_ns = 41, .plain_ns = 40}),
            std::nullopt);
}

TEST(Task4BreakEven, IsZeroWhereAMissCostsNoMore) {
  EXPECT_EQ(BreakEvenHitRate({.hit_ns = 20, .miss_ns = 40, .plain_ns = 40}),
            0.0);
  EXPECT_EQ(BreakEvenHitRate({.hit_ns = 40, .miss_ns = 40, .plain_ns = 40}),
            0.0)
      << "all three cost the same: 0 of 0 is no answer";
}

}  // namespace
}  // namespace workbook
