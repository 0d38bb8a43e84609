// SPDX-License-Identifier: Apache-2.0

#include "01_01/tiny_allocator.h"

#include <cstring>

namespace workbook {
namespace {

constexpr std::size_t kBlocks = kPageBytes / kTinyBlockBytes;

std::size_t AlignmentFor(std::size_t bytes) {
  if (bytes % 8 == 0) return 8;
  if (bytes % 4 == 0) return 4;
  return bytes % 2 == 0 ? 2 : 1;
}

std::size_t Aligned(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) & ~(alignment - 1);
}

}  // namespace

std::uint8_t& TinyAllocator::LiveObjects(Span* span,
                                         std::uintptr_t block) const {
  auto* const counts = static_cast<std::uint8_t*>(span->side_table);
  return counts[(block - span->Start()) / kTinyBlockBytes];
}

std::uintptr_t TinyAllocator::TakeBlock() {
  Span* span = partial_.First();
  if (span == nullptr) {
    span = heap_.Allocate(1, 1, kTinyClass);
    if (span == nullptr) return 0;
    if (span->side_table == nullptr) {
      span->side_table = heap_.AllocateMetadata(kBlocks);
    }
    if (span->side_table == nullptr) {
      heap_.Free(span);
      return 0;
    }
    partial_.PushFront(span);
    ++statistics_.spans;
  }
  void* block = span->free_objects;
  if (block != nullptr) {
    std::memcpy(&span->free_objects, block, sizeof(void*));
  } else {
    block = reinterpret_cast<void*>(span->Start() +
                                    span->carved++ * kTinyBlockBytes);
  }
  if (++span->used == kBlocks) partial_.Remove(span);
  ++statistics_.blocks;
  return reinterpret_cast<std::uintptr_t>(block);
}

void TinyAllocator::GiveBlock(std::uintptr_t block) {
  void* const memory = reinterpret_cast<void*>(block);
  Span* const span = map_.SpanOf(memory);
  if (span->used == kBlocks) partial_.PushFront(span);
  std::memcpy(memory, &span->free_objects, sizeof(void*));
  span->free_objects = memory;
  --statistics_.blocks;
  if (--span->used > 0) return;
  partial_.Remove(span);
  --statistics_.spans;
  heap_.Free(span);
}

void* TinyAllocator::Allocate(std::size_t bytes) {
  std::size_t offset = Aligned(offset_, AlignmentFor(bytes));
  std::uintptr_t block = current_;
  if (block == 0 || offset + bytes > kTinyBlockBytes) {
    block = TakeBlock();
    if (block == 0) return nullptr;
    offset = 0;
    const bool new_has_more_room = current_ == 0 || bytes < offset_;
    if (new_has_more_room) {
      // The old one has live objects: an empty one has room for anything.
      current_ = block;
      offset_ = bytes;
    }
  } else {
    offset_ = offset + bytes;
  }
  void* const object = reinterpret_cast<void*>(block + offset);
  ++LiveObjects(map_.SpanOf(object), block);
  ++statistics_.objects;
  return object;
}

void TinyAllocator::Deallocate(void* object) {
  const std::uintptr_t block =
      reinterpret_cast<std::uintptr_t>(object) & ~(kTinyBlockBytes - 1);
  --statistics_.objects;
  if (--LiveObjects(map_.SpanOf(object), block) > 0) return;
  if (block == current_) {
    offset_ = 0;  // still current, and as good as new
  } else {
    GiveBlock(block);
  }
}

}  // namespace workbook
