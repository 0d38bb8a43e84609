// SPDX-License-Identifier: Apache-2.0

// Byte buffers that come back clean.
//
// A server reads and writes through buffers of a few kilobytes, thousands of
// times a second. `new std::byte[n]()` pays for the allocator and for zeros
// that are never read. The pool keeps buffers by size class, and knows of each
// how much of it was ever written: only that much has to be cleared before the
// next user gets it.
#ifndef WORKBOOK_01_02_BUFFER_POOL_H_
#define WORKBOOK_01_02_BUFFER_POOL_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "01_02/buffer_depot.h"
#include "tools/exercise/debug_check.h"

namespace workbook {

struct BufferPoolOptions {
  // The capacities that buffers come in, ascending. Empty means the powers of
  // two from 64 B to 1 MiB.
  std::vector<std::size_t> size_classes = {};
  // The most that idle buffers may hold, of all threads together. A buffer that
  // would exceed it is freed when it comes back.
  std::size_t max_held_bytes = std::size_t{64} << 20;
};

// What became of the calls of Acquire(), growth included.
struct BufferPoolStatistics {
  std::uint64_t hits = 0;      // served by an idle buffer
  std::uint64_t misses = 0;    // a new buffer of a size class
  std::uint64_t oversize = 0;  // above the largest class: made for this call
  std::uint64_t dropped = 0;   // came back above the budget, and were freed

  // Returns the hits of all calls, 0 to 1; 0 when there were none.
  // [yours]
  double HitRate() const {
    const std::uint64_t calls = hits + misses + oversize;
    return calls == 0 ? 0.0
                      : static_cast<double>(hits) / static_cast<double>(calls);
  }
};

// Thread safety: all functions may be called from any thread at any time, but
// for construction and destruction. A buffer belongs to one thread at a time;
// it may be released on another than it was acquired on.
// Source: buffers by size class over a depot, as in Bonwick and Adams,
// "Magazines and Vmem" (2001).
class BufferPool {
 public:
  class Buffer;

  // Makes a pool without buffers.
  // On failure: std::invalid_argument if a size class is 0, if the classes do
  // not ascend, or if there are more than 32.
  explicit BufferPool(const BufferPoolOptions& options = {});

  // Frees the idle buffers. Buffers that are lent stay valid, may even grow,
  // and are freed when they are released.
  // REQUIRES: no other call is running.
  ~BufferPool();
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  // Returns an empty buffer of the smallest class that holds `min_bytes`; 0
  // counts as 1. All its capacity is zero, whatever an earlier user left in it.
  // Above the largest class: exactly `min_bytes`, and not kept afterwards.
  // Cost: O(1) and no lock while the thread has an idle buffer, and the
  // clearing of as many bytes as its last users wrote (not of its capacity).
  // On failure: std::bad_alloc; the pool is as it was.
  Buffer Acquire(std::size_t min_bytes);

  // Does the same without clearing: the bytes are anything, another user's
  // included. For callers that overwrite all that they will read.
  Buffer AcquireUninitialized(std::size_t min_bytes);

  // Frees idle buffers: the shared ones and the calling thread's. What other
  // threads keep to themselves (at most 64 KiB, or one buffer, a class) stays.
  void Trim();

  // Sums up all threads: exact when no other call is running, else a recent
  // state.
  BufferPoolStatistics Statistics() const;
  // Returns the capacity of the idle buffers: at most max_held_bytes.
  std::size_t BytesHeld() const;
  // Returns the capacity of the buffers that are lent.
  std::size_t BytesLent() const;

 private:  // [given]
  // Returns the smallest class that holds `min_bytes`; 0 bytes count as 1.
  // depot.ClassCount() if none does.
  static std::size_t ClassOf(const BufferDepot& depot, std::size_t min_bytes);
  // Takes a block of that class: an idle one of the depot, else a new one. If
  // `zeroed`, all of it is zero then, and its dirty_bytes are 0.
  // Always inlined: its four words would go through memory otherwise.
  // On failure: std::bad_alloc; nothing has changed.
  [[gnu::always_inline]] static BufferBlock Take(BufferDepot& depot,
                                                 std::size_t min_bytes,
                                                 bool zeroed);

  // It outlives the pool while a buffer is lent.
  BufferDepot* const depot_;
};

// Memory on loan. Released by its destructor, on whichever thread that runs.
// A default-constructed or moved-from buffer is empty: data() is nullptr,
// capacity() is 0, and growing it throws std::logic_error.
class BufferPool::Buffer {
 public:
  Buffer() = default;
  ~Buffer() { Release(); }
  Buffer(Buffer&& other) noexcept { Swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    Buffer(std::move(other)).Swap(*this);
    return *this;
  }

  // Returns memory that is aligned for every scalar type. Bytes from size() on
  // are not the caller's: writing them is a bug, which debug builds report at
  // release.
  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return size_bytes_; }
  std::size_t capacity() const { return capacity_bytes_; }
  std::span<std::byte> bytes() { return {data_, size_bytes_}; }

  // Sets size(). Bytes that come into view are zero, or what this user wrote
  // there before; after AcquireUninitialized() they may be anything. Above
  // capacity() the content moves to a larger buffer of the pool.
  // Cost: O(1); growing: as Acquire(size_bytes), and a copy of size() bytes.
  // On failure: std::bad_alloc, std::logic_error; the buffer is as it was.
  void Resize(std::size_t size_bytes);

  // Adds `bytes` at the end. They may lie in this buffer.
  // Cost: amortised O(bytes): where the capacity is too small, the buffer asks
  // for at least twice its capacity.
  // On failure: as Resize().
  void Append(std::span<const std::byte> bytes);

 private:  // [given]
  friend class BufferPool;

  Buffer(BufferDepot* depot, bool zeroed, const BufferBlock& block)
      : data_(block.data),
        capacity_bytes_(block.capacity_bytes),
        depot_(depot),
        dirty_bytes_(block.dirty_bytes),
        size_class_(static_cast<std::uint32_t>(block.size_class)),
        zeroed_(zeroed) {}

  void Swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_bytes_, other.size_bytes_);
    std::swap(capacity_bytes_, other.capacity_bytes_);
    std::swap(depot_, other.depot_);
    std::swap(dirty_bytes_, other.dirty_bytes_);
    std::swap(size_class_, other.size_class_);
    std::swap(zeroed_, other.zeroed_);
  }

  // Gives the memory back, if there is any.
  void Release() noexcept {
    if (depot_ == nullptr) return;
    if constexpr (kDebugChecks) CheckTail();
    depot_->Put({data_, capacity_bytes_, dirty_bytes_, size_class_});
  }

  // Aborts if a byte behind dirty_bytes_ is not zero.
  void CheckTail() const;
  // Throws std::logic_error if the buffer is empty: it has no depot.
  void RequireDepot() const;

  // Returns a buffer of the same pool that holds at least `min_bytes`, with
  // this one's bytes and size(). This one stays as it is.
  // On failure: std::bad_alloc, std::logic_error (RequireDepot).
  Buffer Larger(std::size_t min_bytes) const;
  // Does what Append does, where the capacity is too small.
  void AppendSlow(std::span<const std::byte> bytes);

  std::byte* data_ = nullptr;
  std::size_t size_bytes_ = 0;
  std::size_t capacity_bytes_ = 0;
  BufferDepot* depot_ = nullptr;
  // How far the block may be other than zero: the most that size() has been, of
  // this user and of earlier ones whose bytes were not cleared.
  std::size_t dirty_bytes_ = 0;
  // Narrower than in a BufferBlock: gcc would copy it and its neighbour by one
  // load of 16 bytes, which waits for both stores to leave the processor.
  std::uint32_t size_class_ = 0;
  bool zeroed_ = false;  // what growth shows has to be zero
};

// [given]
inline BufferPool::Buffer BufferPool::Acquire(std::size_t min_bytes) {
  return Buffer(depot_, true, Take(*depot_, min_bytes, true));
}

// [given]
inline BufferPool::Buffer BufferPool::AcquireUninitialized(
    std::size_t min_bytes) {
  return Buffer(depot_, false, Take(*depot_, min_bytes, false));
}

// [note] depot.FirstClass and depot.ClassBytes are given.
inline std::size_t BufferPool::ClassOf(const BufferDepot& depot,
                                       std::size_t min_bytes) {
  std::size_t size_class = depot.FirstClass(min_bytes);
  while (depot.ClassBytes(size_class) < min_bytes) ++size_class;
  return size_class;
}

// [region take]
// [note] depot.TakeIdle and depot.NewBlock are given; they count hits and
// [note] misses.
inline BufferBlock BufferPool::Take(BufferDepot& depot, std::size_t min_bytes,
                                    bool zeroed) {
  const std::size_t size_class = ClassOf(depot, min_bytes);
  const BufferDepot::Idle idle = depot.TakeIdle(size_class);
  if (idle.data == nullptr) [[unlikely]] {
    return depot.NewBlock(size_class, min_bytes, zeroed);
  }
  if (zeroed) std::memset(idle.data, 0, idle.dirty_bytes);
  return {.data = idle.data,
          .capacity_bytes = depot.ClassBytes(size_class),
          .dirty_bytes = zeroed ? 0 : idle.dirty_bytes,
          .size_class = size_class};
}
// [end]

// [region resize]
inline void BufferPool::Buffer::Resize(std::size_t size_bytes) {
  if (size_bytes > capacity_bytes_) [[unlikely]] {
    Larger(size_bytes).Swap(*this);
  }
  size_bytes_ = size_bytes;
  dirty_bytes_ = std::max(dirty_bytes_, size_bytes);
}
// [end]

inline void BufferPool::Buffer::Append(std::span<const std::byte> bytes) {
  if (bytes.size() > capacity_bytes_ - size_bytes_) [[unlikely]] {
    return AppendSlow(bytes);
  }
  if (bytes.empty()) return;
  std::memcpy(data_ + size_bytes_, bytes.data(), bytes.size());
  Resize(size_bytes_ + bytes.size());
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_BUFFER_POOL_H_
