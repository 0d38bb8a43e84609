#include "heap.h"

namespace workbook {

// Boundary tags: each block has its size, with the lowest bit set when it is in
// use, in its first and in its last word.

std::size_t& Heap::Tag(std::size_t index) { return words_.at(index); }

void Heap::SetBlock(std::size_t index, std::size_t length, bool used) {
  const std::size_t tag = length * 2 + (used ? 1 : 0);
  Tag(index) = tag;
  Tag(index + length - 1) = tag;
}

// Task 1. Memory of `size` bytes that is one free block.
Heap::Heap(std::size_t size) : words_(size / 16, 0) {
  if (!words_.empty()) SetBlock(0, words_.size(), false);
}

// Task 2. The offset of `size` bytes in the first block that is large enough,
// or kNone. Sizes are rounded up to 16.
std::size_t Heap::Allocate(std::size_t size) {
  const std::size_t need = size / 16 + (size % 16 != 0);
  std::size_t index = 0;
  while (need != 0 && index != words_.size()) {
    const std::size_t have = Tag(index) >> 1;
    const bool used = (Tag(index) & 1) != 0;
    if (!used && have >= need) {
      SetBlock(index, need, true);
      if (have != need) SetBlock(index + need, have - need, false);
      return index * 16;
    }
    index += have;
  }
  return kNone;
}

// Task 3. Gives the block at `offset` back; neighbours become one.
bool Heap::Free(std::size_t offset) {
  std::size_t index = 0;
  while (index < words_.size() && index * 16 != offset) index += Tag(index) / 2;
  if (index >= words_.size() || Tag(index) % 2 == 0) return false;
  std::size_t length = Tag(index) / 2;
  const std::size_t right = index + length;
  if (right < words_.size() && Tag(right) % 2 == 0) length += Tag(right) / 2;
  if (index > 0 && Tag(index - 1) % 2 == 0) {
    const std::size_t left = Tag(index - 1) / 2;
    index -= left;
    length += left;
  }
  SetBlock(index, length, false);
  return true;
}

// Task 4. The size of the largest free block; 0 where there is none.
std::size_t Heap::LargestFree() const {
  std::size_t largest = 0;
  std::size_t index = 0;
  while (index < words_.size()) {
    const std::size_t tag = words_[index];
    if (tag % 2 == 0 && tag / 2 > largest) largest = tag / 2;
    index += tag / 2;
  }
  return largest * 16;
}

}  // namespace workbook
