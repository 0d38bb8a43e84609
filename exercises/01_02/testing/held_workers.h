// SPDX-License-Identifier: Apache-2.0

// Workers that a test holds where it wants them.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_HELD_WORKERS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_HELD_WORKERS_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "01_02/worker_pool.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/thread_state.h"

namespace workbook {

// Opened once, for all who wait before it.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Whether it was opened in time. What a gate holds must outwait what is
  // expected meanwhile, so its bound is twice the other.
  bool Pass() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 2 * kBound, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// A pool of one thread that is held at a gate, and whose queue is full.
struct FullPool {
  explicit FullPool(const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
    const CalledFrom here(file, line, "WorkerPool::Submit");
    held = pool.Submit([this] {
      taken.Open();
      return gate.Pass();
    });
    EXPECT_TRUE(taken.Pass()) << "the first task was not started";
    while (std::optional<TaskFuture<void>> task = pool.TrySubmit([] {})) {
      queued.push_back(std::move(*task));
      if (queued.size() > 1000) break;
    }
  }
  ~FullPool() { gate.Open(); }

  Gate gate;
  Gate taken;
  WorkerPool pool{{.thread_count = 1, .queue_capacity = 4}};
  TaskFuture<bool> held;
  std::vector<TaskFuture<void>> queued;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_HELD_WORKERS_H_
