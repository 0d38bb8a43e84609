// SPDX-License-Identifier: Apache-2.0

#include "02_02/vector_patterns.h"

#include <algorithm>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

std::vector<std::uint64_t> Squares(std::size_t count) {
  std::vector<std::uint64_t> squares;
  squares.reserve(count);
  for (std::uint64_t i = 1; i <= count; ++i) squares.push_back(i * i);
  return squares;
}

std::vector<int> Concatenate(std::span<const std::span<const int>> parts) {
  std::size_t total = 0;
  for (const std::span<const int> part : parts) total += part.size();
  std::vector<int> all;
  all.reserve(total);
  for (const std::span<const int> part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

void EvenInto(std::span<const int> values, std::vector<int>& result) {
  // clear() keeps the capacity; assigning another vector would give it away.
  result.clear();
  for (const int value : values) {
    if (value % 2 == 0) result.push_back(value);
  }
}

std::vector<int> KeepMultiples(std::vector<int> values, int divisor) {
  DebugCheck(divisor != 0, "the divisor is 0");
  // INT_MIN % -1 overflows, and -1 divides every number.
  std::erase_if(values, [divisor](int value) {
    return divisor != -1 && value % divisor != 0;
  });
  values.shrink_to_fit();
  return values;
}

double SampleMedian::Of(std::span<const double> sample) {
  if (sample.empty()) return 0;
  scratch_.assign(sample.begin(), sample.end());
  const auto middle =
      scratch_.begin() + static_cast<std::ptrdiff_t>((sample.size() - 1) / 2);
  std::nth_element(scratch_.begin(), middle, scratch_.end());
  return *middle;
}

Matrix::Matrix(std::size_t rows, std::size_t columns)
    : row_count_(rows), column_count_(columns), elements_(rows * columns) {}

std::span<double> Matrix::Row(std::size_t row) {
  DebugCheck(row < row_count_, "the row is outside the matrix");
  return {elements_.data() + row * column_count_, column_count_};
}

std::span<const double> Matrix::Row(std::size_t row) const {
  DebugCheck(row < row_count_, "the row is outside the matrix");
  return {elements_.data() + row * column_count_, column_count_};
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
