// SPDX-License-Identifier: Apache-2.0

#include "01_02/buffer_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <random>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/buffer_bytes.h"
#include "tools/exercise/debug_check.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

BufferPoolOptions Classes(std::vector<std::size_t> size_classes) {
  BufferPoolOptions options;
  options.size_classes = std::move(size_classes);
  return options;
}

std::span<const std::byte> BytesOf(const char* text) {
  return std::as_bytes(std::span(text, std::strlen(text)));
}

TEST(Task4BufferPool, BufferStartsEmptyWithTheCapacityOfItsClass) {
  BufferPool pool;
  for (const auto& [asked, capacity] : {std::pair{1u, 64u},
                                        {64u, 64u},
                                        {65u, 128u},
                                        {4000u, 4096u},
                                        {4097u, 8192u},
                                        {1u << 20, 1u << 20}}) {
    const Buffer buffer = pool.Acquire(asked);
    EXPECT_EQ(buffer.size(), 0u);
    EXPECT_EQ(buffer.capacity(), capacity) << "for " << asked << " bytes";
    ASSERT_NE(buffer.data(), nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) %
                  alignof(std::max_align_t),
              0u);
  }
}

TEST(Task4BufferPool, ZeroBytesAreServedByTheSmallestClass) {
  BufferPool pool;
  EXPECT_EQ(pool.Acquire(0).capacity(), 64u);
}

TEST(Task4BufferPool, CustomClassesAreUsedAsGiven) {
  BufferPool pool(Classes({100, 1000, 1500}));
  EXPECT_EQ(pool.Acquire(99).capacity(), 100u);
  EXPECT_EQ(pool.Acquire(101).capacity(), 1000u);
  EXPECT_EQ(pool.Acquire(1000).capacity(), 1000u);
  EXPECT_EQ(pool.Acquire(1001).capacity(), 1500u);
  EXPECT_EQ(pool.Acquire(1501).capacity(), 1501u) << "oversize: exactly that";
}

TEST(Task4BufferPool, RefusesClassesThatMakeNoSense) {
  EXPECT_THROW(BufferPool(Classes({0, 64})), std::invalid_argument);
  EXPECT_THROW(BufferPool(Classes({64, 64})), std::invalid_argument);
  EXPECT_THROW(BufferPool(Classes({128, 64})), std::invalid_argument);
  std::vector<std::size_t> many;
  for (std::size_t size = 1; size <= 33; ++size) many.push_back(size);
  EXPECT_THROW(BufferPool(Classes(many)), std::invalid_argument);
}

TEST(Task4BufferPool, GivesTheSameMemoryAgain) {
  BufferPool pool;
  const std::byte* const data = pool.Acquire(1000).data();
  EXPECT_EQ(pool.Acquire(900).data(), data) << "same class, so the same buffer";
  EXPECT_EQ(pool.Statistics().hits, 1u);
  EXPECT_EQ(pool.Statistics().misses, 1u);
  EXPECT_DOUBLE_EQ(pool.Statistics().HitRate(), 0.5);
}

TEST(Task4BufferPool, AllocatesNothingInSteadyState) {
  BufferPool pool;
  std::vector<Buffer> buffers(40);
  const auto round = [&] {
    std::mt19937 random(1);
    for (Buffer& buffer : buffers) {
      buffer = pool.Acquire(random() % 20'000);
      buffer.Resize(buffer.capacity() / 2);
    }
    for (Buffer& buffer : buffers) buffer = Buffer();
  };
  round();
  const AllocationScope scope(ProbeExtent::kProcess);
  for (int i = 0; i < 100; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
}

TEST(Task4BufferPool, GrowsThroughThePool) {
  BufferPool pool;
  Buffer buffer = pool.Acquire(64);
  Fill(buffer, 64, 9);
  buffer.Resize(1000);
  EXPECT_EQ(buffer.capacity(), 1024u);
  EXPECT_EQ(std::count(buffer.data(), buffer.data() + 1000, std::byte{9}), 64);
  EXPECT_EQ(NonZeroBytes(buffer), 64u) << "the new bytes are zero";
  EXPECT_EQ(pool.BytesHeld(), 64u) << "the small buffer went back";
  EXPECT_EQ(pool.BytesLent(), 1024u);
}

TEST(Task4BufferPool, AppendsAndDoublesItsCapacity) {
  BufferPool pool;
  Buffer buffer = pool.Acquire(1);
  for (int i = 0; i < 1000; ++i) buffer.Append(BytesOf("0123456789"));
  EXPECT_EQ(buffer.size(), 10'000u);
  EXPECT_EQ(std::memcmp(buffer.data() + 9990, "0123456789", 10), 0);
  EXPECT_EQ(pool.Statistics().misses, 9u) << "64, 128 … 16384: one a doubling";
  buffer.Append(buffer.bytes());
  EXPECT_EQ(buffer.size(), 20'000u);
  EXPECT_EQ(std::memcmp(buffer.data() + 19'990, "0123456789", 10), 0);
}

TEST(Task4BufferPool, OversizeIsServedAndNotKept) {
  BufferPool pool(Classes({64, 256}));
  {
    Buffer buffer = pool.Acquire(10'000);
    EXPECT_EQ(buffer.capacity(), 10'000u);
    EXPECT_EQ(NonZeroBytes(buffer), 0u);
    EXPECT_EQ(pool.BytesLent(), 10'000u);
  }
  EXPECT_EQ(pool.BytesHeld(), 0u);
  EXPECT_EQ(pool.BytesLent(), 0u);
  EXPECT_EQ(pool.Statistics().oversize, 1u);
}

TEST(Task4BufferPool, ImpossibleSizeThrowsAndChangesNothing) {
  BufferPool pool;
  constexpr std::size_t kImpossible = ~std::size_t{0};
  EXPECT_THROW(pool.Acquire(kImpossible), std::bad_alloc);
  Buffer buffer = pool.Acquire(64);
  Fill(buffer, 64, 3);
  EXPECT_THROW(buffer.Resize(kImpossible), std::bad_alloc);
  EXPECT_EQ(buffer.size(), 64u);
  EXPECT_EQ(NonZeroBytes(buffer), 64u);
  EXPECT_EQ(pool.BytesLent(), 64u);
}

TEST(Task4BufferPool, HoldsNoMoreThanItsBudget) {
  BufferPoolOptions options;
  options.max_held_bytes = 10 * 1024 + 64;
  BufferPool pool(options);
  std::vector<Buffer> buffers;
  for (int i = 0; i < 15; ++i) buffers.push_back(pool.Acquire(1024));
  EXPECT_EQ(pool.BytesLent(), 15u * 1024) << "the budget is for idle buffers";
  buffers.clear();
  EXPECT_EQ(pool.BytesHeld(), 10u * 1024);
  EXPECT_EQ(pool.Statistics().dropped, 5u);
  pool.Acquire(1);
  EXPECT_EQ(pool.BytesHeld(), 10u * 1024 + 64) << "a smaller one still fits";
  for (int i = 0; i < 10; ++i) buffers.push_back(pool.Acquire(1024));
  pool.Acquire(8192);
  EXPECT_EQ(pool.BytesHeld(), 8u * 1024 + 64)
      << "the room that lent buffers have left is for any class";
}

TEST(Task4BufferPool, BudgetOfZeroKeepsNothing) {
  BufferPoolOptions options;
  options.max_held_bytes = 0;
  BufferPool pool(options);
  for (int i = 0; i < 3; ++i) pool.Acquire(100);
  EXPECT_EQ(pool.BytesHeld(), 0u);
  EXPECT_EQ(pool.Statistics().misses, 3u);
}

TEST(Task4BufferPool, TrimFreesWhatIsIdle) {
  BufferPool pool;
  std::vector<Buffer> buffers;
  for (int i = 0; i < 100; ++i) buffers.push_back(pool.Acquire(4096));
  buffers.resize(1);
  EXPECT_EQ(pool.BytesHeld(), 99u * 4096);
  const AllocationScope scope;
  pool.Trim();
  EXPECT_EQ(pool.BytesHeld(), 0u);
  EXPECT_GE(scope.Counts().frees, 99);
  EXPECT_EQ(pool.BytesLent(), 4096u);
}

TEST(Task4BufferPool, MovedFromBufferIsEmpty) {
  static_assert(!std::is_copy_constructible_v<Buffer>);
  static_assert(std::is_nothrow_move_constructible_v<Buffer>);
  BufferPool pool;
  Buffer first = pool.Acquire(64);
  Fill(first, 5, 1);
  Buffer second = std::move(first);
  EXPECT_EQ(second.size(), 5u);
  EXPECT_EQ(first.data(), nullptr);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(first.capacity(), 0u);
  EXPECT_THROW(first.Resize(1), std::logic_error);
  EXPECT_THROW(first.Append(BytesOf("x")), std::logic_error);
  first.Resize(0);
  first = std::move(second);
  EXPECT_EQ(first.size(), 5u);
  EXPECT_EQ(pool.BytesLent(), 64u) << "one buffer, wherever it moved";
}

TEST(Task4BufferPoolDeathTest, WritingBeyondSizeIsReportedAtRelease) {
  BufferPool pool;
  EXPECT_DEBUG_DEATH(
      {
        Buffer buffer = pool.Acquire(64);
        buffer.Resize(10);
        buffer.data()[10] = std::byte{1};
      },
      "written beyond its size");
}

}  // namespace
}  // namespace workbook
