#include "03_06/cold_and_warm.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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
  EXPECT_TRUE(ColdTimesNs(machine.Parts(), 0).empty());
  EXPECT_TRUE(WarmTimesNs(machine.Parts(), 0).empty());
}

}  // namespace
}  // namespace workbook
