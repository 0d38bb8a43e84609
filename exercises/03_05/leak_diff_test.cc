// SPDX-License-Identifier: Apache-2.0

#include "03_05/leak_diff.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "exercises/03_05/given/leaky_server.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

constexpr int kRequests = 60;

class Task1LeakyServer : public BoundedTest {};

TEST_F(Task1LeakyServer, LeavesAThreadForEachRequest) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  LeakyServer server;
  for (int i = 0; i < kRequests; ++i) server.Serve();
  EXPECT_TRUE(Eventually(
      [&] { return DiffOf(before, watch.Take()).tasks == kRequests; }));
  const LeakDiff diff = DiffOf(before, watch.Take());
  EXPECT_EQ(diff.threads.size(), kRequests);
  EXPECT_FALSE(diff.IsClean()) << diff.Describe();
  const std::int64_t heap_bytes_a_thread = diff.live_bytes / kRequests;
  EXPECT_GT(heap_bytes_a_thread, 0);
  EXPECT_LT(heap_bytes_a_thread, 4096) << "its stack is not on the heap";
  RecordProperty("entries_after_a_request",
                 std::to_string(diff.threads.size() / kRequests));
  RecordProperty("heap_bytes_a_thread", std::to_string(heap_bytes_a_thread));
}

TEST_F(Task1LeakyServer, LeavesNoThreadWhenItsDatabaseAnswers) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  {
    LeakyServer server;
    for (int i = 0; i < kRequests; ++i) server.Serve();
  }
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.threads.empty()) << diff.Describe();
  EXPECT_EQ(diff.tasks, 0);
}

TEST_F(Task1LeakyServer, AThreadThatWasJoinedIsNoLeak) {
  const ProcessWatch watch;
  int still_listed = 0;
  for (int round = 0; round < 50; ++round) {
    const Snapshot before = watch.Take();
    std::thread([] {}).join();
    if (!DiffOf(before, watch.Take()).IsClean()) ++still_listed;
    const LeakDiff diff = watch.Settled(before);
    ASSERT_TRUE(diff.IsClean()) << diff.Describe() << " in round " << round;
  }
  RecordProperty("still_listed", std::to_string(still_listed));
}

Snapshot With(ThreadIds threads, std::int64_t tasks, std::int64_t live_bytes) {
  return {threads, tasks, live_bytes};
}

TEST(Task1LeakDiff, FindsANewThreadByItsIdAndNotByTheirNumber) {
  const LeakDiff diff =
      DiffOf(With({10, 20, 30}, 0, 0), With({10, 25, 30}, 0, 0));
  EXPECT_EQ(diff.threads, std::vector<int>{25})
      << "20 has ended, 25 is new: there are three before and after";
  EXPECT_FALSE(diff.IsClean());
}

TEST(Task1LeakDiff, ListsAllNewThreadsInAscendingOrder) {
  const LeakDiff diff =
      DiffOf(With({500}, 0, 0), With({7, 900, 500, 40, 41}, 0, 0));
  EXPECT_EQ(diff.threads, (std::vector<int>{7, 40, 41, 900}));
}

TEST(Task1LeakDiff, AThreadThatEndedIsNoLeak) {
  const LeakDiff diff = DiffOf(With({10, 20, 30}, 4, 90), With({10}, 4, 90));
  EXPECT_TRUE(diff.threads.empty());
  EXPECT_TRUE(diff.IsClean());
}

TEST(Task1LeakDiff, TellsTasksAndBytesWithTheirSign) {
  const LeakDiff more = DiffOf(With({1}, 2, 100), With({1}, 5, 164));
  EXPECT_EQ(more.tasks, 3);
  EXPECT_EQ(more.live_bytes, 64);
  EXPECT_EQ(more.Describe(), "0 threads, 3 tasks, 64 bytes more than before");
  const LeakDiff fewer = DiffOf(With({1}, 5, 164), With({1}, 2, 100));
  EXPECT_EQ(fewer.tasks, -3);
  EXPECT_EQ(fewer.live_bytes, -64);
  EXPECT_TRUE(fewer.IsClean());
}

TEST(Task1LeakDiff, LessOfOneThingMakesUpForNothing) {
  const Snapshot before = With({1, 2}, 5, 1000);
  EXPECT_FALSE(DiffOf(before, With({1, 2}, 6, 0)).IsClean()) << "a task more";
  EXPECT_FALSE(DiffOf(before, With({1, 2}, 0, 1001)).IsClean()) << "a byte";
  EXPECT_FALSE(DiffOf(before, With({1, 3}, 0, 0)).IsClean()) << "a thread";
  EXPECT_TRUE(DiffOf(before, With({1}, 5, 1000)).IsClean());
}

// Returns one snapshot after the other, and then the last one forever.
struct Script {
  Snapshot operator()() {
    const std::size_t next = static_cast<std::size_t>(calls++);
    return next < snapshots.size() ? snapshots[next] : snapshots.back();
  }
  std::vector<Snapshot> snapshots;
  int calls = 0;
};

TEST(Task1LeakDiff, LooksAgainUntilAThreadHasLeft) {
  const Snapshot before = With({1}, 0, 0);
  Script script{{With({1, 9}, 0, 0), With({1, 9}, 0, 0), before}};
  const LeakDiff diff = SettledDiff(before, std::ref(script), 100);
  EXPECT_TRUE(diff.IsClean());
  EXPECT_EQ(script.calls, 3) << "a clean look is the last one";
}

TEST(Task1LeakDiff, GivesUpAfterTheLastLook) {
  const Snapshot before = With({1}, 0, 0);
  Script script{{With({1, 8}, 0, 0), With({1, 9}, 0, 0)}};
  const LeakDiff diff = SettledDiff(before, std::ref(script), 5);
  EXPECT_EQ(diff.threads, std::vector<int>{9}) << "the last look counts";
  EXPECT_EQ(script.calls, 5);
  script.calls = 0;
  EXPECT_FALSE(SettledDiff(before, std::ref(script), 1).IsClean());
  EXPECT_EQ(script.calls, 1);
}

}  // namespace
}  // namespace workbook
