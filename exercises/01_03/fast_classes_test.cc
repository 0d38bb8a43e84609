// SPDX-License-Identifier: Apache-2.0

#include "01_03/fast_classes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "exercises/01_03/given/recorded_sizes.h"
#include "exercises/01_03/testing/plain_waste.h"

namespace workbook {
namespace {

std::vector<std::size_t> Fast(const std::vector<SizeCount>& sizes,
                              std::size_t k) {
  const GroupCost cost(sizes);
  return FastOptimalClasses(cost, k);
}

TEST(Task5FastClasses, EqualsBruteForceOnSmallInputs) {
  ExpectLeastWaste(Fast, "FastOptimalClasses", 5);
}

TEST(Task5FastClasses, HoldsForPrograms) {
  // The waste of 16 classes at the peak, from the quadratic way.
  for (const std::string& program : RecordedPrograms()) {
    const std::vector<SizeCount> sizes =
        SmallAtPeak(ReadRecordedSizes(program));
    EXPECT_EQ(PlainWaste(Fast(sizes, 16), sizes),
              KnownOptimum(program, 16).waste_bytes)
        << program;
  }
}

TEST(Task5FastClasses, TheEdges) {
  EXPECT_TRUE(Fast({}, 3).empty());
  EXPECT_EQ(Fast({{8, 1}, {16, 1}}, 7), (std::vector<std::size_t>{8, 16}));
  EXPECT_EQ(Fast({{8, 1}, {16, 1}}, 1), std::vector<std::size_t>{16});
}

TEST(Task5FastClasses, TenThousandSizesTakeFewQuestions) {
  constexpr std::size_t kSizes = 10'000;
  constexpr std::size_t kClasses = 64;
  std::vector<SizeCount> sizes;
  for (std::size_t i = 1; i <= kSizes; ++i) {
    sizes.push_back({8 * i, i * 7919 % 101 + 1});
  }
  const GroupCost cost(sizes);
  const std::vector<std::size_t> classes = FastOptimalClasses(cost, kClasses);
  const double log2 = std::log2(static_cast<double>(kSizes));
  EXPECT_LE(cost.calls(),
            static_cast<std::uint64_t>(kClasses * kSizes * (log2 + 2)))
      << "the quadratic way asks three billion times. Fix: the begin for the "
         "size in the middle bounds the begins of both halves";
  EXPECT_EQ(classes.size(), kClasses);
  RecordProperty("million_questions", std::to_string(cost.calls() / 1'000'000));
}

}  // namespace
}  // namespace workbook
