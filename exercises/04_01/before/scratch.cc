// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/scratch.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook::before {
namespace {

std::size_t AlignUp(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) & ~(alignment - 1);
}

bool IsPowerOfTwo(std::size_t n) { return n != 0 && (n & (n - 1)) == 0; }

}  // namespace

ScratchFrame::ScratchFrame(Scratch& scratch)
    : scratch_(scratch), used_when_opened_(scratch.used_bytes()) {
  ++scratch_.open_frames_;
}

ScratchFrame::~ScratchFrame() {
  --scratch_.open_frames_;
  scratch_.Rewind(used_when_opened_);
}

Scratch::Scratch(std::size_t first_block_bytes)
    : next_block_bytes_(first_block_bytes) {}

Scratch::~Scratch() {
  DebugCheck(open_frames_ == 0, "a scratch arena dies before its frames");
  while (block_ != nullptr) Free(std::exchange(block_, block_->previous));
  Free(spare_);
}

Scratch::Block* Scratch::NewBlock(std::size_t room_bytes) {
  if (room_bytes > PTRDIFF_MAX - sizeof(Block)) throw std::bad_alloc();
  Block* const block = ::new (::operator new(sizeof(Block) + room_bytes)) Block;
  block->room_bytes = room_bytes;
  capacity_ += room_bytes;
  return block;
}

void Scratch::Free(Block* block) {
  if (block == nullptr) return;
  capacity_ -= block->room_bytes;
  ::operator delete(block);
}

void Scratch::Use(Block* block) {
  // Rounded up: one block in place of several then has the same paddings.
  block->used_before = AlignUp(used_bytes(), alignof(std::max_align_t));
  block->previous = block_;
  block_ = block;
  used_ = 0;
}

void Scratch::SetAside(Block* block) {
  if (spare_ != nullptr && spare_->room_bytes > block->room_bytes) {
    std::swap(spare_, block);
  }
  Free(std::exchange(spare_, block));
}

void* Scratch::Allocate(std::size_t size_bytes, std::size_t alignment) {
  DebugCheck(open_frames_ > 0, "scratch memory is taken outside of a frame");
  DebugCheck(IsPowerOfTwo(alignment) && alignment <= alignof(std::max_align_t),
             "the alignment is not a power of two, or is too large");
  if (size_bytes > PTRDIFF_MAX) throw std::bad_alloc();
  // A block for each piece.
  Use(NewBlock(size_bytes));
  used_ = size_bytes;
  return block_->data();
}

void Scratch::Rewind(std::size_t used) {
  while (block_ != nullptr && block_->used_before >= used) {
    Free(std::exchange(block_, block_->previous));
  }
  used_ = block_ == nullptr ? 0 : used - block_->used_before;
}

}  // namespace workbook::before
