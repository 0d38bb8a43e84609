// SPDX-License-Identifier: Apache-2.0

#include "01_02/worker_pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/held_workers.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

class Task10WorkerPool : public BoundedTest {};

TEST_F(Task10WorkerPool, GivesBackWhatTheTaskReturns) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 16});
  TaskFuture<int> number = pool.Submit([] { return 42; });
  TaskFuture<std::string> text =
      pool.Submit([] { return std::string(100, 'x'); });
  TaskFuture<std::unique_ptr<int>> pointer =
      pool.Submit([owned = std::make_unique<int>(7)]() mutable {
        return std::move(owned);
      });
  bool ran = false;
  TaskFuture<void> nothing = pool.Submit([&ran] { ran = true; });
  EXPECT_EQ(number.Get(), 42);
  EXPECT_EQ(text.Get(), std::string(100, 'x'));
  EXPECT_EQ(*pointer.Get(), 7);
  nothing.Get();
  EXPECT_TRUE(ran);
}

TEST_F(Task10WorkerPool, WorksWithoutALookBeforeItSleepsAndWithMany) {
  for (const std::uint32_t looks : {0u, 1u, 100'000u}) {
    WorkerPool pool(
        {.thread_count = 2, .queue_capacity = 2, .looks_before_sleep = looks});
    int sum = 0;
    for (int i = 0; i < 200; ++i) {
      TaskFuture<int> first = pool.Submit([i] { return i; });
      TaskFuture<int> second = pool.Submit([i] { return i; });
      sum += first.Get() + second.Get();
    }
    EXPECT_EQ(sum, 199 * 200) << "with " << looks << " looks";
  }
}

std::atomic<int> threads_seen{0};
struct CountsItsThread {
  CountsItsThread() { threads_seen.fetch_add(1); }
};

TEST_F(Task10WorkerPool, ReusesItsOwnThreads) {
  WorkerPool pool({.thread_count = 3, .queue_capacity = 64});
  threads_seen = 0;
  const std::thread::id caller = std::this_thread::get_id();
  int on_the_caller = 0;
  for (int i = 0; i < 300; ++i) {
    on_the_caller += pool.Submit([caller] {
                           thread_local const CountsItsThread counted;
                           static_cast<void>(&counted);
                           return std::this_thread::get_id() == caller ? 1 : 0;
                         })
                         .Get();
  }
  EXPECT_EQ(on_the_caller, 0) << "a task ran on the thread that submitted it";
  EXPECT_LE(threads_seen.load(), 3) << "threads were made for 300 tasks";
}

TEST_F(Task10WorkerPool, RunsAsManyTasksAtOnceAsItHasThreads) {
  std::atomic<int> arrived{0};
  Gate all_arrived;
  WorkerPool pool({.thread_count = 4, .queue_capacity = 16});
  std::vector<TaskFuture<void>> tasks;
  tasks.reserve(4);
  for (int i = 0; i < 4; ++i) {
    tasks.push_back(pool.Submit([&] {
      if (arrived.fetch_add(1) + 1 == 4) all_arrived.Open();
      all_arrived.Pass();
    }));
  }
  EXPECT_TRUE(all_arrived.Pass())
      << "only " << arrived << " of 4 tasks ran at once";
  all_arrived.Open();
}

TEST_F(Task10WorkerPool, RunsInOrderOnOneThread) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 8});
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) {
    pool.Submit([&order, i] { order.push_back(i); });
  }
  pool.WaitIdle();
  ASSERT_EQ(order.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<unsigned>(i)], i);
}

TEST_F(Task10WorkerPool, RunsEveryTaskOnceForManySubmitters) {
  constexpr std::size_t kSubmitters = 3;
  constexpr std::size_t kTasksEach = 2000;
  std::vector<std::atomic<int>> times_run(kSubmitters * kTasksEach);
  std::atomic<int> over_the_bound{0};
  WorkerPool pool({.thread_count = 3, .queue_capacity = 8});
  std::vector<std::thread> submitters;
  submitters.reserve(kSubmitters);
  for (std::size_t s = 0; s < kSubmitters; ++s) {
    submitters.emplace_back([&, s] {
      for (std::size_t i = 0; i < kTasksEach; ++i) {
        pool.Submit([&, id = s * kTasksEach + i] {
          times_run[id].fetch_add(1);
          if (pool.Stats().queued > pool.QueueCapacity()) ++over_the_bound;
        });
      }
    });
  }
  for (std::thread& submitter : submitters) submitter.join();
  pool.WaitIdle();
  int wrong = 0;
  for (const std::atomic<int>& times : times_run) wrong += times != 1 ? 1 : 0;
  EXPECT_EQ(wrong, 0) << "tasks that did not run exactly once";
  EXPECT_EQ(over_the_bound, 0) << "more tasks waited than the queue may hold";
}

TEST_F(Task10WorkerPool, WakesASleepingWorkerForEveryTask) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  for (int round = 0; round < 100; ++round) {
    pool.WaitIdle();
    TaskFuture<int> task = pool.Submit([round] { return round; });
    ASSERT_TRUE(task.WaitFor(kBound))
        << "lost wake-up: in round " << round << " no worker took the task";
    EXPECT_EQ(task.Get(), round);
  }
}

TEST_F(Task10WorkerPool, TrySubmitRefusesWhenTheQueueIsFull) {
  FullPool full;
  EXPECT_EQ(full.queued.size(), full.pool.QueueCapacity());
  EXPECT_GE(full.pool.QueueCapacity(), 4u);
  EXPECT_EQ(full.pool.Stats().queued, full.queued.size());
  full.gate.Open();
  EXPECT_TRUE(full.held.Get());
  for (TaskFuture<void>& task : full.queued) task.Get();
  EXPECT_TRUE(full.pool.TrySubmit([] {}).has_value()) << "there is room again";
}

TEST_F(Task10WorkerPool, SubmitWaitsForRoom) {
  FullPool full;
  std::atomic<pid_t> submitter_id{0};
  std::atomic<bool> accepted{false};
  std::thread submitter([&] {
    submitter_id = gettid();
    try {
      full.pool.Submit([] {});
      accepted = true;
    } catch (const WorkerPoolClosedError&) {
    }
  });
  EXPECT_TRUE(Eventually([&] {
    return accepted || (submitter_id != 0 && SleepsNow(submitter_id));
  })) << "Submit neither returned nor slept: it burns its processor";
  EXPECT_FALSE(accepted) << "a full queue accepted a task";
  full.gate.Open();
  EXPECT_TRUE(Eventually([&] { return accepted.load(); }))
      << "lost wake-up: there is room, but the submitter sleeps";
  full.pool.Shutdown(ShutdownMode::kDrain);
  submitter.join();
}

TEST_F(Task10WorkerPool, ATaskMaySubmitToItsOwnPool) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<TaskFuture<int>> outer =
      pool.Submit([&pool] { return pool.Submit([] { return 5; }); });
  EXPECT_EQ(outer.Get().Get(), 5);
}

TEST_F(Task10WorkerPool, ATaskIsToldThatItWouldWaitForItself) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<bool> task = pool.Submit([&pool] {
    while (pool.TrySubmit([] {})) {
    }
    try {
      pool.Submit([] {});
    } catch (const std::system_error& error) {
      return error.code() == std::errc::resource_deadlock_would_occur;
    }
    return false;
  });
  ASSERT_TRUE(task.WaitFor(kBound))
      << "the only worker waits for room that only it could make";
  EXPECT_TRUE(task.Get()) << "expected resource_deadlock_would_occur";
}

TEST_F(Task10WorkerPool, WaitIdleWaitsForWhatRunsAndWhatWaits) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 64});
  std::atomic<int> ended{0};
  for (int round = 1; round <= 50; ++round) {
    for (int i = 0; i < 10; ++i) {
      pool.Submit([&ended] { ended.fetch_add(1); });
    }
    pool.WaitIdle();
    ASSERT_EQ(ended.load(), round * 10) << "WaitIdle returned too early";
  }
}

TEST_F(Task10WorkerPool, WaitIdleWaitsForTasksThatTasksSubmit) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 64});
  std::atomic<int> ended{0};
  for (int round = 1; round <= 50; ++round) {
    pool.Submit([&] {
      pool.Submit([&] { pool.Submit([&ended] { ended.fetch_add(1); }); });
    });
    pool.WaitIdle();
    ASSERT_EQ(ended.load(), round) << "WaitIdle returned too early";
  }
}

TEST_F(Task10WorkerPool, WaitIdleWaitsForATaskThatRunsWhileNoneIsQueued) {
  Gate gate;
  Gate begun;
  std::atomic<bool> ended{false};
  std::atomic<bool> ended_before_idle{false};
  std::atomic<bool> returned{false};
  std::atomic<pid_t> waiter_id{0};
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  pool.Submit([&] {
    begun.Open();
    gate.Pass();
    ended = true;
  });
  EXPECT_TRUE(begun.Pass()) << "the task was not started";
  std::thread waiter([&] {
    waiter_id = gettid();
    pool.WaitIdle();
    ended_before_idle = ended.load();
    returned = true;
  });
  EXPECT_TRUE(Eventually(
      [&] { return returned || (waiter_id != 0 && SleepsNow(waiter_id)); }));
  EXPECT_FALSE(returned) << "WaitIdle returned while a task runs";
  gate.Open();
  waiter.join();
  EXPECT_TRUE(ended_before_idle);
}

TEST_F(Task10WorkerPool, RefusesNoThreadsAndNoQueue) {
  EXPECT_THROW(WorkerPool({.thread_count = 0, .queue_capacity = 4}),
               std::invalid_argument);
  for (const std::size_t capacity :
       {std::size_t{0}, WorkerPoolOptions::kMaxQueueCapacity + 1,
        std::numeric_limits<std::size_t>::max()}) {
    EXPECT_THROW(WorkerPool({.thread_count = 1, .queue_capacity = capacity}),
                 std::invalid_argument)
        << "a queue of " << capacity;
  }
  WorkerPool least({.thread_count = 1, .queue_capacity = 1});
  EXPECT_EQ(least.Submit([] { return 3; }).Get(), 3);
}

TEST_F(Task10WorkerPool, CountsWhatItDid) {
  FullPool full;
  full.gate.Open();
  full.held.Get();
  EXPECT_THROW(full.pool.Submit([] { throw 1; }).Get(), int);
  full.pool.WaitIdle();
  const WorkerPoolStats stats = full.pool.Stats();
  EXPECT_EQ(stats.submitted, full.queued.size() + 2);
  EXPECT_EQ(stats.run, full.queued.size() + 2);
  EXPECT_EQ(stats.failed, 1u);
  EXPECT_EQ(stats.cancelled, 0u);
  EXPECT_EQ(stats.queued, 0u);
}

TEST(Task10WorkerPoolDeathTest, ATaskMayNotDestroyItsPool) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        auto* pool = new WorkerPool({.thread_count = 1, .queue_capacity = 4});
        pool->Submit([pool] { delete pool; }).WaitFor(kBound);
      },
      "");
}

}  // namespace
}  // namespace workbook
