// SPDX-License-Identifier: Apache-2.0

// An array of integers that takes exactly as many bits for each as it needs.
#ifndef WORKBOOK_04_02_PACKED_INTS_H_
#define WORKBOOK_04_02_PACKED_INTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

// Integers of `kBits` bits, one behind the other, the first in the lowest bits
// of the first 64-bit word.
//
// Invariants:
// 1. Element i has the bits from i * kBits on, across words where they end.
// 2. words_ has WordsFor(size()) words or more.
//
// Thread safety: readers, or one writer: neighbours share words.
// Source: std::vector<bool>, for kBits = 1.
template <int kBits>
class PackedInts {
  static_assert(1 <= kBits && kBits <= 64);

 public:
  // The largest element.
  static constexpr std::uint64_t kMax = ~std::uint64_t{0} >> (64 - kBits);
  // Whether an element may begin in one word and end in the next one.
  static constexpr bool kStraddles = 64 % kBits != 0;

  // Returns how many words `count` elements take: as few as hold their bits,
  // and one more where elements straddle, so that a read needs no branch; 0 for
  // no element.
  // REQUIRES: count * kBits + 128 < 2^64.
  // Cost: O(1); no allocation.
  static std::size_t WordsFor(std::size_t count);

  // Makes room for `count` elements in total.
  // Cost: at most one allocation, of WordsFor(count) words.
  // On failure: std::bad_alloc or std::length_error; nothing has changed.
  void Reserve(std::size_t count) { words_.reserve(WordsFor(count)); }

  // Returns element `index`.
  // REQUIRES: index < size().
  // Cost: one or two words read, no branch; no allocation.
  std::uint64_t Get(std::size_t index) const;

  // Replaces element `index`. All others stay as they are.
  // REQUIRES: index < size() and value <= kMax.
  // Cost: one or two words written, no branch; no allocation.
  void Set(std::size_t index, std::uint64_t value);

  // Adds an element behind the last one.
  // REQUIRES: value <= kMax.
  // Cost: amortised O(1); no allocation where Reserve made room.
  // On failure: std::bad_alloc; nothing has changed.
  void PushBack(std::uint64_t value);

  // Removes the last element. Its bits stay behind the new end.
  // REQUIRES: size() > 0.
  void PopBack() { --size_; }

  std::size_t size() const { return size_; }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

template <int kBits>
std::size_t PackedInts<kBits>::WordsFor(std::size_t count) {
  Todo("04_02 task 3: PackedInts::WordsFor");
}

template <int kBits>
std::uint64_t PackedInts<kBits>::Get(std::size_t index) const {
  Todo("04_02 task 3: PackedInts::Get");
}

template <int kBits>
void PackedInts<kBits>::Set(std::size_t index, std::uint64_t value) {
  Todo("04_02 task 3: PackedInts::Set");
}

template <int kBits>
void PackedInts<kBits>::PushBack(std::uint64_t value) {
  Todo("04_02 task 3: PackedInts::PushBack");
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_PACKED_INTS_H_
