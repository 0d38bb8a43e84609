// SPDX-License-Identifier: Apache-2.0

// Vectors that allocate what they hold, and no more often than they must.
//
// Every function here gives the right answer already. What counts is how often
// it asks the heap, and for how many bytes. The contracts say both, and the
// tests hold them.
#ifndef WORKBOOK_02_02_VECTOR_PATTERNS_H_
#define WORKBOOK_02_02_VECTOR_PATTERNS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace workbook {

// Returns the squares of 1, 2 ... count.
// Cost: O(count); one allocation of exactly 8 * count bytes, none for 0.
std::vector<std::uint64_t> Squares(std::size_t count);

// Returns the parts, one after the other.
// Cost: O(total); one allocation of exactly the total's bytes, none if the
// total is 0.
std::vector<int> Concatenate(std::span<const std::span<const int>> parts);

// Puts the even elements of `values`, in their order, into `result`, whose old
// content is gone.
// REQUIRES: `values` is no part of `result`.
// Cost: O(values); no allocation while the answer fits the capacity of
// `result`, and then the block of `result` stays. A caller who loops passes the
// same vector again.
// On failure: std::bad_alloc; `result` holds a prefix of the answer, or its old
// content.
void EvenInto(std::span<const int> values, std::vector<int>& result);

// Returns the elements that `divisor` divides, in their order, in a vector
// without slack: capacity equals size. For results that live long.
// REQUIRES: divisor != 0, checked in debug builds.
// Cost: O(values); at most one allocation, of exactly the result's bytes, and
// none when every element stays in a vector without slack.
std::vector<int> KeepMultiples(std::vector<int> values, int divisor);

// Finds the median of samples, one after the other. A median needs a copy that
// it may reorder, and the copy needs memory only when a sample is longer than
// all before it.
// Thread safety: one thread at a time for each object.
class SampleMedian {
 public:
  // Returns the middle element in ascending order, the lower one of two; 0 for
  // an empty sample.
  // REQUIRES: no NaN.
  // Cost: O(n) on average; no allocation unless the sample is the longest that
  // this object has seen, then one of exactly its bytes. They are freed with
  // the object.
  double Of(std::span<const double> sample);

 private:
  std::vector<double> scratch_;
};

// Holds a dense matrix whose rows are handed out as views.
// Thread safety: any number of readers, or one writer.
class Matrix {
 public:
  // Makes a matrix of zeros.
  // REQUIRES: rows * columns fits std::size_t.
  // Cost: O(rows * columns); one allocation of exactly rows * columns * 8
  // bytes, none if that is 0.
  Matrix(std::size_t rows, std::size_t columns);

  std::size_t Rows() const { return row_count_; }
  std::size_t Columns() const { return column_count_; }

  // Returns a view of one row, valid as long as the matrix lives and is not
  // assigned to. Rows lie one after the other in memory.
  // REQUIRES: row < Rows(), checked in debug builds.
  // Cost: O(1), no allocation.
  std::span<double> Row(std::size_t row);
  std::span<const double> Row(std::size_t row) const;

  // Returns the matrix with rows and columns exchanged.
  // Cost: O(rows * columns); one allocation, the result's.
  Matrix Transposed() const;

  // Returns the product. Element (i, j) is summed in the order of the inner
  // index, so that every way to write it gives the same bits.
  // REQUIRES: Columns() == right.Rows(), checked in debug builds.
  // Cost: O(rows * columns * right.Columns()); one allocation, the result's.
  Matrix Times(const Matrix& right) const;

 private:
  std::size_t row_count_;
  std::size_t column_count_;
  // Row after row: one block, and walking a row walks memory.
  std::vector<double> elements_;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_VECTOR_PATTERNS_H_
