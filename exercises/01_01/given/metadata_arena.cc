// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/given/metadata_arena.h"

#include <algorithm>

namespace workbook {

void* MetadataArena::Allocate(std::size_t bytes) {
  constexpr std::size_t kLineBytes = 64;
  bytes = (bytes + kLineBytes - 1) / kLineBytes * kLineBytes;
  if (bytes > left_bytes_) {
    const std::size_t chunk_bytes =
        std::max(kChunkBytes, PagesFor(bytes) << kPageShift);
    void* const chunk = source_.Map(chunk_bytes);
    if (chunk == nullptr) return nullptr;
    mapped_bytes_ += chunk_bytes;
    if (chunk_bytes > kChunkBytes) return chunk;  // keeps the rest of the other
    next_ = static_cast<std::byte*>(chunk);
    left_bytes_ = chunk_bytes;
  }
  void* const result = next_;
  next_ += bytes;
  left_bytes_ -= bytes;
  return result;
}

}  // namespace workbook
