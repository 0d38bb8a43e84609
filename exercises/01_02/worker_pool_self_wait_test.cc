// SPDX-License-Identifier: Apache-2.0

// A task that would wait for its own pool: every call that waits says so.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <system_error>
#include <utility>

#include "01_02/worker_pool.h"
#include "exercises/01_02/testing/held_workers.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

using std::chrono::nanoseconds;

class Task10WorkerPoolSelfWait : public BoundedTest {};

// Whether `wait` throws resource_deadlock_would_occur when a task of the pool
// calls it.
bool IsRefused(WorkerPool& pool, const std::function<void()>& wait) {
  TaskFuture<bool> task = pool.Submit([&wait] {
    try {
      wait();
    } catch (const std::system_error& error) {
      return error.code() == std::errc::resource_deadlock_would_occur;
    }
    return false;
  });
  return task.Get();
}

// The second worker is held at a gate: should the first one wait, opening the
// gate ends the test.
TEST_F(Task10WorkerPoolSelfWait, GetOfAQueuedTaskIsRefused) {
  Gate gate;
  Gate held;
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  pool.Submit([&] {
    held.Open();
    gate.Pass();
  });
  ASSERT_TRUE(held.Pass()) << "the first task was not started";
  TaskFuture<int> inner;
  std::atomic<bool> refused{false};
  TaskFuture<void> outer = pool.Submit([&] {
    inner = pool.Submit([] { return 21; });
    try {
      inner.Get();
    } catch (const std::system_error& error) {
      refused = error.code() == std::errc::resource_deadlock_would_occur;
    }
  });
  EXPECT_TRUE(outer.WaitFor(kBound))
      << "a worker waits for a task that only it could run";
  EXPECT_TRUE(refused) << "expected resource_deadlock_would_occur";
  gate.Open();
  outer.Get();
  ASSERT_TRUE(inner.IsValid()) << "who was refused may ask again, elsewhere";
  EXPECT_EQ(inner.Get(), 21) << "the inner task is as it was, and runs";
}

TEST_F(Task10WorkerPoolSelfWait, TheOnlyWorkerIsRefusedToo) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  EXPECT_TRUE(IsRefused(pool, [&] { pool.Submit([] { return 21; }).Get(); }));
}

TEST_F(Task10WorkerPoolSelfWait, AWaitWithoutEndIsRefusedAndOneWithAnEndEnds) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  EXPECT_TRUE(
      IsRefused(pool, [&] { pool.Submit([] {}).WaitFor(nanoseconds::max()); }));
  TaskFuture<bool> task = pool.Submit([&pool] {
    const TaskFuture<void> inner = pool.Submit([] {});
    return inner.WaitFor(nanoseconds(0)) ||
           inner.WaitFor(std::chrono::milliseconds(2));
  });
  EXPECT_FALSE(task.Get()) << "no other thread could have run it";
}

TEST_F(Task10WorkerPoolSelfWait, WaitIdleAndShutdownAreRefused) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  EXPECT_TRUE(IsRefused(pool, [&] { pool.WaitIdle(); }));
  EXPECT_TRUE(IsRefused(pool, [&] { pool.Shutdown(ShutdownMode::kDrain); }));
  EXPECT_TRUE(IsRefused(pool, [&] { pool.Shutdown(ShutdownMode::kCancel); }));
  EXPECT_EQ(pool.Submit([] { return 1; }).Get(), 1)
      << "a shutdown that was refused has not begun";
}

TEST_F(Task10WorkerPoolSelfWait, ATaskThatWaitsForItsOwnEndIsRefused) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  Gate has_its_future;
  TaskFuture<void> own;
  std::atomic<bool> refused{false};
  own = pool.Submit([&] {
    has_its_future.Pass();
    try {
      own.WaitFor(nanoseconds::max());
    } catch (const std::system_error&) {
      refused = true;
    }
  });
  has_its_future.Open();
  pool.WaitIdle();
  EXPECT_TRUE(refused);
}

// Both workers are taken, and each waits for a task that is queued.
TEST_F(Task10WorkerPoolSelfWait, TwoWorkersThatWaitForQueuedTasksAreRefused) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  std::atomic<int> arrived{0};
  Gate both_arrived;
  std::atomic<int> refused{0};
  const auto waits_for_inner = [&] {
    if (arrived.fetch_add(1) == 1) both_arrived.Open();
    both_arrived.Pass();
    TaskFuture<void> inner = pool.Submit([] {});
    try {
      inner.Get();
    } catch (const std::system_error&) {
      ++refused;
    }
  };
  std::array<TaskFuture<void>, 2> outer = {pool.Submit(waits_for_inner),
                                           pool.Submit(waits_for_inner)};
  for (TaskFuture<void>& task : outer) task.Get();
  EXPECT_GE(refused.load(), 1)
      << "the second may find its task done by the first, who was refused";
}

TEST_F(Task10WorkerPoolSelfWait, WhatIsReadyMayBeTaken) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<int> ready = pool.Submit([] { return 8; });
  pool.WaitIdle();
  TaskFuture<int> task = pool.Submit([&ready] {
    return ready.WaitFor(nanoseconds::max()) ? ready.Get() : -1;
  });
  EXPECT_EQ(task.Get(), 8);
}

TEST_F(Task10WorkerPoolSelfWait, ATaskMayWaitForAnotherPool) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  WorkerPool other({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<int> task = pool.Submit([&other] {
    const int value = other.Submit([] { return 13; }).Get();
    other.WaitIdle();
    return value;
  });
  EXPECT_EQ(task.Get(), 13);
}

TEST_F(Task10WorkerPoolSelfWait, AFutureOfAPoolThatDiedIsOfAnother) {
  for (int round = 0; round < 20; ++round) {
    TaskFuture<int> outlives;
    {
      WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
      outlives = pool.Submit([] { return 5; });
    }
    // The next pool may lie where the dead one was.
    WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
    TaskFuture<int> task = pool.Submit([&outlives] { return outlives.Get(); });
    ASSERT_EQ(task.Get(), 5);
  }
}

}  // namespace
}  // namespace workbook
