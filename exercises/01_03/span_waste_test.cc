// SPDX-License-Identifier: Apache-2.0

#include "01_03/span_waste.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "exercises/01_03/given/recorded_sizes.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Classes = std::vector<std::size_t>;

TEST(Task6SpanWaste, CountsAllThreeParts) {
  // 8192 / 3000: two blocks and 2192 bytes left, more than an eighth; of two
  // pages there are five blocks and 1384 bytes.
  ASSERT_EQ(SpanBytes(3000), 2 * kPageBytes);
  const std::vector<SizeCount> sizes = {{2992, 1}, {3000, 5}};
  EXPECT_EQ(SpanWaste(Classes{3000}, sizes), 2 * 16384 - (2992u + 5 * 3000))
      << "six blocks, five in a span: two spans, less what was asked for";
}

TEST(Task6SpanWaste, AFullSpanHasNoWasteOfThatKind) {
  EXPECT_EQ(SpanWaste(Classes{8}, std::vector<SizeCount>{{8, 1024}}), 0u);
  EXPECT_EQ(SpanWaste(Classes{8}, std::vector<SizeCount>{{8, 1025}}),
            kPageBytes - 8);
}

TEST(Task6SpanWaste, AnUnusedClassHasNoSpan) {
  EXPECT_EQ(SpanWaste(Classes{8, 16, 24}, std::vector<SizeCount>{{24, 341}}),
            8u)
      << "341 blocks of 24 bytes leave 8 of a page of 8192; 8 and 16 have no "
         "block and no span";
}

TEST(Task6SpanWaste, AllocatesNothing) {
  const std::vector<SizeCount> sizes = SmallAtPeak(ReadRecordedSizes("git"));
  const Classes classes = {512, 4096, 32768};
  AllocationScope scope;
  EXPECT_GT(SpanWaste(classes, sizes), 0u);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task6OptimalClassesOfSpans, FewBlocksShareAClass) {
  const std::vector<SizeCount> sizes = {{8, 3}, {16, 2}, {24, 4}};
  EXPECT_EQ(OptimalClassesOfSpans(sizes, 3), (Classes{24}))
      << "one span holds them all; three classes would be three spans";
}

TEST(Task6OptimalClassesOfSpans, ManyBlocksDoNot) {
  const std::vector<SizeCount> sizes = {{8, 100'000}, {24, 100'000}};
  EXPECT_EQ(OptimalClassesOfSpans(sizes, 3), (Classes{8, 24}));
}

TEST(Task6OptimalClassesOfSpans, EqualsBruteForceOnSmallInputs) {
  const SeedTrace trace;
  Random random(6);
  // Few sizes first: what fails is small enough to go through by hand.
  for (std::size_t round = 0; round < 700; ++round) {
    std::vector<SizeCount> sizes = SomeSizes(1 + round / 100, random);
    for (SizeCount& size : sizes) size.count *= random.Between(1, 300);
    const std::size_t k = random.Between(1, sizes.size());
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    ForEachTable(sizes, k, [&](const Classes& classes) {
      least = std::min(least, SpanWaste(classes, sizes));
    });
    const Classes classes = OptimalClassesOfSpans(sizes, k);
    ASSERT_LE(classes.size(), k) << "more classes than were allowed";
    ASSERT_EQ(SpanWaste(classes, sizes), least)
        << "bytes wasted by the classes " << testing::PrintToString(classes)
        << ", and the least of at most " << k << " classes for the sizes "
        << testing::PrintToString(sizes);
  }
  EXPECT_TRUE(OptimalClassesOfSpans({}, 2).empty());
}

TEST(Task6OptimalClassesOfSpans, ProgramsWantFewerClassesThanTheyMayHave) {
  const std::vector<SizeCount> sizes =
      SmallAtPeak(ReadRecordedSizes("python3"));
  const Classes classes = OptimalClassesOfSpans(sizes, sizes.size());
  RecordProperty("classes", std::to_string(classes.size()));
  RecordProperty("sizes", std::to_string(sizes.size()));
  EXPECT_LT(classes.size(), sizes.size())
      << "each class more is a half-empty span more";
}

}  // namespace
}  // namespace workbook
