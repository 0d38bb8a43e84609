// SPDX-License-Identifier: Apache-2.0

#include "01_02/stack_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max();

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

TEST(Task2StackAllocator, TakesExactlyTheBufferItWasAskedFor) {
  AllocationScope scope;
  {
    StackAllocator stack(1001);
    EXPECT_EQ(scope.Counts().live_bytes, 1001);
    EXPECT_EQ(stack.BytesHeld(), 1001u);
    EXPECT_EQ(stack.CapacityBytes(), 1001u);
    EXPECT_EQ(stack.UsedBytes(), 0u);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task2StackAllocator, PutsBlocksSideBySide) {
  StackAllocator stack(1024);
  auto* const first = static_cast<std::byte*>(stack.Allocate(48));
  EXPECT_EQ(stack.Allocate(16), first + 48) << "no header lies between";
  EXPECT_EQ(stack.Allocate(1, 1), first + 64);
  EXPECT_EQ(stack.Allocate(1, 1), first + 65) << "the size is not rounded";
  EXPECT_EQ(stack.Allocate(4, 4), first + 68) << "aligned as asked, no more";
  EXPECT_EQ(stack.UsedBytes(), 72u);
}

TEST(Task2StackAllocator, FillsItsBufferToTheLastByte) {
  StackAllocator stack(1000);
  for (int i = 0; i < 10; ++i) {
    EXPECT_NE(stack.Allocate(100, 1), nullptr) << "block " << i << " of 10";
  }
  EXPECT_EQ(stack.UsedBytes(), 1000u);
  EXPECT_EQ(stack.Allocate(1, 1), nullptr);
}

TEST(Task2StackAllocator, ReturnsNullWhenTheRestIsTooSmall) {
  StackAllocator stack(100);
  stack.Allocate(90, 1);
  EXPECT_EQ(stack.Allocate(11, 1), nullptr);
  EXPECT_EQ(stack.Allocate(5, 16), nullptr) << "6 bytes of padding, 4 are left";
  EXPECT_EQ(stack.Allocate(1, 64), nullptr) << "the padding alone is too large";
  EXPECT_EQ(stack.UsedBytes(), 90u) << "what failed has to change nothing";
  EXPECT_NE(stack.Allocate(10, 1), nullptr);
}

TEST(Task2StackAllocator, SurvivesSizesThatOverflow) {
  StackAllocator stack(100);
  stack.Allocate(1, 1);
  for (std::size_t size_bytes = kHuge; size_bytes > kHuge - 40; --size_bytes) {
    EXPECT_EQ(stack.Allocate(size_bytes), nullptr)
        << "padding + size must not wrap around to a small number";
    EXPECT_EQ(stack.Allocate(size_bytes, 1), nullptr);
  }
  EXPECT_EQ(stack.Allocate(8, kHuge / 2 + 1), nullptr);
  EXPECT_EQ(stack.UsedBytes(), 1u);
}

TEST(Task2StackAllocator, AlignsEveryBlock) {
  StackAllocator stack(std::size_t{1} << 20);
  std::minstd_rand random(5);
  for (int i = 0; i < 500; ++i) {
    const std::size_t alignment_bytes = std::size_t{1} << random() % 11;
    const void* const block =
        stack.Allocate(1 + random() % 50, alignment_bytes);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(Address(block) % alignment_bytes, 0u);
  }
}

TEST(Task2StackAllocator, GivesAZeroByteRequestItsOwnAddress) {
  StackAllocator stack(64);
  const void* const first = stack.Allocate(0, 1);
  EXPECT_NE(first, nullptr);
  EXPECT_NE(first, stack.Allocate(0, 1));
}

TEST(Task2StackAllocator, KeepsBlocksApart) {
  StackAllocator stack(100'000);
  std::minstd_rand random(9);
  std::vector<std::pair<unsigned char*, std::size_t>> blocks;
  for (int i = 0; i < 500; ++i) {
    const std::size_t size_bytes = 1 + random() % 100;
    auto* const block = static_cast<unsigned char*>(
        stack.Allocate(size_bytes, std::size_t{1} << random() % 6));
    std::memset(block, i % 251, size_bytes);
    blocks.emplace_back(block, size_bytes);
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto& [block, size_bytes] = blocks[i];
    EXPECT_EQ(std::count(block, block + size_bytes, i % 251),
              static_cast<std::ptrdiff_t>(size_bytes))
        << "block " << i << " was overwritten";
  }
}

TEST(Task2StackAllocator, ReturnsToItsMarkExactly) {
  StackAllocator stack(100'000);
  std::minstd_rand random(11);
  std::vector<std::pair<StackMark, std::size_t>> marks;
  for (int i = 0; i < 1000; ++i) {
    if (marks.empty() || random() % 5 < 3) {
      marks.emplace_back(stack.Mark(), stack.UsedBytes());
      stack.Allocate(1 + random() % 100, std::size_t{1} << random() % 8);
    } else {
      stack.FreeTo(marks.back().first);
      EXPECT_EQ(stack.UsedBytes(), marks.back().second) << "padding included";
      marks.pop_back();
    }
  }
  stack.FreeTo(marks.front().first);
  EXPECT_EQ(stack.UsedBytes(), 0u);
}

TEST(Task2StackAllocator, UsesFreedBytesAgain) {
  StackAllocator stack(256);
  stack.Allocate(10, 1);
  const StackMark mark = stack.Mark();
  const void* const block = stack.Allocate(100, 64);
  stack.FreeTo(mark);
  EXPECT_EQ(stack.Allocate(100, 64), block);
  stack.FreeTo(mark);
  stack.FreeTo(mark);  // nothing above it: still good
  EXPECT_EQ(stack.UsedBytes(), 10u);
}

TEST(Task2StackAllocator, FreesTheNewestBlock) {
  StackAllocator stack(1024);
  std::vector<void*> blocks;
  for (int i = 0; i < 10; ++i) blocks.push_back(stack.Allocate(32));
  for (std::size_t i = 10; i-- > 0;) {
    stack.Free(blocks[i]);
    EXPECT_EQ(stack.UsedBytes(), i * 32);
  }
  stack.Allocate(1, 1);
  void* const aligned = stack.Allocate(64, 64);
  stack.Free(aligned);
  EXPECT_EQ(stack.UsedBytes(), 64u) << "the padding stays: there is no header";
}

TEST(Task2StackAllocator, StartsAgainAfterReset) {
  StackAllocator stack(1024);
  const StackMark empty = stack.Mark();
  const void* const first = stack.Allocate(100);
  stack.Allocate(200);
  stack.Reset();
  EXPECT_EQ(stack.UsedBytes(), 0u);
  EXPECT_EQ(stack.Allocate(100), first);
  stack.FreeTo(empty);
  EXPECT_EQ(stack.UsedBytes(), 0u) << "a mark of the empty stack stays good";
}

TEST(Task2StackAllocator, RemembersItsHighWaterMark) {
  StackAllocator stack(1000);
  EXPECT_EQ(stack.HighWaterMarkBytes(), 0u);
  void* const block = stack.Allocate(700, 1);
  EXPECT_EQ(stack.HighWaterMarkBytes(), 700u);
  stack.Free(block);
  const StackMark mark = stack.Mark();
  stack.Allocate(800, 1);
  stack.FreeTo(mark);
  stack.Allocate(300, 1);
  EXPECT_EQ(stack.HighWaterMarkBytes(), 800u);
  stack.Reset();
  EXPECT_EQ(stack.HighWaterMarkBytes(), 800u) << "Reset does not lower it";
  EXPECT_EQ(stack.Allocate(2000, 1), nullptr);
  EXPECT_EQ(stack.HighWaterMarkBytes(), 800u) << "a failure does not raise it";
}

TEST(Task2StackAllocator, AllocatesNothingInSteadyState) {
  StackAllocator stack(64'000);
  const auto round = [&] {
    for (int i = 0; i < 1000; ++i) EXPECT_NE(stack.Allocate(64), nullptr);
    stack.Reset();
  };
  round();  // a debug build makes room for its records
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task2StackAllocator, WorksInABufferOfYourOwn) {
  alignas(16) std::array<std::byte, 256> buffer;
  StackAllocator stack{std::span<std::byte>(buffer)};
  EXPECT_EQ(stack.BytesHeld(), 0u) << "the buffer is not its own";
  EXPECT_EQ(stack.Allocate(16), buffer.data());

  StackAllocator odd(std::span<std::byte>(buffer).subspan(129));
  EXPECT_EQ(odd.CapacityBytes(), 127u);
  EXPECT_EQ(odd.Allocate(16), buffer.data() + 144)
      << "an odd buffer still gives aligned blocks";
  EXPECT_EQ(odd.Allocate(97, 1), nullptr);
  EXPECT_NE(odd.Allocate(96, 1), nullptr) << "to the last byte, and no further";
}

TEST(Task2StackAllocator, RejectsAnEmptyBuffer) {
  EXPECT_THROW(StackAllocator(0), std::invalid_argument);
  EXPECT_THROW(StackAllocator(std::span<std::byte>()), std::invalid_argument);
}

TEST(Task2StackScope, FreesWhatItsScopeAllocated) {
  StackAllocator stack(1024);
  stack.Allocate(100, 1);
  {
    const StackScope outer(stack);
    stack.Allocate(100);
    const std::size_t used_bytes = stack.UsedBytes();
    try {
      const StackScope inner(stack);
      stack.Allocate(200);
      throw std::runtime_error("leave");
    } catch (const std::runtime_error&) {
      EXPECT_EQ(stack.UsedBytes(), used_bytes) << "an exception left the scope";
    }
  }
  EXPECT_EQ(stack.UsedBytes(), 100u);
}

TEST(Task2StackScope, PinsItsAllocator) {
  static_assert(!std::is_move_constructible_v<StackAllocator>);
  static_assert(!std::is_copy_constructible_v<StackAllocator>);
  static_assert(!std::is_move_constructible_v<StackScope>);
  StackAllocator stack(64);
  for (int i = 0; i < 100; ++i) {
    const StackScope scope(stack);
    EXPECT_NE(stack.Allocate(64), nullptr) << "round " << i;
  }
}

TEST(Task2StackAllocatorDeathTest, CatchesMisuseInDebugBuilds) {
  StackAllocator stack(1024);
  StackAllocator other(1024);
  void* const older = stack.Allocate(16);
  const StackMark stale = stack.Mark();
  void* const newer = stack.Allocate(16);
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(stack.Free(older), "not the newest block");
  EXPECT_DEATH(stack.Free(static_cast<std::byte*>(newer) + 8),
               "not the newest block");
  EXPECT_DEATH(stack.Free(nullptr), "not the newest block");
  EXPECT_DEATH(stack.FreeTo(other.Mark()), "stale mark");
  EXPECT_DEATH(stack.Allocate(8, 24), "power of two");
  stack.Free(newer);
  EXPECT_DEATH(stack.Free(newer), "not the newest block");  // a double free
  stack.Free(older);
  EXPECT_DEATH(stack.FreeTo(stale), "stale mark");  // above the top
  stack.Allocate(32);
  EXPECT_DEATH(stack.FreeTo(stale), "stale mark");  // used again
}

}  // namespace
}  // namespace workbook
