// SPDX-License-Identifier: Apache-2.0

#include "02_02/vector_patterns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<int> Numbers(int count) {
  std::vector<int> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

TEST(Task1VectorPatterns, SquaresAreRight) {
  EXPECT_EQ(Squares(5), (std::vector<std::uint64_t>{1, 4, 9, 16, 25}));
  EXPECT_TRUE(Squares(0).empty());
}

TEST(Task1VectorPatterns, SquaresTakeOneAllocationOfTheirSize) {
  for (const std::size_t count : {1u, 3u, 1000u, 65537u}) {
    const AllocationScope scope;
    const std::vector<std::uint64_t> squares = Squares(count);
    const AllocationCounts counts = scope.Counts();
    ASSERT_EQ(squares.size(), count);
    EXPECT_EQ(counts.allocations, 1)
        << "the number of elements is known before the first one is appended";
    EXPECT_EQ(counts.peak_live_bytes, static_cast<std::int64_t>(count) * 8)
        << "growing keeps the old block until the new one is filled";
  }
  const AllocationScope growing;
  std::vector<std::uint64_t> squares;
  for (std::uint64_t i = 1; i <= 1000; ++i) squares.push_back(i * i);
  RecordProperty("growing_allocations",
                 static_cast<int>(growing.Counts().allocations));
  RecordProperty("growing_peak_bytes",
                 static_cast<int>(growing.Counts().peak_live_bytes));
  const AllocationScope scope;
  EXPECT_TRUE(Squares(0).empty());
  EXPECT_EQ(scope.Counts().allocations, 0) << "nothing needs no memory";
}

TEST(Task1VectorPatterns, ConcatenatesInOrder) {
  const std::vector<int> first = {1, 2};
  const std::vector<int> empty;
  const std::vector<int> last = {3};
  const std::vector<std::span<const int>> parts = {first, empty, last, first};
  EXPECT_EQ(Concatenate(parts), (std::vector<int>{1, 2, 3, 1, 2}));
  EXPECT_TRUE(Concatenate({}).empty());
}

TEST(Task1VectorPatterns, ConcatenatesWithOneAllocationOfTheTotal) {
  const std::vector<int> part = Numbers(77);
  const std::vector<std::span<const int>> parts(9, part);
  const AllocationScope scope;
  const std::vector<int> all = Concatenate(parts);
  const AllocationCounts counts = scope.Counts();
  ASSERT_EQ(all.size(), 9u * 77u);
  EXPECT_EQ(counts.allocations, 1) << "add the lengths up first";
  EXPECT_EQ(counts.peak_live_bytes, 9 * 77 * 4);
}

TEST(Task1VectorPatterns, ConcatenatingNothingTakesNoMemory) {
  const std::vector<std::span<const int>> parts(2);
  const AllocationScope scope;
  EXPECT_TRUE(Concatenate(parts).empty());
  EXPECT_EQ(scope.Counts().allocations, 0) << "two empty parts";
}

TEST(Task1VectorPatterns, EvenElementsReplaceTheOldContent) {
  const std::vector<int> values = {5, 4, -2, 7, 0};
  std::vector<int> result = {9, 9, 9, 9, 9, 9};
  EvenInto(values, result);
  EXPECT_EQ(result, (std::vector<int>{4, -2, 0}));
  EvenInto({}, result);
  EXPECT_TRUE(result.empty()) << "nothing in, nothing out";
}

TEST(Task1VectorPatterns, EvenElementsReuseTheCallersCapacity) {
  const std::vector<int> values = Numbers(500);
  std::vector<int> result;
  result.reserve(250);
  const int* const block = result.data();
  const AllocationScope scope;
  for (int round = 0; round < 10; ++round) EvenInto(values, result);
  const AllocationCounts counts = scope.Counts();
  ASSERT_EQ(result.size(), 250u);
  EXPECT_EQ(counts.allocations, 0)
      << "the result fits into the capacity that the caller brought";
  EXPECT_EQ(counts.frees, 0) << "the caller's block was given away";
  EXPECT_EQ(result.data(), block);
  const AllocationScope assigning;
  result = std::vector<int>(result);
  RecordProperty("frees_by_assignment",
                 static_cast<int>(assigning.Counts().frees));
}

TEST(Task1VectorPatterns, MultiplesKeepTheirOrder) {
  EXPECT_EQ(KeepMultiples({9, 1, 3, 4, -6, 0}, 3),
            (std::vector<int>{9, 3, -6, 0}));
  EXPECT_TRUE(KeepMultiples({1, 2}, 7).empty());
  EXPECT_TRUE(KeepMultiples({}, 7).empty());
  const std::vector<int> all = {std::numeric_limits<int>::min(), 5};
  EXPECT_EQ(KeepMultiples(all, -1), all);
}

TEST(Task1VectorPatterns, MultiplesLeaveNoSlack) {
  std::vector<int> values = Numbers(1000);
  const AllocationScope scope;
  const std::vector<int> kept = KeepMultiples(std::move(values), 9);
  const AllocationCounts counts = scope.Counts();
  ASSERT_EQ(kept.size(), 112u);
  EXPECT_EQ(kept.capacity(), kept.size()) << "a long-lived result has no slack";
  EXPECT_EQ(counts.allocations, 1) << "only the block of the final size";
  EXPECT_EQ(counts.bytes_allocated, 112 * 4);
}

TEST(Task1VectorPatterns, KeepingEverythingCopiesNothing) {
  std::vector<int> values = Numbers(1000);
  ASSERT_EQ(values.capacity(), values.size());
  const AllocationScope scope;
  const std::vector<int> kept = KeepMultiples(std::move(values), 1);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the vector that came in is the answer";
  EXPECT_EQ(kept.size(), 1000u);
}

TEST(Task1VectorPatterns, MedianIsTheLowerMiddle) {
  SampleMedian median;
  EXPECT_EQ(median.Of({}), 0);
  EXPECT_EQ(median.Of(std::vector<double>{7}), 7);
  EXPECT_EQ(median.Of(std::vector<double>{9, 1, 5}), 5);
  EXPECT_EQ(median.Of(std::vector<double>{4, 1, 3, 2}), 2);
  EXPECT_EQ(median.Of({}), 0) << "an empty sample after a full one";
}

TEST(Task1VectorPatterns, MedianSeesEachSampleAnew) {
  SampleMedian median;
  std::mt19937 random(7);
  std::vector<double> sample(101);
  for (int round = 0; round < 20; ++round) {
    for (double& value : sample) value = static_cast<double>(random() % 1000);
    std::vector<double> sorted = sample;
    std::sort(sorted.begin(), sorted.end());
    // The same vector, the same length, other numbers: nothing to remember.
    ASSERT_EQ(median.Of(sample), sorted[50]) << "in round " << round;
  }
}

TEST(Task1VectorPatterns, MedianReusesItsScratch) {
  SampleMedian median;
  std::vector<double> sample(1000, 1.0);
  const AllocationScope scope;
  median.Of(sample);
  EXPECT_EQ(scope.Counts().allocations, 1) << "the first copy of a sample";
  EXPECT_EQ(scope.Counts().bytes_allocated, 8000);
  for (std::size_t length = 1000; length > 0; length -= 100) {
    median.Of(std::span(sample).first(length));
  }
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "no later sample is longer than the first";
  sample.resize(1500, 2.0);
  const AllocationScope longer;
  median.Of(sample);
  EXPECT_EQ(longer.Counts().allocations, 1);
  EXPECT_EQ(longer.Counts().bytes_allocated, 12000) << "exactly its bytes";
}

TEST(Task1VectorPatterns, EachMedianHasItsOwnScratch) {
  const std::vector<double> sample(1000, 1.0);
  const AllocationScope scope;
  for (int object = 0; object < 2; ++object) {
    SampleMedian median;
    const AllocationScope first;
    median.Of(sample);
    EXPECT_EQ(first.Counts().allocations, 1)
        << "a scratch that another object has made may be in use there";
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0) << "the scratch dies with its object";
}

TEST(Task1VectorPatterns, MatrixStartsAtZeroAndKeepsWhatRowsAreGiven) {
  Matrix matrix(3, 4);
  EXPECT_EQ(matrix.Rows(), 3u);
  EXPECT_EQ(matrix.Columns(), 4u);
  for (std::size_t row = 0; row < 3; ++row) {
    ASSERT_EQ(matrix.Row(row).size(), 4u);
    for (const double element : matrix.Row(row)) EXPECT_EQ(element, 0);
  }
  matrix.Row(0)[3] = 1;
  matrix.Row(1)[0] = 2;
  const Matrix& view = matrix;
  EXPECT_EQ(view.Row(0)[3], 1);
  EXPECT_EQ(view.Row(1)[0], 2) << "rows must not overlap";
  EXPECT_EQ(Matrix(0, 5).Rows(), 0u);
  EXPECT_EQ(Matrix(0, 5).Columns(), 5u);
  EXPECT_TRUE(Matrix(2, 0).Row(1).empty());
}

TEST(Task1VectorPatterns, MatrixCopiesAreIndependent) {
  Matrix original(2, 2);
  Matrix copy = original;
  copy.Row(1)[1] = 5;
  EXPECT_EQ(original.Row(1)[1], 0);
}

TEST(Task1VectorPatterns, MatrixIsOneBlock) {
  const AllocationScope scope;
  const Matrix matrix(100, 30);
  EXPECT_EQ(scope.Counts().allocations, 1) << "one block, not one a row";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 100 * 30 * 8);
  EXPECT_EQ(matrix.Row(1).data() - matrix.Row(0).data(), 30)
      << "rows lie one after the other";
  const AllocationScope nothing;
  EXPECT_EQ(Matrix(3, 0).Rows(), 3u);
  EXPECT_EQ(nothing.Counts().allocations, 0) << "three rows of no columns";
}

Matrix Filled(std::size_t rows, std::size_t columns, unsigned seed) {
  std::mt19937 random(seed);
  Matrix matrix(rows, columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (double& element : matrix.Row(i)) {
      element = static_cast<double>(random() % 100);
    }
  }
  return matrix;
}

TEST(Task1VectorPatterns, TransposesAndMultiplies) {
  const Matrix left = Filled(7, 5, 1);
  const Matrix right = Filled(5, 9, 2);
  const Matrix turned = left.Transposed();
  ASSERT_EQ(turned.Rows(), 5u);
  ASSERT_EQ(turned.Columns(), 7u);
  const Matrix product = left.Times(right);
  ASSERT_EQ(product.Rows(), 7u);
  ASSERT_EQ(product.Columns(), 9u);
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t k = 0; k < 5; ++k) {
      ASSERT_EQ(turned.Row(k)[i], left.Row(i)[k]);
    }
    for (std::size_t j = 0; j < 9; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 5; ++k)
        sum += left.Row(i)[k] * right.Row(k)[j];
      ASSERT_EQ(product.Row(i)[j], sum) << "at " << i << ", " << j;
    }
  }
}

TEST(Task1VectorPatterns, ProductAndTransposeAllocateOnlyTheirResult) {
  const Matrix left = Filled(20, 30, 3);
  const Matrix right = Filled(30, 10, 4);
  const AllocationScope scope;
  const Matrix product = left.Times(right);
  EXPECT_EQ(scope.Counts().allocations, 1) << "a product needs its own block";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 20 * 10 * 8);
  const Matrix turned = left.Transposed();
  EXPECT_EQ(scope.Counts().allocations, 2);
  EXPECT_EQ(turned.Rows(), 30u);
}

TEST(Task1VectorPatterns, RowsOutsideAreRefusedInDebugBuilds) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  Matrix matrix(2, 2);
  EXPECT_DEATH(matrix.Row(2), "");
  EXPECT_DEATH(std::as_const(matrix).Row(2), "");
}

TEST(Task1VectorPatterns, MatricesThatDoNotFitAreRefusedInDebugBuilds) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  EXPECT_DEATH(Matrix(2, 3).Times(Matrix(2, 2)), "");
}

TEST(Task1VectorPatterns, ADivisorOf0IsRefusedInDebugBuilds) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  EXPECT_DEATH(KeepMultiples({1}, 0), "");
}

}  // namespace
}  // namespace workbook
