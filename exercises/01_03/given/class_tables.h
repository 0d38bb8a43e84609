// SPDX-License-Identifier: Apache-2.0

// The size classes of allocators in use, up to kLargestBytes.
#ifndef WORKBOOK_EXERCISES_01_03_GIVEN_CLASS_TABLES_H_
#define WORKBOOK_EXERCISES_01_03_GIVEN_CLASS_TABLES_H_

#include <cstddef>
#include <span>
#include <vector>

namespace workbook {

// Returns the 67 classes of Go's allocator, in rising order.
// Cost: none; the table is a constant.
// Thread safety: any thread, for all functions here.
// Source: https://github.com/golang/go/blob/go1.22.0/src/runtime/sizeclasses.go
std::span<const std::size_t> GoClasses();

// Returns jemalloc's classes: multiples of 16 to 128, behind a class of 8, and
// then four classes for each doubling.
// Cost: O(classes); one allocation.
// On failure: std::bad_alloc, as for the next one.
// Source: jemalloc(3), "Size classes".
std::vector<std::size_t> JemallocClasses();

// Returns the powers of two from 8 on.
// Cost: O(classes); one allocation.
std::vector<std::size_t> PowersOfTwo();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_GIVEN_CLASS_TABLES_H_
