// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/order_effect.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

Schedule Measured(double baseline_ns, double reference_ns, double map_ns) {
  Schedule schedule;
  CaseRounds& rounds = schedule.cases["maps/lookup"].rounds;
  rounds.baseline_ns = {baseline_ns, baseline_ns, 9 * baseline_ns};
  rounds.control_ns = {reference_ns};
  rounds.peers_ns["std::map"] = {map_ns};
  return schedule;
}

TEST(CompareOrders, FlagsWhatDiffersByMoreThanHalfAsMuchAgain) {
  const auto effects = CompareOrders(Measured(10, 73, 14), Measured(10, 4, 10));
  ASSERT_EQ(effects.size(), 3u);
  EXPECT_FALSE(effects[0].IsFlagged()) << "the baseline";
  EXPECT_TRUE(effects[1].IsFlagged()) << "the reference";
  EXPECT_NEAR(effects[1].Factor(), 18.25, 1e-9);
  EXPECT_FALSE(effects[2].IsFlagged()) << effects[2].row;
}

TEST(CompareOrders, FlagsARowThatRepeatingMakesSlower) {
  const auto effects = CompareOrders(Measured(10, 4, 10), Measured(10, 8, 10));
  EXPECT_TRUE(effects[1].IsFlagged());
}

TEST(CompareOrders, LeavesOutWhatWasMeasuredOnce) {
  EXPECT_TRUE(CompareOrders(Measured(1, 1, 1), Schedule()).empty());
}

TEST(ShowOrderEffects, NamesTheFlaggedRowsAndCountsAll) {
  const auto effects = CompareOrders(Measured(10, 73, 14), Measured(10, 4, 10));
  EXPECT_EQ(ShowOrderEffects(effects),
            "maps/lookup, the reference: 73 ns in fresh orders, 4 ns in one: "
            "18x\n1 of 3 rows differ by more than 1.5x. Tables have the fresh "
            "orders.\n");
}

}  // namespace
}  // namespace workbook::cli
