// SPDX-License-Identifier: Apache-2.0

#include "01_02/stack_allocator.h"

#include <functional>
#include <new>
#include <stdexcept>

namespace workbook {
// [given]
namespace {

// So that 64-byte blocks lie in one cache line each.
constexpr std::size_t kCacheLineBytes = 64;

void CheckCapacity(std::size_t capacity_bytes) {
  if (capacity_bytes == 0) {
    throw std::invalid_argument("StackAllocator: a buffer of 0 bytes");
  }
}

}  // namespace

// [given]
StackAllocator::StackAllocator(std::size_t capacity_bytes) {
  CheckCapacity(capacity_bytes);
  // The aligned operator new of libstdc++ would round the size up.
  void* memory = nullptr;
  if (posix_memalign(&memory, kCacheLineBytes, capacity_bytes) != 0) {
    throw std::bad_alloc();
  }
  own_buffer_.reset(static_cast<std::byte*>(memory));
  begin_ = top_ = highest_freed_top_ = own_buffer_.get();
  end_ = begin_ + capacity_bytes;
}

// [given]
StackAllocator::StackAllocator(std::span<std::byte> buffer)
    : begin_(buffer.data()),
      end_(begin_ + buffer.size()),
      top_(begin_),
      highest_freed_top_(begin_) {
  CheckCapacity(buffer.size());
}

// [note] CheckNewest(block) is given: call it first.
void StackAllocator::Free(void* block) {
  CheckNewest(block);
  highest_freed_top_ = std::max(highest_freed_top_, top_);
  top_ = static_cast<std::byte*>(block);
}

// [note] Which mark is that of the empty stack?
void StackAllocator::Reset() { FreeTo({.top = begin_}); }

// [given]
std::size_t StackAllocator::CapacityBytes() const {
  return static_cast<std::size_t>(end_ - begin_);
}

// [given]
std::size_t StackAllocator::UsedBytes() const {
  return static_cast<std::size_t>(top_ - begin_);
}

std::size_t StackAllocator::HighWaterMarkBytes() const {
  return static_cast<std::size_t>(std::max(highest_freed_top_, top_) - begin_);
}

// [given]
std::size_t StackAllocator::BytesHeld() const {
  return (own_buffer_ == nullptr ? 0 : CapacityBytes()) +
         blocks_.capacity() * sizeof(Block);
}

StackScope::~StackScope() { stack_.FreeTo(mark_); }

// [given]
void StackAllocator::AddRecord(const std::byte* block) {
  blocks_.push_back({.begin = block, .number = ++last_number_});
}

// [given]
void StackAllocator::CheckNewest(const void* block) {
  DebugCheck(!blocks_.empty() && blocks_.back().begin == block,
             "not the newest block: it is foreign, freed, or out of order");
  if constexpr (kDebugChecks) blocks_.pop_back();
}

// [given]
void StackAllocator::ForgetBehind(const StackMark& mark) {
  DebugCheck(
      std::less_equal()(begin_, mark.top) && std::less_equal()(mark.top, top_),
      "foreign or stale mark: it is not in the used part of the buffer");
  while (!blocks_.empty() && blocks_.back().begin >= mark.top) {
    blocks_.pop_back();
  }
  DebugCheck(mark.block_number == NewestNumber(),
             "stale mark: its place was freed and used again");
}

}  // namespace workbook
