// SPDX-License-Identifier: Apache-2.0

// Memory for what describes memory.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_METADATA_ARENA_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_METADATA_ARENA_H_

#include <cstddef>

#include "exercises/01_01/given/page_source.h"

namespace workbook {

// A bump pointer that takes nothing back.
// Thread safety: none; whoever holds the page heap's lock uses it.
class MetadataArena {
 public:
  static constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

  constexpr explicit MetadataArena(PageSource& source) : source_(source) {}

  // Returns zeroed bytes, aligned to a cache line of 64; nullptr: the source
  // has none, and nothing has changed.
  // Cost: O(1); one Map of kChunkBytes, or of what is asked for if that is
  // more, when the chunk is used up.
  void* Allocate(std::size_t bytes);
  std::size_t BytesMapped() const { return mapped_bytes_; }

 private:
  PageSource& source_;
  std::byte* next_ = nullptr;
  std::size_t left_bytes_ = 0;
  std::size_t mapped_bytes_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_METADATA_ARENA_H_
