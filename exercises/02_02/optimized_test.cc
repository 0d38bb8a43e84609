// SPDX-License-Identifier: Apache-2.0

#include "02_02/optimized.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task5Optimized, JoinsWithCommas) {
  EXPECT_EQ(JoinWithCommas({}), "");
  const std::vector<std::string_view> one = {"alone"};
  EXPECT_EQ(JoinWithCommas(one), "alone");
  const std::vector<std::string_view> words = {"a", "", "bc"};
  EXPECT_EQ(JoinWithCommas(words), "a, , bc");
  const std::vector<std::string_view> empty_first = {"", "b"};
  EXPECT_EQ(JoinWithCommas(empty_first), ", b");
}

TEST(Task5Optimized, JoinsWithOneAllocation) {
  const std::vector<std::string_view> words(200, "something");
  const AllocationScope scope;
  const std::string joined = JoinWithCommas(words);
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations, 1) << "the length is known before";
  EXPECT_EQ(joined.size(), 200u * 9 + 199 * 2);
  EXPECT_LE(counts.peak_live_bytes,
            static_cast<std::int64_t>(joined.size()) + 1);
}

TEST(Task5Optimized, ShortTextsTakeOneAllocationToo) {
  // 31 bytes are the least that reserve() of libstdc++ asks for.
  const std::vector<std::string_view> twenty = {"nine.....", "nine....."};
  const std::vector<std::string_view> thirty_one = {"nine.....", "nine.....",
                                                    "nine....."};
  const AllocationScope scope;
  EXPECT_EQ(JoinWithCommas(twenty).size(), 20u);
  const AllocationCounts of_twenty = scope.Counts();
  const AllocationScope longer;
  EXPECT_EQ(JoinWithCommas(thirty_one).size(), 31u);
  const AllocationCounts of_thirty_one = longer.Counts();
  EXPECT_EQ(of_twenty.allocations, 1);
  EXPECT_LE(of_twenty.peak_live_bytes, 31);
  EXPECT_EQ(of_thirty_one.allocations, 1);
  EXPECT_LE(of_thirty_one.peak_live_bytes, 32) << "its length and 1 byte";
}

TEST(Task5Optimized, UpToFifteenCharactersNeedNoBlock) {
  const std::vector<std::string_view> fifteen = {"seven..", "six..."};
  const std::vector<std::string_view> sixteen = {"seven..", "seven.."};
  const AllocationScope scope;
  EXPECT_EQ(JoinWithCommas(fifteen).size(), 15u);
  EXPECT_EQ(JoinWithCommas({}).size(), 0u);
  EXPECT_EQ(scope.Counts().allocations, 0) << "they lie in the std::string";
  EXPECT_EQ(JoinWithCommas(sixteen).size(), 16u);
  EXPECT_EQ(scope.Counts().allocations, 1);
}

TEST(Task5Optimized, AcquiredMessagesAreEmptyAndDistinct) {
  MessagePool pool(4);
  for (int round = 0; round < 3; ++round) {
    const auto first = pool.Acquire();
    const auto second = pool.Acquire();
    ASSERT_NE(first.get(), second.get()) << "two users share a message";
    for (const auto* message : {first.get(), second.get()}) {
      EXPECT_EQ(message->id, 0u) << "the last user's id is still there";
      EXPECT_EQ(message->body, "") << "the last user's text is still there";
    }
    first->id = 7;
    first->body = "something secret";
    second->id = 8;
    second->body = "something else";
  }
}

TEST(Task5Optimized, MessagesComeBackWithTheirMemory) {
  MessagePool pool(4);
  const std::string text(1000, 't');
  pool.Acquire()->body = text;
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    const auto message = pool.Acquire();
    message->body = text;
    message->id = static_cast<std::uint64_t>(i);
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the message and its body's memory are there from the last time";
}

TEST(Task5Optimized, ThePoolIsBounded) {
  MessagePool pool(4);
  const AllocationScope scope;
  {
    std::vector<MessagePool::Handle> handles;
    for (int i = 0; i < 50; ++i) {
      handles.push_back(pool.Acquire());
      handles.back()->body.assign(1000, 'x');
    }
  }
  const std::int64_t most =
      4 * (static_cast<std::int64_t>(sizeof(Message)) + 1100);
  EXPECT_LE(scope.Counts().live_bytes, most) << "at most 4 idle messages";
}

TEST(Task5Optimized, ThePoolKeepsAsManyAsItMay) {
  MessagePool pool(4);
  {
    std::vector<MessagePool::Handle> handles;
    handles.reserve(5);
    for (int i = 0; i < 5; ++i) handles.push_back(pool.Acquire());
  }
  const AllocationScope scope;
  const auto first = pool.Acquire();
  const auto second = pool.Acquire();
  const auto third = pool.Acquire();
  const auto fourth = pool.Acquire();
  EXPECT_EQ(scope.Counts().allocations, 0) << "all four are there";
  const auto fifth = pool.Acquire();
  EXPECT_EQ(scope.Counts().allocations, 1);
}

TEST(Task5Optimized, APoolOfNoIdleMessagesKeepsNone) {
  const AllocationScope scope;
  MessagePool pool(0);
  pool.Acquire()->id = 5;
  EXPECT_EQ(scope.Counts().live_bytes, 0);
  EXPECT_EQ(pool.Acquire()->id, 0u);
}

TEST(Task5Optimized, ABodyOfExactlyTheLargestSizeIsKept) {
  MessagePool pool(4);
  pool.Acquire()->body.reserve(MessagePool::kLargestKeptBodyBytes);
  EXPECT_EQ(pool.Acquire()->body.capacity(),
            MessagePool::kLargestKeptBodyBytes);
  pool.Acquire()->body.reserve(MessagePool::kLargestKeptBodyBytes + 1);
  EXPECT_LT(pool.Acquire()->body.capacity(),
            MessagePool::kLargestKeptBodyBytes);
}

TEST(Task5Optimized, OneHugeMessageIsNotKept) {
  MessagePool pool(4);
  const AllocationScope scope;
  pool.Acquire()->body.assign(1 << 20, 'x');
  EXPECT_LE(scope.Counts().live_bytes, 8192)
      << "a body above kLargestKeptBodyBytes must be given back";
}

TEST(Task5Optimized, FormatsLines) {
  LineFormatter formatter;
  EXPECT_EQ(formatter.Format("disk", -3, 12.54), "disk: -3 (12.5 %)");
  EXPECT_EQ(formatter.Format("", 0, 0), ": 0 (0.0 %)");
  EXPECT_EQ(formatter.Format("n", INT64_MIN, -0.05),
            "n: -9223372036854775808 (-0.1 %)");
  EXPECT_EQ(formatter.Format("x", 1, 1e300).size(), 6u + 303 + 3)
      << "a large number is written out";
}

TEST(Task5Optimized, LinesReuseTheirBuffer) {
  LineFormatter formatter;
  const std::string name = "a name that is longer than fifteen characters";
  formatter.Format(name, 1'000'000'000, 99.9);
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    const std::string_view line = formatter.Format(name, i, i / 2.0);
    ASSERT_EQ(line.substr(0, name.size()), name);
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "no line is longer than the first: its buffer serves";
}

TEST(Task5Optimized, EventsArriveInBatchesAndInOrder) {
  std::vector<std::vector<std::uint64_t>> batches;
  EventBatcher batcher(3, [&](std::span<const Event> events) {
    batches.emplace_back();
    for (const Event& event : events) batches.back().push_back(event.value);
  });
  for (std::uint64_t i = 1; i <= 7; ++i) batcher.Add({i, i * 10});
  EXPECT_EQ(batches.size(), 2u) << "the seventh event waits for its batch";
  batcher.Flush();
  batcher.Flush();
  const std::vector<std::vector<std::uint64_t>> expected = {
      {10, 20, 30}, {40, 50, 60}, {70}};
  EXPECT_EQ(batches, expected);
}

TEST(Task5Optimized, ASinkThatThrowsLosesItsBatchOnly) {
  std::size_t delivered = 0;
  bool fail = true;
  EventBatcher batcher(2, [&](std::span<const Event> events) {
    if (fail) throw std::runtime_error("sink is down");
    delivered += events.size();
  });
  batcher.Add({1, 1});
  EXPECT_THROW(batcher.Add({2, 2}), std::runtime_error);
  fail = false;
  batcher.Flush();
  EXPECT_EQ(delivered, 0u) << "a batch is delivered at most once";
  batcher.Add({5, 5});
  fail = true;
  EXPECT_THROW(batcher.Flush(), std::runtime_error);
  fail = false;
  batcher.Flush();
  EXPECT_EQ(delivered, 0u) << "nor by Flush";
  batcher.Add({3, 3});
  batcher.Add({4, 4});
  EXPECT_EQ(delivered, 2u);
}

TEST(Task5Optimized, AddingEventsAllocatesNothing) {
  std::uint64_t sum = 0;
  const AllocationScope scope;
  EventBatcher batcher(64, [&sum](std::span<const Event> events) {
    for (const Event& event : events) sum += event.value;
  });
  EXPECT_EQ(scope.Counts().allocations, 1) << "the room for one batch";
  for (std::uint64_t i = 0; i < 6400; ++i) batcher.Add({i, 1});
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "an event is 16 bytes in the batch's room";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 64 * 16);
  EXPECT_EQ(sum, 6400u);
  const AllocationScope growing;
  std::vector<Event> batch;
  for (std::uint64_t i = 0; i < 64; ++i) batch.push_back({i, 1});
  RecordProperty("growing_batch",
                 static_cast<int>(growing.Counts().allocations));
}

TEST(Task5Optimized, TheDestructorDeliversNothing) {
  int calls = 0;
  {
    EventBatcher batcher(3, [&](std::span<const Event>) { ++calls; });
    batcher.Add({1, 1});
  }
  EXPECT_EQ(calls, 0);
}

TEST(Task5Optimized, ABatchOfNoEventsIsRefusedInDebugBuilds) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  EXPECT_DEATH(EventBatcher(0, [](std::span<const Event>) {}), "");
}

TEST(Task5Optimized, LinesAreFoundByNumber) {
  LineIndex index("one\n\nthree");
  ASSERT_EQ(index.Lines(), 3u);
  EXPECT_EQ(index.Line(0), "one");
  EXPECT_EQ(index.Line(1), "");
  EXPECT_EQ(index.Line(2), "three");
  LineIndex ended("a\n");
  EXPECT_EQ(ended.Line(1), "") << "behind the last line end stands a line";
  EXPECT_EQ(ended.Lines(), 2u);
  EXPECT_EQ(LineIndex("").Lines(), 1u);
}

TEST(Task5Optimized, TheIndexIsBuiltWhenALineIsAskedFor) {
  std::string text;
  for (int i = 0; i < 999; ++i) text += "line\n";
  const AllocationScope scope;
  LineIndex index(std::move(text));
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "most texts are never asked for a line";
  EXPECT_EQ(index.Line(998), "line");
  EXPECT_EQ(scope.Counts().allocations, 1) << "count the lines, then reserve";
  EXPECT_EQ(scope.Counts().bytes_allocated, 1000 * 8);
  EXPECT_EQ(index.Lines(), 1000u);
  EXPECT_EQ(index.Line(0), "line");
  EXPECT_EQ(scope.Counts().allocations, 1) << "it is built once";
}

TEST(Task5Optimized, ALineOutsideIsRefusedInDebugBuilds) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  LineIndex index("one");
  EXPECT_DEATH(index.Line(1), "");
}

}  // namespace
}  // namespace workbook
