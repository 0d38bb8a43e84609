// SPDX-License-Identifier: Apache-2.0

// A lock that is nearly free for the thread that uses it alone.
#ifndef WORKBOOK_01_02_BIASED_LOCK_H_
#define WORKBOOK_01_02_BIASED_LOCK_H_

#include <atomic>
#include <cstdint>
#include <mutex>

namespace workbook {
namespace biased_lock_internal {

// Its address names the thread.
inline constinit thread_local const char this_thread = 0;

}  // namespace biased_lock_internal

// Two plain stores for its owner, the first thread that took it kTurnsToOwn
// times in a row; for all others a spin lock. A thread that finds it owned
// takes the ownership away, by a system call that is a fence on every running
// thread of the process: about a microsecond. The owner gets it back after as
// many turns in a row. No other thread ever becomes the owner: one that has
// just read that it is may still write busy_, however late.
// Waiters yield at once: on few processors the holder may be who waits for one.
// Invariant: the owner is inside only while busy_, and enters only while
// owner_ names it; who else is inside holds held_, and has seen !busy_ since.
// Thread safety: any thread; not recursive.
// Source: D. Dice, M. Moir, W. Scherer, "Quickly Reacquirable Locks" (2003).
class BiasedLock {
 public:
  // Makes an open lock; without `shared` it belongs to whoever calls, and no
  // other thread may.
  explicit BiasedLock(bool shared) : is_shared_(shared) {}

  void lock() {
    if (!TryLockAsOwner()) LockSlow();
  }
  void unlock() {
    if (!by_held_) return UnlockAsOwner();
    by_held_ = false;
    held_.store(false, std::memory_order_release);
  }

  // Locks if it costs no more than that: for a caller that goes another way
  // otherwise, and then unlocks by UnlockAsOwner.
  bool TryLockAsOwner() {
    const char* const self = &biased_lock_internal::this_thread;
    if (owner_.load(std::memory_order_relaxed) != self) [[unlikely]] {
      return false;
    }
    busy_.store(true, std::memory_order_relaxed);
    // The fence that belongs here runs in LockSlow, on all threads at once.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (owner_.load(std::memory_order_acquire) == self) [[likely]] {
      return true;
    }
    busy_.store(false, std::memory_order_release);
    return false;
  }
  void UnlockAsOwner() {
    // Who finds !busy_ sees what was written inside.
    busy_.store(false, std::memory_order_release);
  }

 private:
  // Then the turns that were cheap have paid for the fence that ends them.
  static constexpr std::uint32_t kTurnsToOwn = 4096;

  void LockSlow();

  const bool is_shared_;
  bool by_held_ = false;  // the holder came so; written with the lock in hand
  std::atomic<bool> busy_{false};
  std::atomic<bool> held_{false};
  std::atomic<const char*> owner_{nullptr};
  // Written by who holds held_: who may own it, who had the last turn, and how
  // many in a row.
  const char* heir_ = nullptr;
  const char* last_ = nullptr;
  std::uint32_t turns_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_BIASED_LOCK_H_
