// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_advisor.h"

#include <gtest/gtest.h>

#include <string>

#include "exercises/03_04/testing/workloads.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {

// What gtest prints of a reason.
void PrintTo(PoolingReason reason, std::ostream* out) {
  constexpr const char* kNames[] = {"kExhaustsResource", "kSaturatesLock",
                                    "kSavesNothing", "kHoldsMoreThanItSaves",
                                    "kSavesMoreThanItHolds"};
  *out << kNames[static_cast<int>(reason)];
}

namespace {

PoolingAdvice AdviseRound(const Workload& workload) {
  return PoolingAdvisor(RoundMachine()).Advise(workload);
}

// The advice about a workload that the course's own benchmarks measured.
PoolingAdvice AdviseRecorded(const std::string& name) {
  const RecordedWorkloads recorded = Recorded();
  return PoolingAdvisor(recorded.machine).Advise(recorded.Named(name));
}

void ExpectNoPool(const std::string& name, PoolingReason reason,
                  const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "PoolingAdvisor::Advise");
  const PoolingAdvice advice = AdviseRecorded(name);
  EXPECT_EQ(advice.reason, reason) << name << ": " << Explain(advice);
  EXPECT_FALSE(advice.pool) << name;
}

void ExpectPool(const std::string& name, const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "PoolingAdvisor::Advise");
  const PoolingAdvice advice = AdviseRecorded(name);
  EXPECT_EQ(advice.reason, PoolingReason::kSavesMoreThanItHolds)
      << name << ": " << Explain(advice);
  EXPECT_TRUE(advice.pool) << name;
  EXPECT_GE(advice.max_idle, 1) << name;
}

TEST(Task4PoolingAdvisor, PoolsWhatSavesMoreThanItHolds) {
  Workload workload = RoundWorkload();
  workload.object_bytes = 9'990;
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_TRUE(advice.pool);
  EXPECT_EQ(advice.reason, PoolingReason::kSavesMoreThanItHolds);
  EXPECT_EQ(advice.max_idle, 160) << "1,600,000 bytes are 160.2 objects";
  EXPECT_DOUBLE_EQ(advice.costs.saved_ns, 200);
}

TEST(Task4PoolingAdvisor, ADifferenceWithinTheErrorIsNoSaving) {
  Workload workload = RoundWorkload();
  workload.error_ns = 200;
  PoolingAdvice advice = AdviseRound(workload);
  EXPECT_FALSE(advice.pool);
  EXPECT_EQ(advice.reason, PoolingReason::kSavesNothing);
  EXPECT_EQ(advice.max_idle, 0);
  workload.error_ns = 199.9;
  advice = AdviseRound(workload);
  EXPECT_TRUE(advice.pool) << Explain(advice);
}

TEST(Task4PoolingAdvisor, MemoryMayOutweighTime) {
  Workload workload = RoundWorkload();
  workload.uses_per_second = 62;
  PoolingAdvice advice = AdviseRound(workload);
  EXPECT_FALSE(advice.pool) << "below the break-even rate of 62.5";
  EXPECT_EQ(advice.reason, PoolingReason::kHoldsMoreThanItSaves);
  EXPECT_EQ(advice.max_idle, 9) << "nine idle objects would be worth it";
  workload.idle_objects = 9;
  advice = AdviseRound(workload);
  EXPECT_TRUE(advice.pool) << Explain(advice);
}

TEST(Task4PoolingAdvisor, AFullLockIsToldBeforeTheTimeItCosts) {
  Workload workload = RoundWorkload();
  workload.locked_ns = 40;
  workload.uses_per_second = 30'000'000;
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_FALSE(advice.pool);
  EXPECT_EQ(advice.reason, PoolingReason::kSaturatesLock);
  EXPECT_EQ(advice.max_idle, 0);
}

TEST(Task4PoolingAdvisor, IdleObjectsMustLeaveResourcesToBusyOnes) {
  Workload workload = RoundWorkload();
  workload.resources_per_object = 2;
  workload.resources_available = 30;
  EXPECT_TRUE(AdviseRound(workload).pool) << "10 idle and 5 busy hold 30";
  workload.resources_available = 29;
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_FALSE(advice.pool);
  EXPECT_EQ(advice.reason, PoolingReason::kExhaustsResource);
  EXPECT_EQ(advice.max_idle, 9);
}

TEST(Task4PoolingAdvisor, ExhaustionIsToldFirst) {
  Workload workload = RoundWorkload();
  workload.resources_per_object = 1;
  workload.resources_available = 3;
  workload.make_ns = 1;
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_EQ(advice.reason, PoolingReason::kExhaustsResource)
      << "a program that can't go on is worse than a slow one";
  EXPECT_EQ(advice.max_idle, 0);
  workload.make_ns = 300;
  EXPECT_EQ(AdviseRound(workload).max_idle, 0) << "never below zero";
}

TEST(Task4PoolingAdvisor, ASavingWithinTheErrorIsWorthNoIdleObject) {
  Workload workload = RoundWorkload();
  workload.object_bytes = 100;
  workload.resources_per_object = 1;
  workload.resources_available = 12;
  workload.make_ns = 103;
  PoolingAdvice advice = AdviseRound(workload);
  EXPECT_EQ(advice.reason, PoolingReason::kExhaustsResource);
  EXPECT_EQ(advice.max_idle, 7)
      << "3 ns are more than the error of 2, and 5 of 12 are busy";
  workload.make_ns = 102;
  advice = AdviseRound(workload);
  EXPECT_EQ(advice.reason, PoolingReason::kExhaustsResource)
      << "the resource is told first, whatever is saved";
  EXPECT_EQ(advice.max_idle, 0)
      << "2 ns are within the error of 2: no idle object is worth its memory";
}

TEST(Task4PoolingAdvisor, AColdObjectMayCostMoreThanANewOne) {
  Workload workload = RoundWorkload();
  workload.make_ns = 170;
  EXPECT_TRUE(AdviseRound(workload).pool);
  workload.bytes_between_uses = 5'000'000;
  EXPECT_EQ(AdviseRound(workload).reason, PoolingReason::kSavesNothing)
      << "16 lines that are loaded again cost 80 ns, and 70 are saved";
}

// The rows below are measurements; testdata/README.md says of what.

TEST(Task4PoolingAdvisor, TheCoursesOwnBufferPoolLosesToTcmalloc) {
  ExpectNoPool("any_buffer_tcmalloc", PoolingReason::kSavesNothing);
  RecordProperty(
      "hook_saved_ns",
      std::to_string(AdviseRecorded("any_buffer_tcmalloc").costs.saved_ns));
}

TEST(Task4PoolingAdvisor, TheSamePoolWinsWhereItSavesWork) {
  ExpectPool("zeroed_buffer_new");
  ExpectPool("zeroed_buffer_tcmalloc");
  ExpectPool("draft_new");
  ExpectPool("sqlite_connection");
  ExpectPool("log_file");
}

TEST(Task4PoolingAdvisor, PoolingLosesWhereNothingIsSaved) {
  ExpectNoPool("full_buffer_tcmalloc", PoolingReason::kSavesNothing);
  ExpectNoPool("page_of_each_tenant", PoolingReason::kSavesNothing);
  ExpectNoPool("page_of_each_tenant_measured", PoolingReason::kSavesNothing);
}

TEST(Task4PoolingAdvisor, PoolingLosesBehindOneLock) {
  ExpectNoPool("point_one_lock", PoolingReason::kSaturatesLock);
}

TEST(Task4PoolingAdvisor, PoolingLosesWhereMemoryOutweighsTime) {
  ExpectNoPool("sqlite_connection_once_a_minute",
               PoolingReason::kHoldsMoreThanItSaves);
}

TEST(Task4PoolingAdvisor, PoolingLosesWhereConnectionsRunOut) {
  ExpectNoPool("sqlite_connection_of_each_worker",
               PoolingReason::kExhaustsResource);
}

}  // namespace
}  // namespace workbook
