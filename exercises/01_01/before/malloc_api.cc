// SPDX-License-Identifier: Apache-2.0

#include "01_01/malloc_api.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace workbook::before {
namespace internal {
namespace {

constinit SystemPages system_pages;

}  // namespace

constinit ProcessAllocatorStorage process_allocator(system_pages);

}  // namespace internal

void* MallocSlow(std::size_t bytes) {
  return ProcessAllocator().Allocate(bytes);
}

void* Calloc(std::size_t count, std::size_t bytes) {
  return ProcessAllocator().AllocateZeroed(count * bytes);
}

void* Realloc(void* block, std::size_t bytes) {
  CachingAllocator& allocator = ProcessAllocator();
  if (block == nullptr) return Malloc(bytes);
  const std::size_t had_bytes = allocator.UsableSize(block);
  if (bytes <= had_bytes) return block;
  void* moved = allocator.Allocate(bytes);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(bytes, had_bytes));
  allocator.Deallocate(block);
  return moved;
}

void* AlignedAlloc(std::size_t alignment_bytes, std::size_t bytes) {
  return ProcessAllocator().AllocateAligned(bytes, alignment_bytes);
}

void* Memalign(std::size_t alignment_bytes, std::size_t bytes) {
  return AlignedAlloc(alignment_bytes, bytes);
}

int PosixMemalign(void** block, std::size_t alignment_bytes,
                  std::size_t bytes) {
  *block = AlignedAlloc(alignment_bytes, bytes);
  return *block == nullptr ? ENOMEM : 0;
}

std::size_t MallocUsableSize(const void* block) {
  return ProcessAllocator().UsableSize(block);
}

}  // namespace workbook::before
