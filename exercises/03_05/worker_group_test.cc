// SPDX-License-Identifier: Apache-2.0

#include "03_05/worker_group.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "03_05/leak_diff.h"
#include "exercises/03_05/given/snapshot.h"
#include "exercises/03_05/testing/gate.h"
#include "exercises/03_05/testing/leaky_forms.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/thread_state.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task7WorkerGroup : public BoundedTest {
 protected:
  Task7WorkerGroup() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

TEST_F(Task7WorkerGroup, CallsTheJobOnceForEachIndex) {
  for (const std::size_t count : {0u, 1u, 2u, 3u, 1000u}) {
    std::vector<std::atomic<int>> calls(count);
    EXPECT_EQ(ForEachIndex(count, 3,
                           [&](std::size_t index, const std::stop_token&) {
                             ++calls.at(index);
                           }),
              count);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(calls[i], 1);
  }
}

// How many calls run at a time, and the most so far.
struct Crowd {
  void Enter() {
    const int here = ++inside;
    int seen = most;
    while (seen < here && !most.compare_exchange_weak(seen, here)) {
    }
  }
  void Leave() { --inside; }
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
};

TEST_F(Task7WorkerGroup, UsesAllItsThreadsAndNoMore) {
  Crowd crowd;
  Gate all_are_here;
  ForEachIndex(40, 4, [&](std::size_t, const std::stop_token&) {
    crowd.Enter();
    if (crowd.inside == 4) all_are_here.Open();
    EXPECT_TRUE(all_are_here.Pass());
    crowd.Leave();
  });
  EXPECT_EQ(crowd.most, 4);
}

TEST_F(Task7WorkerGroup, StartsNoThreadThatHasNothingToDo) {
  const Snapshot before{ThreadIds::OfThisProcess(), 0, 0};
  std::size_t threads = 0;
  ForEachIndex(1, 50, [&](std::size_t, const std::stop_token&) {
    const Snapshot now{ThreadIds::OfThisProcess(), 0, 0};
    threads = DiffOf(before, now).threads.size();
  });
  EXPECT_EQ(threads, 1u) << "for one index";
}

TEST_F(Task7WorkerGroup, TheFirstErrorStopsTheGroup) {
  std::atomic<int> calls{0};
  EXPECT_THROW(
      ForEachIndex(10'000, 2,
                   [&](std::size_t index, const std::stop_token& stop) {
                     ++calls;
                     if (index == 0) {
                       throw std::runtime_error("bad index");
                     }
                     WaitForStop(stop);
                   }),
      std::runtime_error);
  EXPECT_LE(calls, 2) << "the other worker had one index, and was stopped";
}

TEST_F(Task7WorkerGroup, AStopFromOutsideEndsIt) {
  std::stop_source source;
  const int feeder = gettid();
  std::atomic<std::size_t> calls{0};
  const std::size_t done = ForEachIndex(
      1000, 1,
      [&](std::size_t, const std::stop_token&) {
        if (++calls > 1) return;
        // Indices wait for the worker, as many as may.
        Eventually([&] { return SleepsNow(feeder); });
        source.request_stop();
      },
      source.get_token());
  EXPECT_EQ(calls, 1u) << "a job began after the stop";
  EXPECT_EQ(done, calls);
}

TEST_F(Task7WorkerGroup, AGroupThatIsStoppedBeforeItBeginsDoesNothing) {
  std::stop_source source;
  source.request_stop();
  std::atomic<std::size_t> calls{0};
  const auto job = [&](std::size_t, const std::stop_token&) { ++calls; };
  EXPECT_EQ(ForEachIndex(100, 2, job, source.get_token()), 0u);
  EXPECT_EQ(calls, 0u);
}

TEST_F(Task7WorkerGroup, MemoryDoesNotGrowWithTheCount) {
  const auto nothing = [](std::size_t, const std::stop_token&) {};
  std::vector<std::int64_t> bytes;
  for (const std::size_t count : {100u, 20'000u}) {
    const AllocationScope scope;
    ForEachIndex(count, 2, nothing);
    bytes.push_back(scope.Counts().bytes_allocated);
  }
  EXPECT_LE(bytes[1], bytes[0] + 1024) << "200 times as many indices";
}

}  // namespace
}  // namespace workbook
