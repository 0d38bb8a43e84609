// SPDX-License-Identifier: Apache-2.0

#include "03_06/cold_and_warm.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "exercises/03_06/given/random.h"
#include "exercises/03_06/given/sorted_ids.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kSamples = 10;
constexpr double kColdNs = 90;
constexpr double kWarmNs = 4;
constexpr double kEvictionNs = 5000;

// A machine whose clock is a number: an operation takes long after an eviction
// and little after itself.
struct PlayedMachine {
  double now_ns = 0;
  bool is_cached = false;
  std::string calls;

  PlayedMachine() { calls.reserve(100); }

  ColdWarmParts Parts() {
    return {[this] { return now_ns; },
            [this] {
              calls += 'o';
              now_ns += is_cached ? kWarmNs : kColdNs;
              is_cached = true;
            },
            [this] {
              calls += 'e';
              now_ns += kEvictionNs;
              is_cached = false;
            }};
  }
};

TEST(Task7ColdTimes, EvictsBeforeEachSample) {
  PlayedMachine machine;
  ColdTimesNs(machine.Parts(), 3);
  EXPECT_EQ(machine.calls, "eoeoeo") << "e evicts, o is the operation";
}

TEST(Task7ColdTimes, LeavesTheEvictionOut) {
  PlayedMachine machine;
  machine.is_cached = true;
  EXPECT_EQ(ColdTimesNs(machine.Parts(), kSamples),
            std::vector<double>(kSamples, kColdNs))
      << "an eviction takes 5,000 ns here, and a cold operation 90";
}

TEST(Task7WarmTimes, CallsTheOperationOnceForNothing) {
  PlayedMachine machine;
  const std::vector<double> times = WarmTimesNs(machine.Parts(), 3);
  RecordProperty("cold_over_warm", static_cast<int>(kColdNs / kWarmNs));
  EXPECT_EQ(machine.calls, "oooo") << "one call that warms, and three samples";
  EXPECT_EQ(times, std::vector<double>(3, kWarmNs))
      << "the first call is a cold one, and not a sample";
}

TEST(Task7ColdAndWarm, AllocateTheirTimesAndNoMore) {
  PlayedMachine machine;
  const ColdWarmParts parts = machine.Parts();
  AllocationScope scope;
  ColdTimesNs(parts, kSamples);
  WarmTimesNs(parts, kSamples);
  EXPECT_EQ(scope.Counts().allocations, 2);
  EXPECT_EQ(scope.Counts().bytes_allocated, 2 * 8 * 10);
}

TEST(Task7ColdAndWarm, TakeNoSampleWhereNoneIsAskedFor) {
  PlayedMachine machine;
  EXPECT_EQ(ColdTimesNs(machine.Parts(), 0).size(), 0u) << "times of no sample";
  EXPECT_EQ(WarmTimesNs(machine.Parts(), 0).size(), 0u) << "times of no sample";
}

// Of the third level; 16 MiB where the system does not say, and at most 128.
std::size_t LastCacheBytes() {
  return static_cast<std::size_t>(std::clamp(sysconf(_SC_LEVEL3_CACHE_SIZE),
                                             long{16} << 20, long{128} << 20));
}

// The real clock and the real caches: what they show is told and not judged.
TEST(Task7ColdAndWarm, TellWhatTheyMeasureOnThisMachine) {
  const std::vector<Id> ids = SomeIds(65'536, 1);
  const SortedIds index(ids);
  CacheFiller filler(2 * LastCacheBytes());
  SplitMix random(1);
  std::size_t positions = 0;
  const ColdWarmParts parts = {
      [] {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration<double, std::nano>(now).count();
      },
      [&] { positions += index.PositionOf(ids[random.Below(ids.size())]); },
      [&] { filler.Touch(); }};
  std::vector<double> cold_ns = ColdTimesNs(parts, 11);
  std::vector<double> warm_ns = WarmTimesNs(parts, 1001);
  ASSERT_EQ(cold_ns.size(), 11u);
  ASSERT_EQ(warm_ns.size(), 1001u);
  EXPECT_GT(positions, 0u) << "every sample looks an id up";
  std::sort(cold_ns.begin(), cold_ns.end());
  std::sort(warm_ns.begin(), warm_ns.end());
  RecordProperty("median_cold_ns", static_cast<int>(cold_ns[5]));
  RecordProperty("median_warm_ns", static_cast<int>(warm_ns[500]));
}

}  // namespace
}  // namespace workbook
