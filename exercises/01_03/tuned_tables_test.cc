// SPDX-License-Identifier: Apache-2.0

#include "01_03/tuned_tables.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"
#include "tools/trace/recorded.h"

namespace workbook {
namespace {

using Classes = std::vector<std::size_t>;

TraceEvent Allocate(std::uint32_t slot, std::uint64_t bytes) {
  return {.op = TraceOp::kAllocate, .slot = slot, .bytes = bytes};
}
TraceEvent Free(std::uint32_t slot) {
  return {.op = TraceOp::kFree, .slot = slot};
}

Trace OfEvents(std::vector<TraceEvent> events, std::uint32_t slots) {
  Trace trace;
  trace.events = std::move(events);
  trace.slots = slots;
  return trace;
}

Trace Recorded(std::string_view name) {
  for (const RecordedTrace& trace : RecordedTraces()) {
    if (trace.name == name) return trace.Read();
  }
  ADD_FAILURE() << "no trace is called " << name;
  return {};
}

TEST(Task7PeakBytes, CountsBlocksAndNotRequests) {
  const Trace trace =
      OfEvents({Allocate(0, 5), Allocate(1, 20), Free(0), Allocate(0, 1)}, 2);
  EXPECT_EQ(PeakBytes(trace, Classes{16, 32}), 48u);
  EXPECT_EQ(PeakBytes(trace, Classes{8, 24}), 32u);
}

TEST(Task7PeakBytes, WhatNoClassServesHasWholePages) {
  const Trace trace = OfEvents({Allocate(0, 100), Allocate(1, 8193)}, 2);
  EXPECT_EQ(PeakBytes(trace, Classes{128}), 128u + 16384);
  EXPECT_EQ(PeakBytes(OfEvents({Allocate(0, 0)}, 1), Classes{8}), 8u)
      << "a request of no byte has a block as well";
}

TEST(Task7PeakBytes, AReallocChangesItsBlock) {
  const Trace trace =
      OfEvents({Allocate(0, 100),
                {.op = TraceOp::kReallocate, .slot = 0, .bytes = 10},
                {.op = TraceOp::kThread, .slot = 1},
                Allocate(1, 100),
                Free(1)},
               2);
  EXPECT_EQ(PeakBytes(trace, Classes{16, 112}), 128u)
      << "112 is given back when 16 takes its place";
}

TEST(Task7PeakBytes, AReallocNeverHoldsBothBlocks) {
  const Trace trace = OfEvents(
      {Allocate(0, 100), {.op = TraceOp::kReallocate, .slot = 0, .bytes = 90}},
      1);
  EXPECT_EQ(PeakBytes(trace, Classes{16, 112}), 112u)
      << "one block takes the place of the other";
}

TEST(Task7PeakBytes, LeavesAlignmentOut) {
  TraceEvent aligned = Allocate(0, 100);
  aligned.alignment_power = 12;
  EXPECT_EQ(PeakBytes(OfEvents({aligned}, 1), Classes{112}), 112u)
      << "100 bytes on a page boundary count as 100 bytes";
}

TEST(Task7PeakBytes, TakesAWordForEachSlot) {
  const Trace trace = Recorded("python3");
  AllocationScope scope;
  EXPECT_GT(PeakBytes(trace, GoClasses()), 0u);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().bytes_allocated, 8 * std::int64_t{trace.slots});
}

TEST(Task7PeakBytes, ATunedTableLowersThePeakOfItsProgram) {
  const Trace gcc = Recorded("gcc");
  const std::uint64_t by_go = PeakBytes(gcc, GoClasses());
  const std::uint64_t tuned =
      PeakBytes(gcc, KnownOptimum("gcc", GoClasses().size()).classes);
  RecordGain("gcc_peak_bytes", by_go, tuned);
  EXPECT_LT(tuned, by_go);
}

// What sixteen classes that are tuned to git do to python3.
TEST(Task7PeakBytes, ATunedTableBackfiresOnAnotherProgram) {
  const Trace python3 = Recorded("python3");
  const Classes tuned = KnownOptimum("git", 16).classes;
  const std::uint64_t alone = PeakBytes(python3, tuned);
  const std::uint64_t safe =
      PeakBytes(python3, WithFallback(tuned, GoClasses(), 1.25));
  const std::uint64_t by_go = PeakBytes(python3, GoClasses());
  RecordProperty("backfire_percent", std::to_string(100 * alone / by_go - 100));
  EXPECT_GT(alone, by_go + by_go / 4) << "more than 25 % above Go's table";
  EXPECT_LE(safe, by_go) << "Go's classes close the gaps";
}

TEST(Task7WithFallback, ClosesWideGaps) {
  const Classes go = {8, 16, 24, 32, 48, 64, 96, 128};
  EXPECT_EQ(WithFallback(Classes{16, 20, 64}, go, 1.5),
            (Classes{8, 16, 20, 24, 32, 48, 64, 96, 128}))
      << "from 20 to 64 it is more than 1.5 times";
  EXPECT_EQ(WithFallback(Classes{16, 20, 64}, go, 4),
            (Classes{8, 16, 20, 64, 96, 128}))
      << "64 is less than 4 times 20";
}

TEST(Task7WithFallback, KeepsEachClassOnce) {
  EXPECT_EQ(WithFallback(Classes{8, 64}, Classes{8, 16, 64, 128}, 2),
            (Classes{8, 16, 64, 128}));
  EXPECT_EQ(WithFallback({}, Classes{8, 16}, 2), (Classes{8, 16}));
  EXPECT_EQ(WithFallback(Classes{8, 16}, {}, 2), (Classes{8, 16}));
}

}  // namespace
}  // namespace workbook
