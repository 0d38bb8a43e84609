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

// Computes the table of so many sizes and returns the costs that it asked for.
std::uint64_t QuestionsFor(std::size_t size_count, std::size_t k) {
  std::vector<SizeCount> sizes;
  for (std::size_t i = 1; i <= size_count; ++i) {
    sizes.push_back({8 * i, i * 7919 % 101 + 1});
  }
  const GroupCost cost(sizes);
  EXPECT_EQ(FastOptimalClasses(cost, k).size(), k);
  return cost.calls();
}

// k n (log2 n + 2), as the header says.
std::uint64_t MostQuestions(std::size_t size_count, std::size_t k) {
  const auto n = static_cast<double>(size_count);
  return static_cast<std::uint64_t>(static_cast<double>(k) * n *
                                    (std::log2(n) + 2));
}

TEST(Task5FastClasses, TenThousandSizesTakeFewQuestions) {
  // Few sizes first: the quadratic way would take minutes for the many.
  ASSERT_LE(QuestionsFor(500, 16), MostQuestions(500, 16))
      << "for 500 sizes and 16 classes. Fix: the begin for the size in the "
         "middle bounds the begins of both halves";
  const std::uint64_t questions = QuestionsFor(10'000, 64);
  EXPECT_LE(questions, MostQuestions(10'000, 64))
      << "the quadratic way asks three billion times. Fix: the begin for the "
         "size in the middle bounds the begins of both halves";
  RecordProperty("million_questions", std::to_string(questions / 1'000'000));
}

}  // namespace
}  // namespace workbook
