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

namespace workbook {

// The time that a pool goes by; a test gives it one that it moves by hand.
// Thread safety: any thread.
class ConnectionPoolClock {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  virtual ~ConnectionPoolClock() = default;

  // The steady clock, unless overridden.
  virtual TimePoint Now() const;

  // Waits until `condition` is notified or Now() has reached `deadline`; may
  // return earlier, so call it in a loop. `lock` is held before and after.
  virtual void WaitUntil(std::condition_variable& condition,
                         std::unique_lock<std::mutex>& lock,
                         TimePoint deadline);

  // One for the whole process.
  static ConnectionPoolClock& Steady();
};

struct ConnectionPoolLimits {
  std::size_t max_open = 8;  // opened, being opened or being closed
  std::size_t max_idle = 8;  // kept open while nobody uses them
  // Age at which a connection is closed rather than lent or kept; 0: none.
  std::chrono::nanoseconds max_lifetime{0};
  // Time unused after which a connection is closed rather than lent; 0: none.
  std::chrono::nanoseconds idle_timeout{0};
};

enum class BorrowStatus { kOk, kTimedOut, kClosed };

// "ok", "no connection became free in time", "the connection pool is closed".
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

}  // namespace workbook

#endif  // WORKBOOK_01_02_CONNECTION_LEDGER_H_
