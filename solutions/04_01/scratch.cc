// SPDX-License-Identifier: Apache-2.0

#include "04_01/scratch.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {
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
  std::size_t start = AlignUp(used_, alignment);
  if (block_ == nullptr || start > block_->room_bytes ||
      size_bytes > block_->room_bytes - start) {
    if (spare_ != nullptr && size_bytes <= spare_->room_bytes) {
      Use(std::exchange(spare_, nullptr));
    } else {
      Use(NewBlock(std::max({size_bytes, next_block_bytes_, capacity_})));
    }
    start = 0;
  }
  used_ = start + size_bytes;
  return block_->data() + start;
}

void Scratch::Rewind(std::size_t used) {
  if (block_ == nullptr) return;
  most_used_ = std::max(most_used_, used_bytes());
  while (block_->previous != nullptr && block_->used_before >= used) {
    SetAside(std::exchange(block_, block_->previous));
  }
  used_ = used - block_->used_before;
  if (used != 0 || spare_ == nullptr) return;
  // Nothing is taken and there were several blocks. One comes in their place,
  // at the next Allocate: a destructor may not fail.
  next_block_bytes_ = std::max(next_block_bytes_, most_used_);
  Free(std::exchange(spare_, nullptr));
  Free(std::exchange(block_, nullptr));
  used_ = 0;
}

}  // namespace workbook
