// SPDX-License-Identifier: Apache-2.0

#include "04_02/chunk.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "exercises/04_02/given/count_bits.h"
#include "tools/exercise/todo.h"

namespace workbook {
bool Chunk::Add(std::uint16_t value) { Todo("04_02 task 7: Chunk::Add"); }

bool Chunk::Remove(std::uint16_t value) { Todo("04_02 task 7: Chunk::Remove"); }

void Chunk::UnionWith(const Chunk& other) {
  Todo("04_02 task 7: Chunk::UnionWith");
}

void Chunk::ToBitmap() {
  auto words = std::make_unique<std::uint64_t[]>(kWords);
  ForEach([&words](std::uint16_t value) {
    words[value / 64] |= std::uint64_t{1} << value % 64;
  });
  Take(words.release());
}

void Chunk::ToArray() { Todo("04_02 task 7: Chunk::ToArray"); }

void Chunk::InsertAt(std::size_t place, std::uint16_t value) {
  Todo("04_02 task 7: Chunk::InsertAt");
}

void Chunk::Merge(const Chunk& other) {
  const std::uint32_t most = size_ + other.size_;
  auto merged = std::make_unique_for_overwrite<std::uint16_t[]>(most);
  const std::uint16_t* left = values_;
  const std::uint16_t* right = other.values_;
  const std::uint16_t* const left_end = left + size_;
  const std::uint16_t* const right_end = right + other.size_;
  std::uint16_t* end = merged.get();
  // No branch depends on a number, unlike in std::set_union.
  while (left != left_end && right != right_end) {
    const std::uint16_t a = *left;
    const std::uint16_t b = *right;
    *end++ = std::min(a, b);
    left += a <= b;
    right += b <= a;
  }
  end = std::copy(left, left_end, end);
  end = std::copy(right, right_end, end);
  size_ = static_cast<std::uint32_t>(end - merged.get());
  Take(merged.release(), most);
}

}  // namespace workbook
