// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/replay.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "tools/trace/recorded.h"

namespace workbook {
namespace {

struct Seen {
  std::atomic<int> allocations{0};
  std::atomic<int> frees{0};
  std::atomic<std::size_t> most_aligned{0};
};
Seen seen;

void* Counted(void* block) {
  ++seen.allocations;
  return block;
}

MallocFunctions CountingMalloc() {
  seen.allocations = seen.frees = 0;
  seen.most_aligned = 0;
  return {
      [](std::size_t bytes) { return Counted(std::malloc(bytes)); },
      [](std::size_t alignment, std::size_t bytes) {
        if (alignment > seen.most_aligned) seen.most_aligned = alignment;
        const std::size_t whole =
            (bytes + alignment - 1) / alignment * alignment;
        return Counted(std::aligned_alloc(alignment, whole));
      },
      [](void* block, std::size_t bytes) { return std::realloc(block, bytes); },
      [](void* block) {
        ++seen.frees;
        std::free(block);
      }};
}

Trace OfThreads() {
  Trace trace;
  trace.slots = 2;
  trace.events = {
      {TraceOp::kAllocate, 0, 0, 5000},   {TraceOp::kThread, 0, 1, 0},
      {TraceOp::kReallocate, 0, 0, 9000}, {TraceOp::kAllocate, 12, 1, 100},
      {TraceOp::kThread, 0, 0, 0},        {TraceOp::kFree, 0, 0, 0}};
  return trace;
}

TEST(Replay, RunsThreadsAndAlignmentsAndFreesWhatIsLeft) {
  Replay replay(OfThreads());
  EXPECT_EQ(replay.threads(), 2u);
  EXPECT_EQ(replay.events(), 5u) << "four, and the free that was left out";
  EXPECT_EQ(replay.peak_live_bytes(), 9'100u);
  for (int round = 0; round < 200; ++round) {
    ASSERT_TRUE(replay.Run(CountingMalloc()));
    ASSERT_EQ(seen.allocations, 2);
    ASSERT_EQ(seen.frees, 2);
    ASSERT_EQ(seen.most_aligned, 4096u);
  }
}

TEST(Replay, EndsWhereThereIsNoMemory) {
  Replay replay(OfThreads());
  MallocFunctions functions = CountingMalloc();
  functions.allocate = [](std::size_t) -> void* { return nullptr; };
  EXPECT_FALSE(replay.Run(functions)) << "and the other thread waits no longer";
  EXPECT_EQ(replay.MeasureResident(functions).problem,
            "the malloc returned nullptr");
}

TEST(Replay, SeesWhatStaysResident) {
  Trace trace;
  trace.slots = 1;
  trace.events = {{TraceOp::kAllocate, 0, 0, std::uint64_t{64} << 20},
                  {TraceOp::kFree, 0, 0, 0}};
  const Replay::ResidentBytes resident =
      Replay(trace).MeasureResident(ProcessMalloc());
  EXPECT_EQ(resident.problem, "");
  EXPECT_GE(resident.growth_bytes, std::size_t{64} << 20);
}

TEST(Replay, RunsEveryRecordedTrace) {
  std::set<std::string> with_threads;
  for (const RecordedTrace& recorded : RecordedTraces()) {
    const Trace trace = recorded.Read();
    ASSERT_EQ(trace.problem, "") << recorded.name;
    Replay replay(trace);
    EXPECT_TRUE(replay.Run(CountingMalloc())) << recorded.name;
    EXPECT_EQ(replay.threads() > 1, recorded.has_threads) << recorded.name;
    EXPECT_EQ(seen.allocations, seen.frees) << recorded.name;
    if (replay.threads() > 1) with_threads.insert(recorded.name);
  }
  EXPECT_EQ(with_threads, (std::set<std::string>{"git_grep", "lld"}));
}

}  // namespace
}  // namespace workbook
