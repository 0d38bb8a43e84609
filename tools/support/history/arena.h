// SPDX-License-Identifier: Apache-2.0

// The heap that a subject's calls see: every mistake in its use shows, and
// every run of the same calls has the same addresses.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_ARENA_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_ARENA_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace workbook::history {

// Memory at a fixed address. A piece of it is filled with 0xCD, lies between
// guards, has the alignment that was asked for and no better, and is never
// used again. While `on`, malloc's family and operator new come here.
// A misuse fails the history at once (Fail in child.h).
// Thread safety: one thread at a time.
class Arena {
 public:
  static constexpr std::size_t kBytes = std::size_t{64} << 20;
  static constexpr std::size_t kGuardBytes = 64;
  static constexpr std::size_t kMaxPieces = 1024;

  enum class Kind { kHeap, kObject };
  struct Piece {
    std::byte* begin;
    std::size_t bytes;
    Kind kind;
    bool live;
  };

  // Forgets all pieces. The first call maps the memory.
  // Cost: O(1), no allocation; under AddressSanitizer O(bytes in use).
  void Reset();

  // Returns `bytes` at a multiple of `alignment_bytes`, which is a power of
  // two, and at no multiple of twice that.
  // Cost: O(bytes).
  // On failure: nullptr where the arena is full or the allocation is refused.
  void* Allocate(std::size_t bytes, std::size_t alignment_bytes,
                 Kind kind = Kind::kHeap) noexcept;

  // Fills the piece with 0xDD. `memory` may be any address of the arena: that
  // no allocation returned it, or that it came back before, fails the history.
  // Cost: O(pieces + bytes).
  void Free(void* memory) noexcept;

  // Returns whether `address` lies in the arena, whatever is there. O(1).
  bool Has(const void* address) const {
    return begin_ != nullptr && address >= begin_ && address < begin_ + kBytes;
  }
  // Returns the live piece with this address, or nullptr. O(pieces).
  const Piece* Find(const void* address) const;

  // Counts what the subject holds: the bytes of live heap pieces. O(pieces).
  std::size_t LiveBytes() const;

  // Returns the word at this address of the arena, also where AddressSanitizer
  // forbids to read it: clang does so with the length in front of an array.
  static std::uintptr_t WordAt(const std::byte* address);

  // Fails the history if a guard or a piece that came back was written to.
  // Cost: O(pieces).
  void CheckGuards() const;

  // Of the arena of another process, which asking.h tells about: it is empty;
  // has one piece more; has lost the piece with this index.
  // On failure: false, where that can't be.
  void Forget() { count_ = 0; }
  bool Note(const Piece& piece);
  bool NoteFree(std::size_t index);

  std::span<const Piece> pieces() const { return {pieces_.data(), count_}; }

  bool on = false;              // whether malloc and its family come here
  std::size_t allocations = 0;  // that succeeded since the call began
  std::size_t refuse_from = 0;  // the k-th of a call fails, and all after it

 private:
  std::byte* begin_ = nullptr;
  std::byte* top_ = nullptr;
  std::size_t count_ = 0;
  std::array<Piece, kMaxPieces> pieces_{};
};

extern constinit Arena arena;

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_ARENA_H_
