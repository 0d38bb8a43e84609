// SPDX-License-Identifier: Apache-2.0

// Borders, numbers of all types, and the last moments of a thread.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <thread>

#include "01_02/string_builder_pool.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task9StringBuilder, TakesNoMemoryUntilSomethingIsAppended) {
  const AllocationScope scope;
  StringBuilder builder;
  builder.Append("");
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(builder.capacity(), 0u);
  EXPECT_EQ(builder.view(), "");
}

TEST(Task9StringBuilder, ReserveNeverShrinks) {
  StringBuilder builder;
  builder.Reserve(1000);
  const std::size_t capacity = builder.capacity();
  EXPECT_GE(capacity, 1000u);
  builder.Reserve(10);
  EXPECT_EQ(builder.capacity(), capacity);
}

TEST(Task9StringBuilder, WritesSmallNumberTypesAsNumbers) {
  StringBuilder builder;
  builder.AppendNumber(0.1f).Append(' ').AppendNumber(std::int8_t{-5});
  builder.Append(' ').AppendNumber(std::uint8_t{200});
  EXPECT_EQ(builder.view(), "0.1 -5 200")
      << "the shortest text of a float; and a byte is no character";
}

TEST(Task9StringBuilderPool, KeepsABuilderThatIsAsLargeAsItMayBe) {
  StringBuilderPool pool(
      {.initial_capacity_bytes = 1000, .max_retained_bytes = 1000});
  { const auto builder = pool.Acquire(); }
  EXPECT_EQ(pool.BuildersHeld(), 1u);
  EXPECT_EQ(pool.Statistics().oversize, 0u);
  EXPECT_THROW(StringBuilderPool({.initial_capacity_bytes = 1001,
                                  .max_retained_bytes = 1000}),
               std::invalid_argument);
}

struct WritesAtThreadExit {
  ~WritesAtThreadExit() {
    if (pool == nullptr) return;
    auto builder = pool->Acquire();
    builder->Append("the last line");
  }
  StringBuilderPool* pool = nullptr;
};

TEST(Task9StringBuilderPool, WorksInTheDestructorsOfAnExitingThread) {
  StringBuilderPool pool;
  std::thread([&] {
    static thread_local WritesAtThreadExit last;  // made first, destroyed last
    last.pool = &pool;
    pool.Acquire();
  }).join();
  EXPECT_EQ(pool.BuildersLent(), 0u);
  EXPECT_EQ(pool.Acquire()->view(), "");
}

}  // namespace
}  // namespace workbook
