// SPDX-License-Identifier: Apache-2.0

// A pool of connections: opened when needed, never more than a maximum, checked
// before they are lent, and closed when they are broken, old or idle too long.
#ifndef WORKBOOK_01_02_CONNECTION_POOL_H_
#define WORKBOOK_01_02_CONNECTION_POOL_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "01_02/connection_ledger.h"
#include "tools/exercise/debug_check.h"

namespace workbook {

// REQUIRES: Connection moves without throwing; its destructor does not throw.
// Thread safety: every member, from any thread; the destructor must be the last
// call on the pool, but leases may outlive it.
template <typename Connection>
class ConnectionPool {
  struct Shared;

 public:
  // Called without any lock held, for different connections at the same time.
  struct Hooks {
    // Opens a live connection or throws. Required.
    std::function<Connection()> open;
    // Whether an idle connection may be lent; an exception means no. Without
    // one every connection may.
    std::function<bool(Connection&)> is_healthy;
    // The last to see a connection, once each, before its destructor. What it
    // throws is dropped and counted (failed_cleanups).
    std::function<void(Connection&)> cleanup;
  };

  // The use of one connection, ended by the destructor. Move-only. Empty if
  // there is no connection: Status() says why.
  // Thread safety: one thread at a time; a lease changes its thread only by
  // being moved, which is how Borrow knows whose it is.
  class Lease {
   public:
    Lease() = default;
    Lease(Lease&& other) noexcept {
      Swap(other);
      if (shared_ != nullptr) shared_->ledger.HandOn(slot_);
    }
    Lease& operator=(Lease&& other) noexcept {
      Lease(std::move(other)).Swap(*this);
      return *this;
    }
    ~Lease() { Return(); }

    // Tells whether there is a connection: false also when moved from or
    // returned.
    explicit operator bool() const { return shared_ != nullptr; }

    // Returns kOk, or why Borrow found no connection.
    BorrowStatus Status() const { return status_; }

    // Returns the connection.
    // REQUIRES: not empty; a debug build checks it.
    Connection& operator*() const {
      DebugCheck(shared_ != nullptr, "this lease holds no connection");
      return *shared_->connections[slot_];
    }
    Connection* operator->() const { return &**this; }

    // Notes that the connection failed: Return closes it instead of keeping it.
    // REQUIRES: not empty; a debug build checks it.
    void MarkBroken() {
      DebugCheck(shared_ != nullptr, "this lease holds no connection");
      broken_ = true;
    }

    // Ends the lease now; does nothing when it is empty. The connection goes to
    // the borrower who waits longest, else to the idle ones, else is closed.
    // Cost: one lock; no allocation.
    // [yours]
    void Return() noexcept {
      Shared* const shared = std::exchange(shared_, nullptr);
      if (shared == nullptr) return;
      if (broken_) shared->ledger.Count(&ConnectionPoolStats::unhealthy);
      if (broken_ || !shared->ledger.GiveBack(slot_)) Discard(shared, slot_);
    }

   private:  // [given]
    friend class ConnectionPool;
    explicit Lease(BorrowStatus status) : status_(status) {}
    Lease(Shared* shared, std::uint32_t slot) : shared_(shared), slot_(slot) {}
    void Swap(Lease& other) noexcept {
      std::swap(shared_, other.shared_);
      std::swap(slot_, other.slot_);
      std::swap(status_, other.status_);
      std::swap(broken_, other.broken_);
    }

    Shared* shared_ = nullptr;
    std::uint32_t slot_ = 0;
    BorrowStatus status_ = BorrowStatus::kOk;
    bool broken_ = false;
  };

  // Opens nothing yet. `clock` must outlive the pool and its leases.
  // Cost: O(max_open) time and bytes; nothing is allocated afterwards.
  // On failure: std::invalid_argument if max_open is 0 or hooks.open is empty;
  // std::bad_alloc.
  // [given]
  ConnectionPool(const ConnectionPoolLimits& limits, Hooks hooks,
                 ConnectionPoolClock& clock = ConnectionPoolClock::Steady()) {
    static_assert(std::is_nothrow_move_constructible_v<Connection>);
    if (limits.max_open == 0) {
      throw std::invalid_argument("ConnectionPool: max_open is 0");
    }
    if (hooks.open == nullptr) {
      throw std::invalid_argument("ConnectionPool: hooks.open is empty");
    }
    shared_ = new Shared(limits, std::move(hooks), clock);
  }

  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  // Does what Close() does. What is lent is closed when its lease ends.
  // [given]
  ~ConnectionPool() {
    Close();
    if (shared_->ledger.Orphan()) delete shared_;
  }

  // Lends a connection: an idle one that is not expired and healthy, the last
  // returned first; else a new one, if fewer than max_open are open; else waits
  // up to `timeout` for one to come back, first come, first served. A timeout
  // of 0 or less never waits; nanoseconds::max() waits forever.
  // Cost: one lock, no allocation; the clock is read only if there are age
  // limits or it has to wait. The time-out does not bound the hooks.
  // On failure: an empty lease whose Status() is kTimedOut or kClosed; what the
  // factory throws, with the slot free for the next; std::system_error with
  // std::errc::resource_deadlock_would_occur, at once, when the thread would
  // wait forever for itself: all max_open slots are in leases that it borrowed
  // and has not moved since, or in Borrow calls of its own that are opening.
  // Not detected: a moved lease, for another thread may have it, and threads
  // that wait for each other.
  // [yours]
  Lease Borrow(std::chrono::nanoseconds timeout) {
    const SlotLedger::Grant grant = shared_->ledger.Take(timeout);
    if (grant.status != BorrowStatus::kOk) return Lease(grant.status);
    if (grant.has_connection) {
      if (!grant.is_expired && IsHealthy(grant.slot)) {
        return Lease(shared_, grant.slot);
      }
      shared_->ledger.CountRefused(grant);
      CloseConnection(shared_, grant.slot);
    }
    return OpenIn(grant.slot);
  }

  // Closes the idle connections that are too old or idle too long, and returns
  // how many. Nothing else looks at connections that nobody borrows, so the
  // owner calls this from a timer.
  // Cost: O(idle).
  // [given]
  std::size_t EvictExpired() {
    return DiscardChain(shared_->ledger.TakeExpired());
  }

  // Closes the idle connections, wakes everyone who waits, and lends no more;
  // what is lent is closed when it comes back. May be called again.
  // [given]
  void Close() { DiscardChain(shared_->ledger.Close()); }

  // Returns one consistent picture, taken under the lock.
  // [given]
  ConnectionPoolStats Stats() const {
    ConnectionPoolStats stats = shared_->ledger.Stats();
    stats.bytes_held += sizeof(Shared) + shared_->connections.capacity() *
                                             sizeof(std::optional<Connection>);
    return stats;
  }

 private:  // [given]
  // What leases need, and may need longer than there is a pool.
  struct Shared {
    Shared(const ConnectionPoolLimits& limits, Hooks the_hooks,
           ConnectionPoolClock& clock)
        : hooks(std::move(the_hooks)),
          connections(limits.max_open),
          ledger(limits, clock) {}

    const Hooks hooks;
    // Indexed by slot, and used by whoever has the slot: needs no lock.
    std::vector<std::optional<Connection>> connections;
    SlotLedger ledger;
  };

  // Asks the hook about an idle connection.
  // [yours]
  bool IsHealthy(std::uint32_t slot) const {
    if (shared_->hooks.is_healthy == nullptr) return true;
    try {
      return shared_->hooks.is_healthy(*shared_->connections[slot]);
    } catch (...) {
      return false;
    }
  }

  // Opens a connection in an empty slot, and lends it.
  // [yours]
  Lease OpenIn(std::uint32_t slot) {
    try {
      shared_->connections[slot].emplace(shared_->hooks.open());
    } catch (...) {
      shared_->ledger.Count(&ConnectionPoolStats::failed_opens);
      static_cast<void>(shared_->ledger.Vacate(slot));
      throw;
    }
    if (shared_->ledger.MarkOpened(slot)) return Lease(shared_, slot);
    Discard(shared_, slot);
    return Lease(BorrowStatus::kClosed);
  }

  // Calls the cleanup hook, then ends the connection.
  // [yours]
  static void CloseConnection(Shared* shared, std::uint32_t slot) {
    try {
      if (shared->hooks.cleanup) {
        shared->hooks.cleanup(*shared->connections[slot]);
      }
    } catch (...) {
      shared->ledger.Count(&ConnectionPoolStats::failed_cleanups);
    }
    shared->connections[slot].reset();
  }

  // Closes the connection, then frees its slot: max_open is never exceeded, not
  // even while one is being closed.
  // [yours]
  static void Discard(Shared* shared, std::uint32_t slot) {
    CloseConnection(shared, slot);
    if (shared->ledger.Vacate(slot)) delete shared;
  }

  std::size_t DiscardChain(std::uint32_t slot) {
    std::size_t count = 0;
    while (slot != SlotLedger::kNone) {
      const std::uint32_t next = shared_->ledger.NextOf(slot);
      Discard(shared_, slot);
      slot = next;
      ++count;
    }
    return count;
  }

  Shared* shared_ = nullptr;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_CONNECTION_POOL_H_
