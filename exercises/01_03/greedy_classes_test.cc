// SPDX-License-Identifier: Apache-2.0

#include "01_03/greedy_classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "exercises/01_03/given/recorded_sizes.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

using Classes = std::vector<std::size_t>;

TEST(Task4GreedyClasses, DropsTheCheapestClass) {
  const std::vector<SizeCount> sizes = {{8, 100}, {16, 1}, {64, 2}};
  EXPECT_EQ(GreedyClasses(sizes, 2), (Classes{8, 64}))
      << "serving one block of 16 by 64 costs 48 bytes, the hundred of 8 by 16 "
         "cost 800";
  EXPECT_EQ(GreedyClasses(sizes, 1), (Classes{64}));
  const std::vector<SizeCount> far = {{8, 4}, {16, 3}, {400, 9}};
  EXPECT_EQ(GreedyClasses(far, 2), (Classes{16, 400}))
      << "16 has the fewest blocks, and a long way to 400";
}

TEST(Task4GreedyClasses, BlocksMoveUpTogether) {
  // First 8 goes to 15 for 7 bytes; then 15 has two blocks, and going on to 24
  // costs 18: more than the 10 that the block of 24 costs.
  const std::vector<SizeCount> sizes = {{8, 1}, {15, 1}, {24, 1}, {34, 9}};
  EXPECT_EQ(GreedyClasses(sizes, 3), (Classes{15, 24, 34}))
      << "of blocks of 8, 15 and 24 bytes, the one of 8 moves up for least";
  EXPECT_EQ(GreedyClasses(sizes, 2), (Classes{15, 34}))
      << "a class that was dropped leaves its blocks to the class above";
}

TEST(Task4GreedyClasses, OfEqualPricesTheSmallestGoes) {
  const std::vector<SizeCount> sizes = {{8, 1}, {16, 1}, {24, 1}, {32, 1}};
  EXPECT_EQ(GreedyClasses(sizes, 3), (Classes{16, 24, 32}))
      << "8, 16 and 24 would cost 8 bytes each";
}

TEST(Task4GreedyClasses, ServesAllSizes) {
  EXPECT_EQ(GreedyClasses(std::vector<SizeCount>{{8, 1}, {16, 2}}, 5),
            (Classes{8, 16}));
  EXPECT_TRUE(GreedyClasses({}, 3).empty());
}

TEST(Task4GreedyClasses, NeverWastesLessThanTheOptimum) {
  const SeedTrace trace;
  Random random(4);
  int lost = 0;
  for (int round = 0; round < 1000; ++round) {
    const std::vector<SizeCount> sizes =
        SomeSizes(random.Between(3, 8), random);
    const std::size_t k = random.Between(1, sizes.size() - 1);
    const std::uint64_t greedy = PlainWaste(GreedyClasses(sizes, k), sizes);
    const std::uint64_t least = LeastWasteOfAll(sizes, k);
    ASSERT_GE(greedy, least)
        << "bytes wasted of the sizes " << testing::PrintToString(sizes)
        << " by " << k << " classes: no table wastes less than the optimum, so "
        << "a size has no class";
    if (greedy > least) ++lost;
  }
  RecordProperty("lost", std::to_string(lost));
  EXPECT_GT(lost, 0) << "greedy loses somewhere among a thousand inputs";
}

// The first step joins 16 and 24, which closes the way to the best table.
TEST(Task4GreedyClasses, LosesHere) {
  const std::vector<SizeCount> sizes = {{8, 3}, {16, 2}, {24, 2}, {32, 1}};
  EXPECT_EQ(GreedyClasses(sizes, 2), (Classes{8, 32}));
  EXPECT_EQ(PlainWaste(Classes{8, 32}, sizes), 48u);
  EXPECT_EQ(LeastWasteOfAll(sizes, 2), 40u) << "16 and 32 waste 40 bytes";
}

}  // namespace
}  // namespace workbook
