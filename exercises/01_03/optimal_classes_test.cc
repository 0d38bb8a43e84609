// SPDX-License-Identifier: Apache-2.0

#include "01_03/optimal_classes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/given/recorded_sizes.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

std::vector<std::size_t> Optimal(const std::vector<SizeCount>& sizes,
                                 std::size_t k) {
  const GroupCost cost(sizes);
  return OptimalClasses(cost, k);
}

TEST(Task3OptimalClasses, OneClassIsTheLargestSize) {
  EXPECT_EQ(Optimal({{8, 100}, {16, 1}, {64, 1}}, 1),
            std::vector<std::size_t>{64});
}

TEST(Task3OptimalClasses, TwoClassesDivideWhereItSavesMost) {
  EXPECT_EQ(Optimal({{8, 100}, {16, 1}, {64, 1}}, 2),
            (std::vector<std::size_t>{8, 64}))
      << "a hundred blocks of 8 bytes have a class of their own";
  EXPECT_EQ(Optimal({{8, 1}, {16, 100}, {64, 1}}, 2),
            (std::vector<std::size_t>{16, 64}));
}

TEST(Task3OptimalClasses, AsManyClassesAsSizesWasteNothing) {
  const std::vector<SizeCount> sizes = {{8, 1}, {24, 2}, {40, 3}};
  EXPECT_EQ(Optimal(sizes, 3), (std::vector<std::size_t>{8, 24, 40}));
  EXPECT_EQ(Optimal(sizes, 9), (std::vector<std::size_t>{8, 24, 40}))
      << "no class without a size";
}

TEST(Task3OptimalClasses, NoSizesNoClasses) {
  EXPECT_TRUE(Optimal({}, 4).empty());
}

// Against all choices of classes.
TEST(Task3OptimalClasses, EqualsBruteForceOnSmallInputs) {
  ExpectLeastWaste(Optimal, "OptimalClasses", 3);
}

TEST(Task3OptimalClasses, WastesNoMoreThanAnyTableOfTheField) {
  for (const std::string& program : RecordedPrograms()) {
    const std::vector<SizeCount> sizes =
        SmallAtPeak(ReadRecordedSizes(program));
    const GroupCost cost(sizes);
    const std::uint64_t go = PlainWaste(GoClasses(), sizes);
    const std::uint64_t optimal =
        PlainWaste(OptimalClasses(cost, GoClasses().size()), sizes);
    EXPECT_LE(optimal, go) << program << ", against Go's";
    const std::vector<std::size_t> by_two = PowersOfTwo();
    EXPECT_LE(PlainWaste(OptimalClasses(cost, by_two.size()), sizes),
              PlainWaste(by_two, sizes))
        << program << ", against powers of two";
    const std::vector<std::size_t> jemalloc = JemallocClasses();
    EXPECT_LE(PlainWaste(OptimalClasses(cost, jemalloc.size()), sizes),
              PlainWaste(jemalloc, sizes))
        << program << ", against jemalloc's";
    if (program == "gcc") RecordGain("gcc_wasted_bytes", go, optimal);
  }
}

TEST(Task3OptimalClasses, WastesAsLittleAsWasEverFound) {
  for (const std::string& program : RecordedPrograms()) {
    const std::vector<SizeCount> sizes =
        SmallAtPeak(ReadRecordedSizes(program));
    EXPECT_EQ(PlainWaste(Optimal(sizes, 16), sizes),
              KnownOptimum(program, 16).waste_bytes)
        << program;
  }
}

TEST(Task3OptimalClasses, AsksForTheCostOfEachGroupAtMostOnceAClass) {
  std::vector<SizeCount> sizes;
  for (std::size_t i = 1; i <= 200; ++i) sizes.push_back({8 * i, i % 7 + 1});
  const GroupCost cost(sizes);
  OptimalClasses(cost, 10);
  EXPECT_LE(cost.calls(), 10u * 200 * 201 / 2)
      << "a group is begin and last: n (n + 1) / 2 of them, for each class";
}

}  // namespace
}  // namespace workbook
