// SPDX-License-Identifier: Apache-2.0

// The allocator that the probe stands before.
#ifndef WORKBOOK_TOOLS_PROBE_NEXT_ALLOCATOR_H_
#define WORKBOOK_TOOLS_PROBE_NEXT_ALLOCATOR_H_

#include <atomic>
#include <cstddef>

namespace workbook {

// Pointers that at first lead to a look-up, so that the way to the allocator
// has no test whether it is known already.
struct NextAllocator {
  std::atomic<void* (*)(std::size_t)> malloc;
  std::atomic<void* (*)(std::size_t, std::size_t)> calloc;
  std::atomic<void* (*)(void*, std::size_t)> realloc;
  std::atomic<void* (*)(std::size_t, std::size_t)> memalign;
  std::atomic<void (*)(void*)> free;

  void* Malloc(std::size_t size_bytes) {
    return malloc.load(std::memory_order_relaxed)(size_bytes);
  }
  void* Calloc(std::size_t count, std::size_t element_bytes) {
    return calloc.load(std::memory_order_relaxed)(count, element_bytes);
  }
  void* Realloc(void* block, std::size_t size_bytes) {
    return realloc.load(std::memory_order_relaxed)(block, size_bytes);
  }
  void* Memalign(std::size_t alignment, std::size_t size_bytes) {
    return memalign.load(std::memory_order_relaxed)(alignment, size_bytes);
  }
  void Free(void* block) { free.load(std::memory_order_relaxed)(block); }
};

extern constinit NextAllocator next;

// malloc, memalign and free for when ProbeNeedsAttention().
void* AttentiveMalloc(std::size_t size_bytes);
void* AttentiveMemalign(std::size_t alignment, std::size_t size_bytes);
void AttentiveFree(void* block);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_NEXT_ALLOCATOR_H_
