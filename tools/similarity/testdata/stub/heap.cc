#include "heap.h"

namespace workbook {

// Task 1. Memory of `size` bytes that is one free block.
Heap::Heap(std::size_t size) { throw Todo("a heap of one free block"); }

// Task 2. The offset of `size` bytes in the first block that is large enough,
// or kNone. Sizes are rounded up to 16.
std::size_t Heap::Allocate(std::size_t size) { throw Todo("first fit"); }

// Task 3. Gives the block at `offset` back; neighbours become one.
bool Heap::Free(std::size_t offset) { throw Todo("coalescing"); }

// Task 4. The size of the largest free block; 0 where there is none.
std::size_t Heap::LargestFree() const { throw Todo("the largest block"); }

}  // namespace workbook
