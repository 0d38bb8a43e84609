// SPDX-License-Identifier: Apache-2.0

// A mutex that a thread can hold over a fork.
#ifndef WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_
#define WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_

#include <atomic>
#include <mutex>

#include "tools/exercise/thread_annotations.h"

namespace workbook {
namespace fork_mutex_internal {

// Its address names the thread, in a child after fork as well. Initial-exec: a
// malloc cannot call __tls_get_addr, which may call malloc.
inline constinit thread_local char thread_mark
    __attribute__((tls_model("initial-exec"))) = 0;

}  // namespace fork_mutex_internal

// For std::lock_guard, and LockForFork and UnlockAfterFork around fork(). Fork
// handlers of others may run in between, in the same thread: to that thread the
// mutex is open, and what it guards is whole. All other threads wait.
// Cost: that of std::mutex and a load each. No code runs before main.
// Clang's analysis sees no lock over a fork: one function takes it, and another
// lets go of it, in two processes.
class CAPABILITY("mutex") ForkMutex {
 public:
  constexpr ForkMutex() = default;

  void lock() ACQUIRE() {
    if (IsMineOverFork()) return;
    mutex_.lock();
  }
  void unlock() RELEASE() {
    // Whoever unlocks holds it: a thread that holds it over a fork, if any.
    if (forker_.load(std::memory_order_relaxed) != nullptr) return;
    mutex_.unlock();
  }

  // REQUIRES: the calling thread does not hold it.
  void LockForFork() {
    mutex_.lock();
    forker_.store(Me(), std::memory_order_relaxed);
  }
  // In the parent, and in the child. REQUIRES: LockForFork, by this thread or
  // by the one that it is the copy of.
  void UnlockAfterFork() {
    forker_.store(nullptr, std::memory_order_relaxed);
    mutex_.unlock();
  }

 private:
  static const void* Me() { return &fork_mutex_internal::thread_mark; }
  bool IsMineOverFork() const {
    const void* const forker = forker_.load(std::memory_order_relaxed);
    return forker != nullptr && forker == Me();
  }

  std::mutex mutex_;
  std::atomic<const void*> forker_{nullptr};  // the thread that forks
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_
