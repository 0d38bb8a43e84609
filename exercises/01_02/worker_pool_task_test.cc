// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "01_02/worker_pool.h"
#include "exercises/01_02/testing/held_workers.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::nanoseconds;

class Task10TaskFuture : public BoundedTest {};
class Task10WorkerPoolMemory : public BoundedTest {};

TEST_F(Task10TaskFuture, CarriesTheExceptionToTheCaller) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<int> task =
      pool.Submit([]() -> int { throw std::out_of_range("page 7"); });
  try {
    task.Get();
    FAIL() << "the task's exception was lost";
  } catch (const std::out_of_range& error) {
    EXPECT_STREQ(error.what(), "page 7");
  }
  EXPECT_EQ(pool.Submit([] { return 1; }).Get(), 1) << "the worker is dead";
}

TEST_F(Task10TaskFuture, MayBeDroppedAndTheTaskStillRuns) {
  std::atomic<int> ran{0};
  WorkerPool pool({.thread_count = 1, .queue_capacity = 64});
  for (int i = 0; i < 50; ++i) {
    pool.Submit([&ran, i] {
      ran.fetch_add(1);
      if (i % 2 == 0) throw std::runtime_error("nobody listens");
      return std::string(100, 'x');
    });
  }
  pool.WaitIdle();
  EXPECT_EQ(ran.load(), 50);
}

TEST_F(Task10TaskFuture, OutlivesItsPool) {
  TaskFuture<std::string> value;
  TaskFuture<void> error;
  {
    WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
    value = pool.Submit([] { return std::string(100, 'x'); });
    error = pool.Submit([] { throw std::runtime_error("late"); });
  }
  EXPECT_TRUE(value.IsReady());
  EXPECT_EQ(value.Get(), std::string(100, 'x'));
  EXPECT_THROW(error.Get(), std::runtime_error);
}

TEST_F(Task10TaskFuture, IsReadyOnlyAfterTheCallableIsDestroyed) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  const auto captured = std::make_shared<int>(0);
  for (int i = 0; i < 100; ++i) {
    pool.Submit([captured] {}).Get();
    ASSERT_EQ(captured.use_count(), 1) << "what the task captured still lives";
  }
}

TEST_F(Task10TaskFuture, IsInvalidWhenEmptyMovedFromOrGot) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<int> empty;
  EXPECT_FALSE(empty.IsValid());
  EXPECT_THROW(empty.IsReady(), std::logic_error);
  TaskFuture<int> task = pool.Submit([] { return 1; });
  empty = std::move(task);
  EXPECT_FALSE(task.IsValid());
  EXPECT_THROW(task.WaitFor(nanoseconds(0)), std::logic_error);
  EXPECT_EQ(empty.Get(), 1);
  EXPECT_FALSE(empty.IsValid());
  EXPECT_THROW(empty.Get(), std::logic_error);
}

TEST_F(Task10TaskFuture, WaitForEndsWhenItsTimeHasPassed) {
  FullPool full;
  EXPECT_FALSE(full.held.WaitFor(nanoseconds(0)));
  EXPECT_FALSE(full.held.WaitFor(std::chrono::milliseconds(2)));
  EXPECT_FALSE(full.held.IsReady());
  full.gate.Open();
  EXPECT_TRUE(full.held.WaitFor(kBound)) << "lost wake-up of the future";
}

struct ThrowsWhenCopied {
  ThrowsWhenCopied() = default;
  ThrowsWhenCopied(const ThrowsWhenCopied&) {
    throw std::runtime_error("not copied");
  }
  void operator()() const {}
};

TEST_F(Task10TaskFuture, IsNotMadeForACallableThatCannotBeStored) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  const ThrowsWhenCopied callable;
  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(pool.Submit(callable), std::runtime_error);
  }
  EXPECT_EQ(pool.Stats().submitted, 0u);
  EXPECT_EQ(pool.Submit([] { return 1; }).Get(), 1);
}

// Runs `count` tasks and holds all their futures meanwhile.
int SumOfBatch(WorkerPool& pool, std::vector<TaskFuture<int>>& tasks,
               int count) {
  for (int i = 0; i < count; ++i) {
    tasks.push_back(pool.Submit([i] { return i; }));
  }
  int sum = 0;
  for (TaskFuture<int>& task : tasks) sum += task.Get();
  tasks.clear();
  return sum;
}

// Returns when each of `thread_count` workers has run a task. A thread that
// starts allocates, in a sanitizer's runtime above all, and that is not the
// pool's steady state.
void StartEveryWorker(WorkerPool& pool, int thread_count) {
  std::atomic<int> arrived{0};
  Gate all_arrived;
  std::vector<TaskFuture<void>> tasks;
  for (int i = 0; i < thread_count; ++i) {
    tasks.push_back(pool.Submit([&] {
      if (arrived.fetch_add(1) + 1 == thread_count) all_arrived.Open();
      all_arrived.Pass();
    }));
  }
  for (TaskFuture<void>& task : tasks) task.Get();
}

TEST_F(Task10WorkerPoolMemory, SteadyStateAllocatesNothing) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 64});
  StartEveryWorker(pool, 2);
  std::vector<TaskFuture<int>> tasks;
  tasks.reserve(256);
  SumOfBatch(pool, tasks, 256);
  const AllocationScope scope(ProbeExtent::kProcess);
  for (int round = 0; round < 20; ++round) {
    EXPECT_EQ(SumOfBatch(pool, tasks, 256), 255 * 128);
  }
  pool.WaitIdle();
  EXPECT_EQ(scope.Counts().allocations, 0) << "for 5120 small tasks";
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST_F(Task10WorkerPoolMemory, KeepsACallableOf96BytesInline) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  std::array<unsigned char, kInlineTaskBytes> inline_bytes{};
  inline_bytes[95] = 9;
  std::array<unsigned char, kInlineTaskBytes + 1> large_bytes{};
  large_bytes[96] = 8;
  pool.Submit([] {}).Get();
  const AllocationScope scope(ProbeExtent::kProcess);
  EXPECT_EQ(pool.Submit([inline_bytes] { return inline_bytes[95]; }).Get(), 9);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.Submit([large_bytes] { return large_bytes[96]; }).Get(), 8);
  EXPECT_EQ(scope.Counts().allocations, 1) << "a larger one costs exactly one";
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST_F(Task10WorkerPoolMemory, RunsAnOverAlignedCallable) {
  struct alignas(32) OverAligned {
    int value = 6;
    bool IsAligned() const {
      return reinterpret_cast<std::uintptr_t>(this) % 32 == 0;
    }
  };
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  EXPECT_EQ(pool.Submit([object = OverAligned()] {
                  return object.IsAligned() ? object.value : -1;
                })
                .Get(),
            6);
}

TEST_F(Task10WorkerPoolMemory, SaysWhatItHolds) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 16});
  std::vector<TaskFuture<int>> tasks;
  SumOfBatch(pool, tasks, 16);
  const std::size_t small = pool.Stats().bytes_held;
  EXPECT_GE(small, 16 * sizeof(void*));
  SumOfBatch(pool, tasks, 200);
  const std::size_t large = pool.Stats().bytes_held;
  EXPECT_GE(large, small + 100 * kInlineTaskBytes)
      << "200 live futures need room for 200 tasks";
  for (int round = 0; round < 5; ++round) SumOfBatch(pool, tasks, 200);
  EXPECT_EQ(pool.Stats().bytes_held, large) << "states are not recycled";
}

}  // namespace
}  // namespace workbook
