// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "tools/support/history/child.h"

// Of AddressSanitizer's runtime, where the program has it.
extern "C" {
__attribute__((weak)) void __asan_poison_memory_region(const volatile void*,
                                                       std::size_t);
__attribute__((weak)) void __asan_unpoison_memory_region(const volatile void*,
                                                         std::size_t);
}

namespace workbook::history {
namespace {

constexpr std::byte kFresh{0xCD};
constexpr std::byte kGuard{0xFD};
constexpr std::byte kFreed{0xDD};

// Below the shared libraries, and in the part of the address space that each
// sanitizer leaves to the program.
constexpr std::uintptr_t kAddress = 0x7ea000000000;

void Fill(std::byte* begin, const std::byte* end, std::byte value) {
  std::memset(begin, static_cast<int>(value),
              static_cast<std::size_t>(end - begin));
}

// From here on AddressSanitizer reports whoever touches it, at that line.
void Close(const std::byte* begin, const std::byte* end) {
  if (__asan_poison_memory_region == nullptr) return;
  __asan_poison_memory_region(begin, static_cast<std::size_t>(end - begin));
}

void Open(const std::byte* begin, const std::byte* end) {
  if (__asan_unpoison_memory_region == nullptr) return;
  __asan_unpoison_memory_region(begin, static_cast<std::size_t>(end - begin));
}

// A loop, and no function of the library: a sanitizer would refuse it the
// bytes that it is about.
bool IsFilled(const std::byte* begin, const std::byte* end, std::byte value) {
  for (; begin != end; ++begin) {
    if (*begin != value) return false;
  }
  return true;
}

}  // namespace

constinit Arena arena;

void Arena::Reset() {
  if (begin_ == nullptr) {
    void* const memory =
        mmap(reinterpret_cast<void*>(kAddress), kBytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
             -1, 0);
    if (memory == MAP_FAILED) std::abort();
    begin_ = top_ = static_cast<std::byte*>(memory);
  }
  Open(begin_, top_);
  top_ = begin_;
  count_ = 0;
  refuse_from = 0;
  on = false;
}

void* Arena::Allocate(std::size_t bytes, std::size_t alignment_bytes,
                      Kind kind) noexcept {
  alignment_bytes = std::max<std::size_t>(alignment_bytes, 16);
  const auto room = static_cast<std::size_t>(begin_ + kBytes - top_);
  const bool is_refused =
      kind == Kind::kHeap && refuse_from != 0 && allocations + 1 >= refuse_from;
  if (is_refused || count_ == kMaxPieces || bytes > room ||
      room - bytes < 2 * kGuardBytes + 3 * alignment_bytes) {
    return nullptr;
  }
  const std::size_t guarded =
      reinterpret_cast<std::uintptr_t>(top_) + kGuardBytes;
  const std::size_t odd_multiple =
      (guarded + alignment_bytes - 1) / alignment_bytes | 1;
  auto* const begin =
      reinterpret_cast<std::byte*>(odd_multiple * alignment_bytes);
  std::byte* const end = begin + bytes;
  Fill(top_, begin, kGuard);
  Fill(begin, end, kFresh);
  Fill(end, end + kGuardBytes, kGuard);
  Close(top_, begin);
  Close(end, end + kGuardBytes);
  top_ = end + kGuardBytes;
  pieces_[count_++] = {begin, bytes, kind, true};
  if (kind == Kind::kHeap) ++allocations;
  return begin;
}

void Arena::Free(void* memory) noexcept {
  for (std::size_t i = count_; i-- != 0;) {
    Piece& piece = pieces_[i];
    if (piece.begin != memory || piece.kind != Kind::kHeap) continue;
    if (!piece.live) Fail("a piece of the heap is freed twice");
    piece.live = false;
    // An array's length, in front of it, is closed by clang.
    Open(piece.begin, piece.begin + piece.bytes);
    Fill(piece.begin, piece.begin + piece.bytes, kFreed);
    Close(piece.begin, piece.begin + piece.bytes);
    return;
  }
  Fail("free() got an address that no allocation returned");
}

bool Arena::Note(const Piece& piece) {
  if (count_ == kMaxPieces || piece.bytes > kBytes) return false;
  pieces_[count_++] = piece;
  return true;
}

bool Arena::NoteFree(std::size_t index) {
  if (index >= count_ || !pieces_[index].live) return false;
  pieces_[index].live = false;
  return true;
}

const Arena::Piece* Arena::Find(const void* address) const {
  for (const Piece& piece : pieces()) {
    if (piece.live && piece.begin <= address &&
        address < piece.begin + piece.bytes) {
      return &piece;
    }
  }
  return nullptr;
}

std::size_t Arena::LiveBytes() const {
  std::size_t sum = 0;
  for (const Piece& piece : pieces()) {
    if (piece.live && piece.kind == Kind::kHeap) sum += piece.bytes;
  }
  return sum;
}

std::uintptr_t Arena::WordAt(const std::byte* address) {
  std::uintptr_t word = 0;
  // In the place of std::memcpy, which a sanitizer replaces.
  __builtin_memcpy(&word, address, sizeof(word));
  return word;
}

void Arena::CheckGuards() const {
  for (const Piece& piece : pieces()) {
    const std::byte* const end = piece.begin + piece.bytes;
    const bool is_before =
        !IsFilled(piece.begin - kGuardBytes, piece.begin, kGuard);
    if (is_before || !IsFilled(end, end + kGuardBytes, kGuard)) {
      Fail(std::string("a byte ") + (is_before ? "before" : "behind") +
           (piece.kind == Kind::kHeap ? " a piece of the heap of "
                                      : " the object of ") +
           std::to_string(piece.bytes) + " bytes was written");
    }
    const std::byte* const look =
        piece.begin + std::min(piece.bytes, kGuardBytes);
    if (!piece.live && !IsFilled(piece.begin, look, kFreed)) {
      Fail("memory was written after it was given back to the heap");
    }
  }
}

}  // namespace workbook::history
