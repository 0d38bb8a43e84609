// SPDX-License-Identifier: Apache-2.0

#include "04_03/budgeted_pool.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <new>
#include <vector>

#include "exercises/04_03/given/request_trace.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Buffer = BudgetedPool::Buffer;
constexpr std::array<std::size_t, 3> kClasses = {100, 200, 400};

TEST(Task4BudgetedPool, LendsTheSmallestClassThatFits) {
  BudgetedPool pool(kClasses, 1000);
  EXPECT_EQ(pool.Acquire(0).bytes().size(), 100u);
  EXPECT_EQ(pool.Acquire(100).bytes().size(), 100u);
  EXPECT_EQ(pool.Acquire(101).bytes().size(), 200u);
  Buffer large = pool.Acquire(400);
  ASSERT_EQ(large.bytes().size(), 400u);
  std::memset(large.bytes().data(), 1, 400);
}

TEST(Task4BudgetedPool, ABufferComesBackAndIsLentAgain) {
  BudgetedPool pool(kClasses, 1000);
  const std::byte* data = nullptr;
  {
    const Buffer first = pool.Acquire(150);
    data = first.bytes().data();
    EXPECT_NE(pool.Acquire(150).bytes().data(), data);
  }
  const AllocationScope scope;
  EXPECT_EQ(pool.Acquire(120).bytes().data(), data) << "it came back last";
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.Figures().misses, 2u);
  EXPECT_EQ(pool.Figures().hits, 1u);
}

TEST(Task4BudgetedPool, CountsLentAndIdleBytes) {
  BudgetedPool pool(kClasses, 1000);
  Buffer small = pool.Acquire(1);
  Buffer large = pool.Acquire(300);
  EXPECT_EQ(pool.Figures().held_bytes, 500u);
  large.Return();
  EXPECT_EQ(pool.Figures().held_bytes, 500u) << "an idle buffer is held, too";
  EXPECT_EQ(pool.Figures().high_water_bytes, 500u);
}

TEST(Task4BudgetedPool, MayUseItsBudgetToTheByte) {
  BudgetedPool pool(kClasses, 500);
  const Buffer large = pool.Acquire(400);
  const Buffer small = pool.Acquire(100);
  EXPECT_TRUE(large);
  EXPECT_TRUE(small) << "400 and 100 are 500, which is the budget";
  EXPECT_FALSE(pool.Acquire(1));
  EXPECT_EQ(pool.Figures().refused, 1u);
  EXPECT_EQ(pool.Figures().high_water_bytes, 500u);
}

// [region loose_budget]
struct LooseBudget {
  bool HasRoom(std::size_t bytes) const { return held + bytes <= limit; }
  void Take(std::size_t bytes) { held += bytes; }

  std::size_t limit;
  std::size_t held = 0;
};
// [end]

TEST(Task4BudgetedPool, ACheckIsNoReservation) {
  LooseBudget loose{.limit = 600};
  const bool first = loose.HasRoom(400);
  const bool second = loose.HasRoom(400);  // another thread, in between
  if (first) loose.Take(400);
  if (second) loose.Take(400);
  EXPECT_GT(loose.held, loose.limit);

  BudgetedPool pool(kClasses, 600);
  const Buffer one = pool.Acquire(400);
  const Buffer two = pool.Acquire(400);
  EXPECT_TRUE(one);
  EXPECT_FALSE(two);
  EXPECT_LE(pool.Figures().high_water_bytes, 600u);
}

TEST(Task4BudgetedPool, RefusesWhatNoClassServes) {
  BudgetedPool pool(kClasses, ~std::size_t{0});
  EXPECT_FALSE(pool.Acquire(401));
  EXPECT_FALSE(pool.Acquire(~std::size_t{0}));
  EXPECT_EQ(pool.Figures().refused, 2u);
  EXPECT_EQ(pool.Figures().held_bytes, 0u);
}

TEST(Task4BudgetedPool, IdleBuffersMakeRoomTheLargestFirst) {
  BudgetedPool pool(kClasses, 800);
  {
    const Buffer one = pool.Acquire(100);
    const Buffer two = pool.Acquire(200);
    const Buffer four = pool.Acquire(400);
  }
  const Buffer first = pool.Acquire(200);   // a hit
  const Buffer second = pool.Acquire(200);  // 700 + 200: the 400 has to go
  EXPECT_TRUE(first && second) << "400 idle bytes could have made room";
  EXPECT_EQ(pool.Figures().held_bytes, 500u);
  EXPECT_EQ(pool.Acquire(100).bytes().size(), 100u);
  EXPECT_EQ(pool.Figures().hits, 2u) << "the idle buffer of 100 had to stay";
}

TEST(Task4BudgetedPool, FreesNoMoreThanNeeded) {
  BudgetedPool pool(kClasses, 400);
  {
    const Buffer one = pool.Acquire(100);
    const Buffer two = pool.Acquire(100);
    const Buffer three = pool.Acquire(100);
  }
  const Buffer larger = pool.Acquire(200);
  ASSERT_TRUE(larger) << "300 idle bytes, and a budget of 400";
  EXPECT_EQ(pool.Figures().held_bytes, 400u)
      << "one buffer of 100 makes room enough";
}

TEST(Task4BudgetedPool, FreesBeforeItAllocates) {
  BudgetedPool pool(kClasses, 400);
  const AllocationScope scope;
  pool.Acquire(400).Return();
  pool.Acquire(200).Return();
  EXPECT_LE(scope.Counts().peak_live_bytes, 400)
      << "for a moment the heap had more than the budget";
}

TEST(Task4BudgetedPool, ARefusalFreesNothing) {
  BudgetedPool pool(kClasses, 500);
  const Buffer lent = pool.Acquire(200);
  pool.Acquire(200).Return();
  const AllocationScope scope;
  EXPECT_FALSE(pool.Acquire(400)) << "200 are lent: 400 can't fit";
  EXPECT_EQ(pool.Figures().held_bytes, 400u)
      << "the idle buffer was freed for nothing";
  EXPECT_EQ(scope.Counts().frees, 0);
}

TEST(Task4BudgetedPool, WhatCannotBeAllocatedIsNotHeld) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  constexpr std::array<std::size_t, 2> kHuge = {16, std::size_t{1} << 62};
  BudgetedPool pool(kHuge, ~std::size_t{0});
  EXPECT_THROW(pool.Acquire(17), std::bad_alloc);
  EXPECT_EQ(pool.Figures().held_bytes, 0u);
  EXPECT_EQ(pool.Figures().misses, 0u) << "no buffer, no use";
  EXPECT_TRUE(pool.Acquire(16));
}

// What git asks for, from less than the pool would hold without a budget.
TEST(Task4BudgetedPool, ServesARealProgramFromABudget) {
  constexpr std::size_t kBudget = 1'450'000;
  std::vector<std::size_t> classes;
  for (std::size_t size = 256; size <= (std::size_t{1} << 20); size *= 2) {
    classes.push_back(size);
  }
  BudgetedPool pool(classes, kBudget);
  const RequestTrace git = RecordedRequests("git");
  std::vector<Buffer> lent(git.buffers);
  const AllocationScope scope;
  for (const BufferEvent& event : git.events) {
    lent[event.buffer] =
        event.IsRequest() ? pool.Acquire(event.size_bytes) : Buffer();
  }
  EXPECT_LE(scope.Counts().peak_live_bytes, std::int64_t{kBudget});
  EXPECT_EQ(pool.Figures().refused, 0u);
  EXPECT_LE(pool.Figures().high_water_bytes, kBudget);
  RecordGain("allocations", 4432, scope.Counts().allocations);
}

}  // namespace
}  // namespace workbook
