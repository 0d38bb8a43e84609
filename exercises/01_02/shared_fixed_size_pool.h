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

  // As FixedSizePool's. Not movable: threads hold its address.
  explicit SharedFixedSizePool(const FixedSizePool::Options& options);

  // REQUIRES: no thread uses the pool any more; they need not have ended.
  ~SharedFixedSizePool();

  SharedFixedSizePool(const SharedFixedSizePool&) = delete;
  SharedFixedSizePool& operator=(const SharedFixedSizePool&) = delete;

  // As FixedSizePool's, and a block may come back on any thread.
  // Cost: no lock on a cache hit; else at most one in kMagazineBlocks calls. Of
  // more than kMaxCaches threads alive at once, the rest lock on every call. A
  // cache outlives its thread: the next thread inherits it.
  // Thread safety: any thread.
  // On failure: as FixedSizePool's; Deallocate needs no memory.
  // Source: Bonwick and Adams, "Magazines and Vmem" (2001). The depot has a
  // lock, and is no lock-free list: taken once in 64 calls it is not what
  // costs, and ABA cannot arise.
  void* Allocate();
  void Deallocate(void* block);

  // Bytes of blocks, bookkeeping and magazines.
  // Thread safety: any thread.
  std::size_t BytesHeld() const;

 private:
  // Your data members.
};

inline void* SharedFixedSizePool::Allocate() {
  Todo("01_02 task 1: SharedFixedSizePool::Allocate");
}

inline void SharedFixedSizePool::Deallocate(void* block) {
  Todo("01_02 task 1: SharedFixedSizePool::Deallocate");
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_SHARED_FIXED_SIZE_POOL_H_
