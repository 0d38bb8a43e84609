#include "01_01/tiny_allocator.h"

#include <cstring>

namespace workbook {

void* TinyAllocator::Allocate([[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 6: TinyAllocator::Allocate");
}

void TinyAllocator::Deallocate([[maybe_unused]] void* object) {
  Todo("01_01 task 6: TinyAllocator::Deallocate");
}

}  // namespace workbook
