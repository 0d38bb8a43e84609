// SPDX-License-Identifier: Apache-2.0

#include "01_02/connection_ledger.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

ConnectionPoolClock::TimePoint ConnectionPoolClock::Now() const {
  return std::chrono::steady_clock::now();
}

void ConnectionPoolClock::WaitUntil(std::condition_variable& condition,
                                    std::unique_lock<std::mutex>& lock,
                                    TimePoint deadline) {
  condition.wait_until(lock, deadline);
}

ConnectionPoolClock& ConnectionPoolClock::Steady() {
  static ConnectionPoolClock steady;
  return steady;
}

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
  Todo("01_02 task 11: SlotLedger::Take");
}

// No lock: HandOn has none, and the vector never changes its size.
void SlotLedger::SetBorrower(std::uint32_t slot, std::thread::id its_borrower) {
  slots_[slot].borrower.store(its_borrower, std::memory_order_relaxed);
}

// Every slot is this thread's: no other can give one back.
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

SlotLedger::Grant SlotLedger::Wait(std::unique_lock<std::mutex>& lock,
                                   std::chrono::nanoseconds timeout) {
  // RequireAnotherBorrower, PushWaiter and RemoveWaiter are given; wait by
  // clock_.WaitUntil(waiter.changed, lock, deadline).
  Todo("01_02 task 11: SlotLedger::Wait");
}

bool SlotLedger::MarkOpened(std::uint32_t slot) {
  const TimePoint now = NowIfTimed();
  const std::lock_guard lock(mutex_);
  slots_[slot].opened_at = now;
  ++stats_.opened;
  return !closed_;
}

void SlotLedger::HandOn(std::uint32_t slot) noexcept {
  SetBorrower(slot, std::thread::id());
}

bool SlotLedger::GiveBack(std::uint32_t slot) {
  Todo("01_02 task 11: SlotLedger::GiveBack");
}

bool SlotLedger::Vacate(std::uint32_t slot) {
  Todo("01_02 task 11: SlotLedger::Vacate");
}

std::uint32_t SlotLedger::TakeExpired() {
  Todo("01_02 task 11: SlotLedger::TakeExpired");
}

std::uint32_t SlotLedger::Close() { Todo("01_02 task 11: SlotLedger::Close"); }

bool SlotLedger::Orphan() {
  const std::lock_guard lock(mutex_);
  orphaned_ = true;
  return stats_.open == 0;
}

void SlotLedger::Count(std::uint64_t ConnectionPoolStats::*counter) {
  const std::lock_guard lock(mutex_);
  ++(stats_.*counter);
}

void SlotLedger::CountRefused(const Grant& grant) {
  const std::lock_guard lock(mutex_);
  if (grant.is_expired) {
    ++stats_.expired;
  } else {
    ++stats_.unhealthy;
    --stats_.reused;
  }
}

ConnectionPoolStats SlotLedger::Stats() const {
  const std::lock_guard lock(mutex_);
  ConnectionPoolStats stats = stats_;
  stats.bytes_held = slots_.capacity() * sizeof(Slot);
  return stats;
}

// Under the lock, and so is the notification: the waiter lives on the stack of
// a thread that leaves as soon as it may.
void SlotLedger::Settle(Waiter* waiter, const Grant& grant) {
  Todo("01_02 task 11: SlotLedger::Settle");
}

void SlotLedger::PushWaiter(Waiter* waiter) {
  (first_waiter_ == nullptr ? first_waiter_ : last_waiter_->next) = waiter;
  last_waiter_ = waiter;
  ++stats_.waiting;
}

SlotLedger::Waiter* SlotLedger::PopWaiter() {
  Waiter* const first = first_waiter_;
  if (first == nullptr) return nullptr;
  first_waiter_ = first->next;
  --stats_.waiting;
  return first;
}

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

SlotLedger::TimePoint SlotLedger::NowIfTimed() const {
  // Reading the clock costs as much as the lock.
  return is_timed_ ? clock_.Now() : TimePoint();
}

bool SlotLedger::IsTooOld(const Slot& slot, TimePoint now) const {
  return limits_.max_lifetime.count() > 0 &&
         now - slot.opened_at >= limits_.max_lifetime;
}

bool SlotLedger::IsExpired(const Slot& slot, TimePoint now) const {
  return IsTooOld(slot, now) ||
         (limits_.idle_timeout.count() > 0 &&
          now - slot.returned_at >= limits_.idle_timeout);
}

}  // namespace workbook
