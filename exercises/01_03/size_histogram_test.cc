// SPDX-License-Identifier: Apache-2.0

#include "01_03/size_histogram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/given/recorded_sizes.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/same_list.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// 32 KiB of counters belong on the heap.
std::unique_ptr<SizeHistogram> Of(const std::vector<std::size_t>& requests) {
  auto histogram = std::make_unique<SizeHistogram>();
  for (const std::size_t size_bytes : requests) histogram->Record(size_bytes);
  return histogram;
}

// The part of a table's blocks beyond what was asked for, in whole per cent.
long Percent(const std::vector<SizeCount>& sizes,
             std::span<const std::size_t> classes) {
  const auto waste = static_cast<double>(PlainWaste(classes, sizes));
  double requested = 0;
  for (const auto& [size_bytes, count] : sizes) {
    requested += static_cast<double>(count * size_bytes);
  }
  return std::lround(100 * waste / (requested + waste));
}

TEST(Task1SizeHistogram, RoundsUpToSteps) {
  const auto histogram = Of({1, 8, 9, 16, 17, 8});
  EXPECT_EQ(histogram->Sizes(),
            (std::vector<SizeCount>{{8, 3}, {16, 2}, {24, 1}}))
      << "1 and 8 bytes are both served by 8";
  EXPECT_EQ(histogram->requests(), 6u);
}

TEST(Task1SizeHistogram, NothingIsServedByTheSmallest) {
  EXPECT_EQ(Of({0})->Sizes(), (std::vector<SizeCount>{{8, 1}}))
      << "malloc(0) returns a block as well";
}

TEST(Task1SizeHistogram, KeepsTheNumberOfLargeRequests) {
  const auto histogram = Of({32768, 32769, 1'000'000, 32760});
  EXPECT_EQ(histogram->large_requests(), 2u);
  EXPECT_EQ(histogram->requests(), 4u) << "large ones are requests, too";
  EXPECT_EQ(histogram->Sizes(),
            (std::vector<SizeCount>{{32760, 1}, {32768, 1}}));
}

TEST(Task1SizeHistogram, RecordAllocatesNothing) {
  const auto histogram = std::make_unique<SizeHistogram>();
  AllocationScope scope;
  for (std::size_t size_bytes = 0; size_bytes < 40'000; ++size_bytes) {
    histogram->Record(size_bytes);
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a histogram of sizes must not ask malloc for memory: it runs in it";
  EXPECT_LE(sizeof(SizeHistogram), (std::size_t{32} << 10) + 16)
      << "a counter for each step of 8 bytes, and two numbers";
}

TEST(Task1SizeHistogram, SizesTakeOneBlock) {
  const auto histogram = Of({8, 100, 1000, 10'000});
  AllocationScope scope;
  const std::vector<SizeCount> sizes = histogram->Sizes();
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(sizes.size(), 4u);
  EXPECT_EQ(counts.allocations, 1) << "count them first, then reserve";
  EXPECT_EQ(counts.bytes_allocated, 64)
      << "16 bytes for each of four sizes. Fix: reserve as many as there are";
}

TEST(Task1SizeHistogram, NoSizeTakesNoBlock) {
  const auto histogram = Of({});
  AllocationScope scope;
  EXPECT_TRUE(histogram->Sizes().empty());
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "nothing was recorded, so there is nothing to reserve";
}

// The page's first question: what powers of two and Go's classes waste.
TEST(Task1SizeHistogram, ShowsWhatTablesWaste) {
  std::vector<std::size_t> uniform;
  for (std::size_t size_bytes = 1; size_bytes <= 32768; ++size_bytes) {
    uniform.push_back(size_bytes);
  }
  const std::vector<SizeCount> sizes = Of(uniform)->Sizes();
  ASSERT_EQ(sizes.size(), 4096u);
  const long by_two = Percent(sizes, PowersOfTwo());
  const long by_go = Percent(sizes, GoClasses());
  RecordProperty("powers_of_two", std::to_string(by_two));
  RecordProperty("go", std::to_string(by_go));
  EXPECT_EQ(by_two, 25) << "per cent that powers of two waste of these sizes";
  EXPECT_EQ(by_go, 5) << "per cent that Go's classes waste of these sizes";
}

TEST(Task1SizeHistogram, AgreesWithARecordedProgram) {
  const std::vector<RecordedSize> git = ReadRecordedSizes("git");
  const auto histogram = std::make_unique<SizeHistogram>();
  for (const RecordedSize& size : git) {
    for (std::uint64_t i = 0; i < size.allocations; ++i) {
      histogram->Record(size.size_bytes);
    }
  }
  EXPECT_TRUE(SameList(histogram->Sizes(), SmallAllocations(git)));
}

}  // namespace
}  // namespace workbook
