#include "01_02/worker_pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

class Task7WorkerPool : public BoundedTest {};
class Task7TaskFuture : public BoundedTest {};
class Task7WorkerPoolShutdown : public BoundedTest {};
class Task7WorkerPoolMemory : public BoundedTest {};

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

// Whether the kernel says that this thread of the process sleeps.
bool SleepsNow(pid_t thread_id) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread_id) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(") ");
  return name_end != std::string::npos && line[name_end + 2] == 'S';
}

// A pool of one thread that is held at a gate, and whose queue is full.
struct FullPool {
  FullPool() {
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

TEST_F(Task7WorkerPool, GivesBackWhatTheTaskReturns) {
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

std::atomic<int> threads_seen{0};
struct CountsItsThread {
  CountsItsThread() { threads_seen.fetch_add(1); }
};

TEST_F(Task7WorkerPool, ReusesItsOwnThreads) {
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

TEST_F(Task7WorkerPool, RunsAsManyTasksAtOnceAsItHasThreads) {
  WorkerPool pool({.thread_count = 4, .queue_capacity = 16});
  std::atomic<int> arrived{0};
  Gate all_arrived;
  std::vector<TaskFuture<void>> tasks;
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

TEST_F(Task7WorkerPool, RunsInOrderOnOneThread) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 8});
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) {
    pool.Submit([&order, i] { order.push_back(i); });
  }
  pool.WaitIdle();
  ASSERT_EQ(order.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<unsigned>(i)], i);
}

TEST_F(Task7WorkerPool, RunsEveryTaskOnceForManySubmitters) {
  constexpr unsigned kSubmitters = 3;
  constexpr unsigned kTasksEach = 2000;
  WorkerPool pool({.thread_count = 3, .queue_capacity = 8});
  std::vector<std::atomic<int>> times_run(kSubmitters * kTasksEach);
  std::atomic<int> over_the_bound{0};
  std::vector<std::thread> submitters;
  for (unsigned s = 0; s < kSubmitters; ++s) {
    submitters.emplace_back([&, s] {
      for (unsigned i = 0; i < kTasksEach; ++i) {
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

TEST_F(Task7WorkerPool, WakesASleepingWorkerForEveryTask) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  for (int round = 0; round < 100; ++round) {
    pool.WaitIdle();
    TaskFuture<int> task = pool.Submit([round] { return round; });
    ASSERT_TRUE(task.WaitFor(kBound))
        << "lost wake-up: in round " << round << " no worker took the task";
    EXPECT_EQ(task.Get(), round);
  }
}

TEST_F(Task7WorkerPool, TrySubmitRefusesWhenTheQueueIsFull) {
  FullPool full;
  EXPECT_EQ(full.queued.size(), full.pool.QueueCapacity());
  EXPECT_GE(full.pool.QueueCapacity(), 4u);
  EXPECT_EQ(full.pool.Stats().queued, full.queued.size());
  full.gate.Open();
  EXPECT_TRUE(full.held.Get());
  for (TaskFuture<void>& task : full.queued) task.Get();
  EXPECT_TRUE(full.pool.TrySubmit([] {}).has_value()) << "there is room again";
}

TEST_F(Task7WorkerPool, SubmitWaitsForRoom) {
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

TEST_F(Task7WorkerPool, ATaskMaySubmitToItsOwnPool) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  TaskFuture<TaskFuture<int>> outer =
      pool.Submit([&pool] { return pool.Submit([] { return 5; }); });
  EXPECT_EQ(outer.Get().Get(), 5);
}

TEST_F(Task7WorkerPool, ATaskIsToldThatItWouldWaitForItself) {
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

TEST_F(Task7WorkerPool, WaitIdleWaitsForWhatRunsAndWhatWaits) {
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

TEST_F(Task7WorkerPool, WaitIdleWaitsForATaskThatRunsWhileNoneIsQueued) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  Gate gate;
  Gate begun;
  std::atomic<bool> ended{false};
  std::atomic<bool> ended_before_idle{false};
  std::atomic<bool> returned{false};
  std::atomic<pid_t> waiter_id{0};
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

TEST_F(Task7WorkerPool, ATaskMayNotWaitForItsOwnPool) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  EXPECT_THROW(pool.Submit([&pool] { pool.WaitIdle(); }).Get(),
               std::logic_error);
  EXPECT_THROW(
      pool.Submit([&pool] { pool.Shutdown(ShutdownMode::kDrain); }).Get(),
      std::logic_error);
  EXPECT_EQ(pool.Submit([] { return 1; }).Get(), 1) << "still open";
}

TEST_F(Task7WorkerPool, RefusesNoThreadsAndNoQueue) {
  EXPECT_THROW(WorkerPool({.thread_count = 0, .queue_capacity = 4}),
               std::invalid_argument);
  EXPECT_THROW(WorkerPool({.thread_count = 1, .queue_capacity = 0}),
               std::invalid_argument);
  WorkerPool least({.thread_count = 1, .queue_capacity = 1});
  EXPECT_EQ(least.Submit([] { return 3; }).Get(), 3);
}

TEST_F(Task7WorkerPool, CountsWhatItDid) {
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

TEST_F(Task7TaskFuture, CarriesTheExceptionToTheCaller) {
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

TEST_F(Task7TaskFuture, MayBeDroppedAndTheTaskStillRuns) {
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

TEST_F(Task7TaskFuture, OutlivesItsPool) {
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

TEST_F(Task7TaskFuture, IsReadyOnlyAfterTheCallableIsDestroyed) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 4});
  const auto captured = std::make_shared<int>(0);
  for (int i = 0; i < 100; ++i) {
    pool.Submit([captured] {}).Get();
    ASSERT_EQ(captured.use_count(), 1) << "what the task captured still lives";
  }
}

TEST_F(Task7TaskFuture, IsInvalidWhenEmptyMovedFromOrGot) {
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

TEST_F(Task7TaskFuture, WaitForEndsWhenItsTimeHasPassed) {
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

TEST_F(Task7TaskFuture, IsNotMadeForACallableThatCannotBeStored) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  const ThrowsWhenCopied callable;
  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(pool.Submit(callable), std::runtime_error);
  }
  EXPECT_EQ(pool.Stats().submitted, 0u);
  EXPECT_EQ(pool.Submit([] { return 1; }).Get(), 1);
}

TEST_F(Task7WorkerPoolShutdown, DrainRunsWhatWasAccepted) {
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

TEST_F(Task7WorkerPoolShutdown, TheDestructorDrains) {
  std::atomic<int> ran{0};
  {
    WorkerPool pool({.thread_count = 2, .queue_capacity = 256});
    for (int i = 0; i < 200; ++i) pool.Submit([&ran] { ran.fetch_add(1); });
  }
  EXPECT_EQ(ran.load(), 200);
}

TEST_F(Task7WorkerPoolShutdown, CancelReportsEveryTaskThatHadNotBegun) {
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

TEST_F(Task7WorkerPoolShutdown, CancelDestroysWhatTheTaskHadCaptured) {
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

TEST_F(Task7WorkerPoolShutdown, WakesASubmitterThatWaitsForRoom) {
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

TEST_F(Task7WorkerPoolShutdown, RefusesTasksAfterwards) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  pool.Shutdown(ShutdownMode::kDrain);
  EXPECT_THROW(pool.Submit([] {}), WorkerPoolClosedError);
  EXPECT_FALSE(pool.TrySubmit([] {}).has_value());
  EXPECT_EQ(pool.Stats().submitted, 0u);
  pool.WaitIdle();
  pool.Shutdown(ShutdownMode::kCancel);
}

TEST_F(Task7WorkerPoolShutdown, LosesNoTaskThatASubmitterRacedIn) {
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

TEST_F(Task7WorkerPoolShutdown, MayBeCalledByManyThreads) {
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

TEST_F(Task7WorkerPoolMemory, SteadyStateAllocatesNothing) {
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

TEST_F(Task7WorkerPoolMemory, KeepsACallableOf96BytesInline) {
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

TEST_F(Task7WorkerPoolMemory, RunsAnOverAlignedCallable) {
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

TEST_F(Task7WorkerPoolMemory, SaysWhatItHolds) {
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

TEST(Task7WorkerPoolDeathTest, ATaskMayNotDestroyItsPool) {
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
