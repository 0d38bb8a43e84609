// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/scratch.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook::before {

ScratchFrame::ScratchFrame(Scratch& scratch)
    : scratch_(scratch), used_when_opened_(scratch.used_bytes()) {
  ++scratch_.open_frames_;
}

ScratchFrame::~ScratchFrame() {
  --scratch_.open_frames_;
  scratch_.Rewind(used_when_opened_);
}

Scratch::Scratch(std::size_t) {}

Scratch::~Scratch() {
  DebugCheck(open_frames_ == 0, "a scratch arena dies before its frames");
}

// A block of the heap for each piece, given back piece by piece.
void* Scratch::Allocate(std::size_t size_bytes, std::size_t alignment) {
  DebugCheck(open_frames_ > 0, "scratch memory is taken outside of a frame");
  DebugCheck(alignment <= alignof(std::max_align_t) &&
                 (alignment & (alignment - 1)) == 0,
             "the alignment is not a power of two or too large");
  if (size_bytes > PTRDIFF_MAX) throw std::bad_alloc();
  Piece piece{std::make_unique<std::byte[]>(size_bytes), size_bytes};
  void* const address = piece.memory.get();
  pieces_.push_back(std::move(piece));
  return address;
}

std::size_t Scratch::used_bytes() const {
  std::size_t used = 0;
  for (const Piece& piece : pieces_) used += piece.size_bytes;
  return used;
}

std::size_t Scratch::capacity_bytes() const { return used_bytes(); }

void Scratch::Rewind(std::size_t used) {
  while (used_bytes() > used) pieces_.pop_back();
}

}  // namespace workbook::before
