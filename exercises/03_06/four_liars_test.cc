// SPDX-License-Identifier: Apache-2.0

#include "03_06/four_liars.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "exercises/03_06/testing/instructions.h"
#include "exercises/03_06/testing/run_loop.h"
#include "tools/probe/probe.h"

namespace workbook {

// A binary search of 512 ids takes nine steps, and a step at least four
// instructions: halve, load, compare, choose.
inline constexpr double kMinInstructions = 9 * 4;

namespace {

constexpr std::size_t kIds = 512;
constexpr std::int64_t kQueries = 65'536;

const std::vector<Id>& Ids() {
  static const std::vector<Id> ids = SomeIds(kIds, 1);
  return ids;
}

// Answers like SortedIds, and writes down what it was asked.
class RecordingIds {
 public:
  explicit RecordingIds(std::span<const Id> ids) : sorted_(ids) {
    queries_.reserve(kQueries);
  }
  std::size_t PositionOf(Id id) const {
    queries_.push_back(id);
    return sorted_.PositionOf(id);
  }
  const std::vector<Id>& queries() const { return queries_; }

 private:
  const SortedIds sorted_;
  mutable std::vector<Id> queries_;
};

std::vector<Id> QueriesOfTheLoop() {
  const RecordingIds index(Ids());
  RunLoop(
      [&](benchmark::State& state) { TimeFreshQueries(state, index, Ids()); },
      kQueries);
  return index.queries();
}

// After how many queries the sequence begins again; its length if it does not.
std::size_t PeriodOf(const std::vector<Id>& queries) {
  for (std::size_t period = 1; period <= queries.size() / 2; ++period) {
    if (std::equal(queries.begin() + static_cast<std::ptrdiff_t>(period),
                   queries.end(), queries.begin())) {
      return period;
    }
  }
  return queries.size();
}

// Plays two programs whose calls it writes down. Each call is 1 % slower than
// the one before: the machine grows warm.
struct WarmingMachine {
  std::string calls;
  double time_ns = 100;

  Timer Program(char name) {
    return [this, name] {
      calls += name;
      time_ns *= 1.01;
      return time_ns;
    };
  }
};

TEST(Task1KeptLookUp, ExecutesALookUpInEachIteration) {
  if (!CanCountInstructions()) {
    GTEST_SKIP() << "instructions are counted on x86-64 without a sanitizer";
  }
  const double instructions = InstructionsPerIteration(
      [](benchmark::State& state) { TimeKeptLookUp(state, Ids()); });
  ASSERT_GE(instructions, 0) << "no clock was read while the benchmark ran";
  RecordProperty("instructions_per_look_up",
                 static_cast<int>(std::lround(instructions)));
  EXPECT_GE(instructions, kMinInstructions)
      << "an iteration executes " << instructions
      << " instructions, too few for a binary search of 512 ids. The optimiser "
         "removed the look-up, because the loop ignores its result. Fix: give "
         "the result to Keep";
}

TEST(Task1LookUpAlone, AllocatesNothingInTheLoop) {
  const double allocations = AllocationsPerIteration(
      [](benchmark::State& state) { TimeLookUpAlone(state, Ids()); });
  RecordProperty("allocations_per_look_up", static_cast<int>(allocations));
  EXPECT_EQ(allocations, 0)
      << "each iteration allocates, but a look-up does not. The loop times "
         "something else as well. Fix: move it in front of the loop";
}

TEST(Task1LookUpAlone, ExecutesOneLookUpAndNoSort) {
  if (!CanCountInstructions()) {
    GTEST_SKIP() << "instructions are counted on x86-64 without a sanitizer";
  }
  const double instructions = InstructionsPerIteration(
      [](benchmark::State& state) { TimeLookUpAlone(state, Ids()); });
  EXPECT_GE(instructions, kMinInstructions)
      << "the loop has to look the id up, and to give the position to Keep";
  // Twice a pass over 512 ids is more than this, and a sanitizer's checks of
  // one look-up are fewer.
  EXPECT_LT(instructions, 2000) << "an iteration executes " << instructions
                                << " instructions or more, a look-up about a "
                                   "hundred. Fix: only the query "
                                   "and the look-up belong into the loop";
}

TEST(Task1FreshQueries, RepeatsNoOrderWithin65536LookUps) {
  const std::vector<Id> queries = QueriesOfTheLoop();
  ASSERT_EQ(queries.size(), static_cast<std::size_t>(kQueries))
      << "an iteration is one look-up";
  const std::size_t period = PeriodOf(queries);
  RecordProperty("queries_until_repeat", static_cast<int>(period));
  EXPECT_EQ(period, queries.size())
      << "the queries begin again after " << period
      << " look-ups. A branch predictor learns such an order. Fix: draw each "
         "query anew";
}

TEST(Task1FreshQueries, DrawsEachIdWithTheSameProbability) {
  std::map<Id, int> times;
  for (const Id id : QueriesOfTheLoop()) ++times[id];
  EXPECT_EQ(times.size(), kIds) << "the queries have to be the ids of `ids`";
  for (const Id id : Ids()) {
    // Twice and half of what is expected: chance goes from 80 to 180.
    ASSERT_GT(times[id], 64)
        << "how often the loop asks for id " << id << " in 65,536 look-ups. "
        << "Chance gives 80 to 180. Fix: draw all ids with the same "
        << "probability";
    ASSERT_LT(times[id], 256)
        << "how often the loop asks for id " << id << " in 65,536 look-ups. "
        << "Chance gives 80 to 180. Fix: draw all ids with the same "
        << "probability";
  }
}

TEST(Task1FreshQueries, ExecutesALookUpInEachIteration) {
  if (!CanCountInstructions()) {
    GTEST_SKIP() << "instructions are counted on x86-64 without a sanitizer";
  }
  const SortedIds index(Ids());
  const double instructions = InstructionsPerIteration(
      [&](benchmark::State& state) { TimeFreshQueries(state, index, Ids()); });
  EXPECT_GE(instructions, kMinInstructions)
      << "an iteration executes " << instructions
      << " instructions, too few for a binary search of 512 ids: the loop "
         "ignores the position";
}

TEST(Task1FreshQueries, AllocatesNothingInTheLoop) {
  const SortedIds index(Ids());
  EXPECT_EQ(AllocationsPerIteration([&](benchmark::State& state) {
              TimeFreshQueries(state, index, Ids());
            }),
            0)
      << "drawing a query needs no memory";
}

TEST(Task1TakePairs, RunsEachProgramThirtyTimes) {
  WarmingMachine machine;
  const std::vector<TimedPair> pairs =
      TakePairs(machine.Program('a'), machine.Program('b'));
  EXPECT_EQ(pairs.size(), kPairs) << "one sample says nothing about noise";
  for (const char name : {'a', 'b'}) {
    EXPECT_EQ(std::count(machine.calls.begin(), machine.calls.end(), name),
              static_cast<std::ptrdiff_t>(kPairs))
        << "program " << name << " has to run once for each pair";
  }
}

TEST(Task1TakePairs, AlternatesWhoRunsFirst) {
  WarmingMachine machine;
  TakePairs(machine.Program('a'), machine.Program('b'));
  EXPECT_EQ(machine.calls.substr(0, 8), "abbaabba")
      << "the first program runs first in the first pair, the second program "
         "in "
         "the second pair, and so on";
}

TEST(Task1TakePairs, GivesEachProgramItsOwnTimes) {
  const std::vector<TimedPair> pairs =
      TakePairs([] { return 7.0; }, [] { return 9.0; });
  ASSERT_EQ(pairs.size(), kPairs);
  for (const TimedPair& pair : pairs) {
    EXPECT_EQ(pair.first_ns, 7.0) << "its own time, also where it runs second";
    EXPECT_EQ(pair.second_ns, 9.0) << "its own time, also where it runs first";
  }
}

TEST(Task1TakePairs, FavoursNeitherOnAMachineThatSlowsDown) {
  WarmingMachine machine;
  const std::vector<TimedPair> pairs =
      TakePairs(machine.Program('a'), machine.Program('b'));
  ASSERT_EQ(pairs.size(), kPairs);
  double sum = 0;
  for (const TimedPair& pair : pairs) {
    sum += std::log(pair.first_ns / pair.second_ns);
  }
  EXPECT_NEAR(sum / static_cast<double>(kPairs), 0, 0.001)
      << "both programs do the same, but one looks faster";
}

TEST(Task1TakePairs, AllocatesItsPairsAndNoMore) {
  const Timer timer = [] { return 1.0; };
  AllocationScope scope;
  const std::vector<TimedPair> pairs = TakePairs(timer, timer);
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations, 1)
      << "the number of pairs is known before the first one: one block for all";
  EXPECT_EQ(counts.bytes_allocated,
            static_cast<std::int64_t>(kPairs * sizeof(TimedPair)));
}

}  // namespace
}  // namespace workbook
