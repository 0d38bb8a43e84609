// SPDX-License-Identifier: Apache-2.0

// 01_02 task 5: byte buffers that come back clean.
//
// A server reads and writes through buffers of a few kilobytes, thousands of
// times a second. `new std::byte[n]()` pays for the allocator and for zeros
// that nobody reads. The pool keeps buffers by size class, and knows of each
// how much of it was ever written: only that much has to be cleared before
// somebody else gets it.
#ifndef WORKBOOK_01_02_BUFFER_POOL_H_
#define WORKBOOK_01_02_BUFFER_POOL_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/exercise/per_thread.h"
#include "tools/exercise/todo.h"

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

  // Hits of all calls, 0 to 1; 0 when there were none.
  double HitRate() const {
    const std::uint64_t calls = hits + misses + oversize;
    return calls == 0 ? 0.0
                      : static_cast<double>(hits) / static_cast<double>(calls);
  }
};

// Thread safety: all functions may be called from any thread at any time, but
// for construction and destruction. A buffer belongs to one thread at a time;
// it may be released on another than it was acquired on.
// Source: magazines over a shared depot, as in Bonwick and Adams, "Magazines
// and Vmem" (2001); size classes rounded to powers of two.
class BufferPool {
 public:
  class Buffer;

  // On failure: std::invalid_argument if a size class is 0, if the classes do
  // not ascend, or if there are more than 32.
  explicit BufferPool(const BufferPoolOptions& options = {});

  // Frees the idle buffers. Buffers that are lent stay valid, may even grow,
  // and are freed when they are released.
  // REQUIRES: no other call is running.
  ~BufferPool();
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  // An empty buffer of the smallest class that holds `min_bytes`; 0 counts as
  // 1. All its capacity is zero, whatever an earlier user left in it. Above the
  // largest class: exactly `min_bytes`, and not kept afterwards.
  // Cost: O(1) and no lock while the thread has an idle buffer, and the
  // clearing of as many bytes as its last users wrote (not of its capacity).
  // On failure: std::bad_alloc; the pool is as it was.
  Buffer Acquire(std::size_t min_bytes);

  // The same without clearing: the bytes are anything, another user's included.
  // For whoever overwrites all that he will read.
  Buffer AcquireUninitialized(std::size_t min_bytes);

  // Frees idle buffers: the shared ones and the calling thread's. What other
  // threads keep to themselves (at most 64 KiB, or one buffer, a class) stays.
  void Trim();

  // Exact when no other call is running, else a recent state.
  BufferPoolStatistics Statistics() const;
  // Capacity of the idle buffers: at most max_held_bytes.
  std::size_t BytesHeld() const;
  // Capacity of the buffers that are lent.
  std::size_t BytesLent() const;

 private:
  // Your data members.
};

// Memory on loan. Released by its destructor, on whichever thread that runs.
// A default-constructed or moved-from buffer is empty: data() is nullptr,
// capacity() is 0, and growing it throws std::logic_error.
class BufferPool::Buffer {
 public:
  Buffer() = default;
  ~Buffer() { Release(); }
  Buffer(Buffer&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
  }
  Buffer& operator=(Buffer&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
    return *this;
  }

  // Aligned for every scalar type. Bytes from size() on are not the caller's:
  // writing them is a bug, which debug builds report at release.
  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return size_bytes_; }
  std::size_t capacity() const { return capacity_bytes_; }
  std::span<std::byte> bytes() { return {data_, size_bytes_}; }

  // Sets size(). Bytes that come into view are zero, or what this user wrote
  // there before; after AcquireUninitialized() they may be anything. Above
  // capacity() the content moves to a larger buffer of the pool.
  // Cost: O(1); growing: as Acquire(), and a copy of size() bytes.
  // On failure: std::bad_alloc, std::logic_error; the buffer is as it was.
  void Resize(std::size_t size_bytes) {
    Todo("01_02 task 5: BufferPool::Buffer::Resize");
  }

  // Adds `bytes` at the end. They may lie in this buffer.
  // Cost: amortised O(bytes): the capacity at least doubles.
  // On failure: as Resize().
  void Append(std::span<const std::byte> bytes) {
    Todo("01_02 task 5: BufferPool::Buffer::Append");
  }

 private:
  friend class BufferPool;

  // Your data members.

  // Gives the memory back, if there is any. A destructor calls it, so it must
  // not throw.
  void Release() noexcept;

  std::byte* data_ = nullptr;
  std::size_t size_bytes_ = 0;
  std::size_t capacity_bytes_ = 0;
};

inline BufferPool::Buffer BufferPool::Acquire(std::size_t min_bytes) {
  Todo("01_02 task 5: BufferPool::Acquire");
}

inline BufferPool::Buffer BufferPool::AcquireUninitialized(
    std::size_t min_bytes) {
  Todo("01_02 task 5: BufferPool::AcquireUninitialized");
}

inline void BufferPool::Buffer::Release() noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_BUFFER_POOL_H_
