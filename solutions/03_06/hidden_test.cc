// SPDX-License-Identifier: Apache-2.0

// Other data than the learner's tests have, drawn at random, each answer beside
// one that is computed in the plainest way. For grading: WORKBOOK_SEED chooses
// the data, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "03_06/benchmark_reading.h"
#include "03_06/cold_and_warm.h"
#include "03_06/four_liars.h"
#include "03_06/mann_whitney.h"
#include "03_06/profile_reading.h"
#include "03_06/robust_statistics.h"
#include "03_06/verdict.h"
#include "exercises/03_06/given/noisy_machine.h"
#include "exercises/03_06/testing/instructions.h"
#include "exercises/03_06/testing/run_loop.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

std::vector<double> SomeValues(Random& random, std::size_t count) {
  std::vector<double> values(count);
  for (double& value : values) {
    value = static_cast<double>(random.Below(2000)) - 1000;
  }
  return values;
}

double PlainMedian(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

double PlainMad(std::vector<double> values) {
  const double median = PlainMedian(values);
  for (double& value : values) value = std::abs(value - median);
  return PlainMedian(values);
}

// Of sizes that the learner's tests do not have.
TEST(Task1Hidden, LoopsWorkForOtherNumbersOfIds) {
  if (!CanCountInstructions()) {
    GTEST_SKIP() << "instructions are counted on x86-64 without a sanitizer";
  }
  const SeedTrace trace;
  Random random(1);
  const std::vector<Id> ids = SomeIds(64 + random.Below(64), random.Bits());
  const SortedIds sorted(ids);
  EXPECT_GE(InstructionsPerIteration(
                [&](benchmark::State& state) { TimeKeptLookUp(state, ids); }),
            6 * 4);
  const double alone = InstructionsPerIteration(
      [&](benchmark::State& state) { TimeLookUpAlone(state, ids); });
  EXPECT_GE(alone, 6 * 4);
  EXPECT_LT(alone, 2000);
  EXPECT_EQ(AllocationsPerIteration([&](benchmark::State& state) {
              TimeFreshQueries(state, sorted, ids);
            }),
            0);
}

TEST(Task2Hidden, MedianAndSpreadAgreeWithSorting) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 500; ++round) {
    const std::vector<double> values =
        SomeValues(random, random.Between(1, 60));
    std::vector<double> copy = values;
    ASSERT_EQ(Median(copy), PlainMedian(values));
    ASSERT_EQ(MedianAbsoluteDeviation(values), PlainMad(values));
  }
}

TEST(Task2Hidden, IntervalMovesAndScalesWithItsValues) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 20; ++round) {
    const std::vector<double> values =
        SomeValues(random, random.Between(1, 40));
    const Interval interval = BootstrapInterval(values, 9);
    ASSERT_EQ(interval.middle, PlainMedian(values));
    ASSERT_LE(interval.low, interval.middle);
    ASSERT_GE(interval.high, interval.middle);
    std::vector<double> moved = values;
    for (double& value : moved) value = 4 * value + 1024;
    const Interval other = BootstrapInterval(moved, 9);
    ASSERT_EQ(other.low, 4 * interval.low + 1024);
    ASSERT_EQ(other.high, 4 * interval.high + 1024);
  }
}

TEST(Task3Hidden, VerdictTurnsAroundWithThePairs) {
  const SeedTrace trace;
  Random random(4);
  int told = 0;
  for (int round = 0; round < 60; ++round) {
    NoisyMachine machine(kBusy, random.Bits());
    std::vector<TimedPair> pairs(kPairs);
    for (TimedPair& pair : pairs) {
      pair = {machine.TimeNs(250), machine.TimeNs(200)};
    }
    ASSERT_EQ(Judge(pairs, 3), Verdict::kSlower) << "a ratio of 1.25";
    for (TimedPair& pair : pairs) std::swap(pair.first_ns, pair.second_ns);
    ASSERT_EQ(Judge(pairs, 3), Verdict::kFaster);
    ++told;
  }
  EXPECT_EQ(told, 60);
}

TEST(Task3Hidden, EqualProgramsAreRarelyTold) {
  const SeedTrace trace;
  Random random(5);
  int alarms = 0;
  for (int round = 0; round < 400; ++round) {
    NoisyMachine machine({.jitter = 0.15, .outlier_share = 0.3}, random.Bits());
    std::vector<TimedPair> pairs(21);
    for (TimedPair& pair : pairs) {
      pair = {machine.TimeNs(50), machine.TimeNs(50)};
    }
    if (Judge(pairs, 3) == Verdict::kFaster) ++alarms;
  }
  EXPECT_LE(alarms, 400 * 6 / 100) << "2.5 % are expected, 6 % are not";
}

TEST(Task4Hidden, AnswersForEntriesInAnyOrder) {
  const SeedTrace trace;
  Random random(6);
  const std::vector<std::string> units = {"ns", "us", "ms", "s"};
  std::vector<BenchmarkEntry> entries;
  std::vector<double> times_ns;
  std::int64_t iterations = 0;
  for (int i = 0; i < 101; ++i) {
    BenchmarkEntry entry;
    entry.name = i % 3 == 0 ? "other" : "name";
    entry.is_aggregate = i % 5 == 0;
    entry.iterations = static_cast<std::int64_t>(random.Below(1000));
    const std::size_t unit = random.Below(4);
    entry.time_unit = units[unit];
    entry.cpu_time = static_cast<double>(1 + random.Below(100));
    entry.counters["kB"] = -static_cast<double>(i);
    entries.push_back(entry);
    if (entry.name == "other" || entry.is_aggregate) continue;
    iterations += entry.iterations;
    times_ns.push_back(entry.cpu_time *
                       std::pow(1000.0, static_cast<double>(unit)));
  }
  EXPECT_EQ(TotalIterations(entries, "name"), iterations);
  EXPECT_DOUBLE_EQ(NsPerOp(entries, "name").value_or(0), PlainMedian(times_ns));
  EXPECT_EQ(NameOfLargest(entries, "kB"), "name") << "-1 is the largest";
}

TEST(Task5Hidden, AnswersForProfilesInAnyOrder) {
  const SeedTrace trace;
  Random random(7);
  std::vector<ProfileLine> lines;
  double sum = 0;
  double part = 0;
  for (int i = 0; i < 50; ++i) {
    const double cost = static_cast<double>(1 + random.Below(1000));
    lines.push_back(
        {(i % 4 == 0 ? "lib::f" : "app::f") + std::to_string(i), cost});
    sum += cost;
    if (i % 4 != 0) part += cost;
  }
  EXPECT_NEAR(ShareOf(lines, "app::"), part / sum, 1e-12);
  lines.push_back({"app::hot", 5000});
  std::rotate(lines.begin(), lines.end() - 20, lines.end());
  EXPECT_EQ(Costliest(lines), "app::hot");
  std::vector<ProfileLine> inclusive = lines;
  for (ProfileLine& line : inclusive) line.cost += 10;
  inclusive[3].cost += 7000;
  EXPECT_EQ(BusiestCaller(lines, inclusive, "::"), inclusive[3].function);
}

TEST(Task6Hidden, UOfBothWaysAddsUp) {
  const SeedTrace trace;
  Random random(8);
  for (int round = 0; round < 50; ++round) {
    const std::vector<double> first = SomeValues(random, random.Between(1, 20));
    const std::vector<double> second =
        SomeValues(random, random.Between(1, 20));
    ASSERT_EQ(MannWhitneyU(first, second) + MannWhitneyU(second, first),
              static_cast<double>(first.size() * second.size()));
    const double p = TwoSidedP(first, second);
    ASSERT_GT(p, 0);
    ASSERT_LE(p, 1);
  }
  // 1 of 252 orders of 5 and 5, on each side.
  EXPECT_NEAR(TwoSidedP(std::vector<double>{1, 2, 3, 4, 5},
                        std::vector<double>{6, 7, 8, 9, 10}),
              2.0 / 252, 1e-12);
}

TEST(Task7Hidden, SamplesAreTheOperationsOwn) {
  double now_ns = 0;
  double next_ns = 0;
  const ColdWarmParts parts = {[&] { return now_ns; },
                               [&] { now_ns += ++next_ns; },
                               [&] { now_ns += 1e6; }};
  EXPECT_EQ(ColdTimesNs(parts, 3), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(WarmTimesNs(parts, 3), (std::vector<double>{5, 6, 7}));
}

}  // namespace
}  // namespace workbook
