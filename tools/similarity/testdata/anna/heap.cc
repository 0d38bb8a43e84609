#include "heap.h"

#include <algorithm>

namespace workbook {

// Task 1. Memory of `size` bytes that is one free block.
Heap::Heap(std::size_t size) {
  // All blocks are in one vector, in the order of their addresses.
  blocks_.push_back(Block{0, size & ~std::size_t{15}, true});
}

// Task 2. The offset of `size` bytes in the first block that is large enough,
// or kNone. Sizes are rounded up to 16.
std::size_t Heap::Allocate(std::size_t size) {
  if (size == 0) return kNone;
  const std::size_t rounded = (size + 15) & ~std::size_t{15};
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    Block& block = blocks_[i];
    if (!block.free || block.size < rounded) continue;
    const Block rest{block.offset + rounded, block.size - rounded, true};
    block.free = false;
    block.size = rounded;
    const std::size_t offset = block.offset;
    if (rest.size > 0) {
      // Invalidates `block`.
      blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                     rest);
    }
    return offset;
  }
  return kNone;
}

// Task 3. Gives the block at `offset` back; neighbours become one.
bool Heap::Free(std::size_t offset) {
  const auto found = std::find_if(
      blocks_.begin(), blocks_.end(), [offset](const Block& block) {
        return block.offset == offset && !block.free;
      });
  if (found == blocks_.end()) return false;
  found->free = true;
  const auto next = found + 1;
  if (next != blocks_.end() && next->free) {
    found->size += next->size;
    blocks_.erase(next);
  }
  if (found != blocks_.begin() && (found - 1)->free) {
    (found - 1)->size += found->size;
    blocks_.erase(found);
  }
  return true;
}

// Task 4. The size of the largest free block; 0 where there is none.
std::size_t Heap::LargestFree() const {
  std::size_t largest = 0;
  for (const Block& block : blocks_) {
    if (block.free) largest = std::max(largest, block.size);
  }
  return largest;
}

}  // namespace workbook
