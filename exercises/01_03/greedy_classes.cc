// SPDX-License-Identifier: Apache-2.0

#include "01_03/greedy_classes.h"

#include <algorithm>
#include <cstdint>

#include "tools/exercise/todo.h"

namespace workbook {

std::vector<std::size_t> GreedyClasses(std::span<const SizeCount> sizes,
                                       std::size_t max_classes) {
  Todo("01_03 task 4: GreedyClasses");
}

}  // namespace workbook
