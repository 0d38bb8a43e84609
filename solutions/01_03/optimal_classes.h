// SPDX-License-Identifier: Apache-2.0

// The size classes that waste least on a histogram.
#ifndef WORKBOOK_01_03_OPTIMAL_CLASSES_H_
#define WORKBOOK_01_03_OPTIMAL_CLASSES_H_

#include <cstddef>
#include <vector>

#include "exercises/01_03/given/group_cost.h"

namespace workbook {

// Returns at most `max_classes` classes that serve all sizes of `cost`, in
// rising order, such that no other table of so many wastes less. Each class is
// a size of the histogram, the last one its largest. With as many classes as
// sizes nothing is wasted, and there are no more. Without sizes, none.
// REQUIRES: max_classes > 0.
// Cost: O(k n^2) time for n sizes and k classes, with at most k n (n + 1) / 2
// calls of `cost`; O(k n) memory.
// Thread safety: one thread at a time for each `cost`.
// On failure: std::bad_alloc.
// Source: R. Bellman, "A note on cluster analysis and dynamic programming",
// Mathematical Biosciences 18 (1973).
std::vector<std::size_t> OptimalClasses(const GroupCost& cost,
                                        std::size_t max_classes);

}  // namespace workbook

#endif  // WORKBOOK_01_03_OPTIMAL_CLASSES_H_
