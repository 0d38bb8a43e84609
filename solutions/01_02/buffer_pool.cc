// SPDX-License-Identifier: Apache-2.0

#include "01_02/buffer_pool.h"

#include <new>
#include <stdexcept>

namespace workbook {

// [given]
BufferPool::BufferPool(const BufferPoolOptions& options)
    : depot_(new BufferDepot(options.size_classes, options.max_held_bytes)) {}

// [given]
BufferPool::~BufferPool() { depot_->Die(); }

// [given]
void BufferPool::Trim() { depot_->Trim(); }

// [given]
BufferPoolStatistics BufferPool::Statistics() const {
  const BufferDepotCounts counts = depot_->Counts();
  return {.hits = counts.idle_taken,
          .misses = counts.class_blocks_made,
          .oversize = counts.oversize_blocks_made,
          .dropped = counts.dropped};
}

// [given]
std::size_t BufferPool::BytesHeld() const { return depot_->BytesHeld(); }

// [given]
std::size_t BufferPool::BytesLent() const { return depot_->BytesLent(); }

// [given]
void BufferPool::Buffer::CheckTail() const {
  bool clean = true;
  for (std::size_t i = dirty_bytes_; i < capacity_bytes_; ++i) {
    clean = clean && data_[i] == std::byte{0};
  }
  DebugCheck(clean, "a buffer was written beyond its size()");
}

// [given]
void BufferPool::Buffer::RequireDepot() const {
  if (depot_ == nullptr) {
    throw std::logic_error("BufferPool::Buffer: an empty buffer cannot grow");
  }
}

// [region larger]
// [note] Take gives the block, and this class has a constructor for it.
BufferPool::Buffer BufferPool::Buffer::Larger(std::size_t min_bytes) const {
  RequireDepot();
  Buffer larger(depot_, zeroed_, Take(*depot_, min_bytes, zeroed_));
  std::memcpy(larger.data_, data_, size_bytes_);
  larger.Resize(size_bytes_);
  return larger;
}
// [end]

void BufferPool::Buffer::AppendSlow(std::span<const std::byte> bytes) {
  const std::size_t needed = size_bytes_ + bytes.size();
  if (needed < size_bytes_) throw std::bad_alloc();
  Buffer larger = Larger(std::max(needed, 2 * capacity_bytes_));
  // Copied before the old memory goes back, for `bytes` may lie in it.
  std::memcpy(larger.data_ + size_bytes_, bytes.data(), bytes.size());
  larger.Resize(needed);
  Swap(larger);
}

}  // namespace workbook
