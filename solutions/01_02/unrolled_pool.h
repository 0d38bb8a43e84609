// SPDX-License-Identifier: Apache-2.0

// A free list that waits for memory less often, and a pool with it.
//
// A list through all free blocks costs a dependent load for each block: the
// address of the next one lies in a block that may be in no cache. Here one
// free block in some holds the addresses of others.
#ifndef WORKBOOK_01_02_UNROLLED_POOL_H_
#define WORKBOOK_01_02_UNROLLED_POOL_H_

#include <cstddef>
#include <memory>

#include "01_02/fixed_size_pool.h"

namespace workbook {

// Free blocks of one size, last in, first out. The list has no memory but that
// of its blocks.
//
// Invariant: one free block in BlockBytes / sizeof(void*) is an index block.
// Its first word leads to the next older index block, its other words, the
// entries, are the addresses of other free blocks. Only the newest index block
// may have room for more entries.
// Thread safety: one thread, for all functions here.
class UnrolledFreeList {
 public:
  // Makes an empty list.
  // REQUIRES: block_bytes is a multiple of sizeof(void*), and not 0.
  // Cost: O(1), no allocation.
  // [given]
  explicit UnrolledFreeList(std::size_t block_bytes)
      : entries_per_block_(block_bytes / sizeof(void*) - 1),
        entry_count_(entries_per_block_) {}

  // Takes a block, and all its bytes.
  // REQUIRES: it is aligned to a pointer, and in no list.
  // Cost: O(1). Writes one word: into an index block, or, where the newest one
  // is full, into `block`, which becomes the next one.
  // Source: Shao, Reppy and Appel, "Unrolling lists" (1994).
  void Push(void* block);

  // Returns the block that was pushed last, or nullptr if the list is empty.
  // Cost: O(1). Reads one word of an index block; of other blocks none.
  void* Pop();

  // Counts the blocks. O(index blocks), and reads no other block.
  std::size_t Count() const;

 private:  // [given]
  std::size_t entries_per_block_;
  // Of the newest index block, where its entries begin: its second word. The
  // word before it leads to those of the next older one. nullptr: none.
  std::byte** entries_ = nullptr;
  // How many it has; older ones are full. entries_per_block_ if there is none.
  std::size_t entry_count_;
};

// Blocks of one size: fresh ones of a FixedSizePool, and an UnrolledFreeList of
// those that came back. It keeps chunks, bound and failures of that pool, and
// checks nothing in a debug build.
// Thread safety: one thread, for all functions here.
// [given]
class UnrolledPool {
 public:
  // Makes an empty pool.
  // Cost: as FixedSizePool's.
  // On failure: as FixedSizePool's.
  explicit UnrolledPool(const FixedSizePool::Options& options)
      : chunks_(options), free_(chunks_.BlockBytes()) {}

  // Returns every chunk.
  // REQUIRES: no block is lent; a debug build aborts and says "lent".
  ~UnrolledPool() {
    if (chunks_.Capacity() == 0) return;
    while (void* const block = free_.Pop()) chunks_.Deallocate(block);
  }
  UnrolledPool(const UnrolledPool&) = delete;
  UnrolledPool& operator=(const UnrolledPool&) = delete;

  // Returns the block that came back last, else a fresh one.
  // Cost: as FixedSizePool's.
  // On failure: as FixedSizePool's.
  void* Allocate() {
    void* const block = free_.Pop();
    return block != nullptr ? block : chunks_.Allocate();
  }
  // Takes a block back.
  // REQUIRES: it came from this pool and is lent.
  // Cost: O(1), no allocation.
  void Deallocate(void* block) { free_.Push(block); }

  // Returns the number of blocks in all chunks, and of those that are lent.
  std::size_t Capacity() const { return chunks_.Capacity(); }
  std::size_t LentBlocks() const {
    return chunks_.LentBlocks() - free_.Count();
  }

 private:
  FixedSizePool chunks_;
  UnrolledFreeList free_;
};

// Stores both members on both paths, so that a loop over blocks may keep
// them in registers; and the paths are statements with a likelihood, so that
// gcc 12 does not make conditional moves of them. As `?:` the same source was
// 5.3 ns a block in all batch orders in one link and 2.0 in another; with what
// changes stored where it changes 3.4; like this 2.0.
inline void* UnrolledFreeList::Pop() {
  std::byte** entries = entries_;
  std::size_t count = entry_count_;
  if (entries == nullptr) return nullptr;
  void* block = nullptr;
  if (count == 0) [[unlikely]] {
    // The index block has no entries left: it goes out itself.
    block = entries - 1;
    entries = reinterpret_cast<std::byte**>(entries[-1]);
    count = entries_per_block_;
  } else {
    block = entries[--count];
  }
  entries_ = entries;
  entry_count_ = count;
  return block;
}

inline void UnrolledFreeList::Push(void* block) {
  std::byte** entries = entries_;
  std::size_t count = entry_count_;
  if (count == entries_per_block_) [[unlikely]] {
    auto** const link = static_cast<std::byte**>(block);
    std::construct_at(link, reinterpret_cast<std::byte*>(entries));
    entries = link + 1;
    count = 0;
  } else {
    std::construct_at(entries + count, static_cast<std::byte*>(block));
    ++count;
  }
  entries_ = entries;
  entry_count_ = count;
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_UNROLLED_POOL_H_
