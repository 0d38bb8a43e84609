// SPDX-License-Identifier: Apache-2.0

// The allocator as C knows it: what errors look like, and what may not
// overflow.
#ifndef WORKBOOK_01_01_MALLOC_API_H_
#define WORKBOOK_01_01_MALLOC_API_H_

#include <cstddef>

#include "01_01/caching_allocator.h"

// [given]
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

// Returns the one allocator behind the functions below.
inline CachingAllocator& ProcessAllocator() {
  return internal::process_allocator.allocator;
}

// malloc and its family, as POSIX.1-2017 has them and glibc where that leaves a
// choice.
// Cost: CachingAllocator's.
// Thread safety: any thread.
// On failure: nullptr and errno ENOMEM, unless a function says otherwise.

// Returns a block of at least `bytes`; also of 0 bytes.
void* Malloc(std::size_t bytes);
// Does what Malloc does when the thread's cache has none.
void* MallocSlow(std::size_t bytes);
// Takes a block back; nullptr: nothing happens. Never changes errno.
void Free(void* block);
// Returns a block of count * bytes, all 0. Refuses a product that overflows.
void* Calloc(std::size_t count, std::size_t bytes);
// Returns a block of at least `bytes` with the content of `block`, as far as it
// fits, and takes `block` back; Realloc(nullptr, bytes) is Malloc(bytes).
// Keeps `block` where `bytes` fit and at least half of its usable size is
// asked for; else moves it. One above kMaxSmallBytes grows in place
// (ExtendInPlace), else moves to a quarter more than its usable size, or to
// `bytes` if that is more, without a copy where it can (MoveLarge): appends are
// amortised. Where there is no memory for
// the quarter, it moves to `bytes`. Realloc(block, 0) frees and returns
// nullptr.
// On failure: nullptr and ENOMEM; the old block is unchanged.
void* Realloc(void* block, std::size_t bytes);
// Returns a block that is aligned as asked, and to 16. An alignment that is no
// power of two: nullptr and errno EINVAL, as C17 and glibc 2.38 have it;
// earlier ones did as Memalign.
void* AlignedAlloc(std::size_t alignment_bytes, std::size_t bytes);
// Does the same as AlignedAlloc, as glibc's memalign: an alignment that is no
// power of two is rounded up to the next. EINVAL only where there is none.
void* Memalign(std::size_t alignment_bytes, std::size_t bytes);
// Sets *block to a block that is aligned as asked, and returns 0.
// On failure: returns EINVAL for an alignment that is no power of two, or less
// than a pointer, and ENOMEM; errno and *block stay as they were.
int PosixMemalign(void** block, std::size_t alignment_bytes, std::size_t bytes);
// Returns CachingAllocator::UsableSize.
std::size_t MallocUsableSize(const void* block);

inline void* Malloc(std::size_t bytes) {
  // A tail call where there is no hit: the fast path saves no register.
  void* const block =
      ProcessAllocator().AllocateCachedIn(CachingAllocator::Cache(0), bytes);
  return block != nullptr ? block : MallocSlow(bytes);
}

inline void Free(void* block) {
  ProcessAllocator().DeallocateIn(CachingAllocator::Cache(0), block);
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_MALLOC_API_H_
