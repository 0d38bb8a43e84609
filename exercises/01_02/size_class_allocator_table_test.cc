// SPDX-License-Identifier: Apache-2.0

// Which class serves which size: the table of Go, and one of your own.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "01_02/size_class_allocator.h"
#include "exercises/01_02/testing/counting_upstream.h"
#include "exercises/01_02/testing/lent_requests.h"

namespace workbook {
namespace {

struct GoClassRow {
  std::size_t number, bytes_per_object, bytes_per_span, objects, tail_waste;
  double max_waste_percent;
  std::size_t min_alignment;
};

std::vector<GoClassRow> GoClassRows() {
  std::ifstream file("exercises/01_02/testdata/go_size_classes.csv");
  std::string line;
  std::getline(file, line);
  std::vector<GoClassRow> rows;
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    GoClassRow row;
    cells >> row.number >> row.bytes_per_object >> row.bytes_per_span >>
        row.objects >> row.tail_waste >> row.max_waste_percent >>
        row.min_alignment;
    rows.push_back(row);
  }
  return rows;
}

TEST(Task3SizeClassAllocator, UsesTheClassesOfGoByDefault) {
  SizeClassAllocator allocator;
  const std::vector<GoClassRow> rows = GoClassRows();
  ASSERT_EQ(rows.size(), 67u) << "the test has to find its testdata";
  ASSERT_EQ(allocator.ClassCount(), 67u);
  LentRequests lent(allocator);
  std::size_t previous_bytes = 0;
  for (const GoClassRow& row : rows) {
    const std::size_t size_bytes = row.bytes_per_object;
    EXPECT_EQ(allocator.ClassBytes(row.number), size_bytes);
    EXPECT_EQ(kGoSizeClasses[row.number - 1].size_bytes, size_bytes);
    EXPECT_EQ(kGoSizeClasses[row.number - 1].blocks_per_chunk, row.objects);
    EXPECT_EQ(
        reinterpret_cast<std::uintptr_t>(lent.Add(size_bytes)) %
            std::min(row.min_alignment, FixedSizePool::kMaxAlignmentBytes),
        0u)
        << "a block of " << size_bytes << " bytes";
    // What the table itself says has to hold together.
    EXPECT_EQ(row.bytes_per_span - row.objects * size_bytes, row.tail_waste);
    const std::size_t worst =
        (size_bytes - previous_bytes - 1) * row.objects + row.tail_waste;
    EXPECT_NEAR(100.0 * static_cast<double>(worst) /
                    static_cast<double>(row.bytes_per_span),
                row.max_waste_percent, 0.0051);
    previous_bytes = size_bytes;
  }
}

TEST(Task3SizeClassAllocator, FindsTheSmallestClassThatFitsEverySize) {
  SizeClassAllocator allocator;
  std::size_t expected = 1;
  for (std::size_t size_bytes = 1; size_bytes <= 32768; ++size_bytes) {
    if (size_bytes > kGoSizeClasses[expected - 1].size_bytes) ++expected;
    ASSERT_EQ(allocator.SizeToClass(size_bytes), expected)
        << "a request of " << size_bytes << " bytes";
  }
  EXPECT_EQ(allocator.SizeToClass(0), 1u) << "0 bytes count as 1";
  EXPECT_EQ(allocator.SizeToClass(32769), 0u) << "larger than every class";
  EXPECT_EQ(allocator.SizeToClass(std::numeric_limits<std::size_t>::max()), 0u);
}

TEST(Task3SizeClassAllocator, WorksWithATableOfYourOwn) {
  constexpr std::array<SizeClass, 4> kTable = {
      {{40, 10}, {1000, 0}, {1152, 3}, {2048, 0}}};
  CountingUpstream upstream;
  SizeClassAllocator allocator({.classes = kTable, .upstream = &upstream});
  EXPECT_EQ(allocator.ClassCount(), 4u);
  const std::map<std::size_t, std::size_t> expected = {
      {1, 1},    {40, 1},   {41, 2},   {1000, 2}, {1001, 3}, {1024, 3},
      {1025, 3}, {1152, 3}, {1153, 4}, {2048, 4}, {2049, 0}, {32'768, 0}};
  for (const auto& [size_bytes, size_class] : expected) {
    EXPECT_EQ(allocator.SizeToClass(size_bytes), size_class)
        << "a request of " << size_bytes << " bytes";
  }
  LentRequests lent(allocator);
  lent.Add(2049);
  EXPECT_EQ(upstream.bytes, 8192u) << "past the last class: one page";

  constexpr std::array<SizeClass, 1> kTiny = {{{16, 0}}};
  SizeClassAllocator tiny({.classes = kTiny});
  EXPECT_EQ(tiny.SizeToClass(17), 0u);
  EXPECT_EQ(tiny.SizeToClass(1024), 0u);
}

TEST(Task3SizeClassAllocator, RejectsTablesThatMakeNoSense) {
  const auto make = [](const std::vector<SizeClass>& classes) {
    SizeClassAllocator allocator({.classes = classes});
  };
  EXPECT_THROW(make({}), std::invalid_argument);
  EXPECT_THROW(make({{0, 1}}), std::invalid_argument);
  EXPECT_THROW(make({{12, 1}}), std::invalid_argument) << "not a multiple of 8";
  EXPECT_THROW(make({{64, 1}, {64, 1}}), std::invalid_argument) << "twice";
  EXPECT_THROW(make({{64, 1}, {32, 1}}), std::invalid_argument) << "descends";
  EXPECT_THROW(make({{1032, 1}}), std::invalid_argument)
      << "above 1024 the table goes by 128";
  EXPECT_THROW(make({{32'896, 1}}), std::invalid_argument) << "too large";
  std::vector<SizeClass> many;
  for (std::uint32_t i = 1; i <= 256; ++i) {
    many.push_back({i <= 128 ? 8 * i : 1024 + 128 * (i - 128), 1});
  }
  EXPECT_THROW(make(many), std::invalid_argument) << "256 do not fit a byte";
  many.pop_back();
  EXPECT_NO_THROW(make(many));
  EXPECT_THROW(SizeClassAllocator({.upstream = nullptr}),
               std::invalid_argument);
}

}  // namespace
}  // namespace workbook
