// SPDX-License-Identifier: Apache-2.0

// The allocator as C knows it: what errors look like, and what may not
// overflow.
#ifndef WORKBOOK_01_01_MALLOC_API_H_
#define WORKBOOK_01_01_MALLOC_API_H_

#include <cstddef>

#include "01_01/caching_allocator.h"
#include "tools/exercise/todo.h"

namespace workbook {

namespace internal {

// Usable before the first constructor and after the last destructor.
union ProcessAllocatorStorage {
  constexpr explicit ProcessAllocatorStorage(PageSource& source)
      : allocator(source, CachingAllocator::ProcessWide{}) {}
  ~ProcessAllocatorStorage() {}
  CachingAllocator allocator;
};
extern constinit ProcessAllocatorStorage process_allocator;

}  // namespace internal

// The one allocator behind the functions below.
inline CachingAllocator& ProcessAllocator() {
  return internal::process_allocator.allocator;
}

// malloc and its family, as POSIX.1-2017 has them and glibc where that leaves a
// choice: Malloc(0) is a block; Realloc(block, 0) frees and returns nullptr.
// Cost: CachingAllocator's.
// Thread safety: any thread.
// On failure: nullptr and errno ENOMEM; PosixMemalign returns the error and
// leaves errno and *block alone. Free never changes errno.
void* Malloc(std::size_t bytes);
void* MallocSlow(
    std::size_t bytes);  // what Malloc does when the cache has none
void Free(void* block);
// Refuses count * bytes that overflows.
void* Calloc(std::size_t count, std::size_t bytes);
// Keeps the block where it fits and at least half of it is used; a large one
// grows in place, else to a quarter more than it was: appends are amortised.
// On failure the old block is unchanged.
void* Realloc(void* block, std::size_t bytes);
// An alignment that is no power of two: nullptr and errno EINVAL, as C17 and
// glibc 2.38 have it; earlier ones did as Memalign.
void* AlignedAlloc(std::size_t alignment_bytes, std::size_t bytes);
// glibc's memalign: an alignment that is no power of two is rounded up to the
// next. EINVAL only where there is none.
void* Memalign(std::size_t alignment_bytes, std::size_t bytes);
// EINVAL: no power of two, or less than a pointer.
int PosixMemalign(void** block, std::size_t alignment_bytes, std::size_t bytes);
std::size_t MallocUsableSize(const void* block);

inline void* Malloc(std::size_t bytes) { Todo("01_01 task 8: Malloc"); }

inline void Free(void* block) { Todo("01_01 task 8: Free"); }

}  // namespace workbook

#endif  // WORKBOOK_01_01_MALLOC_API_H_
