// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/request_list.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace workbook {
namespace {

TraceEvent Allocate(std::uint32_t slot, std::uint64_t bytes) {
  return {.op = TraceOp::kAllocate, .slot = slot, .bytes = bytes};
}
TraceEvent Reallocate(std::uint32_t slot, std::uint64_t bytes) {
  return {.op = TraceOp::kReallocate, .slot = slot, .bytes = bytes};
}
TraceEvent Free(std::uint32_t slot) {
  return {.op = TraceOp::kFree, .slot = slot};
}

std::string CsvOf(std::vector<TraceEvent> events, std::uint64_t min_bytes) {
  Trace trace;
  trace.events = std::move(events);
  trace.slots = 3;
  return RequestsCsv(trace, min_bytes);
}

TEST(RequestListTest, LeavesOutWhatIsSmaller) {
  EXPECT_EQ(CsvOf({Allocate(0, 255), Allocate(1, 256), Free(0), Free(1)}, 256),
            "buffer,size_bytes\n0,256\n0,0\n");
}

TEST(RequestListTest, GivesTheLowestNumberThatIsFree) {
  EXPECT_EQ(
      CsvOf({Allocate(0, 10), Allocate(1, 20), Free(0), Allocate(2, 30)}, 1),
      "buffer,size_bytes\n0,10\n1,20\n0,0\n0,30\n");
}

TEST(RequestListTest, AReallocHasBothBuffersForAMoment) {
  EXPECT_EQ(CsvOf({Allocate(0, 10), Reallocate(0, 30), Free(0)}, 1),
            "buffer,size_bytes\n0,10\n1,30\n0,0\n1,0\n");
}

TEST(RequestListTest, AReallocMayCrossTheBound) {
  EXPECT_EQ(CsvOf({Allocate(0, 10),
                   Reallocate(0, 300),
                   {.op = TraceOp::kThread, .slot = 1},
                   Reallocate(0, 20),
                   Free(0)},
                  256),
            "buffer,size_bytes\n0,300\n0,0\n");
}

}  // namespace
}  // namespace workbook
