// SPDX-License-Identifier: Apache-2.0

// Insertion of values that may be elements of the very array.
#ifndef WORKBOOK_03_01_INSERTION_H_
#define WORKBOOK_03_01_INSERTION_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>

#include "03_01/dyn_array.h"

namespace workbook {

// In all functions here a value may be an element of `array`, so that growing,
// or shifting elements, changes or ends what the reference names.
// Thread safety: none.
// On failure: what a copy, a move or Reallocate throws. PushBack and Insert
// leave the elements as they were if the copy of `value` throws; Append keeps
// the elements that it had, and the copies made before the one that throws.

// Appends a copy of `value`.
// Cost: amortised O(1); one copy, and one move more if the array is full.
template <class T, class Policy>
void PushBack(DynArray<T, Policy>& array, const T& value) {
  if (array.size() < array.capacity()) {
    array.EmplaceBack(value);
    return;
  }
  T copy(value);
  array.EmplaceBack(std::move(copy));
}

// Inserts a copy of `value` in front of the element at `index`.
// REQUIRES: `index` <= array.size(); T can be moved.
// Cost: one copy, and at most array.size() - index + 2 moves beside those of
// Grow, which a full array calls once.
template <class T, class Policy>
void Insert(DynArray<T, Policy>& array, std::size_t index, const T& value) {
  T copy(value);
  const std::size_t size = array.size();
  if (size == array.capacity()) array.Grow(size + 1);
  if (index == size) {
    array.EmplaceBack(std::move(copy));
    return;
  }
  T* const data = array.data();
  array.EmplaceBack(std::move(data[size - 1]));
  std::move_backward(data + index, data + size - 1, data + size);
  data[index] = std::move(copy);
}

// Appends copies of `values`, which may be a part of `array`.
// Cost: O(values.size()) and as many copies; at most one Grow.
template <class T, class Policy>
void Append(DynArray<T, Policy>& array, std::span<const T> values) {
  const T* from = values.data();
  const T* const data = array.data();
  // std::less orders pointers of different blocks, where < need not.
  const std::less<const T*> is_before;
  const bool is_own =
      !is_before(from, data) && is_before(from, data + array.size());
  const std::size_t offset =
      is_own ? static_cast<std::size_t>(from - data) : std::size_t{0};
  const std::size_t required = array.size() + values.size();
  if (required > array.capacity()) array.Grow(required);
  if (is_own) from = array.data() + offset;
  for (std::size_t i = 0; i < values.size(); ++i) array.EmplaceBack(from[i]);
}

}  // namespace workbook

#endif  // WORKBOOK_03_01_INSERTION_H_
