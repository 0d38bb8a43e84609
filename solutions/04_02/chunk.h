// SPDX-License-Identifier: Apache-2.0

// Up to 65,536 numbers of 16 bits, as a sorted array or as a bitmap.
#ifndef WORKBOOK_04_02_CHUNK_H_
#define WORKBOOK_04_02_CHUNK_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace workbook {

// Returns how many of the `count` sorted numbers at `values` are less than
// `value`.
// Cost: O(log count) steps, without a branch that depends on a number; no
// allocation.
// Thread safety: any thread.
[[gnu::always_inline]] inline std::size_t LowerBound(
    const std::uint16_t* values, std::size_t count, std::uint16_t value);

// A set of 16-bit numbers: a sorted array while there are few, a bitmap of 8
// KiB from 4,097 on, where an array would be larger. It goes back to an array
// with 4,096.
//
// Bytes: 16, and 8,192 for a bitmap or 2 for each number that the array has
// room for. An array that grows gets room for size() + size() / 4 + 4 numbers,
// but for at most 4,096.
// Thread safety: readers, or one writer.
// Source: D. Lemire et al., Roaring bitmaps: implementation of an optimized
// software library, Software: Practice and Experience 48, 2018.
class Chunk {
 public:
  static constexpr std::uint32_t kMaxArray = 4096;
  static constexpr std::size_t kWords = 1024;

  // Makes an empty chunk. No allocation.
  Chunk() noexcept : values_(nullptr) {}
  Chunk(Chunk&& other) noexcept : Chunk() { Swap(other); }
  Chunk& operator=(Chunk&& other) noexcept {
    Chunk(std::move(other)).Swap(*this);
    return *this;
  }
  ~Chunk() { Free(); }

  // Returns whether `value` is there.
  // Cost: O(log size()) in an array, O(1) in a bitmap; no allocation.
  [[gnu::always_inline]] inline bool Contains(std::uint16_t value) const;

  // Adds `value`. Returns whether it is new.
  // Cost: O(size()) in an array, amortised O(1) at its end; O(1) in a bitmap.
  // One allocation where the array is full.
  // On failure: std::bad_alloc; nothing has changed.
  bool Add(std::uint16_t value);

  // Removes `value`. Returns whether it was there.
  // Cost: O(size()) in an array, O(1) in a bitmap. One allocation where a
  // bitmap becomes an array.
  // On failure: std::bad_alloc; nothing has changed.
  bool Remove(std::uint16_t value);

  // Adds all numbers of `other`, which may be this chunk.
  // Cost: O(1,024) words for bitmaps, O(size() + other.size()) for arrays; at
  // most two allocations.
  // On failure: std::bad_alloc. All numbers are still there, and maybe some of
  // `other`.
  void UnionWith(const Chunk& other);

  // Calls `visit` with each number, in rising order.
  // Cost: O(size()), and O(1,024) for a bitmap; no allocation.
  // [given]
  template <class Visit>
  void ForEach(Visit visit) const {
    if (!is_bitmap()) {
      for (std::uint32_t i = 0; i < size_; ++i) visit(values_[i]);
      return;
    }
    for (std::size_t i = 0; i < kWords; ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        visit(static_cast<std::uint16_t>(
            i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
      }
    }
  }

  std::uint32_t size() const { return size_; }
  bool is_bitmap() const { return capacity_ == kBitmap; }

  // [given]
 private:
  static constexpr std::uint32_t kBitmap = ~std::uint32_t{0};

  void Swap(Chunk& other) noexcept {
    std::swap(words_, other.words_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  void Free() noexcept {
    if (is_bitmap()) {
      delete[] words_;
    } else {
      delete[] values_;
    }
  }
  // Frees what there is and takes an array with room for `capacity` numbers, or
  // a bitmap. size() stays.
  void Take(std::uint16_t* values, std::uint32_t capacity) noexcept {
    Free();
    values_ = values;
    capacity_ = capacity;
  }
  void Take(std::uint64_t* words) noexcept {
    Free();
    words_ = words;
    capacity_ = kBitmap;
  }
  // Turns an array into a bitmap of the same numbers, and back. One allocation.
  // On failure: std::bad_alloc; nothing has changed.
  void ToBitmap();
  void ToArray();
  // Adds `value` at `place` of an array.
  // On failure: as Add.
  void InsertAt(std::size_t place, std::uint16_t value);
  // Merges two arrays of at most kMaxArray numbers together.
  // On failure: as Add.
  void Merge(const Chunk& other);

  union {
    std::uint16_t* values_;
    std::uint64_t* words_;
  };
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;  // of the array, or kBitmap
};
static_assert(sizeof(Chunk) == 16);

std::size_t LowerBound(const std::uint16_t* values, std::size_t count,
                       std::uint16_t value) {
  const std::uint16_t* base = values;
  for (std::size_t left = count; left > 1;) {
    const std::size_t half = left / 2;
    // A product, since gcc makes a branch of a choice.
    base += (base[half - 1] < value) * half;
    left -= half;
  }
  const bool is_behind = count > 0 && *base < value;
  return static_cast<std::size_t>(base - values) + is_behind;
}

bool Chunk::Contains(std::uint16_t value) const {
  if (is_bitmap()) return (words_[value / 64] >> value % 64 & 1) != 0;
  const std::size_t place = LowerBound(values_, size_, value);
  return place < size_ && values_[place] == value;
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_CHUNK_H_
