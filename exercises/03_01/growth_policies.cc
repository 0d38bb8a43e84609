// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_policies.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t GoBlockBytes(std::size_t size_bytes) {
  Todo("03_01 task 2: GoBlockBytes");
}

std::size_t OneAndAHalf::NextCapacity(std::size_t capacity,
                                      std::size_t required,
                                      std::size_t /*element_bytes*/) {
  Todo("03_01 task 2: OneAndAHalf::NextCapacity");
}

std::size_t GoBefore118::NextCapacity(std::size_t capacity,
                                      std::size_t required,
                                      std::size_t element_bytes) {
  Todo("03_01 task 2: GoBefore118::NextCapacity");
}

std::size_t GoSince118::NextCapacity(std::size_t capacity, std::size_t required,
                                     std::size_t element_bytes) {
  Todo("03_01 task 2: GoSince118::NextCapacity");
}

}  // namespace workbook
