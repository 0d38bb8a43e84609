// SPDX-License-Identifier: Apache-2.0

// A set of 32-bit numbers in chunks, each in the form that suits it.
#ifndef WORKBOOK_04_02_COMPACT_SET_H_
#define WORKBOOK_04_02_COMPACT_SET_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "04_02/chunk.h"

namespace workbook {

// Numbers that agree in their high 16 bits, the key, share a chunk, which keeps
// the low ones. All of it is given; the chunks are yours.
//
// Invariants:
// 1. keys_ rises strictly, and chunks_[i] has the numbers of keys_[i].
// 2. No chunk is empty.
//
// Bytes: 18 a chunk, with what both arrays have to spare, and those of Chunk.
// Thread safety: readers, or one writer.
class CompactSet {
 public:
  // Returns whether `value` is there.
  // Cost: O(log chunks) and that of Chunk::Contains; no allocation.
  // [given]
  bool Contains(std::uint32_t value) const {
    const std::size_t place = PlaceOf(value);
    return HasKey(place, value) && chunks_[place].Contains(Low(value));
  }

  // Adds `value`. Returns whether it is new.
  // Cost: O(log chunks) and that of Chunk::Add; O(chunks) for the first number
  // of a chunk.
  // On failure: std::bad_alloc; nothing has changed.
  // [given]
  bool Add(std::uint32_t value) {
    const std::size_t place = PlaceOf(value);
    if (HasKey(place, value)) return chunks_[place].Add(Low(value));
    Chunk chunk;
    chunk.Add(Low(value));
    Insert(place, High(value), std::move(chunk));
    return true;
  }

  // Removes `value`. Returns whether it was there.
  // Cost: O(log chunks) and that of Chunk::Remove; O(chunks) for the last
  // number of a chunk.
  // On failure: std::bad_alloc; nothing has changed.
  // [given]
  bool Remove(std::uint32_t value) {
    const std::size_t place = PlaceOf(value);
    if (!HasKey(place, value) || !chunks_[place].Remove(Low(value))) {
      return false;
    }
    if (chunks_[place].size() == 0) {
      keys_.erase(keys_.begin() + static_cast<std::ptrdiff_t>(place));
      chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(place));
    }
    return true;
  }

  // Adds all numbers of `other`.
  // Cost: that of Chunk::UnionWith for each chunk of `other`.
  // On failure: std::bad_alloc. All numbers are still there, and maybe some of
  // `other`.
  // [given]
  void UnionWith(const CompactSet& other) {
    if (this == &other) return;
    for (std::size_t i = 0; i < other.keys_.size(); ++i) {
      const std::uint32_t first = std::uint32_t{other.keys_[i]} << 16;
      const std::size_t place = PlaceOf(first);
      if (HasKey(place, first)) {
        chunks_[place].UnionWith(other.chunks_[i]);
      } else {
        Chunk chunk;
        chunk.UnionWith(other.chunks_[i]);
        Insert(place, other.keys_[i], std::move(chunk));
      }
    }
  }

  // Calls `visit` with the key and the chunk of each part, in rising order.
  // Cost: O(chunks); no allocation.
  // [given]
  template <class Visit>
  void ForEachChunk(Visit visit) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) visit(keys_[i], chunks_[i]);
  }

  // Calls `visit` with each number, in rising order.
  // Cost: O(size() + chunks); no allocation.
  // [given]
  template <class Visit>
  void ForEach(Visit visit) const {
    ForEachChunk([&visit](std::uint16_t key, const Chunk& chunk) {
      const std::uint32_t high = std::uint32_t{key} << 16;
      chunk.ForEach([&](std::uint16_t low) { visit(high | low); });
    });
  }

  // Returns how many numbers there are.
  // Cost: O(chunks); no allocation.
  // [given]
  std::uint64_t size() const {
    std::uint64_t size = 0;
    for (const Chunk& chunk : chunks_) size += chunk.size();
    return size;
  }

  // [given]
 private:
  static std::uint16_t High(std::uint32_t value) {
    return static_cast<std::uint16_t>(value >> 16);
  }
  static std::uint16_t Low(std::uint32_t value) {
    return static_cast<std::uint16_t>(value);
  }
  // Returns the place of the chunk of `value`, or where it would have to be.
  std::size_t PlaceOf(std::uint32_t value) const {
    const std::size_t count = keys_.size();
    if (count > 0 && keys_[count - 1] == High(value)) return count - 1;
    return LowerBound(keys_.data(), count, High(value));
  }
  bool HasKey(std::size_t place, std::uint32_t value) const {
    return place < keys_.size() && keys_[place] == High(value);
  }
  // Inserts a chunk at `place`. Makes room first, so that neither array gets
  // what the other one has not.
  void Insert(std::size_t place, std::uint16_t key, Chunk chunk) {
    if (keys_.size() == keys_.capacity()) {
      keys_.reserve(keys_.size() + keys_.size() / 2 + 4);
    }
    const auto at = static_cast<std::ptrdiff_t>(place);
    chunks_.insert(chunks_.begin() + at, std::move(chunk));
    keys_.insert(keys_.begin() + at, key);
  }

  std::vector<std::uint16_t> keys_;
  std::vector<Chunk> chunks_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_02_COMPACT_SET_H_
