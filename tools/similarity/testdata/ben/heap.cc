#include "heap.h"

namespace workbook {

namespace {

constexpr std::size_t kStep = 16;

std::size_t RoundUp(std::size_t n) { return (n + kStep - 1) / kStep * kStep; }

}  // namespace

// Task 1. Memory of `size` bytes that is one free block.
Heap::Heap(std::size_t size) {
  if (size >= kStep) free_.emplace(0, size / kStep * kStep);
}

// Task 2. The offset of `size` bytes in the first block that is large enough,
// or kNone. Sizes are rounded up to 16.
std::size_t Heap::Allocate(std::size_t size) {
  size = RoundUp(size);
  auto it = free_.begin();
  while (it != free_.end() && it->second < size) ++it;
  if (size == 0 || it == free_.end()) {
    return kNone;
  }
  const auto [start, length] = *it;
  free_.erase(it);
  if (length != size) free_.emplace(start + size, length - size);
  used_[start] = size;
  return start;
}

// Task 3. Gives the block at `offset` back; neighbours become one.
bool Heap::Free(std::size_t offset) {
  auto node = used_.extract(offset);
  if (node.empty()) {
    return false;
  }
  auto [here, inserted] = free_.emplace(offset, node.mapped());
  auto after = std::next(here);
  if (after != free_.end() && here->first + here->second == after->first) {
    here->second += after->second;
    free_.erase(after);
  }
  if (here == free_.begin()) return inserted;
  auto before = std::prev(here);
  if (before->first + before->second == here->first) {
    before->second += here->second;
    free_.erase(here);
  }
  return inserted;
}

// Task 4. The size of the largest free block; 0 where there is none.
std::size_t Heap::LargestFree() const {
  std::size_t best = 0;
  for (const auto& [start, length] : free_) {
    if (length > best) best = length;
  }
  return best;
}

}  // namespace workbook
