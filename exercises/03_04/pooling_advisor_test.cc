// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_advisor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
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

// What was measured or assumed of `workload`, and what Advise made of it: which
// of these figures decides is the question of a red test.
std::string Figures(const Workload& workload, const PoolingAdvice& advice) {
  const PoolingCosts& costs = advice.costs;
  std::ostringstream out;
  out << "workload \"" << workload.name << "\": a use takes "
      << workload.make_ns << " ns with a new object, " << workload.pooled_ns
      << " ns with a pool, and saves " << costs.saved_ns
      << " ns, with an error of " << workload.error_ns
      << " ns; the lock is held for the share " << costs.lock_load
      << " of the time; the pool holds " << costs.held_bytes
      << " bytes and saves time worth " << costs.worth_bytes << " bytes; "
      << workload.idle_objects << " idle and " << workload.busy_objects
      << " busy objects need " << workload.resources_per_object
      << " of a resource each, and there are " << workload.resources_available
      << ". Yours: " << Explain(advice);
  return out.str();
}

void ExpectNoPool(const std::string& name, PoolingReason reason,
                  const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "PoolingAdvisor::Advise");
  const RecordedWorkloads recorded = Recorded();
  const Workload workload = recorded.Named(name);
  const auto advice = PoolingAdvisor(recorded.machine).Advise(workload);
  EXPECT_EQ(advice.reason, reason) << Figures(workload, advice);
  EXPECT_FALSE(advice.pool) << Figures(workload, advice);
}

void ExpectPool(const std::string& name, const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "PoolingAdvisor::Advise");
  const RecordedWorkloads recorded = Recorded();
  const Workload workload = recorded.Named(name);
  const auto advice = PoolingAdvisor(recorded.machine).Advise(workload);
  EXPECT_EQ(advice.reason, PoolingReason::kSavesMoreThanItHolds)
      << Figures(workload, advice);
  EXPECT_TRUE(advice.pool) << Figures(workload, advice);
  EXPECT_GE(advice.max_idle, 1) << Figures(workload, advice);
}

// Expects a reason, and a pool for one of them alone.
void ExpectAdvice(const Workload& workload, PoolingReason reason,
                  const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "PoolingAdvisor::Advise");
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_EQ(advice.reason, reason) << Figures(workload, advice);
  EXPECT_EQ(advice.pool, reason == PoolingReason::kSavesMoreThanItHolds)
      << Figures(workload, advice);
}

TEST(Task4PoolingAdvisor, PoolsWhatSavesMoreThanItHolds) {
  Workload workload = RoundWorkload();
  workload.object_bytes = 9'990;
  ExpectAdvice(workload, PoolingReason::kSavesMoreThanItHolds);
  const PoolingAdvice advice = AdviseRound(workload);
  EXPECT_EQ(advice.max_idle, 160) << "1,600,000 bytes are 160.2 objects";
  EXPECT_DOUBLE_EQ(advice.costs.saved_ns, 200);
}

TEST(Task4PoolingAdvisor, ADifferenceWithinTheErrorIsNoSaving) {
  Workload workload = RoundWorkload();
  workload.error_ns = 200;
  ExpectAdvice(workload, PoolingReason::kSavesNothing);
  EXPECT_EQ(AdviseRound(workload).max_idle, 0);
  workload.error_ns = 199.9;
  ExpectAdvice(workload, PoolingReason::kSavesMoreThanItHolds);
}

TEST(Task4PoolingAdvisor, MemoryMayOutweighTime) {
  Workload workload = RoundWorkload();
  workload.uses_per_second = 62;
  // Below the break-even rate of 62.5.
  ExpectAdvice(workload, PoolingReason::kHoldsMoreThanItSaves);
  EXPECT_EQ(AdviseRound(workload).max_idle, 9)
      << "nine idle objects would be worth it";
  workload.idle_objects = 9;
  ExpectAdvice(workload, PoolingReason::kSavesMoreThanItHolds);
}

TEST(Task4PoolingAdvisor, TheBoundIsRoundedDown) {
  Workload workload = RoundWorkload();
  for (const double bytes : {10'001.0, 9'001.0, 7'777.0, 1'003.0}) {
    workload.object_bytes = bytes;
    const PoolingAdvice advice = AdviseRound(workload);
    const double worth_bytes = advice.costs.worth_bytes;
    EXPECT_EQ(advice.max_idle, std::floor(advice.max_idle)) << "a whole number";
    EXPECT_LE(advice.max_idle * bytes, worth_bytes)
        << "bytes of " << advice.max_idle << " idle objects";
    EXPECT_GT((advice.max_idle + 1) * bytes, worth_bytes)
        << "bytes: one idle object more would be worth it";
  }
}

TEST(Task4PoolingAdvisor, AFullLockIsToldBeforeTheTimeItCosts) {
  Workload workload = RoundWorkload();
  workload.locked_ns = 40;
  workload.uses_per_second = 30'000'000;
  ExpectAdvice(workload, PoolingReason::kSaturatesLock);
  EXPECT_EQ(AdviseRound(workload).max_idle, 0);
}

TEST(Task4PoolingAdvisor, IdleObjectsMustLeaveResourcesToBusyOnes) {
  Workload workload = RoundWorkload();
  workload.resources_per_object = 2;
  workload.resources_available = 30;
  // 10 idle and 5 busy objects hold 30.
  ExpectAdvice(workload, PoolingReason::kSavesMoreThanItHolds);
  workload.resources_available = 29;
  ExpectAdvice(workload, PoolingReason::kExhaustsResource);
  EXPECT_EQ(AdviseRound(workload).max_idle, 9)
      << "29 leave 14 objects, and 5 are busy";
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
  ExpectAdvice(workload, PoolingReason::kSavesMoreThanItHolds);
  // 16 lines that are loaded again cost 80 ns, and 70 were saved.
  workload.bytes_between_uses = 5'000'000;
  ExpectAdvice(workload, PoolingReason::kSavesNothing);
}

// The times below are measured; rates, numbers of objects and limits are
// assumed. testdata/README.md says of what.

TEST(Task4PoolingAdvisor, TheCoursesOwnBufferPoolLosesToTcmalloc) {
  ExpectNoPool("any_buffer_tcmalloc", PoolingReason::kSavesNothing);
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
