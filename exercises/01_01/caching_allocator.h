// SPDX-License-Identifier: Apache-2.0

// The three tiers in one: a thread's cache, central lists, pages.
#ifndef WORKBOOK_01_01_CACHING_ALLOCATOR_H_
#define WORKBOOK_01_01_CACHING_ALLOCATOR_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "01_01/size_classes.h"
#include "01_01/thread_cache.h"
#include "01_01/tiny_allocator.h"

namespace workbook {

class CachingAllocator;

namespace internal {

inline constexpr std::size_t kAllocatorSlots = 16;
// The calling thread's cache of the allocator in each slot; never nullptr: a
// cache that was not set up stands for none. Initial-exec: a malloc cannot call
// __tls_get_addr, which may call malloc.
extern constinit ThreadCache no_cache;
extern constinit thread_local ThreadCache* thread_caches[kAllocatorSlots]
    __attribute__((tls_model("initial-exec")));

}  // namespace internal

// Allocates any size on any thread; the size of a block is found from its
// address. Nothing here calls malloc or operator new, so that it can be them.
//
// Lock order: registry, central list, page heap. Tiny: tiny, page heap.
class CachingAllocator {
 public:
  // Below it a copy is cheaper than a call of the system.
  static constexpr std::size_t kMinMovedBytes = std::size_t{128} << 10;

  struct Statistics {
    std::uint64_t thread_cache_hits = 0;    // allocations with no lock
    std::uint64_t thread_cache_misses = 0;  // allocations that took a batch
    std::uint64_t central_fetches = 0;
    std::uint64_t span_allocations = 0;     // small, tiny and large
    std::size_t thread_caches = 0;          // of live threads
    std::size_t objects_out_of_centre = 0;  // lent, or in a thread's cache
    PageHeap::Statistics pages;
  };

  // Makes one of at most 15 that are alive at once; more: std::length_error.
  // `source` outlives the allocator, and what it gave is not given back.
  explicit CachingAllocator(PageSource& source);
  // The process's own, in slot 0: no code runs, and it is never destroyed.
  struct ProcessWide {};
  constexpr CachingAllocator(PageSource& source, ProcessWide)
      : heap_(source, map_), tiny_(heap_, map_) {}
  // Ends the allocator.
  // REQUIRES: no thread uses it any more; they need not have ended.
  ~CachingAllocator();
  CachingAllocator(const CachingAllocator&) = delete;
  CachingAllocator& operator=(const CachingAllocator&) = delete;

  // Returns at least `bytes`, aligned to 16; 0 bytes have a block of their own,
  // aligned to 8. Content unspecified.
  // Cost: a hit in the thread's cache takes no lock and touches no block; a
  // miss one lock for up to 64 blocks. Above 32 KiB whole pages: one lock, or
  // none where the thread has just freed as many, up to 1 MiB (KeptSpans).
  // Thread safety: any thread, for all functions here.
  // On failure: nullptr, and what is allocated stays as it is.
  void* Allocate(std::size_t bytes);
  // Does the first tier of Allocate alone: nullptr unless the thread's cache
  // has one.
  void* AllocateCached(std::size_t bytes) {
    return AllocateCachedIn(*MyCache(), bytes);
  }
  // Does the rest of Allocate, where AllocateCached has found nothing.
  [[gnu::noinline]] void* AllocateUncached(std::size_t bytes);
  // Does the same as Allocate, aligned as asked: down to 8, up to any power of
  // two.
  // REQUIRES: a power of two for the alignment.
  void* AllocateAligned(std::size_t bytes, std::size_t alignment_bytes);
  // Does the same as Allocate, all bytes 0. Pages fresh from the system are not
  // touched.
  void* AllocateZeroed(std::size_t bytes);
  // Returns a block below 16 bytes for data without pointers, aligned to what
  // divides `bytes`: objects share blocks of 16.
  // REQUIRES: bytes < 16.
  // Cost: one lock.
  void* AllocateTiny(std::size_t bytes);

  // Takes any block back, from any thread. nullptr: nothing happens.
  // REQUIRES: it is lent.
  // Cost: as that of Allocate.
  // On failure: aborts with a message on a foreign pointer, else never fails; a
  // double free is not seen.
  void Deallocate(void* block) { DeallocateIn(*MyCache(), block); }

  // Does AllocateCached for a caller who knows the thread's cache: no slot is
  // looked up.
  // REQUIRES (both): the calling thread's own, of this allocator.
  void* AllocateCachedIn(ThreadCache& cache, std::size_t bytes);
  // Does Deallocate likewise.
  void DeallocateIn(ThreadCache& cache, void* block);
  // Returns the calling thread's cache of the allocator in a slot; the
  // process's own has slot 0.
  static ThreadCache& Cache(std::size_t slot) {
    return *internal::thread_caches[slot];
  }

  // Returns the bytes that the caller may use: at least those asked for, but 1
  // for a block of AllocateTiny, whose neighbour may follow; 0 for nullptr.
  std::size_t UsableSize(const void* block) const;

  // Makes a large block longer where it stands; false: it is as before, and so
  // for every small block.
  // REQUIRES: a block of this allocator.
  bool ExtendInPlace(void* block, std::size_t bytes);

  // Moves a large block of at least kMinMovedBytes to a longer one without a
  // copy, as PageHeap::Move; nullptr: it is as before.
  // REQUIRES: a block of this allocator, shorter than `bytes`.
  void* MoveLarge(void* block, std::size_t bytes);

  // Empties this thread's cache and the centre's buffers, and discards all free
  // pages. Returns the bytes discarded.
  std::size_t ReleaseMemory();

  Statistics GetStatistics();

  // Takes all locks around a fork, or lets go of them, so that no other thread
  // holds one or is half way through anything but its own cache. The calling
  // thread may go on: fork handlers of others, which run between these,
  // allocate and free. Of one allocator of a process.
  // REQUIRES: LockForFork, fork, then one of the others in each process.
  void LockForFork();
  void UnlockAfterFork();
  // Does UnlockAfterFork in the child, where the other threads are gone. What
  // their caches hold is lost, and these caches are never used again: no lock
  // guards them, and the pages of one that was half way through a Push are
  // copied some before it and some after. Caches of threads that had ended stay
  // for new threads.
  void UnlockInChild();

 private:
  struct OwnedCache {
    ThreadCache cache;
    ThreadCache** home;  // the thread's variable; nullptr: retired, or lost
    bool is_lost;        // of a thread that a fork has left behind
    OwnedCache* next;    // all caches, living and retired
  };

  ThreadCache* MyCache() const { return internal::thread_caches[slot_]; }
  [[gnu::noinline]] void DeallocateSlow(std::size_t size_class, void* block);
  void* AllocateOfClass(std::size_t size_class);
  [[gnu::noinline]] void DeallocateOfClass(std::size_t size_class, void* block);
  Span* AllocatePages(std::size_t bytes, std::size_t alignment_bytes);
  Span* AllocateLarge(std::size_t bytes);
  [[gnu::always_inline]] void DeallocateLarge(Span* span);
  void Initialise();
  ThreadCache* MakeCache();
  OwnedCache* RetiredOrNewCache();
  void RetireMine();
  static void OnThreadExit(void*);

  SizeClassTable classes_;
  std::size_t slot_ = 0;
  std::array<CentralFreeList, kClassCount> central_{};
  PageMap map_;
  PageHeap heap_;
  ForkMutex tiny_mutex_;
  TinyAllocator tiny_;
  ForkMutex registry_mutex_;  // for all that follows
  bool initialised_ = false;
  OwnedCache* caches_ = nullptr;
};

inline void* CachingAllocator::Allocate(std::size_t bytes) {
  void* const object = AllocateCached(bytes);
  return object != nullptr ? object : AllocateUncached(bytes);
}

inline void* CachingAllocator::AllocateCachedIn(ThreadCache& cache,
                                                std::size_t bytes) {
  if (bytes > kMaxSmallBytes) [[unlikely]] {
    if (bytes > KeptSpans::kMaxPages * kPageBytes) return nullptr;
    const Span* const span = cache.Kept().TakeNewest(PagesFor(bytes));
    return span == nullptr ? nullptr : reinterpret_cast<void*>(span->Start());
  }
  return cache.Pop(classes_.MallocClassOf(bytes));
}

inline void CachingAllocator::DeallocateIn(ThreadCache& cache, void* block) {
  // Class 0 is nullptr, a large block or a foreign pointer, and has no room.
  const std::size_t size_class = map_.ClassOf(block);
  if (!cache.Push(size_class, block)) DeallocateSlow(size_class, block);
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_CACHING_ALLOCATOR_H_
