// SPDX-License-Identifier: Apache-2.0

#include "01_02/string_builder_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

using Handle = StringBuilderPool::Handle;

#if WORKBOOK_THREAD_SANITIZER
constexpr int kStressRounds = 2'000;
#else
constexpr int kStressRounds = 20'000;
#endif

std::vector<Handle> AcquireMany(StringBuilderPool& pool, std::size_t count) {
  std::vector<Handle> handles;
  for (std::size_t i = 0; i < count; ++i) handles.push_back(pool.Acquire());
  return handles;
}

TEST(Task9StringBuilder, AppendsTextAndCharacters) {
  StringBuilder builder;
  builder.Append("one").Append(',').Append("").Append(std::string_view());
  EXPECT_EQ(builder.Append("two").view(), "one,two");
  EXPECT_EQ(builder.size(), 7u);
}

TEST(Task9StringBuilder, WritesNumbersAsToCharsDoes) {
  StringBuilder builder;
  builder.AppendNumber(0).Append(' ').AppendNumber(-17).Append(' ');
  builder.AppendNumber(0.1).Append(' ').AppendNumber(2.0f);
  EXPECT_EQ(builder.view(), "0 -17 0.1 2");
}

TEST(Task9StringBuilder, WritesTheLongestNumbers) {
  StringBuilder builder;
  builder.AppendNumber(std::numeric_limits<std::int64_t>::min()).Append(' ');
  builder.AppendNumber(std::numeric_limits<std::uint64_t>::max()).Append(' ');
  builder.AppendNumber(-std::numeric_limits<double>::min());
  EXPECT_EQ(builder.view(),
            "-9223372036854775808 18446744073709551615 "
            "-2.2250738585072014e-308");
}

TEST(Task9StringBuilder, FillsWhatHasBeenReservedWithoutAllocating) {
  StringBuilder builder;
  builder.Reserve(1000);
  ASSERT_GE(builder.capacity(), 1000u);
  const AllocationScope scope;
  for (int i = 0; i < 30; ++i) builder.Append("text ").AppendNumber(i * 0.37);
  EXPECT_LE(builder.size(), 1000u);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task9StringBuilder, GrowsByDoubling) {
  StringBuilder builder;
  const AllocationScope scope;
  for (int i = 0; i < 100'000; ++i) builder.Append("0123456789");
  EXPECT_EQ(builder.size(), 1'000'000u);
  EXPECT_LE(scope.Counts().allocations, 20)
      << "growth by a constant amount copies the text again and again";
  EXPECT_LE(builder.capacity(), 2'100'000u);
  EXPECT_EQ(builder.view().substr(999'990), "0123456789");
}

TEST(Task9StringBuilder, AppendsAPartOfItself) {
  StringBuilder builder;
  builder.Append("abc");
  for (int i = 0; i < 10; ++i) builder.Append(builder.view());
  ASSERT_EQ(builder.size(), 3072u);
  EXPECT_EQ(builder.view().substr(3066), "abcabc");
}

TEST(Task9StringBuilder, ClearKeepsTheMemory) {
  StringBuilder builder;
  builder.Append(std::string(5000, 'x'));
  const std::size_t capacity = builder.capacity();
  builder.Clear();
  EXPECT_TRUE(builder.view().empty());
  EXPECT_EQ(builder.capacity(), capacity);
}

TEST(Task9StringBuilder, ImpossibleCapacityThrowsAndChangesNothing) {
  StringBuilder builder;
  builder.Append("kept");
  EXPECT_THROW(builder.Reserve(~std::size_t{0}), std::bad_alloc);
  EXPECT_EQ(builder.view(), "kept");
}

TEST(Task9StringBuilderPool, GivesBuildersThatAreEmptyAndKeepTheirCapacity) {
  StringBuilderPool pool;
  std::size_t capacity = 0;
  {
    const Handle builder = pool.Acquire();
    EXPECT_GE(builder->capacity(), 256u) << "initial_capacity_bytes";
    builder->Append(std::string(10'000, 's'));
    capacity = builder->capacity();
  }
  const Handle builder = pool.Acquire();
  EXPECT_TRUE(builder->view().empty()) << "text of the previous user";
  EXPECT_EQ(builder->capacity(), capacity);
  EXPECT_EQ(pool.Statistics().hits, 1u);
  EXPECT_DOUBLE_EQ(pool.Statistics().HitRate(), 0.5);
}

TEST(Task9StringBuilderPool, AllocatesNothingInSteadyState) {
  StringBuilderPool pool;
  const auto round = [&] {
    std::vector<Handle>::size_type length = 0;
    std::optional<Handle> nested[3];
    for (auto& handle : nested) {
      handle.emplace(pool.Acquire());
      for (int i = 0; i < 500; ++i) {
        (*handle)->Append("{\"id\":").AppendNumber(i).Append('}');
      }
      length += (*handle)->size();
    }
    return length;
  };
  const auto expected = round();
  const AllocationScope scope(ProbeExtent::kProcess);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(round(), expected);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
}

TEST(Task9StringBuilderPool, AllocatesNothingWhenManyAreOut) {
  StringBuilderPool pool;
  std::vector<Handle> handles(100);
  const auto round = [&] {
    for (Handle& handle : handles) handle = pool.Acquire();
    for (Handle& handle : handles) handle = Handle();
  };
  round();
  const AllocationScope scope(ProbeExtent::kProcess);
  for (int i = 0; i < 20; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.BuildersHeld(), 100u);
}

TEST(Task9StringBuilderPool, DropsABuilderThatHasGrownTooLarge) {
  StringBuilderPoolOptions options;
  options.max_retained_bytes = 1000;
  StringBuilderPool pool(options);
  pool.Acquire()->Reserve(1000);
  EXPECT_EQ(pool.BuildersHeld(), 1u) << "as large as is allowed";
  pool.Acquire()->Reserve(1001);
  EXPECT_EQ(pool.BuildersHeld(), 0u);
  EXPECT_EQ(pool.BytesHeld(), 0u);
  EXPECT_EQ(pool.Statistics().oversize, 1u);
}

TEST(Task9StringBuilderPool, KeepsNoMoreThanTheMaximumIdle) {
  StringBuilderPoolOptions options;
  options.max_idle_builders = 20;
  StringBuilderPool pool(options);
  AcquireMany(pool, 50);
  EXPECT_EQ(pool.BuildersHeld(), 20u);
  EXPECT_EQ(pool.Statistics().surplus, 30u);
  options.max_idle_builders = 0;
  StringBuilderPool keeps_none(options);
  keeps_none.Acquire();
  EXPECT_EQ(keeps_none.BuildersHeld(), 0u);
}

TEST(Task9StringBuilderPool, ReportsWhatItHolds) {
  StringBuilderPool pool;
  std::size_t capacity = 0;
  {
    const std::vector<Handle> handles = AcquireMany(pool, 30);
    for (const Handle& handle : handles) {
      handle->Append(std::string(100 * (capacity % 7), 'x'));
      capacity += handle->capacity();
    }
    EXPECT_EQ(pool.BuildersLent(), 30u);
    EXPECT_EQ(pool.BytesHeld(), 0u);
  }
  EXPECT_EQ(pool.BuildersLent(), 0u);
  EXPECT_EQ(pool.BuildersHeld(), 30u);
  EXPECT_EQ(pool.BytesHeld(), capacity);
  const Handle one = pool.Acquire();
  EXPECT_EQ(pool.BytesHeld(), capacity - one->capacity());
}

TEST(Task9StringBuilderPool, RefusesToStartWithMoreThanItMayKeep) {
  StringBuilderPoolOptions options;
  options.initial_capacity_bytes = 2000;
  options.max_retained_bytes = 1000;
  EXPECT_THROW(StringBuilderPool{options}, std::invalid_argument);
}

TEST(Task9StringBuilderPool, MovedFromHandleIsEmpty) {
  static_assert(!std::is_copy_constructible_v<Handle>);
  static_assert(std::is_nothrow_move_constructible_v<Handle>);
  StringBuilderPool pool;
  Handle first = pool.Acquire();
  first->Append("text");
  Handle second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(second->view(), "text");
  first = std::move(second);
  EXPECT_EQ(first->view(), "text");
  EXPECT_EQ(pool.BuildersLent(), 1u);
}

TEST(Task9StringBuilderPool, BuildersMayOutliveThePool) {
  {
    // What is allocated once for the thread is not what is counted here.
    StringBuilderPool().Acquire();
  }
  const AllocationScope scope(ProbeExtent::kProcess);
  {
    auto pool = std::make_unique<StringBuilderPool>();
    AcquireMany(*pool, 20);
    const Handle first = pool->Acquire();
    Handle second = pool->Acquire();
    pool.reset();
    first->Append(std::string(10'000, 'x'));
    second = Handle();
    EXPECT_EQ(first->size(), 10'000u);
  }
  EXPECT_LT(scope.Counts().live_bytes, 100)
      << "the last builder frees the rest, but for a note in the thread's list";
}

TEST(Task9StringBuilderPool, BuilderMayOutliveThePoolOnAnotherThread) {
  std::optional<StringBuilderPool> pool(std::in_place);
  std::latch acquired(1);
  std::latch dead(1);
  std::thread user([&] {
    const Handle builder = pool->Acquire();
    acquired.count_down();
    dead.wait();
    builder->Append("still here");
    EXPECT_EQ(builder->view(), "still here");
  });
  acquired.wait();
  pool.reset();
  dead.count_down();
  user.join();
}

TEST(Task9StringBuilderPool, BuildersOfAnExitedThreadAreUsedAgain) {
  StringBuilderPool pool;
  // So this thread is known to the pool already.
  const Handle own = pool.Acquire();
  std::thread([&] { AcquireMany(pool, 5); }).join();
  EXPECT_EQ(pool.BuildersHeld(), 5u);
  const std::vector<Handle> handles = AcquireMany(pool, 5);
  EXPECT_EQ(pool.Statistics().misses, 6u) << "the other thread's, none since";
}

// The second life of a thread's cache: whatever a thread leaves, idle or lent,
// the next thread finds what is idle, once.
TEST(Task9StringBuilderPool, AnHeirUsesWhatAThreadLeavesWhateverItLeaves) {
  for (const std::size_t idle :
       {0u, 1u, 3u, 4u, 5u, 7u, 8u, 9u, 12u, 16u, 20u}) {
    SCOPED_TRACE(testing::Message() << idle << " builders were left idle");
    StringBuilderPool pool;
    std::vector<Handle> lent;
    std::thread([&] {
      for (Handle& handle : AcquireMany(pool, idle)) handle->Append("text");
      lent = AcquireMany(pool, 1);
    }).join();
    const std::size_t made = pool.Statistics().misses;
    std::thread([&] {
      lent.clear();  // the heir's first call may be a release
      std::set<const StringBuilder*> different;
      const std::vector<Handle> handles = AcquireMany(pool, made);
      for (const Handle& handle : handles) {
        EXPECT_EQ(handle->view(), "");
        different.insert(&*handle);
      }
      EXPECT_EQ(different.size(), made) << "a builder was lent twice";
    }).join();
    EXPECT_EQ(pool.Statistics().misses, made)
        << "the heir made a builder, and others were idle";
    EXPECT_EQ(pool.BuildersHeld(), made);
    EXPECT_EQ(pool.BuildersLent(), 0u);
  }
}

TEST(Task9StringBuilderPool, CountsBuildersThatAreReleasedOnAnotherThread) {
  StringBuilderPool pool;
  for (int i = 0; i < 50; ++i) {
    Handle handle = pool.Acquire();
    std::thread([&] { Handle(std::move(handle)); }).join();
  }
  EXPECT_EQ(pool.BuildersLent(), 0u);
  EXPECT_LE(pool.BuildersHeld(), 20u) << "builders pile up with one thread";
}

TEST(Task9StringBuilderPool, NeverLendsABuilderToTwoThreads) {
  StringBuilderPoolOptions options;
  options.max_idle_builders = 30;
  StringBuilderPool pool(options);
  std::atomic<int> faults{0};
  const auto use = [&](unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Handle> handles(20);
    const std::string text(1, static_cast<char>('a' + seed));
    for (int i = 0; i < kStressRounds; ++i) {
      Handle& handle = handles[random() % handles.size()];
      if (handle && handle->view().find_first_not_of(text) != text.npos) {
        ++faults;
      }
      handle = pool.Acquire();
      if (!handle->view().empty()) ++faults;
      for (auto n = random() % 50; n > 0; --n) handle->Append(text);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned seed = 0; seed < 4; ++seed) threads.emplace_back(use, seed);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(faults, 0) << "two users wrote into one builder";
  EXPECT_EQ(pool.BuildersLent(), 0u);
  EXPECT_LE(pool.BuildersHeld(), 30u);
}

TEST(Task9StringBuilderPoolDeathTest, UsingAnEmptyHandleIsReported) {
  StringBuilderPool pool;
  Handle handle = pool.Acquire();
  const Handle other = std::move(handle);
#ifndef NDEBUG
  EXPECT_DEATH(handle->Clear(), "an empty handle was used");
#endif
  EXPECT_TRUE(other);
}

}  // namespace
}  // namespace workbook
