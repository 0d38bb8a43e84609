// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_costs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "exercises/03_04/testing/workloads.h"

namespace workbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Task3PoolingCosts, LoadsNoLineAgainThatTheCacheStillHolds) {
  Workload workload = RoundWorkload();
  EXPECT_EQ(MissNs(workload, RoundMachine()), 0);
  workload.bytes_between_uses = 1'000'000;
  EXPECT_EQ(MissNs(workload, RoundMachine()), 0)
      << "all of it fits into the cache, to the byte";
}

TEST(Task3PoolingCosts, LoadsEveryTouchedLineOfAColdObject) {
  Workload workload = RoundWorkload();
  workload.bytes_between_uses = 1'000'001;
  EXPECT_EQ(MissNs(workload, RoundMachine()), 80)
      << "1,000 bytes are 16 lines of 64 bytes, the last one in part";
  workload.touched_bytes = 128;
  EXPECT_EQ(MissNs(workload, RoundMachine()), 10);
  workload.object_bytes = 1e9;
  EXPECT_EQ(MissNs(workload, RoundMachine()), 10)
      << "what a use does not touch it does not load";
}

TEST(Task3PoolingCosts, AnIdleLockCostsNoWait) {
  EXPECT_EQ(WaitNs(0, 40), 0);
  EXPECT_EQ(WaitNs(0.5, 0), 0) << "there is no lock";
}

TEST(Task3PoolingCosts, WaitingGrowsBeyondAllBoundsTowardsFullLoad) {
  EXPECT_DOUBLE_EQ(WaitNs(0.5, 40), 20);
  EXPECT_DOUBLE_EQ(WaitNs(0.75, 40), 60);
  EXPECT_NEAR(WaitNs(0.99, 40), 1980, 1e-6);
  EXPECT_EQ(WaitNs(1, 40), kInfinity);
  EXPECT_EQ(WaitNs(1.5, 40), kInfinity) << "a wait is never negative";
  RecordProperty("at_ninety_nine", std::to_string(WaitNs(0.99, 40)));
}

TEST(Task3PoolingCosts, WeighsTimeAgainstMemory) {
  const PoolingCosts costs = EstimatePooling(RoundWorkload(), RoundMachine());
  EXPECT_DOUBLE_EQ(costs.saved_ns, 200);
  EXPECT_NEAR(costs.saved_cores, 0.0002, 1e-12);
  EXPECT_NEAR(costs.worth_bytes, 1'600'000, 0.01);
  EXPECT_DOUBLE_EQ(costs.held_bytes, 100'000);
  EXPECT_NEAR(costs.break_even_uses_per_second, 62.5, 1e-9);
  RecordProperty("break_even",
                 std::to_string(costs.break_even_uses_per_second));
}

TEST(Task3PoolingCosts, AtTheBreakEvenRateBothAreWorthTheSame) {
  Workload workload = RoundWorkload();
  for (const double idle : {1.0, 7.0, 100.0}) {
    for (const double make_ns : {101.0, 150.0, 90'000.0}) {
      workload.idle_objects = idle;
      workload.make_ns = make_ns;
      workload.uses_per_second = 1000;
      workload.uses_per_second =
          EstimatePooling(workload, RoundMachine()).break_even_uses_per_second;
      const PoolingCosts costs = EstimatePooling(workload, RoundMachine());
      EXPECT_NEAR(costs.worth_bytes / costs.held_bytes, 1, 1e-9);
    }
  }
}

TEST(Task3PoolingCosts, MissesAndWaitingReduceWhatIsSaved) {
  Workload workload = RoundWorkload();
  workload.bytes_between_uses = 2'000'000;
  workload.locked_ns = 40;
  workload.uses_per_second = 12'500'000;
  const PoolingCosts costs = EstimatePooling(workload, RoundMachine());
  EXPECT_DOUBLE_EQ(costs.miss_ns, 80);
  EXPECT_NEAR(costs.lock_load, 0.5, 1e-12);
  EXPECT_NEAR(costs.wait_ns, 20, 1e-9);
  EXPECT_NEAR(costs.saved_ns, 100, 1e-9);
  EXPECT_NEAR(costs.saved_cores, 1.25, 1e-9);
}

TEST(Task3PoolingCosts, APoolThatCostsTimeNeverBreaksEven) {
  Workload workload = RoundWorkload();
  workload.make_ns = 90;
  const PoolingCosts costs = EstimatePooling(workload, RoundMachine());
  EXPECT_DOUBLE_EQ(costs.saved_ns, -10);
  EXPECT_LT(costs.worth_bytes, 0);
  EXPECT_EQ(costs.break_even_uses_per_second, kInfinity);
  workload.make_ns = workload.pooled_ns;
  EXPECT_EQ(
      EstimatePooling(workload, RoundMachine()).break_even_uses_per_second,
      kInfinity);
}

TEST(Task3PoolingCosts, APoolThatHoldsNothingPaysAtAnyRate) {
  Workload workload = RoundWorkload();
  workload.idle_objects = 0;
  PoolingCosts costs = EstimatePooling(workload, RoundMachine());
  EXPECT_EQ(costs.held_bytes, 0);
  EXPECT_EQ(costs.break_even_uses_per_second, 0);
  workload.make_ns = workload.pooled_ns;
  costs = EstimatePooling(workload, RoundMachine());
  EXPECT_EQ(costs.break_even_uses_per_second, kInfinity)
      << "a use saves nothing, so no rate pays, even if nothing is held";
}

TEST(Task3PoolingCosts, AFullLockLeavesNoNumberUndefined) {
  Workload workload = RoundWorkload();
  workload.locked_ns = 40;
  workload.uses_per_second = 1e9;
  const PoolingCosts costs = EstimatePooling(workload, RoundMachine());
  EXPECT_NEAR(costs.lock_load, 40, 1e-9);
  EXPECT_EQ(costs.saved_ns, -kInfinity);
  EXPECT_EQ(costs.break_even_uses_per_second, kInfinity);
  EXPECT_FALSE(std::isnan(costs.worth_bytes));
}

}  // namespace
}  // namespace workbook
