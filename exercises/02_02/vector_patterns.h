// SPDX-License-Identifier: Apache-2.0

// Vectors that allocate what they hold, and no more often than they must.
//
// Every function here gives the right answer already. What counts is how often
// it asks the heap, and for how many bytes: the contracts say both, the tests
// hold them.
#ifndef WORKBOOK_02_02_VECTOR_PATTERNS_H_
#define WORKBOOK_02_02_VECTOR_PATTERNS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace workbook {

// The squares of 1, 2 ... count.
// Cost: O(count); one allocation of exactly 8 * count bytes, none for 0.
std::vector<std::uint64_t> Squares(std::size_t count);

// The parts one after the other.
// Cost: O(total); one allocation of exactly the total's bytes, none if it is 0.
std::vector<int> Concatenate(std::span<const std::span<const int>> parts);

// Puts the even elements of `values`, in their order, into `result`, whose old
// content is gone.
// Cost: O(values); no allocation while the result fits result's capacity, which
// a caller who loops keeps by passing the same vector again.
// On failure: std::bad_alloc; `result` holds a prefix of the answer.
void EvenInto(std::span<const int> values, std::vector<int>& result);

// The elements that `divisor` divides, in their order, in a vector without
// slack: capacity equals size. For results that live long.
// REQUIRES: divisor != 0, checked in debug builds.
// Cost: O(values); at most one allocation, of exactly the result's bytes, and
// none when every element stays in a vector without slack.
std::vector<int> KeepMultiples(std::vector<int> values, int divisor);

// The median of samples, one after the other: sorting needs a copy, and the
// copy needs memory only when a sample is longer than all before it.
// Thread safety: one thread at a time for each object.
class SampleMedian {
 public:
  // The middle element in ascending order, the lower one of two; 0 for none.
  // Cost: O(n) on average; no allocation unless the sample is the longest yet,
  // then one of exactly its bytes.
  double Of(std::span<const double> sample);
};

// A dense matrix whose rows can be handed out as views.
class Matrix {
 public:
  // All elements 0. One allocation of exactly rows * columns * 8 bytes.
  Matrix(std::size_t rows, std::size_t columns);

  std::size_t Rows() const { return row_count_; }
  std::size_t Columns() const { return column_count_; }

  // A view of one row, valid as long as the matrix lives and is not assigned
  // to.
  // REQUIRES: row < Rows(), checked in debug builds.
  // Cost: O(1), no allocation.
  std::span<double> Row(std::size_t row);
  std::span<const double> Row(std::size_t row) const;

  // Cost: O(rows * columns); one allocation, the result's.
  Matrix Transposed() const;

  // The product. Element (i, j) is summed in the order of the inner index, so
  // that every way to write it gives the same bits.
  // REQUIRES: Columns() == right.Rows(), checked in debug builds.
  // Cost: O(rows * columns * right.Columns()); one allocation, the result's.
  Matrix Times(const Matrix& right) const;

 private:
  std::size_t row_count_;
  std::size_t column_count_;
  std::vector<std::vector<double>> rows_;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_VECTOR_PATTERNS_H_
