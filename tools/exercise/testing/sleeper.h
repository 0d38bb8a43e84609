// SPDX-License-Identifier: Apache-2.0

// A thread that a test lets wait inside of the code under test.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_SLEEPER_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_SLEEPER_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/thread_state.h"

namespace workbook {

// Runs `call` on a thread of its own. What `call` waits for must come before
// the destructor, which joins.
class Sleeper {
 public:
  explicit Sleeper(std::function<void()> call)
      : thread_([this, call = std::move(call)] {
          id_ = gettid();
          call();
          done_ = true;
        }) {}
  ~Sleeper() { thread_.join(); }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  int id() const { return id_; }
  bool IsDone() const { return done_; }
  // Whether the call comes to an end, and whether it comes to rest, in time.
  bool Ends() const {
    return Eventually([this] { return done_.load(); });
  }
  bool Sleeps() const {
    return Eventually([this] { return id_ != 0 && SleepsNow(id_); });
  }

 private:
  std::atomic<int> id_{0};
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_SLEEPER_H_
