// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/size_table.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace workbook {
namespace {

TraceEvent Allocate(std::uint32_t slot, std::uint64_t bytes) {
  return {.op = TraceOp::kAllocate, .slot = slot, .bytes = bytes};
}
TraceEvent Free(std::uint32_t slot) {
  return {.op = TraceOp::kFree, .slot = slot};
}

Trace OfEvents(std::vector<TraceEvent> events) {
  Trace trace;
  trace.events = std::move(events);
  trace.slots = 3;
  return trace;
}

TEST(SizeTableTest, CountsEachSize) {
  const Trace trace = OfEvents({Allocate(0, 24), Allocate(1, 8), Free(0),
                                Allocate(0, 24), Free(0), Free(1)});
  EXPECT_EQ(ToCsv(SizesOf(trace)),
            "size_bytes,allocations,at_peak\n8,1,1\n24,2,1\n");
}

TEST(SizeTableTest, ThePeakIsTheFirstMomentOfMostBytes) {
  const Trace trace =
      OfEvents({Allocate(0, 100), Free(0), Allocate(0, 50), Allocate(1, 50)});
  EXPECT_EQ(ToCsv(SizesOf(trace)),
            "size_bytes,allocations,at_peak\n50,2,0\n100,1,1\n");
}

TEST(SizeTableTest, AReallocAsksForItsNewSize) {
  const Trace trace =
      OfEvents({Allocate(0, 10),
                {.op = TraceOp::kReallocate, .slot = 0, .bytes = 30},
                {.op = TraceOp::kThread, .slot = 1},
                Free(0)});
  EXPECT_EQ(ToCsv(SizesOf(trace)),
            "size_bytes,allocations,at_peak\n10,1,0\n30,1,1\n");
}

TEST(SizeTableTest, AnEmptyTraceHasNoRow) {
  EXPECT_EQ(ToCsv(SizesOf({})), "size_bytes,allocations,at_peak\n");
}

}  // namespace
}  // namespace workbook
