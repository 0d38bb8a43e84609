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
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/exercise/per_thread.h"
#include "tools/exercise/thread_annotations.h"

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

namespace buffer_pool_internal {

// Memory, and how much of it may be other than zero:
// bytes [dirty_bytes, capacity_bytes) are zero, always.
struct Block {
  std::byte* data = nullptr;
  std::size_t capacity_bytes = 0;
  std::size_t dirty_bytes = 0;
  std::size_t size_class = 0;
};

using Counter = std::atomic<std::uint64_t>;

// For a counter with one writer: no atomic addition.
inline void CountOne(Counter& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1,
                std::memory_order_relaxed);
}

// All of a pool that its buffers need. It dies with the pool, or with the last
// buffer that was lent, whichever is later.
class State {
 public:
  static constexpr std::size_t kMaxClasses = 32;

  explicit State(const BufferPoolOptions& options);

  Block Acquire(std::size_t min_bytes, bool zeroed) {
    const std::size_t size_class = ClassOf(min_bytes);
    Local* const local = locals_->Mine();
    if (local == nullptr) [[unlikely]] {
      return AcquireSlow(local, size_class, min_bytes, zeroed);
    }
    // Above the largest class there is a magazine too, which is always empty.
    Magazine& magazine = local->magazines[size_class];
    const std::size_t count = magazine.count.load(std::memory_order_relaxed);
    if (count == 0) [[unlikely]] {
      return AcquireSlow(local, size_class, min_bytes, zeroed);
    }
    magazine.count.store(count - 1, std::memory_order_relaxed);
    CountOne(magazine.hits);
    const Idle idle = magazine.idle[count - 1];
    return {idle.data, class_bytes_[size_class],
            zeroed ? Clean(idle) : idle.dirty_bytes, size_class};
  }

  void Release(const Block& block) {
    Local* const local = dead_ ? nullptr : locals_->Mine();
    if (local == nullptr) [[unlikely]] {
      return ReleaseSlow(local, block);
    }
    Magazine& magazine = local->magazines[block.size_class];
    const std::size_t count = magazine.count.load(std::memory_order_relaxed);
    if (count == magazine.reserved) [[unlikely]] {
      return ReleaseSlow(local, block);
    }
    CountOne(magazine.returned);
    magazine.idle[count] = {block.data, block.dirty_bytes};
    magazine.count.store(count + 1, std::memory_order_relaxed);
  }

  // A larger block for a buffer that grows, also after the pool's death.
  Block AcquireToGrow(std::size_t min_bytes, bool zeroed);

  // The pool dies: frees all idle blocks; deletes itself if none is lent.
  void Die();

  void Trim();
  BufferPoolStatistics Statistics() const;
  std::size_t BytesHeld() const;
  std::size_t BytesLent() const;

 private:
  // A thread keeps at most this many bytes, or one buffer, and at most this
  // many buffers of a class to itself.
  static constexpr std::size_t kKeptBytes = std::size_t{64} << 10;
  static constexpr std::size_t kKeptBuffers = 16;

  struct Idle {
    std::byte* data;
    std::size_t dirty_bytes;
  };

  // One thread's idle buffers of one class. The pointers lie beside the blocks,
  // not in them: popping touches no cold block, and the blocks stay zero.
  struct Magazine {
    std::atomic<std::size_t> count{0};
    // Places that the budget pays for: at least count, at most keep_. Taken
    // once and kept, so that most releases compare and need no shared counter.
    std::size_t reserved = 0;
    Counter hits{0};
    Counter misses{0};
    Counter returned{0};
    std::array<Idle, kKeptBuffers> idle;
  };

  // Of one thread. Others read the counters only.
  struct Local {
    ~Local();
    std::array<Magazine, kMaxClasses + 1> magazines;
  };

  // What the threads exchange.
  struct alignas(64) Shared {
    mutable Mutex mutex;
    std::vector<Idle> idle GUARDED_BY(mutex);
    std::atomic<std::size_t> count{0};  // for a look without the lock
  };

  static std::size_t Clean(const Idle& idle) {
    std::memset(idle.data, 0, idle.dirty_bytes);
    return 0;
  }

  // The smallest class that holds `min_bytes`, or class_count_. For powers of
  // two the loop's first test decides. `| 1` for the bit scan has no answer
  // for 0, and the test for it would be a branch.
  std::size_t ClassOf(std::size_t min_bytes) const {
    const std::size_t below = min_bytes - (min_bytes != 0);
    std::size_t size_class = first_class_[std::bit_width(below | 1)];
    while (class_bytes_[size_class] < min_bytes) ++size_class;
    return size_class;
  }

  Block AcquireSlow(Local* local, std::size_t size_class, std::size_t min_bytes,
                    bool zeroed);
  bool TakeShared(Local* local, std::size_t size_class, Idle* taken);
  void ReleaseSlow(Local* local, const Block& block);
  void ReleaseUnpooled(const Block& block);
  void Spill(Local& local, std::size_t size_class, std::size_t count);
  void Share(std::size_t size_class, std::span<const Idle> idle);
  bool ReservePlaces(Local& local, std::size_t size_class);
  bool Reserve(std::size_t size_bytes);
  void Unreserve(std::size_t size_bytes);
  void Retire(Local& local);
  template <class Visit>
  void ForEachMagazine(Visit visit) const;

  std::size_t class_count_ = 0;
  // After the last class comes one without end, of which nothing is kept.
  std::array<std::size_t, kMaxClasses + 1> class_bytes_{};
  std::array<std::size_t, kMaxClasses + 1> keep_{};
  // By bit width of (bytes - 1) | 1: the first class that may hold so many.
  std::array<std::uint8_t, 65> first_class_{};
  const std::size_t max_held_bytes_;
  bool dead_ = false;
  std::optional<PerThread<Local>> locals_;

  // Below: what is written by many threads, but rarely.
  alignas(64) std::atomic<std::size_t> reserved_bytes_{0};
  Counter dropped_{0};
  Counter oversize_{0};
  std::atomic<std::size_t> oversize_lent_{0};
  std::atomic<std::size_t> oversize_lent_bytes_{0};
  std::atomic<std::size_t> lent_after_death_{0};
  // The counters of threads that are too far in their exit to have a Local.
  std::array<Magazine, kMaxClasses> spare_;
  std::array<Shared, kMaxClasses> shared_;
};

}  // namespace buffer_pool_internal

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
  buffer_pool_internal::State* const state_;
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
    if (size_bytes > capacity_bytes_) [[unlikely]] {
      Grow(size_bytes);
    }
    size_bytes_ = size_bytes;
    dirty_bytes_ = std::max(dirty_bytes_, size_bytes);
  }

  // Adds `bytes` at the end. They may lie in this buffer.
  // Cost: amortised O(bytes): the capacity at least doubles.
  // On failure: as Resize().
  void Append(std::span<const std::byte> bytes) {
    if (bytes.size() > capacity_bytes_ - size_bytes_) [[unlikely]] {
      return AppendSlow(bytes);
    }
    if (bytes.empty()) return;
    std::memcpy(data_ + size_bytes_, bytes.data(), bytes.size());
    Resize(size_bytes_ + bytes.size());
  }

 private:
  friend class BufferPool;

  // Everything that a buffer is made of: what you add below, add here.
  void Swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_bytes_, other.size_bytes_);
    std::swap(capacity_bytes_, other.capacity_bytes_);
    std::swap(state_, other.state_);
    std::swap(dirty_bytes_, other.dirty_bytes_);
    std::swap(size_class_, other.size_class_);
    std::swap(zeroed_, other.zeroed_);
  }

  // Gives the memory back, if there is any. A destructor calls it, so it must
  // not throw.
  // [given]
  void Release() noexcept;

  // [given]
  std::byte* data_ = nullptr;
  // [given]
  std::size_t size_bytes_ = 0;
  // [given]
  std::size_t capacity_bytes_ = 0;

  Buffer(buffer_pool_internal::State* state, bool zeroed,
         const buffer_pool_internal::Block& block)
      : data_(block.data),
        capacity_bytes_(block.capacity_bytes),
        state_(state),
        dirty_bytes_(block.dirty_bytes),
        size_class_(static_cast<std::uint32_t>(block.size_class)),
        zeroed_(zeroed) {}

  void CheckTail() const;
  void Grow(std::size_t min_bytes);
  void AppendSlow(std::span<const std::byte> bytes);

  buffer_pool_internal::State* state_ = nullptr;
  std::size_t dirty_bytes_ = 0;  // the most that size() has been
  std::uint32_t size_class_ = 0;
  bool zeroed_ = false;
};

inline BufferPool::Buffer BufferPool::Acquire(std::size_t min_bytes) {
  return Buffer(state_, true, state_->Acquire(min_bytes, true));
}

inline BufferPool::Buffer BufferPool::AcquireUninitialized(
    std::size_t min_bytes) {
  return Buffer(state_, false, state_->Acquire(min_bytes, false));
}

inline void BufferPool::Buffer::Release() noexcept {
  if (state_ == nullptr) return;
  if constexpr (kDebugChecks) CheckTail();
  state_->Release({data_, capacity_bytes_, dirty_bytes_, size_class_});
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_BUFFER_POOL_H_
