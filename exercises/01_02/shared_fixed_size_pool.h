// SPDX-License-Identifier: Apache-2.0

// A fixed-size pool for all threads: a lock, and before it a cache a thread.
#ifndef WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_
#define WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_

#include <array>
#include <cstddef>
#include <limits>
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
    std::size_t size = 0;
    std::array<void*, kMagazineBlocks> blocks;

    bool Empty() const { return size == 0; }
    bool Full() const { return size == kMagazineBlocks; }
    void* Pop() { return blocks[--size]; }
    void Push(void* block) { blocks[size++] = block; }
  };
  // Either both full or both empty just before a trade, so that no thread
  // trades at every call (hysteresis).
  struct alignas(64) Cache {
    Magazine* loaded = nullptr;
    Magazine* previous = nullptr;
  };

  // Returns what is loaded in this thread's cache; nullptr: it has none yet.
  Magazine* LoadedMagazine() const;
  // Returns the whole cache, which it assigns at a thread's first call.
  // nullptr: the thread has to work by the lock alone.
  Cache* ThisThreadsCache();

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
  // Element i is used only by the one live thread that has slot i.
  std::array<Cache, kMaxCaches> caches_;
  mutable std::mutex mutex_;  // for all that follows: the depot
  FixedSizePool blocks_;
  FixedSizePool magazines_;
  Magazine* full_ = nullptr;
  Magazine* empty_ = nullptr;
};

namespace internal {

// A small number for each live thread, used again after its end. From
// SharedFixedSizePool::kMaxCaches on it is none.
inline constexpr std::size_t kSlotUnassigned =
    std::numeric_limits<std::size_t>::max();
extern constinit thread_local std::size_t this_threads_slot;

}  // namespace internal

inline SharedFixedSizePool::Magazine* SharedFixedSizePool::LoadedMagazine()
    const {
  const std::size_t slot = internal::this_threads_slot;
  return slot < kMaxCaches ? caches_[slot].loaded : nullptr;
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
