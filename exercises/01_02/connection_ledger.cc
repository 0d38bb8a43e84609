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

const char* ToString(BorrowStatus status) { Todo("01_02 task 11: ToString"); }

}  // namespace workbook
