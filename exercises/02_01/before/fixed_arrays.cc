// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_01/before/fixed_arrays.h"

#include <algorithm>
#include <cstddef>

namespace workbook::before {

namespace {

// Sorts out the middle of the values, which change places.
double MedianInPlace(std::span<double> values) {
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

}  // namespace

std::vector<int> ByteCounts(std::string_view text) {
  std::vector<int> counts(256);
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  return counts;
}

Matrix4 Identity() {
  Matrix4 identity(4, std::vector<double>(4));
  for (std::size_t i = 0; i < 4; ++i) identity[i][i] = 1;
  return identity;
}

Matrix4 Product(const Matrix4& left, const Matrix4& right) {
  Matrix4 product(4, std::vector<double>(4));
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      for (std::size_t i = 0; i < 4; ++i) {
        product[row][column] += left[row][i] * right[i][column];
      }
    }
  }
  return product;
}

double MedianOf(std::span<const double> values) {
  std::vector<double> copy(values.begin(), values.end());
  return MedianInPlace(copy);
}

}  // namespace workbook::before
