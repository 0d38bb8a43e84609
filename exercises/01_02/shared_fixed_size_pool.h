// SPDX-License-Identifier: Apache-2.0

// A fixed-size pool for all threads: a lock, and before it a cache a thread.
#ifndef WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_
#define WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_

#include <array>
#include <cstddef>
#include <mutex>

#include "01_02/fixed_size_pool.h"
#include "tools/exercise/debug_check.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Blocks of one size, for all threads: a FixedSizePool under a lock, and in
// front of it a cache for each thread: two magazines of kMagazineBlocks blocks.
// A full or an empty magazine is traded as a whole.
// A bounded pool has no caches: a block idle in one could not be lent to
// another thread, and max_blocks would be a guess.
class SharedFixedSizePool {
 public:
  static constexpr std::size_t kMaxCaches = 64;
  static constexpr std::size_t kMagazineBlocks = 64;

  // Makes an empty pool. Not movable: threads hold its address.
  // On failure: as FixedSizePool's.
  explicit SharedFixedSizePool(const FixedSizePool::Options& options);

  // Returns every chunk and every magazine.
  // REQUIRES: no block is lent (a debug build aborts and says "lent"), and no
  // thread uses the pool any more; they need not have ended.
  ~SharedFixedSizePool();

  SharedFixedSizePool(const SharedFixedSizePool&) = delete;
  SharedFixedSizePool& operator=(const SharedFixedSizePool&) = delete;

  // Lends a block and takes it back, as FixedSizePool does; a block may come
  // back on any thread.
  // Cost: no lock on a cache hit; a thread that only takes, or only gives back,
  // locks at most once in kMagazineBlocks calls. Of more than kMaxCaches
  // threads alive at once, the rest lock on every call. A cache outlives its
  // thread: the next thread inherits it. A debug build locks at each
  // Deallocate.
  // Thread safety: any thread.
  // On failure: as FixedSizePool's; Deallocate needs no memory. A debug build
  // says "double free" only if the block is in the calling thread's cache.
  // Source: Bonwick and Adams, "Magazines and Vmem" (2001). The depot has a
  // lock, and is no lock-free list: taken once in 64 calls it is not what
  // costs, and ABA cannot arise.
  void* Allocate();
  void Deallocate(void* block);

  // Returns the bytes of blocks, bookkeeping and magazines.
  // Thread safety: any thread.
  std::size_t BytesHeld() const;

 private:
  struct Magazine {
    Magazine* next = nullptr;  // in the depot
    std::size_t size = 0;      // out of date while a cache has it loaded
    std::array<void*, kMagazineBlocks> blocks;

    bool Empty() const { return size == 0; }
    bool Full() const { return size == kMagazineBlocks; }
  };
  // Either both full or both empty just before a trade, so that no thread
  // trades at every call (hysteresis).
  struct alignas(64) Cache {
    // Of the loaded magazine. Without one all are nullptr: then the cache is
    // empty and full at once, and its thread goes the slow way.
    void** top = nullptr;
    void** begin = nullptr;
    void** end = nullptr;
    Magazine* loaded = nullptr;
    Magazine* previous = nullptr;

    bool Empty() const { return top == begin; }
    bool Full() const { return top == end; }
    void* Pop() { return *--top; }
    void Push(void* block) { *top++ = block; }
    // Loads `magazine`, or none for nullptr. Returns what was loaded.
    Magazine* Load(Magazine* magazine);
  };

  // Returns this thread's cache; before its first call and without a slot, one
  // that never has a magazine.
  Cache& CacheOfThisThread();
  // Returns the same; a thread's first call assigns it. nullptr: the thread has
  // to work by the lock alone.
  Cache* AssignedCache();

  // Serves where the loaded magazine does not: trades it for the previous one,
  // or for one of the depot.
  void* AllocateSlow();
  void DeallocateSlow(void* block);

  // Lists of magazines: full_ and empty_.
  static void PushOn(Magazine*& list, Magazine* magazine);
  static Magazine* PopFrom(Magazine*& list);
  // Returns an empty magazine of the depot, or a new one. nullptr without
  // memory: the pool then works by the lock alone.
  Magazine* EmptyMagazine();
  // Ends a magazine; its blocks go to blocks_. nullptr does nothing.
  void Discard(Magazine* magazine);
  // Aborts a debug build if `block` may not come back.
  void CheckReturned(const void* block);

  const bool bounded_;
  // Element i is used only by the one live thread that has slot i, and the last
  // one, which stays empty and full, by threads without a slot.
  std::array<Cache, kMaxCaches + 1> caches_;
  mutable std::mutex mutex_;  // for all that follows: the depot
  FixedSizePool blocks_;
  FixedSizePool magazines_;
  Magazine* full_ = nullptr;
  Magazine* empty_ = nullptr;
};

namespace internal {

// A small number for each live thread, used again after its end. kMaxCaches: it
// has none, or none yet. In the header, so that reading it needs no address
// from a table.
inline constinit thread_local std::size_t this_threads_slot =
    SharedFixedSizePool::kMaxCaches;

}  // namespace internal

inline SharedFixedSizePool::Cache& SharedFixedSizePool::CacheOfThisThread() {
  return caches_[internal::this_threads_slot];
}

inline void* SharedFixedSizePool::Allocate() {
  Todo("01_02 task 7: SharedFixedSizePool::Allocate");
}

inline void SharedFixedSizePool::Deallocate(void* block) {
  // CheckReturned is given: call it first where kDebugChecks.
  Todo("01_02 task 7: SharedFixedSizePool::Deallocate");
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_
