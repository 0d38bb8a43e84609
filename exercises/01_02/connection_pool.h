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
#include "tools/exercise/todo.h"

namespace workbook {

// REQUIRES: Connection moves without throwing; its destructor does not throw.
// Thread safety: every member, from any thread; the destructor must be the last
// call on the pool, but leases may outlive it.
template <typename Connection>
class ConnectionPool {
  // Your data members.

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
      // Yours. No Todo: it may not leave a noexcept function.
    }
    Lease& operator=(Lease&& other) noexcept {
      // Yours. No Todo: it may not leave a noexcept function.
      return *this;
    }
    ~Lease() { Return(); }

    // Whether there is a connection: false also when moved from or returned.
    explicit operator bool() const {
      Todo("01_02 task 11: ConnectionPool::Lease::operator bool");
    }

    // kOk, or why Borrow found no connection.
    BorrowStatus Status() const {
      Todo("01_02 task 11: ConnectionPool::Lease::Status");
    }

    // REQUIRES: not empty; a debug build checks it.
    Connection& operator*() const {
      Todo("01_02 task 11: ConnectionPool::Lease::operator*");
    }
    Connection* operator->() const { return &**this; }

    // The connection failed: Return closes it instead of keeping it.
    // REQUIRES: not empty; a debug build checks it.
    void MarkBroken() {
      Todo("01_02 task 11: ConnectionPool::Lease::MarkBroken");
    }

    // Ends the lease now; does nothing when it is empty. The connection goes to
    // the borrower who waits longest, else to the idle ones, else is closed.
    // Cost: one lock; no allocation.
    void Return() noexcept {
      // Yours. No Todo: it may not leave a noexcept function.
    }

   private:
    friend class ConnectionPool;
    // Your data members.
  };

  // Opens nothing yet. `clock` must outlive the pool and its leases.
  // Cost: O(max_open) time and bytes; nothing is allocated afterwards.
  // On failure: std::invalid_argument if max_open is 0 or hooks.open is empty;
  // std::bad_alloc.
  ConnectionPool(const ConnectionPoolLimits& limits, Hooks hooks,
                 ConnectionPoolClock& clock = ConnectionPoolClock::Steady()) {
    Todo("01_02 task 11: ConnectionPool::ConnectionPool");
  }

  ConnectionPool(const ConnectionPool&) = delete;
  ConnectionPool& operator=(const ConnectionPool&) = delete;

  // Close(). What is lent is closed when its lease ends.
  ~ConnectionPool() {
    // Yours. No Todo: it may not leave a destructor.
  }

  // Lends a connection: an idle one that is not expired and healthy, the last
  // returned first; else a new one, if fewer than max_open are open; else waits
  // up to `timeout` for one to come back, first come, first served. A timeout
  // of 0 or less never waits; nanoseconds::max() waits for ever.
  // Cost: one lock, no allocation; the clock is read only if there are age
  // limits or it has to wait. The time-out does not bound the hooks.
  // On failure: an empty lease whose Status() is kTimedOut or kClosed; what the
  // factory throws, with the slot free for the next; std::system_error with
  // std::errc::resource_deadlock_would_occur, at once, when the thread would
  // wait for ever for itself: all max_open slots are in leases that it borrowed
  // and has not moved since, or in Borrow calls of its own that are opening.
  // Not detected: a moved lease, for another thread may have it, and threads
  // that wait for each other.
  Lease Borrow(std::chrono::nanoseconds timeout) {
    Todo("01_02 task 11: ConnectionPool::Borrow");
  }

  // Closes the idle connections that are too old or idle too long, and returns
  // how many. Nothing else looks at connections that nobody borrows, so the
  // owner calls this from a timer.
  // Cost: O(idle).
  std::size_t EvictExpired() {
    // Call the hooks without the lock.
    Todo("01_02 task 11: ConnectionPool::EvictExpired");
  }

  // Closes the idle connections, wakes everyone who waits, and lends no more;
  // what is lent is closed when it comes back. May be called again.
  void Close() {
    // Call the hooks without the lock.
    Todo("01_02 task 11: ConnectionPool::Close");
  }

  ConnectionPoolStats Stats() const {
    // One consistent picture, taken under the lock.
    Todo("01_02 task 11: ConnectionPool::Stats");
  }

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_CONNECTION_POOL_H_
