// SPDX-License-Identifier: Apache-2.0

#include "01_02/connection_ledger.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace workbook {

// [given]
ConnectionPoolClock::TimePoint ConnectionPoolClock::Now() const {
  return std::chrono::steady_clock::now();
}

// [given]
void ConnectionPoolClock::WaitUntil(std::condition_variable& condition,
                                    std::unique_lock<std::mutex>& lock,
                                    TimePoint deadline) {
  condition.wait_until(lock, deadline);
}

// [given]
ConnectionPoolClock& ConnectionPoolClock::Steady() {
  static ConnectionPoolClock steady;
  return steady;
}

// [given]
const char* ToString(BorrowStatus status) {
  switch (status) {
    case BorrowStatus::kOk:
      return "ok";
    case BorrowStatus::kTimedOut:
      return "no connection became free in time";
    case BorrowStatus::kClosed:
      return "the connection pool is closed";
  }
  return "not a BorrowStatus";
}

// [given]
SlotLedger::SlotLedger(const ConnectionPoolLimits& limits,
                       ConnectionPoolClock& clock)
    : limits_(limits),
      is_timed_(limits.max_lifetime.count() > 0 ||
                limits.idle_timeout.count() > 0),
      clock_(clock),
      slots_(limits.max_open) {
  for (std::size_t i = slots_.size(); i > 0; --i) {
    slots_[i - 1].next = free_;
    free_ = static_cast<std::uint32_t>(i - 1);
  }
}

SlotLedger::Grant SlotLedger::Take(std::chrono::nanoseconds timeout) {
  const TimePoint now = NowIfTimed();
  UniqueLock lock(mutex_);
  if (closed_) return {BorrowStatus::kClosed};
  if (idle_ != kNone) {
    const std::uint32_t slot = idle_;
    idle_ = slots_[slot].next;
    --stats_.idle;
    const bool is_expired = is_timed_ && IsExpired(slots_[slot], now);
    if (!is_expired) ++stats_.reused;
    SetBorrower(slot, std::this_thread::get_id());
    return {BorrowStatus::kOk, slot, true, is_expired};
  }
  if (free_ != kNone) {
    const std::uint32_t slot = free_;
    free_ = slots_[slot].next;
    ++stats_.open;
    SetBorrower(slot, std::this_thread::get_id());
    return {BorrowStatus::kOk, slot, false, false};
  }
  return Wait(lock.native(), timeout);
}

// No lock: HandOn has none, and the vector never changes its size.
// [given]
void SlotLedger::SetBorrower(std::uint32_t slot, std::thread::id its_borrower)
    NO_THREAD_SAFETY_ANALYSIS {
  slots_[slot].borrower.store(its_borrower, std::memory_order_relaxed);
}

// Every slot is this thread's: no other can give one back.
// [given]
void SlotLedger::RequireAnotherBorrower(
    std::chrono::nanoseconds timeout) const {
  if (timeout != std::chrono::nanoseconds::max()) return;
  const bool is_alone =
      std::all_of(slots_.begin(), slots_.end(), [](const Slot& slot) {
        return slot.borrower.load(std::memory_order_relaxed) ==
               std::this_thread::get_id();
      });
  if (!is_alone) return;
  throw std::system_error(
      std::make_error_code(std::errc::resource_deadlock_would_occur),
      "ConnectionPool::Borrow: this thread holds every connection and would "
      "wait for itself; return one first, or borrow with a time-out");
}

// [note] RequireAnotherBorrower, PushWaiter and RemoveWaiter are given; wait by
// [note] clock_.WaitUntil(waiter.changed, lock, deadline).
SlotLedger::Grant SlotLedger::Wait(std::unique_lock<std::mutex>& lock,
                                   std::chrono::nanoseconds timeout) {
  if (timeout.count() <= 0) {
    ++stats_.timed_out;
    return {BorrowStatus::kTimedOut};
  }
  RequireAnotherBorrower(timeout);
  const TimePoint start = clock_.Now();
  const TimePoint deadline =
      timeout > TimePoint::max() - start ? TimePoint::max() : start + timeout;
  Waiter self;
  PushWaiter(&self);
  while (!self.settled) {
    if (clock_.Now() >= deadline) {
      RemoveWaiter(&self);
      ++stats_.timed_out;
      return {BorrowStatus::kTimedOut};
    }
    clock_.WaitUntil(self.changed, lock, deadline);
  }
  return self.grant;
}

// [given]
bool SlotLedger::MarkOpened(std::uint32_t slot) {
  const TimePoint now = NowIfTimed();
  const MutexLock lock(mutex_);
  slots_[slot].opened_at = now;
  ++stats_.opened;
  return !closed_;
}

// [given]
void SlotLedger::HandOn(std::uint32_t slot) noexcept {
  SetBorrower(slot, std::thread::id());
}

bool SlotLedger::GiveBack(std::uint32_t slot) {
  const TimePoint now = NowIfTimed();
  const MutexLock lock(mutex_);
  if (closed_) return false;
  if (is_timed_ && IsTooOld(slots_[slot], now)) {
    ++stats_.expired;
    return false;
  }
  slots_[slot].returned_at = now;
  if (Waiter* const waiter = PopWaiter()) {
    ++stats_.reused;
    Settle(waiter, {BorrowStatus::kOk, slot, true, false});
    return true;
  }
  if (stats_.idle >= limits_.max_idle) return false;
  SetBorrower(slot, std::thread::id());
  slots_[slot].next = idle_;
  idle_ = slot;
  ++stats_.idle;
  return true;
}

bool SlotLedger::Vacate(std::uint32_t slot) {
  const MutexLock lock(mutex_);
  if (Waiter* const waiter = PopWaiter()) {
    Settle(waiter, {BorrowStatus::kOk, slot, false, false});
    return false;
  }
  SetBorrower(slot, std::thread::id());
  slots_[slot].next = free_;
  free_ = slot;
  --stats_.open;
  return orphaned_ && stats_.open == 0;
}

std::uint32_t SlotLedger::TakeExpired() {
  const TimePoint now = NowIfTimed();
  const MutexLock lock(mutex_);
  std::uint32_t expired = kNone;
  std::uint32_t* link = &idle_;
  while (*link != kNone) {
    const std::uint32_t slot = *link;
    if (!IsExpired(slots_[slot], now)) {
      link = &slots_[slot].next;
      continue;
    }
    *link = slots_[slot].next;
    slots_[slot].next = expired;
    expired = slot;
    --stats_.idle;
    ++stats_.expired;
  }
  return expired;
}

std::uint32_t SlotLedger::Close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  while (Waiter* const waiter = PopWaiter()) {
    Settle(waiter, {BorrowStatus::kClosed});
  }
  stats_.idle = 0;
  return std::exchange(idle_, kNone);
}

// [given]
bool SlotLedger::Orphan() {
  const MutexLock lock(mutex_);
  orphaned_ = true;
  return stats_.open == 0;
}

// [given]
void SlotLedger::Count(std::uint64_t ConnectionPoolStats::*counter) {
  const MutexLock lock(mutex_);
  ++(stats_.*counter);
}

// [given]
void SlotLedger::CountRefused(const Grant& grant) {
  const MutexLock lock(mutex_);
  if (grant.is_expired) {
    ++stats_.expired;
  } else {
    ++stats_.unhealthy;
    --stats_.reused;
  }
}

// [given]
ConnectionPoolStats SlotLedger::Stats() const {
  const MutexLock lock(mutex_);
  ConnectionPoolStats stats = stats_;
  stats.bytes_held = slots_.capacity() * sizeof(Slot);
  return stats;
}

// Under the lock, and so is the notification: the waiter lives on the stack of
// a thread that leaves as soon as it may.
void SlotLedger::Settle(Waiter* waiter, const Grant& grant) {
  if (grant.slot != kNone) SetBorrower(grant.slot, waiter->thread);
  waiter->grant = grant;
  waiter->settled = true;
  waiter->changed.notify_one();
}

// [given]
void SlotLedger::PushWaiter(Waiter* waiter) {
  (first_waiter_ == nullptr ? first_waiter_ : last_waiter_->next) = waiter;
  last_waiter_ = waiter;
  ++stats_.waiting;
}

// [given]
SlotLedger::Waiter* SlotLedger::PopWaiter() {
  Waiter* const first = first_waiter_;
  if (first == nullptr) return nullptr;
  first_waiter_ = first->next;
  --stats_.waiting;
  return first;
}

// [given]
void SlotLedger::RemoveWaiter(const Waiter* waiter) {
  Waiter* before = nullptr;
  Waiter* at = first_waiter_;
  while (at != waiter) {
    before = at;
    at = at->next;
  }
  (before == nullptr ? first_waiter_ : before->next) = at->next;
  if (last_waiter_ == at) last_waiter_ = before;
  --stats_.waiting;
}

// [given]
SlotLedger::TimePoint SlotLedger::NowIfTimed() const {
  // Reading the clock costs as much as the lock.
  return is_timed_ ? clock_.Now() : TimePoint();
}

// [given]
bool SlotLedger::IsTooOld(const Slot& slot, TimePoint now) const {
  return limits_.max_lifetime.count() > 0 &&
         now - slot.opened_at >= limits_.max_lifetime;
}

// [given]
bool SlotLedger::IsExpired(const Slot& slot, TimePoint now) const {
  return IsTooOld(slot, now) ||
         (limits_.idle_timeout.count() > 0 &&
          now - slot.returned_at >= limits_.idle_timeout);
}

}  // namespace workbook
