// SPDX-License-Identifier: Apache-2.0

#include "04_02/chunk.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "exercises/04_02/given/count_bits.h"

namespace workbook {
bool Chunk::Add(std::uint16_t value) {
  if (is_bitmap()) {
    std::uint64_t& word = words_[value / 64];
    const std::uint64_t before = word;
    word |= std::uint64_t{1} << value % 64;
    size_ += word != before;
    return word != before;
  }
  // Numbers often come in rising order.
  const bool is_last = size_ == 0 || values_[size_ - 1] < value;
  const std::size_t place = is_last ? size_ : LowerBound(values_, size_, value);
  if (place < size_ && values_[place] == value) return false;
  if (size_ == kMaxArray) {
    ToBitmap();
    return Add(value);
  }
  InsertAt(place, value);
  return true;
}

bool Chunk::Remove(std::uint16_t value) {
  if (!Contains(value)) return false;
  if (!is_bitmap()) {
    const std::size_t place = LowerBound(values_, size_, value);
    std::copy(values_ + place + 1, values_ + size_, values_ + place);
    --size_;
    return true;
  }
  std::uint64_t& word = words_[value / 64];
  const std::uint64_t bit = std::uint64_t{1} << value % 64;
  word ^= bit;
  --size_;
  if (size_ > kMaxArray) return true;
  try {
    ToArray();
  } catch (...) {
    word ^= bit;
    ++size_;
    throw;
  }
  return true;
}

void Chunk::UnionWith(const Chunk& other) {
  if (this == &other) return;
  const auto add = [this](std::uint16_t value) { Add(value); };
  if (is_bitmap() && other.is_bitmap()) {
    for (std::size_t i = 0; i < kWords; ++i) words_[i] |= other.words_[i];
    size_ = CountBits(words_, kWords);
  } else if (other.is_bitmap()) {
    // A copy of the bitmap first: its bits are counted already.
    auto words = std::make_unique_for_overwrite<std::uint64_t[]>(kWords);
    std::copy_n(other.words_, kWords, words.get());
    const Chunk array(std::move(*this));
    Take(words.release());
    size_ = other.size_;
    array.ForEach(add);
  } else if (!is_bitmap() && size_ + other.size_ <= kMaxArray) {
    Merge(other);
  } else {
    if (!is_bitmap()) ToBitmap();
    other.ForEach(add);
    if (size_ <= kMaxArray) ToArray();
  }
}

// [given]
void Chunk::ToBitmap() {
  auto words = std::make_unique<std::uint64_t[]>(kWords);
  ForEach([&words](std::uint16_t value) {
    words[value / 64] |= std::uint64_t{1} << value % 64;
  });
  Take(words.release());
}

void Chunk::ToArray() {
  auto values = std::make_unique_for_overwrite<std::uint16_t[]>(size_);
  std::uint16_t* next = values.get();
  ForEach([&next](std::uint16_t value) { *next++ = value; });
  Take(values.release(), size_);
}

void Chunk::InsertAt(std::size_t place, std::uint16_t value) {
  std::uint16_t* to = values_;
  const std::uint32_t capacity = std::min(kMaxArray, size_ + size_ / 4 + 4);
  const bool is_full = size_ == capacity_;
  if (is_full) to = new std::uint16_t[capacity];
  std::copy_backward(values_ + place, values_ + size_, to + size_ + 1);
  if (is_full) {
    std::copy(values_, values_ + place, to);
    Take(to, capacity);
  }
  values_[place] = value;
  ++size_;
}

// [given]
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
