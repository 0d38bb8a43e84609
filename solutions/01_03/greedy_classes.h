// SPDX-License-Identifier: Apache-2.0

// Size classes by the obvious way, which is not the best one.
#ifndef WORKBOOK_01_03_GREEDY_CLASSES_H_
#define WORKBOOK_01_03_GREEDY_CLASSES_H_

#include <cstddef>
#include <span>
#include <vector>

#include "exercises/01_03/given/size_count.h"

namespace workbook {

// Returns at most `max_classes` classes that serve all sizes, in rising order.
// It begins with a class for each size. While there are too many, it drops the
// class whose blocks cost least to serve by the class above: blocks times the
// distance. Of equally cheap ones it drops the smallest class. The blocks of a
// class that was dropped move up: from then on they count as blocks of the
// class above, and move up with them when that one is dropped.
// REQUIRES: max_classes > 0; sizes rise.
// Cost: O(n^2) time for n sizes; one allocation for the classes and what the
// result takes.
// Thread safety: any thread.
// On failure: std::bad_alloc.
std::vector<std::size_t> GreedyClasses(std::span<const SizeCount> sizes,
                                       std::size_t max_classes);

}  // namespace workbook

#endif  // WORKBOOK_01_03_GREEDY_CLASSES_H_
