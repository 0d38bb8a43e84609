// SPDX-License-Identifier: Apache-2.0

// A mutex that a thread can hold over a fork.
#ifndef WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_
#define WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_

#include <linux/futex.h>
#include <sys/single_threaded.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

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
// Cost: where no other thread wants it, 8 instructions to lock it and as many
// to unlock, none of them atomic while the process has one thread; std::mutex
// has 32 and 21. A thread that waits sleeps in the system. No code runs before
// main.
// errno stays as it was.
// Clang's analysis sees no lock over a fork: one function takes it, and another
// lets go of it, in two processes.
class CAPABILITY("mutex") ForkMutex {
 public:
  constexpr ForkMutex() = default;

  void lock() ACQUIRE() { Lock(); }
  void unlock() RELEASE() {
    // Whoever unlocks holds it: a thread that holds it over a fork, if any.
    if (forker_.load(std::memory_order_relaxed) != nullptr) return;
    Unlock();
  }

  // REQUIRES: the calling thread does not hold it.
  void LockForFork() {
    Lock();
    forker_.store(Me(), std::memory_order_relaxed);
  }
  // In the parent, and in the child. REQUIRES: LockForFork, by this thread or
  // by the one that it is the copy of.
  void UnlockAfterFork() {
    forker_.store(nullptr, std::memory_order_relaxed);
    Unlock();
  }

 private:
  enum State : std::uint32_t { kFree, kHeld, kWaitedFor };

  void Lock() {
    if (!TryLock()) LockSlow();
  }
  bool TryLock() {
    if (__libc_single_threaded) {
      if (state_.load(std::memory_order_relaxed) != kFree) return false;
      state_.store(kHeld, std::memory_order_relaxed);
      return true;
    }
    std::uint32_t free = kFree;
    return state_.compare_exchange_strong(
        free, kHeld, std::memory_order_acquire, std::memory_order_relaxed);
  }
  void Unlock() {
    if (__libc_single_threaded) {
      state_.store(kFree, std::memory_order_relaxed);
    } else if (state_.exchange(kFree, std::memory_order_release) == kWaitedFor)
        [[unlikely]] {
      Futex(FUTEX_WAKE_PRIVATE, 1);
    }
  }
  [[gnu::noinline]] void LockSlow() {
    if (IsMineOverFork()) return;
    // As if somebody waited already: whoever wakes may have left others asleep.
    while (state_.exchange(kWaitedFor, std::memory_order_acquire) != kFree) {
      Futex(FUTEX_WAIT_PRIVATE, kWaitedFor);
    }
  }
  void Futex(int operation, std::uint32_t value) {
    const int kept_errno = errno;
    syscall(SYS_futex, &state_, operation, value, nullptr, nullptr, 0);
    errno = kept_errno;
  }
  static const void* Me() { return &fork_mutex_internal::thread_mark; }
  bool IsMineOverFork() const {
    const void* const forker = forker_.load(std::memory_order_relaxed);
    return forker != nullptr && forker == Me();
  }

  std::atomic<std::uint32_t> state_{kFree};
  std::atomic<const void*> forker_{nullptr};  // the thread that forks
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_FORK_MUTEX_H_
