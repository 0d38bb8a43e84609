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
#include "tools/exercise/todo.h"

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
  Todo("03_01 task 6: PushBack");
}

// Inserts a copy of `value` in front of the element at `index`.
// REQUIRES: `index` <= array.size(); T can be moved.
// Cost: one copy, and at most array.size() - index + 2 moves beside those of
// Grow, which a full array calls once.
template <class T, class Policy>
void Insert(DynArray<T, Policy>& array, std::size_t index, const T& value) {
  Todo("03_01 task 6: Insert");
}

// Appends copies of `values`, which may be a part of `array`.
// Cost: O(values.size()) and as many copies; at most one Grow.
template <class T, class Policy>
void Append(DynArray<T, Policy>& array, std::span<const T> values) {
  Todo("03_01 task 6: Append");
}

}  // namespace workbook

#endif  // WORKBOOK_03_01_INSERTION_H_
