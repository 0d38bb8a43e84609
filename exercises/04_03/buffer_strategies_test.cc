// SPDX-License-Identifier: Apache-2.0

#include "04_03/buffer_strategies.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "exercises/04_03/given/one_size_pool.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kUnlimited = ~std::size_t{0};

RequestTrace OfEvents(std::vector<BufferEvent> events, std::uint32_t buffers) {
  return {std::move(events), buffers};
}

TEST(Task2Capacities, PowersOfTwoRoundUp) {
  EXPECT_EQ(PowerOfTwoCapacity(1), 1u);
  EXPECT_EQ(PowerOfTwoCapacity(257), 512u);
  EXPECT_EQ(PowerOfTwoCapacity(512), 512u) << "a power of two is its own";
  EXPECT_EQ(PowerOfTwoCapacity(513), 1024u);
  constexpr std::size_t kLargest = std::size_t{1} << 63;
  EXPECT_EQ(PowerOfTwoCapacity(kLargest - 1), kLargest);
}

TEST(Task2Capacities, TheSmallestClassThatFitsServes) {
  constexpr std::array<std::size_t, 3> kClasses = {256, 1000, 4096};
  EXPECT_EQ(ClassCapacity(kClasses, 1), 256u);
  EXPECT_EQ(ClassCapacity(kClasses, 256), 256u) << "it fits exactly";
  EXPECT_EQ(ClassCapacity(kClasses, 257), 1000u);
  EXPECT_EQ(ClassCapacity(kClasses, 4096), 4096u);
}

TEST(Task2Capacities, AboveTheLastClassASizeIsItsOwn) {
  constexpr std::array<std::size_t, 2> kClasses = {256, 1000};
  EXPECT_EQ(ClassCapacity(kClasses, 1001), 1001u);
  EXPECT_EQ(ClassCapacity({}, 7), 7u);
}

// [region three_requests]
// Three requests, of 300, 400 and 600 bytes; the first two come back.
RequestTrace ThreeRequests() {
  return {{{0, 300}, {0, 0}, {0, 400}, {0, 0}, {0, 600}}, 1};
}
TEST(Task2PlayPool, AHitTakesAnIdleBufferOfItsCapacity) {
  const RequestTrace trace = ThreeRequests();
  const PoolFigures exact = PlayPool(trace, std::identity(), kUnlimited);
  EXPECT_EQ(exact.requests, 3u);
  EXPECT_EQ(exact.hits, 0u) << "300, 400 and 600 are three capacities";
  const PoolFigures by_two = PlayPool(trace, &PowerOfTwoCapacity, kUnlimited);
  EXPECT_EQ(by_two.hits, 1u) << "400 fits the buffer of 512 that served 300; "
                                "600 needs one of 1024";
}
// [end]

TEST(Task2PlayPool, ABufferIsIdleOrLent) {
  const RequestTrace trace =
      OfEvents({{0, 10}, {1, 10}, {0, 0}, {0, 10}, {2, 10}}, 3);
  const PoolFigures figures = PlayPool(trace, std::identity(), kUnlimited);
  EXPECT_EQ(figures.hits, 1u) << "the third request; before the second and the "
                                 "fourth, no buffer is idle";
  EXPECT_EQ(figures.peak_held_bytes, 30u);
  EXPECT_EQ(figures.sums.idle, 10u) << "one moment with one idle buffer";
}

TEST(Task2PlayPool, CountsCapacitiesAndRequestsApart) {
  const RequestTrace trace = OfEvents({{0, 300}, {1, 100}, {0, 0}}, 2);
  const PoolFigures figures = PlayPool(trace, &PowerOfTwoCapacity, kUnlimited);
  EXPECT_EQ(figures.moments, 3u);
  EXPECT_EQ(figures.sums.requested, 300u + 400 + 100);
  EXPECT_EQ(figures.sums.lent, 512u + 640 + 128);
  EXPECT_EQ(figures.sums.idle, 512u);
}

TEST(Task2PlayPool, DropsWhatWouldExceedTheLimit) {
  const RequestTrace trace = OfEvents(
      {{0, 100}, {1, 100}, {2, 50}, {0, 0}, {1, 0}, {2, 0}, {0, 100}, {1, 100}},
      3);
  const PoolFigures figures = PlayPool(trace, std::identity(), 150);
  // Idle: 100 after the first came back, 100 after the second, 150 then.
  EXPECT_EQ(figures.hits, 1u) << "one of the two buffers of 100 was dropped";
  EXPECT_EQ(figures.sums.idle, 100u + 100 + 150 + 50 + 50)
      << "a buffer of 50 still had room, to the byte";
  EXPECT_EQ(PlayPool(trace, std::identity(), 0).hits, 0u);
}

TEST(Task2PlayPool, ABufferAsLargeAsTheLimitIsKept) {
  const RequestTrace trace = OfEvents({{0, 100}, {0, 0}, {0, 100}}, 1);
  EXPECT_EQ(PlayPool(trace, std::identity(), 100).hits, 1u);
  EXPECT_EQ(PlayPool(trace, std::identity(), 99).hits, 0u);
}

TEST(Task2PlayPool, OneSizeIsARule) {
  const RequestTrace trace = RecordedRequests("gcc");
  constexpr std::size_t kSize = std::size_t{256} << 10;
  const PoolFigures given = PlayOneSize(trace, kSize);
  const PoolFigures yours = PlayPool(
      trace, [](std::size_t) { return kSize; }, kUnlimited);
  EXPECT_EQ(yours.hits, given.hits);
  EXPECT_EQ(yours.sums.idle, given.sums.idle);
  EXPECT_EQ(yours.peak_held_bytes, given.peak_held_bytes);
}

// Known figures, counted by another program.
TEST(Task2PlayPool, RoundingUpHoldsLess) {
  const RequestTrace git = RecordedRequests("git");
  const PoolFigures exact = PlayPool(git, std::identity(), kUnlimited);
  const PoolFigures by_two = PlayPool(git, &PowerOfTwoCapacity, kUnlimited);
  EXPECT_EQ(exact.requests, 4432u);
  EXPECT_EQ(exact.hits, 3115u);
  EXPECT_EQ(by_two.hits, 4248u);
  EXPECT_EQ(exact.peak_held_bytes, 4'758'679u);
  EXPECT_EQ(by_two.peak_held_bytes, 1'662'464u);
  RecordGain("git_peak_exact_to_rounded_bytes", exact.peak_held_bytes,
             by_two.peak_held_bytes);
  RecordProperty("exact_over_two",
                 std::to_string(static_cast<double>(exact.peak_held_bytes) /
                                static_cast<double>(by_two.peak_held_bytes)));
}

TEST(Task2PlayPool, AllocatesByCapacitiesAndNotByEvents) {
  const RequestTrace git = RecordedRequests("git");
  const CapacityRule rule = &PowerOfTwoCapacity;
  const AllocationScope scope;
  PlayPool(git, rule, kUnlimited);
  EXPECT_LE(scope.Counts().allocations, 32)
      << "8767 events, and nine capacities";
}

TEST(Task2PlayPool, ALimitGivesUpHitsForMemory) {
  const RequestTrace git = RecordedRequests("git");
  const PoolFigures all = PlayPool(git, &PowerOfTwoCapacity, kUnlimited);
  const PoolFigures few =
      PlayPool(git, &PowerOfTwoCapacity, std::size_t{64} << 10);
  EXPECT_LT(few.peak_held_bytes, all.peak_held_bytes);
  EXPECT_LE(few.sums.idle, few.moments * (std::uint64_t{64} << 10));
  EXPECT_LT(few.hits, all.hits);
  RecordProperty("limited_hit_percent",
                 std::to_string(100.0 * static_cast<double>(few.hits) /
                                static_cast<double>(few.requests)));
}

}  // namespace
}  // namespace workbook
