// SPDX-License-Identifier: Apache-2.0

// An array of integers that takes exactly as many bits for each as it needs.
#ifndef WORKBOOK_04_02_PACKED_INTS_H_
#define WORKBOOK_04_02_PACKED_INTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

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
  // [given]
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

 private:  // [given]
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

template <int kBits>
std::size_t PackedInts<kBits>::WordsFor(std::size_t count) {
  const std::size_t words = (count * kBits + 63) / 64;
  return kStraddles && count > 0 ? words + 1 : words;
}

template <int kBits>
std::uint64_t PackedInts<kBits>::Get(std::size_t index) const {
  const std::size_t bit = index * kBits;
  const std::size_t shift = bit % 64;
  const std::uint64_t* const word = words_.data() + bit / 64;
  std::uint64_t value = word[0] >> shift;
  // Two shifts, since a shift by 64 would be undefined.
  if constexpr (kStraddles) value |= word[1] << 1 << (63 - shift);
  return value & kMax;
}

template <int kBits>
void PackedInts<kBits>::Set(std::size_t index, std::uint64_t value) {
  const std::size_t bit = index * kBits;
  const std::size_t shift = bit % 64;
  std::uint64_t* const word = words_.data() + bit / 64;
  word[0] = (word[0] & ~(kMax << shift)) | value << shift;
  if constexpr (kStraddles) {
    const std::size_t back = 63 - shift;
    word[1] = (word[1] & ~(kMax >> 1 >> back)) | value >> 1 >> back;
  }
}

template <int kBits>
void PackedInts<kBits>::PushBack(std::uint64_t value) {
  const std::size_t words = WordsFor(size_ + 1);
  if (words_.size() < words) words_.resize(words);
  ++size_;
  Set(size_ - 1, value);
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_PACKED_INTS_H_
