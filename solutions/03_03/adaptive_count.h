// SPDX-License-Identifier: Apache-2.0

// A count of owners that pays for threads only where there are some.
#ifndef WORKBOOK_03_03_ADAPTIVE_COUNT_H_
#define WORKBOOK_03_03_ADAPTIVE_COUNT_H_

#include <sys/single_threaded.h>

#include <atomic>
#include <cstddef>

namespace workbook {

// Counts by a locked instruction each time. Given.
// [given]
class AtomicCount {
 public:
  // Adds an owner.
  // Cost: one atomic addition.
  void Increment() { count_.fetch_add(1, std::memory_order_relaxed); }
  // Removes an owner and returns whether it was the last one.
  // REQUIRES: there is an owner.
  // Cost: one atomic subtraction.
  bool Decrement() {
    return count_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }

 private:
  std::atomic<std::size_t> count_{1};
};

// Counts without a thought of other threads. Given.
// [given]
class PlainCount {
 public:
  // Adds an owner.
  // Cost: O(1), no atomic operation.
  // Thread safety: one thread at a time.
  void Increment() { ++count_; }
  // Removes an owner and returns whether it was the last one.
  // REQUIRES: there is an owner.
  // Cost: O(1), no atomic operation.
  bool Decrement() { return --count_ == 0; }

 private:
  std::size_t count_ = 1;
};

// Says whether this process has ever started a second thread. Given.
// Source: glibc 2.32, sys/single_threaded.h.
// [given]
struct ThisProcess {
  static bool IsSingleThreaded() { return __libc_single_threaded != 0; }
};

// Counts as an AtomicCount while the process has several threads. As long as it
// has one, a load and a store replace each locked instruction. One owner from
// the beginning on.
// `Cell` is a std::atomic<std::size_t>, or a test's that counts what is done to
// it; `Process` answers as ThisProcess does.
// Thread safety: any thread. The start of a thread happens before all that the
// thread does, so it sees what was counted without it.
// Source: libstdc++, ext/atomicity.h, __exchange_and_add_dispatch.
template <class Cell = std::atomic<std::size_t>, class Process = ThisProcess>
class AdaptiveCount {
 public:
  // Adds an owner.
  // Cost: one load and one store in a process of one thread, else one relaxed
  // fetch_add.
  void Increment();

  // Removes an owner and returns whether it was the last one: then all that
  // other owners did before they were removed has happened.
  // REQUIRES: there is an owner.
  // Cost: one load and one store in a process of one thread, else one fetch_sub
  // that acquires and releases.
  bool Decrement();

 private:
  Cell count_{1};
};

template <class Cell, class Process>
void AdaptiveCount<Cell, Process>::Increment() {
  if (Process::IsSingleThreaded()) {
    const std::size_t count = count_.load(std::memory_order_relaxed);
    count_.store(count + 1, std::memory_order_relaxed);
  } else {
    count_.fetch_add(1, std::memory_order_relaxed);
  }
}

template <class Cell, class Process>
bool AdaptiveCount<Cell, Process>::Decrement() {
  if (!Process::IsSingleThreaded()) {
    return count_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  const std::size_t count = count_.load(std::memory_order_relaxed);
  count_.store(count - 1, std::memory_order_relaxed);
  return count == 1;
}

}  // namespace workbook

#endif  // WORKBOOK_03_03_ADAPTIVE_COUNT_H_
