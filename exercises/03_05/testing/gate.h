// SPDX-License-Identifier: Apache-2.0

// A place where tasks wait until the test lets them on.
#ifndef WORKBOOK_EXERCISES_03_05_TESTING_GATE_H_
#define WORKBOOK_EXERCISES_03_05_TESTING_GATE_H_

#include <condition_variable>
#include <mutex>

#include "tools/exercise/testing/bounded_test.h"

namespace workbook {

// Opened once, for all who wait before it.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Returns whether it was opened in time. What a gate holds must outwait what
  // is expected meanwhile, so its bound is twice the other.
  bool Pass() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 2 * kBound, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_TESTING_GATE_H_
