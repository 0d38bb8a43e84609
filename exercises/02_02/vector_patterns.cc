// SPDX-License-Identifier: Apache-2.0

#include "02_02/vector_patterns.h"

#include <algorithm>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

std::vector<std::uint64_t> Squares(std::size_t count) {
  std::vector<std::uint64_t> squares;
  for (std::uint64_t i = 1; i <= count; ++i) squares.push_back(i * i);
  return squares;
}

std::vector<int> Concatenate(std::span<const std::span<const int>> parts) {
  std::vector<int> all;
  for (const std::span<const int> part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

void EvenInto(std::span<const int> values, std::vector<int>& result) {
  std::vector<int> even;
  for (const int value : values) {
    if (value % 2 == 0) even.push_back(value);
  }
  result = std::move(even);
}

std::vector<int> KeepMultiples(std::vector<int> values, int divisor) {
  DebugCheck(divisor != 0, "the divisor is 0");
  std::vector<int> multiples;
  for (const int value : values) {
    // INT_MIN % -1 overflows, and -1 divides every number.
    if (divisor == -1 || value % divisor == 0) multiples.push_back(value);
  }
  return multiples;
}

double SampleMedian::Of(std::span<const double> sample) {
  if (sample.empty()) return 0;
  std::vector<double> sorted(sample.begin(), sample.end());
  const auto middle =
      sorted.begin() + static_cast<std::ptrdiff_t>((sample.size() - 1) / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

Matrix::Matrix(std::size_t rows, std::size_t columns)
    : row_count_(rows),
      column_count_(columns),
      rows_(rows, std::vector<double>(columns)) {}

std::span<double> Matrix::Row(std::size_t row) {
  DebugCheck(row < row_count_, "the row is outside the matrix");
  return rows_[row];
}

std::span<const double> Matrix::Row(std::size_t row) const {
  DebugCheck(row < row_count_, "the row is outside the matrix");
  return rows_[row];
}

Matrix Matrix::Transposed() const {
  Matrix result(column_count_, row_count_);
  for (std::size_t i = 0; i < row_count_; ++i) {
    for (std::size_t j = 0; j < column_count_; ++j) {
      result.Row(j)[i] = Row(i)[j];
    }
  }
  return result;
}

Matrix Matrix::Times(const Matrix& right) const {
  DebugCheck(column_count_ == right.row_count_,
             "the matrices do not fit: columns of the left, rows of the right");
  Matrix result(row_count_, right.column_count_);
  // k outside j: both inner accesses walk along a row.
  for (std::size_t i = 0; i < row_count_; ++i) {
    const std::span<double> sums = result.Row(i);
    for (std::size_t k = 0; k < column_count_; ++k) {
      const double factor = Row(i)[k];
      const std::span<const double> row = right.Row(k);
      for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += factor * row[j];
    }
  }
  return result;
}

}  // namespace workbook
