// SPDX-License-Identifier: Apache-2.0

#include "02_01/fixed_arrays.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "exercises/02_01/before/fixed_arrays.h"
#include "exercises/02_01/testing/stack_use.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<double> Values(std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<double>(i * 7919 % 1009);
  }
  return values;
}

// Both values in the middle are the same one where their number is odd.
double PlainMedian(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

TEST(Task6ByteCounts, CountsEachByte) {
  const auto counts = ByteCounts("banana\xFF");
  ASSERT_EQ(counts.size(), 256u);
  EXPECT_EQ(counts['a'], 3);
  EXPECT_EQ(counts['b'], 1);
  EXPECT_EQ(counts['z'], 0);
  EXPECT_EQ(counts[0xFF], 1) << "a char may be negative, a byte is not";
}

TEST(Task6ByteCounts, NeedsNoHeap) {
  const std::string text(1000, 'x');
  AllocationScope old_scope;
  before::ByteCounts(text);
  const std::int64_t old_allocations = old_scope.Counts().allocations;
  AllocationScope scope;
  EXPECT_EQ(ByteCounts(text)['x'], 1000);
  const std::int64_t allocations = scope.Counts().allocations;
  RecordGain("allocations", old_allocations, allocations);
  EXPECT_EQ(allocations, 0)
      << "there are always 256 counts. Fix: a std::array on the stack";
}

TEST(Task6Matrix4, Multiplies) {
  Matrix4 shift = Identity();
  shift[0][3] = 5;
  Matrix4 scale = Identity();
  scale[0][0] = 2;
  EXPECT_EQ(Product(shift, scale)[0][0], 2);
  EXPECT_EQ(Product(shift, scale)[0][3], 5);
  EXPECT_EQ(Product(scale, shift)[0][3], 10) << "the order matters";
  EXPECT_TRUE(Product(shift, Identity()) == shift);
}

TEST(Task6Matrix4, NeedsNoHeap) {
  AllocationScope scope;
  Matrix4 product = Identity();
  for (int i = 0; i < 10; ++i) product = Product(product, product);
  EXPECT_EQ(product[3][3], 1);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a matrix of rows on the heap is five blocks; as a std::array of "
         "std::array it is one object of 128 bytes";
}

TEST(Task6MedianOf, AgreesWithSorting) {
  for (const std::size_t count : {1u, 2u, 3u, 63u, 64u, 65u, 1000u, 1001u}) {
    const std::vector<double> values = Values(count);
    EXPECT_EQ(MedianOf(values), PlainMedian(values)) << count << " values";
    EXPECT_EQ(values, Values(count)) << "the caller's values stay in order";
  }
}

TEST(Task6MedianOf, FewValuesNeedNoHeap) {
  const std::vector<double> values = Values(64);
  AllocationScope scope;
  MedianOf(values);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "64 values are 512 bytes. Fix: copy them to an array on the stack";
}

TEST(Task6MedianOf, ManyValuesAreOneBlock) {
  const std::vector<double> values = Values(65);
  AllocationScope scope;
  MedianOf(values);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "65 values are too many for the stack: one copy of them on the heap";
  EXPECT_EQ(scope.Counts().bytes_allocated, 65 * 8)
      << "the number of values is known: one block of exactly their size";
}

TEST(Task6MedianOf, ManyValuesDoNotGoOnTheStack) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer has a stack of its own";
  }
  const std::vector<double> values = Values(500'000);
  const std::size_t nothing = StackBytesOf([] {});
  const std::size_t bytes = StackBytesOf([&values] { MedianOf(values); });
  RecordProperty("stack_bytes", std::to_string(bytes - nothing));
  EXPECT_LE(bytes - nothing, std::size_t{16} << 10)
      << "500,000 values are 4 MB, and a thread often has 8 MiB or 512 KiB of "
         "stack. Fix: above 64 values, take the heap";
}

}  // namespace
}  // namespace workbook
