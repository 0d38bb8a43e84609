// SPDX-License-Identifier: Apache-2.0

// Memory for the length of a call, handed down a call chain and used again.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <vector>

namespace workbook::before {

// An arena that a caller makes once and passes by reference: each callee opens
// a ScratchFrame, takes what it needs, and leaves the rest to its own callees.
// When a frame closes, all that was taken in it is free again.
//
// It grows when it must: a new block at least as large as all before. When
// nothing is taken and there are several blocks, the next Allocate puts one in
// their place, so that a repeated call finds all its memory in one block:
// no allocation in the steady state.
// Thread safety: one thread at a time for each object; two arenas share
// nothing.
class Scratch {
 public:
  // The first block comes with the first Allocate.
  explicit Scratch(std::size_t first_block_bytes = 4096);
  // REQUIRES: no frame is open (debug builds check it).
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Memory that is not initialised, valid until the innermost open frame
  // closes. Zero bytes give an address that may not be used.
  // REQUIRES: alignment is a power of two, at most alignof(std::max_align_t);
  // a frame is open (debug builds check both).
  // Cost: O(1); no allocation unless the arena grows.
  // On failure: throws std::bad_alloc, and all is as it was.
  void* Allocate(std::size_t size_bytes,
                 std::size_t alignment = alignof(std::max_align_t));

  // `count` objects that need no constructor and no destructor.
  // On failure: throws std::bad_alloc, also where the bytes overflow size_t.
  template <typename T>
  std::span<T> AllocateArray(std::size_t count) {
    static_assert(std::is_trivially_default_constructible_v<T> &&
                  std::is_trivially_destructible_v<T>);
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) {
      throw std::bad_alloc();
    }
    return {static_cast<T*>(Allocate(count * sizeof(T), alignof(T))), count};
  }

  // Bytes taken in open frames, with the padding of alignment. All blocks but
  // the newest count rounded up to alignof(std::max_align_t), so this may be a
  // few bytes more than capacity_bytes().
  std::size_t used_bytes() const;
  // Bytes that the arena holds.
  std::size_t capacity_bytes() const;

 private:
  friend class ScratchFrame;

  void Rewind(std::size_t used);

  int open_frames_ = 0;
  struct Piece {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size_bytes = 0;
  };
  std::vector<Piece> pieces_;
};

// Everything taken from `scratch` while it lives is free when it dies. Frames
// close in the opposite order of opening, which scopes see to.
// Cost: O(1), and O(blocks) when the arena grew inside; no allocation.
class ScratchFrame {
 public:
  explicit ScratchFrame(Scratch& scratch);
  ~ScratchFrame();
  ScratchFrame(const ScratchFrame&) = delete;
  ScratchFrame& operator=(const ScratchFrame&) = delete;

 private:
  Scratch& scratch_;
  const std::size_t used_when_opened_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_SCRATCH_H_
