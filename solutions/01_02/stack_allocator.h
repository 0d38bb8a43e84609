// SPDX-License-Identifier: Apache-2.0

// A bump pointer over one buffer: allocation is an addition, and any number of
// blocks is freed at once.
#ifndef WORKBOOK_01_02_STACK_ALLOCATOR_H_
#define WORKBOOK_01_02_STACK_ALLOCATOR_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "tools/exercise/debug_check.h"

namespace workbook {

// A place in a StackAllocator to free back to.
struct StackMark {
  std::byte* top = nullptr;
  // The newest block below `top`, by its running number (NewestNumber()); 0 in
  // builds without debug checks. It tells a mark that was freed past, and grown
  // over again.
  std::uint64_t block_number = 0;
};
static_assert(sizeof(StackMark) == 16);

// Blocks of any size out of one buffer, freed in the reverse order, for one
// thread.
//
// Invariants:
// 1. [begin, top) is used, [top, end) is free, and the buffer never grows.
// 2. A block starts at the first aligned address from `top` on, and `top` is
//    then its end: no header, no rounding of the size.
class StackAllocator {
 public:
  // Makes an allocator with a buffer of its own, aligned to a cache line.
  // Cost: one allocation of exactly capacity_bytes.
  // On failure: std::invalid_argument for 0 bytes, std::bad_alloc.
  explicit StackAllocator(std::size_t capacity_bytes);

  // Makes an allocator over `buffer`, which must outlive it.
  // Cost: O(1), no allocation.
  // On failure: std::invalid_argument for an empty buffer.
  explicit StackAllocator(std::span<std::byte> buffer);

  // Ends with the buffer all blocks that are still in use: that is what it is
  // for.
  ~StackAllocator() = default;

  // Not movable: scopes hold its address.
  StackAllocator(const StackAllocator&) = delete;
  StackAllocator& operator=(const StackAllocator&) = delete;

  // Returns the next block, content unspecified. 0 bytes count as 1, so that
  // no two blocks have one address.
  // REQUIRES: alignment_bytes is a power of two; if it is not, a debug build
  // aborts and says "power of two" (DebugCheck).
  // Cost: O(1), no allocation (a debug build keeps a record of each block, in
  // memory that it uses again).
  // Thread safety: none, as for every function here.
  // On failure: nullptr when the rest of the buffer is too small, whatever the
  // size; nothing has changed then.
  void* Allocate(std::size_t size_bytes,
                 std::size_t alignment_bytes = alignof(std::max_align_t));

  // Frees the newest block. Padding before it stays used until the block below
  // is freed: with no header the allocator cannot know how much there is. A
  // mark knows.
  // REQUIRES: `block` is the newest one that is not freed (strict LIFO).
  // Cost: O(1).
  // On failure: for any other pointer a debug build aborts and says "not the
  // newest block" (DebugCheck); else undefined.
  void Free(void* block);

  // Returns the present top, and goes back to it: exactly, padding included.
  // REQUIRES: FreeTo gets a mark of this allocator, older marks last: one that
  // was freed past is stale.
  // Cost: O(1), whatever the number of blocks; in a debug build O(blocks).
  // On failure: for a foreign mark and a stale one a debug build aborts and
  // says "stale mark" (DebugCheck); else undefined.
  StackMark Mark() const;
  void FreeTo(StackMark mark);

  // Frees everything; every mark but one of the empty stack is stale.
  // Cost: O(1); in a debug build O(blocks).
  void Reset();

  std::size_t CapacityBytes() const;
  std::size_t UsedBytes() const;
  // Returns the most that UsedBytes() has ever been: as long should the buffer
  // have been.
  std::size_t HighWaterMarkBytes() const;
  // Returns the bytes held on the heap: its own buffer, and a debug build's
  // records.
  std::size_t BytesHeld() const;

 private:  // [given]
  struct FreeMemory {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  struct Block {
    const std::byte* begin;
    std::uint64_t number;
  };

  // Aborts a debug build where a caller broke a promise, as the next functions
  // do; an optimised build has no such checks and keeps no records.
  static void CheckAlignment(std::size_t alignment_bytes) {
    DebugCheck(std::has_single_bit(alignment_bytes),
               "the alignment is not a power of two");
  }
  // Notes that Allocate has made `block`.
  void Record(const std::byte* block) {
    if constexpr (kDebugChecks) AddRecord(block);
  }
  // Notes that Free is about to free `block`: aborts unless it is the newest.
  void CheckNewest(const void* block);
  // Notes that FreeTo is about to go back to `mark`: aborts if it is foreign or
  // stale.
  void CheckMark(const StackMark& mark) {
    if constexpr (kDebugChecks) ForgetBehind(mark);
  }
  // Returns the number for a mark that is made now.
  std::uint64_t NewestNumber() const {
    if (!kDebugChecks || blocks_.empty()) return 0;
    return blocks_.back().number;
  }
  void AddRecord(const std::byte* block);
  void ForgetBehind(const StackMark& mark);

  std::unique_ptr<std::byte, FreeMemory> own_buffer_;
  std::byte* begin_ = nullptr;
  std::byte* end_ = nullptr;
  std::byte* top_ = nullptr;
  // Of what was freed; `top_` may be higher. So Allocate need not compare.
  std::byte* highest_freed_top_ = nullptr;
  // In debug builds only: the blocks in use, oldest first.
  std::vector<Block> blocks_;
  std::uint64_t last_number_ = 0;
};

// Frees what was allocated in a scope when the scope ends, by an exception too.
// Scopes nest.
// [given]
class StackScope {
 public:
  explicit StackScope(StackAllocator& stack)
      : stack_(stack), mark_(stack.Mark()) {}
  ~StackScope();
  StackScope(const StackScope&) = delete;
  StackScope& operator=(const StackScope&) = delete;

 private:
  StackAllocator& stack_;
  const StackMark mark_;
};

// [region allocate]
// [note] CheckAlignment is given: call it first; and Record(block) at the end.
inline void* StackAllocator::Allocate(std::size_t size_bytes,
                                      std::size_t alignment_bytes) {
  CheckAlignment(alignment_bytes);
  size_bytes = std::max<std::size_t>(size_bytes, 1);
  const auto end = reinterpret_cast<std::uintptr_t>(end_);
  const std::uintptr_t begin =
      (reinterpret_cast<std::uintptr_t>(top_) + alignment_bytes - 1) &
      ~(alignment_bytes - 1);
  // Two comparisons, since begin + size_bytes could wrap around.
  if (begin > end || size_bytes > end - begin) return nullptr;
  auto* const block = reinterpret_cast<std::byte*>(begin);
  top_ = block + size_bytes;
  Record(block);
  return block;
}
// [end]

// [note] NewestNumber() is given.
inline StackMark StackAllocator::Mark() const {
  return {.top = top_, .block_number = NewestNumber()};
}

// [note] CheckMark(mark) is given: call it first.
inline void StackAllocator::FreeTo(StackMark mark) {
  CheckMark(mark);
  highest_freed_top_ = std::max(highest_freed_top_, top_);
  top_ = mark.top;
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_STACK_ALLOCATOR_H_
