// SPDX-License-Identifier: Apache-2.0

#include "02_01/fixed_arrays.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace workbook {

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

std::array<int, 256> ByteCounts(std::string_view text) {
  std::array<int, 256> counts = {};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  return counts;
}

Matrix4 Identity() {
  Matrix4 identity = {};
  for (std::size_t i = 0; i < 4; ++i) identity[i][i] = 1;
  return identity;
}

Matrix4 Product(const Matrix4& left, const Matrix4& right) {
  Matrix4 product = {};
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
  constexpr std::size_t kFew = 64;
  if (values.size() > kFew) {
    std::vector<double> many(values.begin(), values.end());
    return MedianInPlace(many);
  }
  std::array<double, kFew> few;
  std::copy(values.begin(), values.end(), few.begin());
  return MedianInPlace(std::span(few).first(values.size()));
}

}  // namespace workbook
