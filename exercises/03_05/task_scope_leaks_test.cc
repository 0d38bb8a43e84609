// SPDX-License-Identifier: Apache-2.0

// What a scope leaves behind: nothing, whichever way it ends.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "03_05/task_scope.h"
#include "exercises/03_05/given/live_task.h"
#include "exercises/03_05/testing/leaky_forms.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

class Task4TaskScopeLeaks : public BoundedTest {
 protected:
  Task4TaskScopeLeaks() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

// Asks three servers; one of them can't be reached, and the two others never
// answer.
template <class AnyScope>
void AskThreeServers(AnyScope& scope) {
  scope.Start(&WaitForStop);
  scope.Start(&WaitForStop);
  scope.Start([](const std::stop_token&) {
    throw std::runtime_error("no route to host");
  });
}

TEST_F(Task4TaskScopeLeaks, AnErrorLeavesNoTaskBehind) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  std::int64_t leaked = 0;
  {
    FireAndForget tasks;
    AskThreeServers(tasks);
    EXPECT_TRUE(Eventually([&] {
      const LeakDiff diff = DiffOf(before, watch.Take());
      return diff.tasks == 2 && diff.threads.size() == 2;
    })) << "the two that never answer stay forever";
    leaked = DiffOf(before, watch.Take()).tasks;
  }
  {
    TaskScope scope;
    AskThreeServers(scope);
    EXPECT_THROW(scope.Wait(), std::runtime_error);
    EXPECT_EQ(LiveTask::Count(), before.tasks);
  }
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.threads.empty()) << diff.Describe();
  EXPECT_EQ(diff.tasks, 0);
  RecordGain("tasks", leaked, diff.tasks);
  RecordProperty("tasks_left", std::to_string(leaked));
}

TEST_F(Task4TaskScopeLeaks, NoTaskOutlivesTheScope) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  {
    TaskScope scope;
    for (int i = 0; i < 8; ++i) scope.Start(&WaitForStop);
    EXPECT_TRUE(Eventually([&] {
      return LiveTask::Count() == before.tasks + 8;
    })) << "each task that runs is a LiveTask";
  }
  EXPECT_EQ(LiveTask::Count(), before.tasks)
      << "the scope has ended, and a task of it runs";
  EXPECT_TRUE(watch.Settled(before).threads.empty());
}

TEST_F(Task4TaskScopeLeaks, AnErrorThatNoWaitHasThrownEndsWithTheScope) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  {
    TaskScope scope;
    AskThreeServers(scope);
  }
  EXPECT_EQ(LiveTask::Count(), before.tasks);
}

TEST_F(Task4TaskScopeLeaks, ThreadsOfTasksThatHaveEndedDoNotAddUp) {
  const ProcessWatch watch;
  const std::int64_t tasks = LiveTask::Count();
  std::atomic<int> ran{0};
  TaskScope scope;
  std::vector<Snapshot> snapshots(1);
  for (int request = 0; request < 205; ++request) {
    scope.Start([&](const std::stop_token&) { ++ran; });
    ASSERT_TRUE(Eventually(
        [&] { return ran > request && LiveTask::Count() == tasks; }));
    if (request == 4) snapshots[0] = watch.Take();
  }
  const LeakDiff diff = DiffOf(snapshots[0], watch.Take());
  EXPECT_LT(diff.live_bytes, 4096)
      << "200 requests later. /proc lists no thread that has ended, yet its "
         "bookkeeping stays until it is joined";
  RecordProperty("bytes_added", std::to_string(diff.live_bytes));
}

// Starts tasks that end in every way, and lets the scope die over them.
void RunTasksThatEndInEveryWay() {
  TaskScope scope;
  for (int i = 0; i < 6; ++i) {
    scope.Start([i](const std::stop_token& stop) {
      if (i == 5) throw std::runtime_error("the last one fails");
      if (i % 2 == 0) WaitForStop(stop);
    });
  }
}

TEST_F(Task4TaskScopeLeaks, LeavesNoByteBehind) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (int round = 0; round < 20; ++round) RunTasksThatEndInEveryWay();
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.IsClean()) << diff.Describe();
}

}  // namespace
}  // namespace workbook
