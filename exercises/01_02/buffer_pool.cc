// SPDX-License-Identifier: Apache-2.0

#include "01_02/buffer_pool.h"

#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

BufferPool::BufferPool(const BufferPoolOptions& options)
    : depot_(new BufferDepot(options.size_classes, options.max_held_bytes)) {}

BufferPool::~BufferPool() { depot_->Die(); }

void BufferPool::Trim() { depot_->Trim(); }

BufferPoolStatistics BufferPool::Statistics() const {
  const BufferDepotCounts counts = depot_->Counts();
  return {.hits = counts.idle_taken,
          .misses = counts.class_blocks_made,
          .oversize = counts.oversize_blocks_made,
          .dropped = counts.dropped};
}

std::size_t BufferPool::BytesHeld() const { return depot_->BytesHeld(); }

std::size_t BufferPool::BytesLent() const { return depot_->BytesLent(); }

void BufferPool::Buffer::CheckTail() const {
  bool clean = true;
  for (std::size_t i = dirty_bytes_; i < capacity_bytes_; ++i) {
    clean = clean && data_[i] == std::byte{0};
  }
  DebugCheck(clean, "a buffer was written beyond its size()");
}

void BufferPool::Buffer::RequireDepot() const {
  if (depot_ == nullptr) {
    throw std::logic_error("BufferPool::Buffer: an empty buffer cannot grow");
  }
}

BufferPool::Buffer BufferPool::Buffer::Larger(std::size_t min_bytes) const {
  // Take gives the block, and this class has a constructor for it.
  Todo("01_02 task 4: BufferPool::Buffer::Larger");
}

void BufferPool::Buffer::AppendSlow(std::span<const std::byte> bytes) {
  Todo("01_02 task 4: BufferPool::Buffer::AppendSlow");
}

}  // namespace workbook
