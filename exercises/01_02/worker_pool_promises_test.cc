// SPDX-License-Identifier: Apache-2.0

// Borders of the queue and of a wait, and what exactly is allocated.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/worker_pool.h"
#include "exercises/01_02/testing/held_workers.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task10WorkerPoolPromises : public BoundedTest {};

TEST_F(Task10WorkerPoolPromises, RoundsTheQueueUpToAPowerOfTwo) {
  for (const auto& [asked, capacity] :
       {std::pair{5u, 8u}, {1u, 2u}, {4u, 4u}}) {
    const WorkerPool pool({.thread_count = 1, .queue_capacity = asked});
    EXPECT_EQ(pool.QueueCapacity(), capacity) << "for " << asked << " tasks";
  }
}

TEST_F(Task10WorkerPoolPromises, CountsATaskBeforeItsFutureIsReady) {
  WorkerPool pool({.thread_count = 2, .queue_capacity = 16});
  for (std::uint64_t i = 0; i < 1000; ++i) {
    pool.Submit([] {}).Get();
    ASSERT_EQ(pool.Stats().run, i + 1);
  }
}

TEST_F(Task10WorkerPoolPromises, ATimeOutMayBeOverOrWithoutEnd) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  Gate gate;
  TaskFuture<bool> held = pool.Submit([&] { return gate.Pass(); });
  EXPECT_FALSE(held.WaitFor(std::chrono::seconds(-1))) << "it is over at once";
  gate.Open();
  EXPECT_TRUE(held.WaitFor(std::chrono::nanoseconds::max()));
  EXPECT_TRUE(held.Get());
}

TEST_F(Task10WorkerPoolPromises, OneShutdownThatCancelsCancelsForAll) {
  FullPool full;
  std::thread waits_for_room(
      [&] { EXPECT_THROW(full.pool.Submit([] {}), WorkerPoolClosedError); });
  std::thread drains([&] { full.pool.Shutdown(ShutdownMode::kDrain); });
  waits_for_room.join();  // so the shutdown that drains has begun
  std::atomic<pid_t> id{0};
  std::thread cancels([&] {
    id = ::gettid();
    full.pool.Shutdown(ShutdownMode::kCancel);
  });
  while (id == 0 || !SleepsNow(id)) std::this_thread::yield();
  full.gate.Open();
  cancels.join();
  drains.join();
  const WorkerPoolStats stats = full.pool.Stats();
  EXPECT_EQ(stats.run, 1u) << "the task that had begun";
  EXPECT_EQ(stats.cancelled, full.pool.QueueCapacity());
}

// Many states are out at once: none is handed out twice.
TEST_F(Task10WorkerPoolPromises, EveryFutureHasTheResultOfItsOwnTask) {
  constexpr std::uint64_t kSubmitters = 4;
  constexpr std::uint64_t kTasksEach = 5000;
  WorkerPool pool({.thread_count = 3, .queue_capacity = 1024});
  std::atomic<std::uint64_t> mixed_up{0};
  std::vector<std::thread> submitters;
  for (std::uint64_t s = 0; s < kSubmitters; ++s) {
    submitters.emplace_back([&, s] {
      std::vector<TaskFuture<std::uint64_t>> futures;
      for (std::uint64_t i = 0; i < kTasksEach; ++i) {
        const std::uint64_t id = s * kTasksEach + i;
        futures.push_back(pool.Submit([id] { return id; }));
        if (futures.size() < 200) continue;
        for (std::uint64_t k = 0; k < futures.size(); ++k) {
          mixed_up += futures[k].Get() != id + 1 - futures.size() + k ? 1 : 0;
        }
        futures.clear();
      }
    });
  }
  for (std::thread& submitter : submitters) submitter.join();
  EXPECT_EQ(mixed_up, 0u);
  EXPECT_EQ(pool.Stats().run, kSubmitters * kTasksEach);
}

struct MoveMayThrow {
  MoveMayThrow() = default;
  // NOLINTNEXTLINE: that it may throw is the point.
  MoveMayThrow(MoveMayThrow&&) noexcept(false) {}
  MoveMayThrow(const MoveMayThrow&) = default;
  int operator()() const { return 7; }
};

struct alignas(32) OverAligned {
  int operator()() const { return 8; }
};

TEST_F(Task10WorkerPoolPromises, ABoxCostsExactlyOneAllocation) {
  WorkerPool pool({.thread_count = 1, .queue_capacity = 4});
  pool.Submit([] {}).Get();
  const AllocationScope scope(ProbeExtent::kProcess);
  EXPECT_EQ(pool.Submit(MoveMayThrow()).Get(), 7);
  EXPECT_EQ(scope.Counts().allocations, 1) << "its move may throw";
  EXPECT_EQ(pool.Submit(OverAligned()).Get(), 8);
  EXPECT_EQ(scope.Counts().allocations, 2) << "it is aligned to more than 16";
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
