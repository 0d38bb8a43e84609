// SPDX-License-Identifier: Apache-2.0

#include "01_01/size_classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

struct Row {
  std::size_t number, bytes_per_object, bytes_per_span, objects, tail_waste;
  double worst_waste_percent;
  std::size_t alignment;
};

std::vector<Row> Rows() {
  std::ifstream file("exercises/01_01/testdata/go_size_classes.csv");
  std::string line;
  std::getline(file, line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    Row row{};
    cells >> row.number >> row.bytes_per_object >> row.bytes_per_span >>
        row.objects >> row.tail_waste >> row.worst_waste_percent >>
        row.alignment;
    rows.push_back(row);
  }
  return rows;
}

SizeClassTable Generated() {
  SizeClassTable table;
  table.Generate();
  return table;
}

TEST(Task2SizeClasses, EqualsTheTableOfGoInEveryColumn) {
  const std::vector<Row> rows = Rows();
  ASSERT_EQ(rows.size(), kClassCount - 1) << "the test has to find its data";
  const SizeClassTable table = Generated();
  double worst = 0;
  for (const Row& row : rows) {
    const SizeClass& entry = table[row.number];
    ASSERT_EQ(entry.size_bytes, row.bytes_per_object)
        << "the first class that differs is " << row.number;
    EXPECT_EQ(entry.SpanBytes(), row.bytes_per_span) << row.number;
    EXPECT_EQ(entry.objects, row.objects) << row.number;
    EXPECT_EQ(entry.TailWasteBytes(), row.tail_waste) << row.number;
    EXPECT_EQ(entry.AlignmentBytes(), row.alignment) << row.number;
    const double percent =
        std::round(table.WorstWaste(row.number) * 10'000) / 100;
    EXPECT_NEAR(percent, row.worst_waste_percent, 1e-9) << row.number;
    if (entry.size_bytes >= 128) worst = std::max(worst, percent);
  }
  RecordProperty("worst_percent", std::to_string(worst));
}

TEST(Task2SizeClasses, LosesAtMostAnEighthOfASpanAtItsEnd) {
  const SizeClassTable table = Generated();
  std::size_t pages = 0;
  for (std::size_t i = 1; i < kClassCount; ++i) pages += table[i].span_pages;
  RecordProperty("span_pages", static_cast<int>(pages));
  for (std::size_t i = 1; i < kClassCount; ++i) {
    EXPECT_LE(table[i].TailWasteBytes() * 8, table[i].SpanBytes()) << i;
    EXPECT_GE(table[i].objects, 1u) << i;
  }
}

TEST(Task2SizeClasses, FindsTheSmallestClassForEverySize) {
  const SizeClassTable table = Generated();
  std::size_t expected = 1;
  for (std::size_t bytes = 0; bytes <= kMaxSmallBytes; ++bytes) {
    while (expected < kClassCount && table[expected].size_bytes < bytes) {
      ++expected;
    }
    ASSERT_EQ(table.ClassOf(bytes), expected) << bytes << " bytes";
  }
}

TEST(Task2SizeClasses, AlignsWhatMallocReturnsTo16) {
  const SizeClassTable table = Generated();
  for (std::size_t bytes = 1; bytes <= kMaxSmallBytes; ++bytes) {
    const std::size_t number = table.MallocClassOf(bytes);
    ASSERT_GE(table[number].size_bytes, bytes);
    ASSERT_EQ(table[number].AlignmentBytes() % 16, 0u) << bytes << " bytes";
    const bool first = number == table.ClassOf(bytes) || bytes <= 24;
    ASSERT_TRUE(first) << bytes << " bytes have class " << number;
  }
}

TEST(Task2SizeClasses, GivesSmallRequestsOfMallocTheClassesOf16And32) {
  const SizeClassTable table = Generated();
  EXPECT_EQ(table.MallocClassOf(0), table.ClassOf(1))
      << "aligned to 8 is enough";
  for (const std::size_t bytes : {1u, 8u, 9u, 16u}) {
    EXPECT_EQ(table.MallocClassOf(bytes), table.ClassOf(16)) << bytes;
  }
  for (const std::size_t bytes : {17u, 24u, 25u, 32u}) {
    EXPECT_EQ(table.MallocClassOf(bytes), table.ClassOf(32)) << bytes;
  }
  EXPECT_EQ(table.MallocClassOf(33), table.ClassOf(33));
}

TEST(Task2SizeClasses, FindsTheFirstClassThatIsAligned) {
  const SizeClassTable table = Generated();
  for (std::size_t alignment = 1; alignment <= 8192; alignment *= 2) {
    for (std::size_t bytes = 1; bytes <= kMaxSmallBytes; bytes += 37) {
      std::size_t expected = 1;
      while (expected < kClassCount &&
             (table[expected].size_bytes < bytes ||
              table[expected].AlignmentBytes() < alignment)) {
        ++expected;
      }
      ASSERT_EQ(table.AlignedClassOf(bytes, alignment), expected % kClassCount)
          << bytes << " bytes aligned to " << alignment;
    }
  }
  EXPECT_EQ(table.AlignedClassOf(64, 16'384), 0u) << "no class is so aligned";
}

TEST(Task2SizeClasses, RoundsLargeObjectsToPagesAndKnowsTinyOnes) {
  EXPECT_EQ(PagesFor(32'769), 5u);
  EXPECT_EQ(PagesFor(40'960), 5u);
  EXPECT_EQ(PagesFor(40'961), 6u);
  EXPECT_TRUE(IsTiny(15));
  EXPECT_FALSE(IsTiny(16));
}

TEST(Task2SizeClasses, NeedsNoHeapAndNoCodeBeforeMain) {
  static constinit SizeClassTable table;
  EXPECT_LE(sizeof(table), 1280u);
  EXPECT_EQ(table.ClassOf(100), 0u) << "an empty table has no class";
  AllocationScope scope;
  table.Generate();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(table.ClassOf(100), 9u);
}

}  // namespace
}  // namespace workbook
