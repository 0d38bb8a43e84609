// SPDX-License-Identifier: Apache-2.0

// Arrays of a size that is known: on the stack, and when not.
#ifndef WORKBOOK_EXERCISES_02_01_BEFORE_FIXED_ARRAYS_H_
#define WORKBOOK_EXERCISES_02_01_BEFORE_FIXED_ARRAYS_H_

#include <span>
#include <string_view>
#include <vector>

namespace workbook::before {

// Returns how often each of the 256 bytes occurs in the text.
// Cost: O(length); no allocation.
// Thread safety: any thread, for all functions here.
std::vector<int> ByteCounts(std::string_view text);

// Four rows of four numbers.
using Matrix4 = std::vector<std::vector<double>>;

// Returns the matrix that changes nothing.
// Cost: O(1); no allocation.
Matrix4 Identity();

// Returns left * right.
// Cost: O(1); no allocation.
Matrix4 Product(const Matrix4& left, const Matrix4& right);

// Returns the median: the value in the middle of the sorted values, or half of
// the sum of both values there.
// REQUIRES: there is a value, and none is a NaN.
// Cost: O(n); no allocation for at most 64 values, and for more one of 8 bytes
// for each value; at most 16 KiB of stack for any number of values.
// On failure: std::bad_alloc.
double MedianOf(std::span<const double> values);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_01_BEFORE_FIXED_ARRAYS_H_
