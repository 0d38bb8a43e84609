// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_costs.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t Doubling::NextCapacity(std::size_t capacity, std::size_t required,
                                   std::size_t /*element_bytes*/) {
  Todo("03_01 task 1: Doubling::NextCapacity");
}

std::size_t ExactFit::NextCapacity(std::size_t /*capacity*/,
                                   std::size_t required,
                                   std::size_t /*element_bytes*/) {
  return required;
}

GrowthCosts CostsOfAppending(std::size_t count, std::size_t element_bytes,
                             GrowthRule rule) {
  Todo("03_01 task 1: CostsOfAppending");
}

}  // namespace workbook
