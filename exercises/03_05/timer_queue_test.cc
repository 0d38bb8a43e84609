// SPDX-License-Identifier: Apache-2.0

#include "03_05/timer_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "exercises/03_05/testing/gate.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/exercise/testing/sleeper.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task5TimerQueue : public BoundedTest {
 protected:
  Task5TimerQueue() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

// A moment of a day that the tests make up.
TimerQueue::TimePoint At(int second) {
  return TimerQueue::TimePoint(std::chrono::seconds(second));
}

TEST_F(Task5TimerQueue, CallsWhatIsDueInTheOrderOfTime) {
  TimerQueue timers;
  std::string calls;
  timers.Add(At(30), [&] { calls += 'c'; });
  timers.Add(At(10), [&] { calls += 'a'; });
  timers.Add(At(20), [&] { calls += 'b'; });
  EXPECT_EQ(timers.NextDue(), At(10));
  EXPECT_EQ(timers.RunDue(At(9)), 0u);
  EXPECT_EQ(timers.RunDue(At(20)), 2u) << "due at 20 is due at 20";
  EXPECT_EQ(calls, "ab");
  EXPECT_EQ(timers.Size(), 1u);
  EXPECT_EQ(timers.RunDue(At(1000)), 1u);
  EXPECT_EQ(timers.RunDue(At(1000)), 0u) << "each is called once";
  EXPECT_EQ(calls, "abc");
  EXPECT_EQ(timers.NextDue(), std::nullopt);
}

TEST_F(Task5TimerQueue, TimersOfOneMomentAreCalledInTheOrderOfAdd) {
  TimerQueue timers;
  std::vector<int> calls;
  for (int i = 0; i < 20; ++i) {
    timers.Add(At(5), [&calls, i] { calls.push_back(i); });
  }
  EXPECT_EQ(timers.RunDue(At(5)), 20u);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(calls[static_cast<std::size_t>(i)], i);
  }
}

TEST_F(Task5TimerQueue, ACancelledTimerIsNotCalled) {
  TimerQueue timers;
  std::string calls;
  timers.Add(At(1), [&] { calls += 'a'; });
  const TimerQueue::Id second = timers.Add(At(1), [&] { calls += 'b'; });
  timers.Add(At(1), [&] { calls += 'c'; });
  EXPECT_TRUE(timers.Cancel(second));
  EXPECT_FALSE(timers.Cancel(second)) << "it is gone already";
  EXPECT_EQ(timers.RunDue(At(1)), 2u);
  EXPECT_EQ(calls, "ac");
}

TEST_F(Task5TimerQueue, ACancelledTimerIsFreedAtOnce) {
  // Each request has a time limit of an hour, and is answered long before.
  constexpr int kRequests = 10'000;
  const AllocationScope scope;
  TimerQueue timers;
  std::vector<TimerQueue::Id> ids;
  ids.reserve(kRequests);
  const std::int64_t empty = scope.Counts().live_bytes;
  for (int i = 0; i < kRequests; ++i) {
    ids.push_back(timers.Add(At(3600 + i), [] {}));
  }
  const std::int64_t waiting = scope.Counts().live_bytes - empty;
  for (const TimerQueue::Id& id : ids) EXPECT_TRUE(timers.Cancel(id));
  const std::int64_t kept = scope.Counts().live_bytes - empty;
  EXPECT_EQ(kept, 0) << "the hour is not over, and no request needs its timer";
  EXPECT_EQ(timers.Size(), 0u);
  RecordGain("live_bytes", waiting, kept);
  RecordProperty("waiting_bytes", std::to_string(waiting));
}

TEST_F(Task5TimerQueue, WhatATimerHasCapturedDiesWithIt) {
  const auto captured = std::make_shared<int>(0);
  TimerQueue timers;
  const TimerQueue::Id id = timers.Add(At(1), [captured] {});
  timers.Add(At(2), [captured] {});
  EXPECT_EQ(captured.use_count(), 3);
  timers.Cancel(id);
  EXPECT_EQ(captured.use_count(), 2);
  timers.RunDue(At(2));
  EXPECT_EQ(captured.use_count(), 1);
}

TEST_F(Task5TimerQueue, CancelSaysWhetherItCameInTime) {
  TimerQueue timers;
  const TimerQueue::Id id = timers.Add(At(1), [] {});
  timers.RunDue(At(1));
  EXPECT_FALSE(timers.Cancel(id)) << "it has been called";
}

TEST_F(Task5TimerQueue, CancelWaitsForACallbackThatRuns) {
  TimerQueue timers;
  Gate entered;
  Gate gate;
  const auto captured = std::make_shared<int>(0);
  const TimerQueue::Id id = timers.Add(At(1), [&, captured] {
    entered.Open();
    gate.Pass();
  });
  bool in_time = true;
  {
    Sleeper runner([&] { timers.RunDue(At(1)); });
    EXPECT_TRUE(entered.Pass());
    Sleeper canceller([&] { in_time = timers.Cancel(id); });
    EXPECT_TRUE(canceller.Sleeps());
    EXPECT_FALSE(canceller.IsDone())
        << "Cancel has returned, and the callback runs";
    gate.Open();
    EXPECT_TRUE(canceller.Ends());
    EXPECT_EQ(captured.use_count(), 1) << "what it captured must be gone";
  }
  EXPECT_FALSE(in_time);
}

TEST_F(Task5TimerQueue, ACallbackMayUseTheQueue) {
  TimerQueue timers;
  TimerQueue::Id own;
  std::string calls;
  const TimerQueue::Id other = timers.Add(At(2), [&] { calls += 'x'; });
  own = timers.Add(At(1), [&] {
    calls += 'a';
    EXPECT_FALSE(timers.Cancel(own)) << "it would wait for itself";
    EXPECT_TRUE(timers.Cancel(other));
    EXPECT_EQ(timers.Size(), 0u);
    timers.Add(At(3), [&] { calls += 'b'; });
    timers.Add(At(9), [&] { calls += 'c'; });
  });
  EXPECT_EQ(timers.RunDue(At(5)), 2u) << "what a callback adds may be due, too";
  EXPECT_EQ(calls, "ab");
  EXPECT_EQ(timers.NextDue(), At(9));
}

TEST_F(Task5TimerQueue, AnotherTimerCanBeCancelledWhileOneRuns) {
  TimerQueue timers;
  Gate entered;
  Gate gate;
  timers.Add(At(1), [&] {
    entered.Open();
    gate.Pass();
  });
  const TimerQueue::Id other = timers.Add(At(2), [] {});
  Sleeper runner([&] { timers.RunDue(At(1)); });
  EXPECT_TRUE(entered.Pass());
  Sleeper canceller([&] { EXPECT_TRUE(timers.Cancel(other)); });
  EXPECT_TRUE(canceller.Ends()) << "the callback that runs is not its own";
  gate.Open();
}

}  // namespace
}  // namespace workbook
