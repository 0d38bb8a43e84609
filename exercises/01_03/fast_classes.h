// SPDX-License-Identifier: Apache-2.0

// The same optimal classes, for ten thousand sizes.
#ifndef WORKBOOK_01_03_FAST_CLASSES_H_
#define WORKBOOK_01_03_FAST_CLASSES_H_

#include <cstddef>
#include <vector>

#include "exercises/01_03/given/group_cost.h"

namespace workbook {

// Returns classes that waste as little as those of OptimalClasses. The best
// begin of the last group never moves to the left when a size is added on the
// right, since the cost is such that for a <= b <= c <= d
//     cost(a, c) + cost(b, d) <= cost(a, d) + cost(b, c).
// So the begins of one half of the sizes bound those of the other half.
// REQUIRES: max_classes > 0.
// Cost: at most k n (log2 n + 2) calls of `cost` for n sizes and k classes;
// O(k n) memory.
// Thread safety: one thread at a time for each `cost`.
// On failure: std::bad_alloc.
// Source: F. F. Yao, "Efficient dynamic programming using quadrangle
// inequalities", STOC 1980; the halving is folklore since then.
std::vector<std::size_t> FastOptimalClasses(const GroupCost& cost,
                                            std::size_t max_classes);

}  // namespace workbook

#endif  // WORKBOOK_01_03_FAST_CLASSES_H_
