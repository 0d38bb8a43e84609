// SPDX-License-Identifier: Apache-2.0

#include "01_02/fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <new>
#include <stdexcept>

namespace workbook {
// [given]
namespace {

std::size_t CheckedAlignment(std::size_t alignment_bytes) {
  if (!std::has_single_bit(alignment_bytes) ||
      alignment_bytes > FixedSizePool::kMaxAlignmentBytes) {
    throw std::invalid_argument(
        "FixedSizePool: alignment_bytes must be a power of two, at most 4096");
  }
  return std::max(alignment_bytes, alignof(void*));
}

std::size_t CheckedBlockBytes(std::size_t size_bytes,
                              std::size_t alignment_bytes) {
  if (size_bytes == 0) {
    throw std::invalid_argument("FixedSizePool: block_size_bytes is 0");
  }
  const std::size_t rounded =
      (size_bytes + alignment_bytes - 1) & ~(alignment_bytes - 1);
  if (rounded < size_bytes) {
    throw std::invalid_argument("FixedSizePool: block_size_bytes is too large");
  }
  return rounded;
}

std::size_t CheckedBlocksPerChunk(std::size_t blocks, std::size_t block_bytes) {
  if (blocks == 0) {
    blocks = std::max<std::size_t>(
        1, FixedSizePool::kDefaultChunkBytes / block_bytes);
  }
  if (blocks > std::numeric_limits<std::size_t>::max() / block_bytes) {
    throw std::invalid_argument("FixedSizePool: blocks_per_chunk is too large");
  }
  return blocks;
}

}  // namespace

// [given]
FixedSizePool::FixedSizePool(const Options& options)
    : alignment_bytes_(CheckedAlignment(options.alignment_bytes)),
      block_bytes_(
          CheckedBlockBytes(options.block_size_bytes, alignment_bytes_)),
      blocks_per_chunk_(
          CheckedBlocksPerChunk(options.blocks_per_chunk, block_bytes_)),
      max_blocks_(options.max_blocks) {
  if (max_blocks_ == 0) {
    throw std::invalid_argument("FixedSizePool: max_blocks is 0");
  }
}

// [given]
FixedSizePool::~FixedSizePool() {
  DebugCheck(LentBlocks() == 0, "pool destroyed while blocks of it are lent");
}

// [given]
FixedSizePool::FixedSizePool(FixedSizePool&& other) noexcept
    : alignment_bytes_(other.alignment_bytes_),
      block_bytes_(other.block_bytes_),
      blocks_per_chunk_(other.blocks_per_chunk_),
      max_blocks_(other.max_blocks_),
      state_(std::exchange(other.state_, State{})) {}

// [given]
FixedSizePool& FixedSizePool::operator=(FixedSizePool&& other) noexcept {
  if (this != &other) {
    std::destroy_at(this);
    std::construct_at(this, std::move(other));
  }
  return *this;
}

// [given]
std::size_t FixedSizePool::BlockBytes() const { return block_bytes_; }

// [given]
std::size_t FixedSizePool::Capacity() const { return state_.capacity; }

// [given]
std::size_t FixedSizePool::LentBlocks() const {
  const auto bytes =
      static_cast<std::size_t>(state_.fresh_end - state_.fresh_begin);
  std::size_t idle = bytes / block_bytes_;
  // The bound ends the walk through a list that runs in a circle.
  for (const FreeBlock* block = state_.free;
       block != nullptr && idle < state_.capacity; block = block->next) {
    ++idle;
  }
  return state_.capacity - idle;
}

// [given]
std::size_t FixedSizePool::BytesHeld() const {
  return state_.capacity * block_bytes_ +
         state_.chunks.capacity() * sizeof(Chunk) + state_.lent.capacity() / 8;
}

// [given]
bool FixedSizePool::Owns(const void* pointer) const {
  return IndexOf(pointer) != kUnbounded;
}

void* FixedSizePool::TakeFresh() {
  if (state_.fresh_begin == state_.fresh_end) {
    if (state_.capacity == max_blocks_) return nullptr;
    Grow();
  }
  return std::exchange(state_.fresh_begin, state_.fresh_begin + block_bytes_);
}

// [note] NewChunk and ReserveMarks are given. Either may throw.
void FixedSizePool::Grow() {
  const std::size_t blocks =
      std::min(blocks_per_chunk_, max_blocks_ - state_.capacity);
  // All that may throw comes before the first change.
  Chunk chunk = NewChunk(blocks);
  ReserveMarks(blocks);
  state_.chunks.push_back(std::move(chunk));
  state_.fresh_begin = state_.chunks.back().get();
  state_.fresh_end = state_.fresh_begin + blocks * block_bytes_;
  state_.capacity += blocks;
}

// posix_memalign, since the aligned operator new of libstdc++ rounds the size
// up to the alignment: a chunk has not a byte more than its blocks.
// [given]
FixedSizePool::Chunk FixedSizePool::NewChunk(std::size_t blocks) const {
  void* memory = nullptr;
  if (posix_memalign(&memory, std::max(alignment_bytes_, kChunkAlignmentBytes),
                     blocks * block_bytes_) != 0) {
    throw std::bad_alloc();
  }
  return Chunk(static_cast<std::byte*>(memory));
}

// [given]
void FixedSizePool::ReserveMarks(std::size_t blocks) {
  if constexpr (kDebugChecks) state_.lent.resize(state_.capacity + blocks);
}

// [given]
std::size_t FixedSizePool::IndexOf(const void* pointer) const {
  const auto address = reinterpret_cast<std::uintptr_t>(pointer);
  std::size_t first_index = 0;
  for (const Chunk& chunk : state_.chunks) {
    const std::size_t blocks =
        std::min(blocks_per_chunk_, state_.capacity - first_index);
    const std::size_t offset =
        address - reinterpret_cast<std::uintptr_t>(chunk.get());
    if (offset < blocks * block_bytes_) {
      const bool is_start = offset % block_bytes_ == 0;
      return is_start ? first_index + offset / block_bytes_ : kUnbounded;
    }
    first_index += blocks;
  }
  return kUnbounded;
}

// [given]
void FixedSizePool::MarkLent(const void* block) {
  if (block == nullptr) return;
  const std::size_t index = IndexOf(block);
  DebugCheck(index != kUnbounded,
             "Allocate returns what is no block of a chunk");
  state_.lent[index] = true;
}

// [given]
void FixedSizePool::MarkFree(const void* block) {
  const std::size_t index = IndexOf(block);
  DebugCheck(index != kUnbounded, "foreign pointer: not a block of this pool");
  DebugCheck(state_.lent[index], "double free: the block is not lent");
  state_.lent[index] = false;
}

}  // namespace workbook
