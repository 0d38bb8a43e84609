// SPDX-License-Identifier: Apache-2.0

// The part of the connection pool that is no template: its time, its limits,
// its counters, why nothing was lent.
// And who may use which slot.
#ifndef WORKBOOK_01_02_CONNECTION_LEDGER_H_
#define WORKBOOK_01_02_CONNECTION_LEDGER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// The time that a pool goes by; a test gives it one that it moves by hand.
// Thread safety: any thread.
class ConnectionPoolClock {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  virtual ~ConnectionPoolClock() = default;

  // Returns the time of the steady clock, unless overridden.
  virtual TimePoint Now() const;

  // Waits until `condition` is notified or Now() has reached `deadline`; may
  // return earlier, so call it in a loop. `lock` is held before and after.
  virtual void WaitUntil(std::condition_variable& condition,
                         std::unique_lock<std::mutex>& lock,
                         TimePoint deadline);

  // Returns one for the whole process.
  static ConnectionPoolClock& Steady();
};

struct ConnectionPoolLimits {
  std::size_t max_open = 8;  // opened, being opened or being closed
  std::size_t max_idle = 8;  // kept open while they are not used
  // Age at which a connection is closed rather than lent or kept; 0: none.
  std::chrono::nanoseconds max_lifetime{0};
  // Time unused after which a connection is closed rather than lent; 0: none.
  std::chrono::nanoseconds idle_timeout{0};
};

enum class BorrowStatus { kOk, kTimedOut, kClosed };

// Returns "ok", "no connection became free in time" or "the connection pool is
// closed".
const char* ToString(BorrowStatus status);

struct ConnectionPoolStats {
  std::size_t open = 0;  // connections, and slots held for opening or closing
  std::size_t idle = 0;
  std::size_t waiting = 0;         // borrowers
  std::uint64_t opened = 0;        // by the factory, since the start
  std::uint64_t reused = 0;        // lent without opening
  std::uint64_t timed_out = 0;     // borrowers that left with nothing
  std::uint64_t unhealthy = 0;     // failed the check, or marked broken
  std::uint64_t expired = 0;       // closed for their age or idleness
  std::uint64_t failed_opens = 0;  // the factory threw
  std::uint64_t failed_cleanups = 0;
  std::size_t bytes_held = 0;  // by the pool itself, on the heap
};

// Who may use which slot. It knows slots and times, but no connection, so it is
// no template, and no user's code ever runs under its lock.
// Invariant: while a borrower waits, no slot is free or idle: whatever comes
// back goes to the first in the queue, so no borrower overtakes another.
// Thread safety: any thread.
class SlotLedger {
 public:
  static constexpr std::uint32_t kNone = 0xffffffff;

  // What a borrower has got: a slot, empty or with a connection in it.
  struct Grant {
    BorrowStatus status = BorrowStatus::kOk;
    std::uint32_t slot = kNone;
    bool has_connection = false;
    bool is_expired = false;
  };

  // Makes a ledger in which every slot is free.
  SlotLedger(const ConnectionPoolLimits& limits, ConnectionPoolClock& clock);

  // Takes a slot: the idle one that came back last, else a free one, else the
  // one that comes back first within `timeout`.
  // On failure: as ConnectionPool::Borrow, in `status` or by an exception.
  Grant Take(std::chrono::nanoseconds timeout);
  // Notes that a connection was opened in the slot. False: the pool is closed;
  // close it.
  bool MarkOpened(std::uint32_t slot);
  // Notes that its borrower gave the lease away: which thread has the slot is
  // not known.
  void HandOn(std::uint32_t slot) noexcept;
  // Takes a slot back whose connection works: it goes to the first waiter, else
  // it is idle. False: it may not be kept; close it, then Vacate.
  bool GiveBack(std::uint32_t slot);
  // Takes a slot back that is empty now: it goes to the first waiter, else it
  // is free. True: it was the last of a pool that is gone.
  [[nodiscard]] bool Vacate(std::uint32_t slot);
  // Takes the idle slots that are expired (Close: all of them) out, and returns
  // their chain (NextOf): close each, then Vacate. Close also ends every wait.
  std::uint32_t TakeExpired();
  std::uint32_t Close();
  // Notes that the pool dies. True: nothing is lent, so it may be deleted now.
  [[nodiscard]] bool Orphan();

  // Returns the next slot of such a chain, which is its caller's: it needs no
  // lock.
  // [given]
  std::uint32_t NextOf(std::uint32_t slot) const NO_THREAD_SAFETY_ANALYSIS {
    const Slot& left = slots_[slot];
    return left.next;
  }
  void Count(std::uint64_t ConnectionPoolStats::*counter);
  // Counts what was granted and was too old or not healthy.
  void CountRefused(const Grant& grant);
  ConnectionPoolStats Stats() const;

 private:  // [given]
  using TimePoint = ConnectionPoolClock::TimePoint;
  struct Slot {
    TimePoint opened_at;
    TimePoint returned_at;
    std::uint32_t next = kNone;
    // The thread that took it and has it still; none when that is not known.
    // Written without the lock by HandOn only.
    std::atomic<std::thread::id> borrower;
  };
  // Lives on the stack of its borrower: waiting allocates nothing.
  struct Waiter {
    std::condition_variable changed;
    bool settled = false;
    Grant grant;
    const std::thread::id thread = std::this_thread::get_id();
    Waiter* next = nullptr;
  };

  void SetBorrower(std::uint32_t slot, std::thread::id thread);
  // Throws where this thread has every slot, and `timeout` has no end.
  void RequireAnotherBorrower(std::chrono::nanoseconds timeout) const
      REQUIRES(mutex_);
  // Queues up and waits.
  Grant Wait(std::unique_lock<std::mutex>& lock,
             std::chrono::nanoseconds timeout) REQUIRES(mutex_);
  // Ends the wait of a borrower who was taken from the queue.
  void Settle(Waiter* waiter, const Grant& grant) REQUIRES(mutex_);
  void PushWaiter(Waiter* waiter) REQUIRES(mutex_);
  // Returns nullptr when there is none.
  Waiter* PopWaiter() REQUIRES(mutex_);
  void RemoveWaiter(const Waiter* waiter) REQUIRES(mutex_);
  // Reads the clock only if there are age limits.
  TimePoint NowIfTimed() const;
  bool IsTooOld(const Slot& slot, TimePoint now) const;
  bool IsExpired(const Slot& slot, TimePoint now) const;

  const ConnectionPoolLimits limits_;
  const bool is_timed_;
  ConnectionPoolClock& clock_;
  mutable Mutex mutex_;
  std::vector<Slot> slots_ GUARDED_BY(mutex_);
  // A list by Slot::next, as is idle_.
  std::uint32_t free_ GUARDED_BY(mutex_) = kNone;
  std::uint32_t idle_ GUARDED_BY(mutex_) = kNone;  // last returned first
  Waiter* first_waiter_ GUARDED_BY(mutex_) = nullptr;
  Waiter* last_waiter_ GUARDED_BY(mutex_) = nullptr;
  bool closed_ GUARDED_BY(mutex_) = false;
  bool orphaned_ GUARDED_BY(mutex_) = false;
  ConnectionPoolStats stats_ GUARDED_BY(mutex_);
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_CONNECTION_LEDGER_H_
