// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "01_02/worker_pool.h"
#include "exercises/01_02/testing/held_workers.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

class Task10WorkerPoolShutdown : public BoundedTest {};

TEST_F(Task10WorkerPoolShutdown, DrainRunsWhatWasAccepted) {
  FullPool full;
  std::thread closer([&] { full.pool.Shutdown(ShutdownMode::kDrain); });
  EXPECT_THROW(full.pool.Submit([] {}), WorkerPoolClosedError)
      << "a submitter that waited for room must be woken by the shutdown";
  full.gate.Open();
  closer.join();
  for (TaskFuture<void>& task : full.queued) {
    ASSERT_TRUE(task.IsReady()) << "an accepted task was lost";
    EXPECT_NO_THROW(task.Get());
  }
  EXPECT_EQ(full.pool.Stats().run, full.queued.size() + 1);
}

TEST_F(Task10WorkerPoolShutdown, TheDestructorDrains) {
  std::atomic<int> ran{0};
  {
    WorkerPool pool({.thread_count = 2, .queue_capacity = 256});
    for (int i = 0; i < 200; ++i) pool.Submit([&ran] { ran.fetch_add(1); });
  }
  EXPECT_EQ(ran.load(), 200);
}

TEST_F(Task10WorkerPoolShutdown, CancelReportsEveryTaskThatHadNotBegun) {
  FullPool full;
  std::thread closer([&] { full.pool.Shutdown(ShutdownMode::kCancel); });
  EXPECT_THROW(full.pool.Submit([] {}), WorkerPoolClosedError);
  full.gate.Open();
  closer.join();
  EXPECT_TRUE(full.held.Get()) << "what had begun runs to its end";
  for (TaskFuture<void>& task : full.queued) {
    ASSERT_TRUE(task.IsReady()) << "a cancelled task says so";
    EXPECT_THROW(task.Get(), TaskCancelledError);
  }
  EXPECT_EQ(full.pool.Stats().run, 1u);
  EXPECT_EQ(full.pool.Stats().cancelled, full.queued.size());
}

TEST_F(Task10WorkerPoolShutdown, CancelDestroysWhatTheTaskHadCaptured) {
  const auto captured = std::make_shared<int>(0);
  {
    FullPool full;
    full.pool.TrySubmit([] {});
    full.queued.clear();
    std::thread closer([&] { full.pool.Shutdown(ShutdownMode::kCancel); });
    EXPECT_THROW(full.pool.Submit([captured] {}), WorkerPoolClosedError);
    EXPECT_EQ(captured.use_count(), 1) << "a refused task must be destroyed";
    full.gate.Open();
    closer.join();
  }
}

TEST_F(Task10WorkerPoolShutdown, WakesASubmitterThatWaitsForRoom) {
  FullPool full;
  std::atomic<pid_t> submitter_id{0};
  std::atomic<bool> refused{false};
  std::thread submitter([&] {
    submitter_id = gettid();
    try {
      full.pool.Submit([] {});
    } catch (const WorkerPoolClosedError&) {
      refused = true;
    }
  });
  EXPECT_TRUE(
      Eventually([&] { return submitter_id != 0 && SleepsNow(submitter_id); }));
  std::thread closer([&] { full.pool.Shutdown(ShutdownMode::kDrain); });
  EXPECT_TRUE(Eventually([&] { return refused.load(); }))
      << "the pool is shut down, and the submitter still sleeps";
  full.gate.Open();
  closer.join();
  submitter.join();
}

TEST_F(Task10WorkerPoolShutdown, RefusesTasksAfterwards) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  pool.Shutdown(ShutdownMode::kDrain);
  EXPECT_THROW(pool.Submit([] {}), WorkerPoolClosedError);
  EXPECT_FALSE(pool.TrySubmit([] {}).has_value());
  EXPECT_EQ(pool.Stats().submitted, 0u);
  pool.WaitIdle();
  pool.Shutdown(ShutdownMode::kCancel);
}

TEST_F(Task10WorkerPoolShutdown, LosesNoTaskThatASubmitterRacedIn) {
  for (int round = 0; round < 40; ++round) {
    std::atomic<unsigned> ran{0};
    std::atomic<unsigned> accepted{0};
    WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
    std::vector<std::thread> submitters;
    for (int s = 0; s < 2; ++s) {
      submitters.emplace_back([&] {
        try {
          for (;;) {
            pool.Submit([&ran] { ran.fetch_add(1); });
            accepted.fetch_add(1);
          }
        } catch (const WorkerPoolClosedError&) {
        }
      });
    }
    EXPECT_TRUE(Eventually([&] { return accepted >= 20; }));
    pool.Shutdown(ShutdownMode::kDrain);
    for (std::thread& submitter : submitters) submitter.join();
    ASSERT_EQ(ran, accepted) << "in round " << round;
    ASSERT_EQ(pool.Stats().submitted, accepted);
  }
}

TEST_F(Task10WorkerPoolShutdown, MayBeCalledByManyThreads) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 64});
  std::atomic<int> ran{0};
  for (int i = 0; i < 64; ++i) pool.Submit([&ran] { ran.fetch_add(1); });
  std::vector<std::thread> closers;
  std::atomic<int> returned_early{0};
  for (int i = 0; i < 4; ++i) {
    closers.emplace_back([&] {
      pool.Shutdown(ShutdownMode::kDrain);
      if (ran != 64) ++returned_early;
    });
  }
  for (std::thread& closer : closers) closer.join();
  EXPECT_EQ(returned_early, 0) << "Shutdown returned before the tasks had run";
}

}  // namespace
}  // namespace workbook
