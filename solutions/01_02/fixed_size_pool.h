// SPDX-License-Identifier: Apache-2.0

// A pool of blocks of one size: no header a block, no search, no lock.
//
// Picture: chunks of blocks_per_chunk blocks, carved from the front on demand,
// and a list of the blocks that came back, which runs through these blocks.
#ifndef WORKBOOK_01_02_FIXED_SIZE_POOL_H_
#define WORKBOOK_01_02_FIXED_SIZE_POOL_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"

namespace workbook {

// Blocks of one size, for one thread.
//
// Invariants:
// 1. A block is fresh (never handed out), lent, or free; never two of these.
// 2. Free blocks come back last in, first out; fresh ones only when none is
//    free, so the memory that is touched is the most that was ever lent.
// 3. Block i of a chunk starts i * BlockBytes() after the chunk: nothing lies
//    between blocks, before the first or behind the last.
// 4. A chunk starts at a multiple of kChunkAlignmentBytes, or of the alignment
//    if that is more: a block of 64 bytes lies in one cache line.
class FixedSizePool {
 public:
  static constexpr std::size_t kUnbounded =
      std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t kMaxAlignmentBytes = 4096;  // one page
  static constexpr std::size_t kDefaultChunkBytes = std::size_t{64} << 10;
  static constexpr std::size_t kChunkAlignmentBytes = 64;  // a cache line

  struct Options {
    std::size_t block_size_bytes = 0;  // at least 1
    // A power of two, at most kMaxAlignmentBytes. Less than that of a pointer
    // counts as that of a pointer.
    std::size_t alignment_bytes = alignof(std::max_align_t);
    // 0: as many as fit kDefaultChunkBytes, at least one.
    std::size_t blocks_per_chunk = 0;
    // The most blocks that are ever lent at once, at least 1.
    std::size_t max_blocks = kUnbounded;
  };

  // Makes an empty pool.
  // Cost: O(1), no allocation; the first chunk comes with the first block.
  // On failure: std::invalid_argument for a block of 0 bytes, an alignment that
  // is not a power of two or above kMaxAlignmentBytes, a max_blocks of 0, and
  // for sizes whose chunk has more bytes than a std::size_t can say.
  explicit FixedSizePool(const Options& options);

  // Returns every chunk. Blocks that are still lent die with the pool.
  // On failure: a debug build aborts if blocks are lent, and says "lent"
  // (DebugCheck).
  ~FixedSizePool();

  // Takes over chunks and lent blocks. The source is then as its constructor
  // left it: empty, with the same options, ready for use.
  // Cost: O(1), no allocation.
  FixedSizePool(FixedSizePool&& other) noexcept;
  FixedSizePool& operator=(FixedSizePool&& other) noexcept;

  // Returns a block of at least block_size_bytes, aligned, content unspecified.
  // Cost: O(1). Allocates one chunk of blocks_per_chunk * BlockBytes() bytes
  // (less for the last one of a bounded pool) when no block is free or fresh.
  // Thread safety: none, as for every function here.
  // On failure: nullptr when max_blocks are lent; std::bad_alloc when the
  // system has no memory for a chunk or its bookkeeping: the pool is then as
  // before, and has leaked nothing.
  // Source: intrusive free list.
  void* Allocate();

  // Takes a block back. It is the next one that Allocate() returns.
  // REQUIRES: `block` came from this pool and is lent (so it is not nullptr).
  // Cost: O(1), no allocation; in a debug build O(chunks).
  // On failure: a debug build aborts and says "foreign pointer" for what is no
  // block of this pool, nullptr too, and "double free" for a block that is not
  // lent (DebugCheck); else undefined.
  void Deallocate(void* block);

  // Makes a T in a block of this pool, and ends one.
  // REQUIRES: T fits BlockBytes() and the alignment of the options.
  // On failure: Create returns nullptr when max_blocks are lent; when the
  // constructor of T throws, the block goes back and the exception passes. For
  // a T that does not fit, a debug build aborts and says "larger, or aligned
  // more" (DebugCheck).
  template <class T, class... Args>
  T* Create(Args&&... args);
  template <class T>
  void Destroy(T* object);

  // Returns the distance of two blocks: block_size_bytes rounded up to the
  // alignment.
  std::size_t BlockBytes() const;
  // Returns the number of blocks in all chunks. O(1).
  std::size_t Capacity() const;
  // Counts those of them that are lent. O(free blocks): nothing is counted
  // while the pool is used.
  std::size_t LentBlocks() const;
  // Returns all bytes that the pool holds on the heap: blocks and bookkeeping.
  // The latter is at most 16 bytes a chunk, and in a debug build a byte a block
  // and 64 more. O(1).
  std::size_t BytesHeld() const;
  // Tells whether a block that came back is free: the next Allocate() takes it.
  // [given]
  bool HasFree() const { return state_.free != nullptr; }
  // Tells whether `pointer` is the start of a block of a chunk. O(chunks).
  bool Owns(const void* pointer) const;

 private:  // [given]
  struct FreeMemory {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  using Chunk = std::unique_ptr<std::byte, FreeMemory>;
  static_assert(sizeof(Chunk) == sizeof(void*));

  // What a free block holds in its first bytes.
  struct FreeBlock {
    FreeBlock* next;
  };

  // Everything that changes. Empty like this in a new and a moved-from pool.
  struct State {
    FreeBlock* free = nullptr;  // the newest one
    std::byte* fresh_begin = nullptr;
    std::byte* fresh_end = nullptr;
    std::size_t capacity = 0;
    std::vector<Chunk> chunks{};  // each of blocks_per_chunk_, but for the last
    std::vector<bool> lent{};     // by block, in debug builds only
  };

  // Does what Allocate does, but for the checks of a debug build.
  void* Take();
  // Does what Deallocate does, but for these checks.
  void Put(void* block);
  // Takes the next fresh block, of a new chunk if need be. nullptr: max_blocks
  // are lent.
  void* TakeFresh();
  // Adds a chunk, all of it fresh.
  // REQUIRES: no block is fresh, and the bound allows for one more.
  // On failure: std::bad_alloc; nothing has changed. NewChunk, ReserveMarks and
  // the list of chunks may throw, so all three come before capacity changes;
  // room that a list has left over is no change.
  void Grow();

  // Aborts a debug build if a T does not fit the blocks.
  template <class T>
  void CheckFits() const {
    DebugCheck(sizeof(T) <= block_bytes_ && alignof(T) <= alignment_bytes_,
               "the type is larger, or aligned more, than the pool's blocks");
  }
  // Returns memory for `blocks` blocks, aligned; throws std::bad_alloc.
  Chunk NewChunk(std::size_t blocks) const;
  // Makes room for a debug build's marks of `blocks` more blocks; throws
  // std::bad_alloc.
  void ReserveMarks(std::size_t blocks);
  void MarkLent(const void* block);
  void MarkFree(const void* block);
  std::size_t IndexOf(const void* pointer) const;  // kUnbounded: not ours

  std::size_t alignment_bytes_;
  std::size_t block_bytes_;
  std::size_t blocks_per_chunk_;
  std::size_t max_blocks_;
  State state_;
};

// [given]
inline void* FixedSizePool::Allocate() {
  void* const block = Take();
  if constexpr (kDebugChecks) MarkLent(block);
  return block;
}

// [given]
inline void FixedSizePool::Deallocate(void* block) {
  if constexpr (kDebugChecks) MarkFree(block);
  Put(block);
}

// [region take]
inline void* FixedSizePool::Take() {
  FreeBlock* const block = state_.free;
  if (block == nullptr) [[unlikely]] {
    return TakeFresh();
  }
  state_.free = block->next;
  return block;
}

// [note] `block` is memory without an object: make a FreeBlock in it.
inline void FixedSizePool::Put(void* block) {
  state_.free = ::new (block) FreeBlock{state_.free};
}
// [end]

// [note] CheckFits<T>() is given: call it first.
template <class T, class... Args>
T* FixedSizePool::Create(Args&&... args) {
  CheckFits<T>();
  void* const block = Allocate();
  if (block == nullptr) return nullptr;
  try {
    return ::new (block) T(std::forward<Args>(args)...);
  } catch (...) {
    Deallocate(block);
    throw;
  }
}

template <class T>
void FixedSizePool::Destroy(T* object) {
  std::destroy_at(object);
  Deallocate(object);
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_FIXED_SIZE_POOL_H_
