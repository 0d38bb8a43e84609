// SPDX-License-Identifier: Apache-2.0

#include "chapters/tools/waste.h"

#include <gtest/gtest.h>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// [region counts]
template <class Work>
AllocationCounts CountsOf(const char* name, Work work) {
  const AllocationScope scope;
  work();
  const AllocationCounts counts = scope.Counts();
  std::printf("%-10s %8ld allocations %9ld bytes, peak %9ld\n", name,
              counts.allocations, counts.bytes_allocated,
              counts.peak_live_bytes);
  return counts;
}
// [end]

TEST(Waste, GrowsEighteenTimesWhileItReads) {
  const AllocationCounts counts =
      CountsOf("ReadOrders", [] { ReadOrders(100'000); });
  // A city for each order; the blocks of 1, 2, 4 ... 131,072 orders.
  EXPECT_EQ(counts.allocations, 100'000 + 18);
}

// [region copies]
TEST(Waste, CopiesTheCityOfEachOrder) {
  const std::vector<Order> orders = ReadOrders(100'000);
  const AllocationCounts counts =
      CountsOf("Total", [&orders] { Total(orders); });
  EXPECT_EQ(counts.allocations, 100'000);
}
// [end]

}  // namespace
}  // namespace workbook
