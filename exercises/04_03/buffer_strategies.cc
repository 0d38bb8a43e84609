// SPDX-License-Identifier: Apache-2.0

#include "04_03/buffer_strategies.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t PowerOfTwoCapacity(std::size_t size_bytes) {
  Todo("04_03 task 2: PowerOfTwoCapacity");
}

std::size_t ClassCapacity(std::span<const std::size_t> classes,
                          std::size_t size_bytes) {
  Todo("04_03 task 2: ClassCapacity");
}

PoolFigures PlayPool(const RequestTrace& trace, const CapacityRule& rule,
                     std::size_t max_idle_bytes) {
  Todo("04_03 task 2: PlayPool");
}

}  // namespace workbook
