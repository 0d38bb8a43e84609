// SPDX-License-Identifier: Apache-2.0

#include "01_01/tiny_allocator.h"

#include <cstring>

#include "tools/exercise/todo.h"

namespace workbook {

void* TinyAllocator::Allocate(std::size_t bytes) {
  Todo("01_01 task 7: TinyAllocator::Allocate");
}

void TinyAllocator::Deallocate(void* object) {
  Todo("01_01 task 7: TinyAllocator::Deallocate");
}

}  // namespace workbook
