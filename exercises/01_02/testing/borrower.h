// SPDX-License-Identifier: Apache-2.0

// A thread that borrows a connection, and who waits for one.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_BORROWER_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_BORROWER_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <thread>

#include "01_02/connection_pool.h"
#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {

// A borrower waits twice as long as a test does, so that a lost wake-up is a
// failed expectation and not a hang.
inline constexpr std::chrono::seconds kLong = 2 * kBound;
inline constexpr std::chrono::nanoseconds kNoWait{0};

// A thread that borrows, tells what it got, and returns it.
class Borrower {
 public:
  explicit Borrower(FakePool& pool, std::chrono::nanoseconds timeout = kLong)
      : thread_([this, &pool, timeout] {
          try {
            FakePool::Lease lease = pool.Borrow(timeout);
            status = lease.Status();
            if (lease) id = lease->Id();
            if (on_borrow) on_borrow();
          } catch (const std::runtime_error&) {
            threw = true;
          }
          done = true;
        }) {}
  ~Borrower() { thread_.join(); }

  std::function<void()> on_borrow;
  std::atomic<BorrowStatus> status{BorrowStatus::kOk};
  std::atomic<int> id{0};
  std::atomic<bool> threw{false};
  std::atomic<bool> done{false};

 private:
  std::thread thread_;
};

inline bool IsWaiting(const FakePool& pool, std::size_t borrowers) {
  return Eventually([&] { return pool.Stats().waiting == borrowers; });
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_BORROWER_H_
