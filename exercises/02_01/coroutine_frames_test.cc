// SPDX-License-Identifier: Apache-2.0

#include "02_01/coroutine_frames.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

#include "exercises/02_01/given/numbers.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Yields = Numbers<InBuffer>;

constexpr std::size_t kEnough = 4096;

Yields Countdown(FrameBuffer&, int from) {
  for (; from > 0; --from) co_yield from;
}

Yields Squares(FrameBuffer& buffer, int count) {
  Yields down = Countdown(buffer, count);
  while (down.Next()) co_yield down.value() * down.value();
}

Yields ThrowsAfterOne(FrameBuffer&) {
  co_yield 1;
  throw std::runtime_error("after one");
}

// A frame with an odd number of bytes in it.
Yields WithLetters(FrameBuffer&, char a, char b, char c) {
  co_yield a;
  co_yield b;
  co_yield c;
}

std::vector<int> AllOf(Yields numbers) {
  std::vector<int> all;
  while (numbers.Next()) all.push_back(numbers.value());
  return all;
}

TEST(Task7Frames, TheFrameLiesInTheBuffer) {
  FrameBuffer buffer(kEnough);
  const AllocationScope scope;
  Yields numbers = Countdown(buffer, 3);
  EXPECT_GT(buffer.used_bytes(), 0u) << "the frame has to come from the buffer";
  EXPECT_EQ(scope.Counts().allocations, 0) << "a frame went to the heap";
  ASSERT_TRUE(numbers.Next());
  EXPECT_EQ(numbers.value(), 3);
}

TEST(Task7Frames, YieldsAllNumbers) {
  FrameBuffer buffer(kEnough);
  EXPECT_EQ(AllOf(Countdown(buffer, 3)), (std::vector<int>{3, 2, 1}));
  EXPECT_EQ(AllOf(Squares(buffer, 3)), (std::vector<int>{9, 4, 1}));
  EXPECT_EQ(AllOf(WithLetters(buffer, 'a', 'b', 'c')),
            (std::vector<int>{'a', 'b', 'c'}));
}

TEST(Task7Frames, TheFrameComesBack) {
  FrameBuffer buffer(kEnough);
  for (int round = 0; round < 100; ++round) AllOf(Squares(buffer, 3));
  EXPECT_EQ(buffer.used_bytes(), 0u) << "a frame did not come back";
  EXPECT_EQ(buffer.owed_bytes(), 0u)
      << "each byte that was taken has to come back, the pointer's as well";
  EXPECT_EQ(buffer.misplaced(), 0)
      << "a frame came back with another size than it was taken with";
}

TEST(Task7Frames, EachFrameKnowsItsOwnBuffer) {
  FrameBuffer first(kEnough);
  FrameBuffer second(kEnough);
  {
    Yields one = Countdown(first, 2);
    Yields two = Countdown(second, 2);
    const std::size_t used_bytes = second.used_bytes();
    EXPECT_EQ(first.used_bytes(), used_bytes)
        << "both buffers hold one frame of the same coroutine";
    { Yields dies = std::move(one); }
    EXPECT_EQ(first.used_bytes(), 0u) << "its frame did not come back";
    EXPECT_EQ(second.used_bytes(), used_bytes)
        << "that frame came from the other buffer";
  }
  EXPECT_EQ(second.used_bytes(), 0u);
}

TEST(Task7Frames, AFullBufferThrows) {
  FrameBuffer buffer(32);
  EXPECT_THROW(Countdown(buffer, 1), std::bad_alloc);
  EXPECT_EQ(buffer.used_bytes(), 0u);
}

TEST(Task7Frames, AnExceptionPassesAndTheFrameComesBack) {
  FrameBuffer buffer(kEnough);
  {
    Yields numbers = ThrowsAfterOne(buffer);
    ASSERT_TRUE(numbers.Next());
    EXPECT_THROW(numbers.Next(), std::runtime_error);
    EXPECT_FALSE(numbers.Next()) << "it has no further value";
  }
  EXPECT_EQ(buffer.used_bytes(), 0u);
}

}  // namespace
}  // namespace workbook
