// SPDX-License-Identifier: Apache-2.0

// String builders that keep their capacity.
//
// Text that is built piece by piece costs an allocation each time it outgrows
// its memory, and all of it again for the next text. A builder from the pool
// comes back empty, but with the memory that it has grown to. One text of 10 MB
// must not pin 10 MB forever: a builder that has grown too large is dropped.
#ifndef WORKBOOK_01_02_STRING_BUILDER_POOL_H_
#define WORKBOOK_01_02_STRING_BUILDER_POOL_H_

#include <array>
#include <atomic>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/exercise/per_thread.h"
#include "tools/exercise/todo.h"

namespace workbook {

// What AppendNumber() takes: no bool and no character, which are text.
template <class T>
concept Number = std::same_as<T, float> || std::same_as<T, double> ||
    (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
     !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
     !std::same_as<T, char16_t> && !std::same_as<T, char32_t>);

// Text that grows at its end.
// Thread safety: one thread at a time.
class StringBuilder {
 public:
  // Makes an empty builder. It takes no memory until something is appended.
  StringBuilder() = default;
  ~StringBuilder();
  StringBuilder(const StringBuilder&) = delete;
  StringBuilder& operator=(const StringBuilder&) = delete;

  // Adds `text` at the end. It may be a part of this builder.
  // Cost: amortised O(text): the capacity at least doubles when it is full.
  // On failure: std::bad_alloc; the builder is as it was.
  StringBuilder& Append(std::string_view text) {
    Todo("01_02 task 9: StringBuilder::Append");
  }

  StringBuilder& Append(char character) {
    return Append(std::string_view(&character, 1));
  }

  // Adds the decimal form of `number`, as std::to_chars writes it: for float
  // and double the shortest text that reads back as the same value.
  // Cost: no allocation beyond growth, no copy: it is written in place.
  // On failure: std::bad_alloc; the builder is as it was.
  template <Number T>
  StringBuilder& AppendNumber(T number) {
    // 24 characters hold every number: "-2.2250738585072014e-308".
    Todo("01_02 task 9: StringBuilder::AppendNumber");
  }

  // Makes room for `capacity_bytes` in all; never shrinks.
  // On failure: std::bad_alloc; the builder is as it was.
  void Reserve(std::size_t capacity_bytes);

  // Forgets the text, keeps the memory. O(1).
  void Clear() { size_bytes_ = 0; }

  // Returns the text, valid until the next call that is not const.
  std::string_view view() const { return {data_, size_bytes_}; }
  std::size_t size() const { return size_bytes_; }
  std::size_t capacity() const { return capacity_bytes_; }

 private:
  // Does what Append does, where the capacity is too small.
  void AppendSlow(std::string_view text);
  // Returns a capacity for `needed_bytes`: at least that, twice the present
  // one, and 64. Throws std::bad_alloc for more than PTRDIFF_MAX.
  std::size_t LargerCapacity(std::size_t needed_bytes) const;

  char* data_ = nullptr;  // of std::malloc or std::realloc
  std::size_t size_bytes_ = 0;
  std::size_t capacity_bytes_ = 0;
};

struct StringBuilderPoolOptions {
  // What a new builder has room for.
  std::size_t initial_capacity_bytes = 256;
  // A builder that has grown beyond this is destroyed when it comes back.
  std::size_t max_retained_bytes = std::size_t{64} << 10;
  // So is one that would be more than this many idle, of all threads together.
  std::size_t max_idle_builders = 1024;
};

struct StringBuilderPoolStatistics {
  std::uint64_t hits = 0;      // Acquire() found an idle builder
  std::uint64_t misses = 0;    // Acquire() made one
  std::uint64_t oversize = 0;  // came back too large, and were destroyed
  std::uint64_t surplus = 0;   // came back when enough were idle: destroyed

  // Returns the hits of all calls, 0 to 1; 0 when there were none.
  double HitRate() const {
    const std::uint64_t calls = hits + misses;
    return calls == 0 ? 0.0
                      : static_cast<double>(hits) / static_cast<double>(calls);
  }
};

// All of a pool that its builders need. It dies with the pool, or with the last
// builder that was lent, whichever is later.
class StringBuilderStore {
 public:
  // Makes a store without builders.
  // On failure: as the pool's constructor.
  explicit StringBuilderStore(const StringBuilderPoolOptions& options);

  // Lends the newest of the thread's idle builders.
  StringBuilder* Acquire() {
    Todo("01_02 task 9: StringBuilderStore::Acquire");
  }

  // Takes a builder back: cleared, among the thread's idle ones.
  void Release(StringBuilder* builder) {
    Todo("01_02 task 9: StringBuilderStore::Release");
  }

  // Ends the pool: destroys all idle builders; deletes itself if none is lent.
  // REQUIRES: no other call is running.
  void Die();

  StringBuilderPoolStatistics Statistics() const;
  std::size_t BuildersHeld() const;
  std::size_t BytesHeld() const;
  std::size_t BuildersLent() const;

 private:
  // Adds to a number that has one writer, which needs no atomic addition. Wraps
  // like any unsigned.
  static void Add(std::atomic<std::size_t>& sum, std::size_t amount) {
    sum.store(sum.load(std::memory_order_relaxed) + amount,
              std::memory_order_relaxed);
  }

  // What a thread keeps to itself. With 8, a thread that nests a few builders
  // never meets the lock, and 100 threads sit on no more than 800.
  static constexpr std::size_t kKept = 8;

  // Of one thread. Others read the atomics only.
  struct Local {
    ~Local();

    std::atomic<std::size_t> count{0};
    // The part of max_idle_builders that the thread has taken: at least count,
    // at most kKept. Taken once and kept, so that most releases need no shared
    // counter.
    std::size_t reserved = 0;
    std::atomic<std::size_t> held_bytes{0};
    std::atomic<std::size_t> hits{0};
    std::atomic<std::size_t> misses{0};
    std::atomic<std::size_t> returned{0};
    std::array<StringBuilder*, kKept> idle;
  };

  // Serves where the thread has no idle builder, or may not keep this one.
  // `local` is nullptr on a thread that is far in its exit.
  StringBuilder* AcquireSlow(Local* local);
  // Takes a shared builder, and some more for the thread. nullptr: none.
  StringBuilder* TakeShared(Local* local);
  StringBuilder* PopShared();
  void ReleaseSlow(Local* local, StringBuilder* builder);
  // Moves the oldest `count` builders of a thread to the shared ones.
  void Spill(Local& local, std::size_t count);
  void Share(StringBuilder* const* builders, std::size_t count);
  // Takes a part of max_idle_builders; returns how much.
  std::size_t ReserveUpTo(std::size_t wanted);
  void Retire(Local& local);
  template <class Visit>
  void ForEachLocal(Visit visit) const;

  const StringBuilderPoolOptions options_;
  const std::size_t max_retained_bytes_;
  bool dead_ = false;
  std::optional<PerThread<Local>> locals_;

  // Below: what is written by many threads, but rarely.
  alignas(64) mutable std::mutex mutex_;
  std::vector<StringBuilder*> shared_;
  std::size_t shared_bytes_ = 0;
  std::atomic<std::size_t> shared_count_{0};  // for a look without the lock
  std::atomic<std::size_t> reserved_{0};
  std::atomic<std::uint64_t> oversize_{0};
  std::atomic<std::uint64_t> surplus_{0};
  std::atomic<std::size_t> lent_after_death_{0};
  // The counters of threads that are too far in their exit to have a Local.
  Local spare_;
};

// Thread safety: all functions may be called from any thread at any time, but
// for construction and destruction. A builder belongs to one thread at a time;
// it may be released on another than it was acquired on.
// Source: as BufferPool; the size limit is the advice in Go's fmt package,
// whose printer drops buffers above 64 KiB.
class StringBuilderPool {
 public:
  class Handle;

  // Makes a pool without builders.
  // On failure: std::invalid_argument if initial_capacity_bytes is more than
  // max_retained_bytes: no builder would ever be kept.
  explicit StringBuilderPool(const StringBuilderPoolOptions& options = {});

  // Destroys the idle builders. Those that are lent stay usable, and are
  // destroyed when they are released.
  // REQUIRES: no other call is running.
  ~StringBuilderPool();
  StringBuilderPool(const StringBuilderPool&) = delete;
  StringBuilderPool& operator=(const StringBuilderPool&) = delete;

  // Returns an empty builder, with the capacity that it had grown to.
  // Cost: O(1), no lock and no allocation while the thread has an idle builder.
  // On failure: std::bad_alloc; the pool is as it was.
  Handle Acquire();

  // Sums up all threads: exact when no other call is running, else a recent
  // state.
  StringBuilderPoolStatistics Statistics() const;
  std::size_t BuildersHeld() const;  // idle
  std::size_t BytesHeld() const;     // capacity of the idle ones
  std::size_t BuildersLent() const;

 private:
  StringBuilderStore* const state_;
};

// A builder on loan. Released by its destructor, on whichever thread that runs.
// A default-constructed or moved-from handle is empty; using its builder is a
// bug, which debug builds report.
class StringBuilderPool::Handle {
 public:
  Handle() = default;
  ~Handle() { Release(); }
  Handle(Handle&& other) noexcept { Swap(other); }
  Handle& operator=(Handle&& other) noexcept {
    Handle(std::move(other)).Swap(*this);
    return *this;
  }

  explicit operator bool() const { return builder_ != nullptr; }
  StringBuilder& operator*() const {
    DebugCheck(builder_ != nullptr, "an empty handle was used");
    return *builder_;
  }
  StringBuilder* operator->() const { return &**this; }

 private:
  friend class StringBuilderPool;

  void Swap(Handle& other) noexcept {
    std::swap(builder_, other.builder_);
    std::swap(state_, other.state_);
  }

  // Gives the builder back, if there is one.
  void Release() noexcept;

  Handle(StringBuilderStore* state, StringBuilder* builder)
      : builder_(builder), state_(state) {}

  StringBuilder* builder_ = nullptr;
  StringBuilderStore* state_ = nullptr;
};

inline StringBuilderPool::Handle StringBuilderPool::Acquire() {
  return Handle(state_, state_->Acquire());
}

inline void StringBuilderPool::Handle::Release() noexcept {
  if (builder_ != nullptr) state_->Release(builder_);
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_STRING_BUILDER_POOL_H_
