// SPDX-License-Identifier: Apache-2.0

// A stack without a lock. What another thread does in the middle of a Pop is
// forced here: it runs where the code under test calls Pause::Run().
#include "04_03/tagged_stack.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/04_03/given/untagged_stack.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Runs, once, what a test wants to happen in the next Pop: on another thread,
// and to its end.
struct Interruption {
  static inline std::function<void()> next;
  static inline int calls = 0;

  static void Run() {
    ++calls;
    if (!next) return;
    std::thread(std::exchange(next, nullptr)).join();
  }
};

class Task5TaggedStack : public BoundedTest {
 protected:
  void SetUp() override {
    Interruption::next = nullptr;
    Interruption::calls = 0;
  }
};

template <class Stack>
std::vector<std::uint32_t> PopAll(Stack& stack) {
  std::vector<std::uint32_t> all;
  // A stack that loses its end could go round in circles.
  while (all.size() < 100) {
    const std::optional<std::uint32_t> index = stack.Pop();
    if (!index.has_value()) break;
    all.push_back(*index);
  }
  return all;
}

TEST_F(Task5TaggedStack, TheLastComesFirst) {
  TaggedStack<> stack(4);
  EXPECT_EQ(stack.Pop(), std::nullopt);
  stack.Push(2);
  stack.Push(0);
  stack.Push(3);
  EXPECT_EQ(stack.Pop(), 3u);
  stack.Push(1);
  EXPECT_EQ(PopAll(stack), (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(stack.Pop(), std::nullopt);
}

TEST_F(Task5TaggedStack, AllocatesNothingAfterItsConstruction) {
  TaggedStack<> stack(64);
  const AllocationScope scope;
  for (std::uint32_t i = 0; i < 64; ++i) stack.Push(i);
  for (int i = 0; i < 64; ++i) stack.Pop();
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST_F(Task5TaggedStack, PausesBeforeEachExchange) {
  TaggedStack<Interruption> stack(4);
  stack.Push(0);
  stack.Push(1);
  Interruption::calls = 0;
  stack.Pop();
  EXPECT_GE(Interruption::calls, 1)
      << "the forced interleavings need Pause::Run() in Pop";
  stack.Push(1);
  Interruption::calls = 0;
  // The top changes in the middle: the first exchange must fail.
  Interruption::next = [&stack] { stack.Push(2); };
  EXPECT_EQ(stack.Pop(), 2u);
  EXPECT_GE(Interruption::calls, 2) << "one for each look";
}

// The stack holds 2, 1, 0 from the top. A Pop sees 2, with 1 below it, and is
// interrupted. Another thread pops 2 and 1 and pushes 2: the top is 2 again.
template <class Stack>
void ForceAba(Stack& stack, std::optional<std::uint32_t>& second) {
  for (std::uint32_t i = 0; i < 3; ++i) stack.Push(i);
  Interruption::next = [&] {
    const std::optional<std::uint32_t> first = stack.Pop();
    second = stack.Pop();
    stack.Push(*first);
  };
  EXPECT_EQ(stack.Pop(), 2u);
  EXPECT_FALSE(Interruption::next) << "Pop has not called Pause::Run()";
}

TEST_F(Task5TaggedStack, WithoutATagABufferIsLentTwice) {
  UntaggedStack<Interruption> untagged(4);
  std::optional<std::uint32_t> used;
  ForceAba(untagged, used);
  ASSERT_EQ(used, 1u) << "the other thread uses 1";
  const std::vector<std::uint32_t> left = PopAll(untagged);
  ASSERT_FALSE(left.empty());
  EXPECT_EQ(left.front(), 1u) << "and the stack lends it once more";

  TaggedStack<Interruption> tagged(4);
  Interruption::calls = 0;
  used.reset();
  ForceAba(tagged, used);
  ASSERT_EQ(used, 1u) << "the other thread uses 1";
  const int pauses = Interruption::calls;
  ASSERT_EQ(PopAll(tagged), (std::vector<std::uint32_t>{0}))
      << "1 is in use, and the stack gave it out: the top was 2 before and "
         "after; a tag tells the two apart";
  // Once for the first look, twice for the other thread, once for the second.
  EXPECT_GE(pauses, 4)
      << "Pop pauses in the wrong place: look below the top, pause, exchange";
  RecordProperty("lent_twice", std::to_string(left.front()));
}

TEST_F(Task5TaggedStack, AManyTimesChangedTopIsAnotherTop) {
  TaggedStack<Interruption> stack(4);
  for (std::uint32_t i = 0; i < 3; ++i) stack.Push(i);
  std::optional<std::uint32_t> used;
  Interruption::next = [&] {
    stack.Pop();
    used = stack.Pop();
    stack.Push(2);
    // A tag of 16 bits is the same again after 65,536 pushes.
    for (int i = 1; i < 65'536; ++i) {
      stack.Pop();
      stack.Push(2);
    }
  };
  EXPECT_EQ(stack.Pop(), 2u);
  EXPECT_FALSE(Interruption::next) << "Pop has not called Pause::Run()";
  ASSERT_EQ(used, 1u);
  EXPECT_EQ(PopAll(stack), (std::vector<std::uint32_t>{0}));
}

TEST_F(Task5TaggedStack, AnEmptiedStackIsSeen) {
  TaggedStack<Interruption> stack(2);
  stack.Push(0);
  Interruption::next = [&] { stack.Pop(); };
  EXPECT_EQ(stack.Pop(), std::nullopt)
      << "another thread took the last one in the middle";
}

// Threads pop a number, write to its buffer, and push it back.
TEST_F(Task5TaggedStack, NoNumberIsLentTwiceOrLost) {
  constexpr std::uint32_t kNumbers = 4;
  constexpr int kRounds = 20'000;
  TaggedStack<> stack(kNumbers);
  std::array<std::uint64_t, kNumbers> buffers{};
  for (std::uint32_t i = 0; i < kNumbers; ++i) stack.Push(i);
  std::atomic<std::uint64_t> uses{0};
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
          const std::optional<std::uint32_t> index = stack.Pop();
          if (!index.has_value()) continue;
          ++buffers[*index];  // plain: two users at once are a data race
          ++uses;
          stack.Push(*index);
        }
      });
    }
  }
  std::uint64_t sum = 0;
  for (const std::uint64_t count : buffers) sum += count;
  EXPECT_EQ(sum, uses) << "two threads had one number at the same time";
  EXPECT_EQ(PopAll(stack).size(), kNumbers);
}

}  // namespace
}  // namespace workbook
