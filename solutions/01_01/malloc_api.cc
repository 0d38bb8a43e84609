// SPDX-License-Identifier: Apache-2.0

#include "01_01/malloc_api.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace workbook {
// [given]
namespace internal {
namespace {

constinit SystemPages system_pages;

}  // namespace

constinit ProcessAllocatorStorage process_allocator(system_pages);

}  // namespace internal
namespace {

void* OrNoMemory(void* block) {
  if (block == nullptr) errno = ENOMEM;
  return block;
}

// A large block that grows step by step would be copied at each page.
std::size_t GrownBytes(std::size_t had_bytes, std::size_t bytes) {
  if (bytes <= kMaxSmallBytes || bytes <= had_bytes) return bytes;
  return std::max(bytes, had_bytes + had_bytes / 4);
}

}  // namespace

void* MallocSlow(std::size_t bytes) {
  return OrNoMemory(ProcessAllocator().AllocateUncached(bytes));
}

void* Calloc(std::size_t count, std::size_t bytes) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) return OrNoMemory(nullptr);
  return OrNoMemory(ProcessAllocator().AllocateZeroed(total));
}

void* Realloc(void* block, std::size_t bytes) {
  CachingAllocator& allocator = ProcessAllocator();
  if (block == nullptr) return Malloc(bytes);
  if (bytes == 0) {
    Free(block);
    return nullptr;
  }
  const std::size_t had_bytes = allocator.UsableSize(block);
  if (bytes <= had_bytes && bytes >= had_bytes / 2) return block;
  const std::size_t grown_bytes = GrownBytes(had_bytes, bytes);
  if (bytes > had_bytes && had_bytes > kMaxSmallBytes) {
    if (allocator.ExtendInPlace(block, bytes)) return block;
    void* const moved = allocator.MoveLarge(block, grown_bytes);
    if (moved != nullptr) return moved;
  }
  void* moved = allocator.Allocate(grown_bytes);
  if (moved == nullptr) moved = allocator.Allocate(bytes);
  if (moved == nullptr) return OrNoMemory(nullptr);
  std::memcpy(moved, block, std::min(bytes, had_bytes));
  allocator.Deallocate(block);
  return moved;
}

void* AlignedAlloc(std::size_t alignment_bytes, std::size_t bytes) {
  if (!std::has_single_bit(alignment_bytes)) {
    errno = EINVAL;
    return nullptr;
  }
  constexpr std::size_t kMin = alignof(std::max_align_t);
  return OrNoMemory(ProcessAllocator().AllocateAligned(
      bytes, std::max(alignment_bytes, kMin)));
}

void* Memalign(std::size_t alignment_bytes, std::size_t bytes) {
  constexpr std::size_t kMax = SIZE_MAX / 2 + 1;
  if (alignment_bytes > kMax) {
    errno = EINVAL;
    return nullptr;
  }
  return AlignedAlloc(std::bit_ceil(alignment_bytes), bytes);
}

int PosixMemalign(void** block, std::size_t alignment_bytes,
                  std::size_t bytes) {
  if (!std::has_single_bit(alignment_bytes) ||
      alignment_bytes < sizeof(void*)) {
    return EINVAL;
  }
  const int kept = errno;
  void* const result = AlignedAlloc(alignment_bytes, bytes);
  errno = kept;
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
}

std::size_t MallocUsableSize(const void* block) {
  return ProcessAllocator().UsableSize(block);
}

}  // namespace workbook
