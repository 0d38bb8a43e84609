// SPDX-License-Identifier: Apache-2.0

// 01_02 task 6: string builders that keep their capacity.
//
// Text that is built piece by piece costs an allocation each time it outgrows
// its memory, and all of it again for the next text. A builder from the pool
// comes back empty, but with the memory that it has grown to. One text of 10 MB
// must not pin 10 MB for ever: a builder that has grown too large is dropped.
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
  // REQUIRES: nothing; no memory is taken until something is appended.
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

  // Valid until the next call that is not const.
  std::string_view view() const { return {data_, size_bytes_}; }
  std::size_t size() const { return size_bytes_; }
  std::size_t capacity() const { return capacity_bytes_; }

 private:
  // Your data members.

  char* data_ = nullptr;
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

  // Hits of all calls, 0 to 1; 0 when there were none.
  double HitRate() const {
    const std::uint64_t calls = hits + misses;
    return calls == 0 ? 0.0
                      : static_cast<double>(hits) / static_cast<double>(calls);
  }
};

// Thread safety: all functions may be called from any thread at any time, but
// for construction and destruction. A builder belongs to one thread at a time;
// it may be released on another than it was acquired on.
// Source: as task 5; the size limit is the advice in Go's fmt package, whose
// printer drops buffers above 64 KiB.
class StringBuilderPool {
 public:
  class Handle;

  // On failure: std::invalid_argument if initial_capacity_bytes is more than
  // max_retained_bytes: no builder would ever be kept.
  explicit StringBuilderPool(const StringBuilderPoolOptions& options = {});

  // Destroys the idle builders. Those that are lent stay usable, and are
  // destroyed when they are released.
  // REQUIRES: no other call is running.
  ~StringBuilderPool();
  StringBuilderPool(const StringBuilderPool&) = delete;
  StringBuilderPool& operator=(const StringBuilderPool&) = delete;

  // An empty builder, with the capacity that it had grown to.
  // Cost: O(1), no lock and no allocation while the thread has an idle builder.
  // On failure: std::bad_alloc; the pool is as it was.
  Handle Acquire();

  // Exact when no other call is running, else a recent state.
  StringBuilderPoolStatistics Statistics() const;
  std::size_t BuildersHeld() const;  // idle
  std::size_t BytesHeld() const;     // capacity of the idle ones
  std::size_t BuildersLent() const;

 private:
  // Your data members.
};

// A builder on loan. Released by its destructor, on whichever thread that runs.
// A default-constructed or moved-from handle is empty; using its builder is a
// bug, which debug builds report.
class StringBuilderPool::Handle {
 public:
  Handle() = default;
  ~Handle() { Release(); }
  Handle(Handle&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
  }
  Handle& operator=(Handle&& other) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
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

  // Your data members.

  // Gives the builder back, if there is one. A destructor calls it, so it must
  // not throw.
  void Release() noexcept;

  StringBuilder* builder_ = nullptr;
};

inline StringBuilderPool::Handle StringBuilderPool::Acquire() {
  Todo("01_02 task 9: StringBuilderPool::Acquire");
}

inline void StringBuilderPool::Handle::Release() noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_STRING_BUILDER_POOL_H_
