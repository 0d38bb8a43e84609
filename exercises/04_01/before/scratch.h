// SPDX-License-Identifier: Apache-2.0

// Memory for the length of a call, handed down a call chain and used again.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace workbook::before {

// An arena that a caller makes once and passes by reference: each callee opens
// a ScratchFrame, takes what it needs, and leaves the rest to its own callees.
// When a frame closes, all that was taken in it is free again.
//
// It grows when it must: by a block at least as large as all that it holds, as
// the first block, and as the request. A block that a frame leaves serves the
// next Allocate that has no room. When nothing is taken and there are several
// blocks, they may be freed then or in the next Allocate, which gets one block
// for the most that was used. So a repeated call finds all its memory in one
// block: no allocation in the steady state.
// Thread safety: one thread at a time for each object; two arenas share
// nothing.
class Scratch {
 public:
  // Makes an empty arena. The first block comes with the first Allocate: it has
  // `first_block_bytes`, or what is asked for if that is more.
  // Cost: O(1); no allocation.
  explicit Scratch(std::size_t first_block_bytes = 4096);
  // Gives all blocks back.
  // REQUIRES: no frame is open (debug builds check it).
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Takes memory that is not initialised, valid until the innermost open frame
  // closes. Zero bytes give an address that may not be used.
  // REQUIRES: alignment is a power of two, at most alignof(std::max_align_t);
  // a frame is open (debug builds check both).
  // Cost: O(1); no allocation unless the arena grows.
  // On failure: throws std::bad_alloc, and all is as it was.
  void* Allocate(std::size_t size_bytes,
                 std::size_t alignment = alignof(std::max_align_t));

  // Takes `count` default-initialised objects that need no destructor; numbers
  // and characters have no value yet.
  // REQUIRES: a frame is open (debug builds check it).
  // Cost: as Allocate; O(count) where the type has a constructor.
  // On failure: throws std::bad_alloc, also where the bytes overflow size_t,
  // and all is as it was.
  template <typename T>
  std::span<T> AllocateArray(std::size_t count) {
    static_assert(std::is_nothrow_default_constructible_v<T> &&
                  std::is_trivially_destructible_v<T> &&
                  alignof(T) <= alignof(std::max_align_t));
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) {
      throw std::bad_alloc();
    }
    T* const first = static_cast<T*>(Allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
  }

  // Returns the bytes taken in open frames, with the padding of alignment. All
  // blocks but the newest count rounded up to alignof(std::max_align_t), so
  // this may be a few bytes more than capacity_bytes().
  std::size_t used_bytes() const {
    return block_ == nullptr ? 0 : block_->used_before + used_;
  }
  // Returns the bytes that the arena holds.
  std::size_t capacity_bytes() const { return capacity_; }

 private:
  friend class ScratchFrame;

  // The alignment pads the header, so that what follows it fits any object.
  struct alignas(std::max_align_t) Block {
    Block* previous = nullptr;
    std::size_t room_bytes = 0;
    std::size_t used_before = 0;  // in the blocks before this one
    std::byte* data() { return reinterpret_cast<std::byte*>(this + 1); }
  };

  // Goes back to the moment at which `used` bytes were taken.
  void Rewind(std::size_t used);
  // Asks the heap for a block, and counts it.
  Block* NewBlock(std::size_t room_bytes);
  // Gives a block back to the heap. Nothing happens to nullptr.
  void Free(Block* block);
  // Makes `block` the newest, with nothing taken in it.
  void Use(Block* block);
  // Keeps `block` as the spare, or the spare it has if that is larger; frees
  // the other.
  void SetAside(Block* block);

  Block* block_ = nullptr;  // the newest in use
  Block* spare_ = nullptr;  // yours: left by a frame inside another
  std::size_t used_ = 0;    // in block_
  std::size_t capacity_ = 0;
  // Two for you: what the next block must have at least, which the constructor
  // sets and you need not change, and the most that used_bytes() has been.
  [[maybe_unused]] std::size_t next_block_bytes_;
  [[maybe_unused]] std::size_t most_used_ = 0;
  int open_frames_ = 0;
};

// Everything taken from `scratch` while it lives is free when it dies. Frames
// close in the opposite order of opening, which scopes see to.
// Thread safety: as the scratch.
class ScratchFrame {
 public:
  // Opens a frame of `scratch`, which outlives it.
  // Cost: O(1); no allocation.
  explicit ScratchFrame(Scratch& scratch);
  // Frees what was taken since the frame was opened.
  // Cost: O(1), and O(blocks) when the arena grew inside; no allocation.
  ~ScratchFrame();
  ScratchFrame(const ScratchFrame&) = delete;
  ScratchFrame& operator=(const ScratchFrame&) = delete;

 private:
  Scratch& scratch_;
  const std::size_t used_when_opened_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_
