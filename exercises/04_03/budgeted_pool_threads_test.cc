// SPDX-License-Identifier: Apache-2.0

// A budget that threads share, and never exceed: neither by the pool's figures
// nor on the heap.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "04_03/budgeted_pool.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/sleeper.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Buffer = BudgetedPool::Buffer;

class Task4Threads : public BoundedTest {};

// Eight threads want far more than there is. The heap itself is watched.
TEST_F(Task4Threads, TheBudgetIsNeverExceeded) {
  constexpr std::size_t kBudget = 10'000;
  constexpr std::array<std::size_t, 4> kSizes = {64, 256, 1024, 4096};
  BudgetedPool pool(kSizes, kBudget);
  pool.Acquire(1).Return();
  std::atomic<int> wrong{0};
  std::atomic<int> ready{0};
  std::atomic<bool> start{false};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (std::uint64_t id = 0; id < 8; ++id) {
    threads.emplace_back([&, id] {
      std::array<Buffer, 4> mine;
      Random random(id);
      ++ready;
      while (!start) std::this_thread::yield();
      for (int round = 0; round < 1500; ++round) {
        Buffer& buffer = mine[random.Below(mine.size())];
        buffer.Return();
        buffer = pool.Acquire(random.Between(1, 4096));
        if (buffer) {
          buffer.bytes().front() = static_cast<std::byte>(id);
          buffer.bytes().back() = static_cast<std::byte>(id);
        }
        const BudgetFigures now = pool.Figures();
        if (now.held_bytes > kBudget || now.high_water_bytes > kBudget ||
            now.held_bytes > now.high_water_bytes) {
          ++wrong;
        }
      }
    });
  }
  // A thread that starts may allocate: the count begins behind that.
  EXPECT_TRUE(Eventually([&] { return ready == 8; }));
  const AllocationScope scope(ProbeExtent::kProcess);
  start = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(scope.Counts().peak_live_bytes, std::int64_t{kBudget})
      << "more was on the heap than the budget allows";
  EXPECT_EQ(wrong, 0) << "the figures show more than the budget";
  const BudgetFigures end = pool.Figures();
  EXPECT_EQ(end.hits + end.misses + end.refused, 8 * 1500u + 1);
  EXPECT_GT(end.refused, 0u);
  RecordProperty("high_water_bytes", std::to_string(end.high_water_bytes));
}

// Looks at a pool, on another thread, in the middle of an allocation: when
// operator new asks for memory.
struct InTheMiddle {
  static inline const BudgetedPool* pool = nullptr;
  static inline std::atomic<std::size_t> held_bytes{0};
  static inline std::optional<Sleeper> other;
  static inline bool has_looked = false;

  static void Look() {
    std::set_new_handler(nullptr);
    other.emplace([] { held_bytes = pool->Figures().held_bytes; });
    // A pool that allocates under its lock lets none look: that is safe, too.
    Eventually([] { return other->IsDone() || SleepsNow(other->id()); });
    has_looked = other->IsDone();
  }
};

TEST_F(Task4Threads, ABufferIsHeldBeforeItIsAllocated) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  constexpr std::array<std::size_t, 2> kHuge = {16, std::size_t{1} << 62};
  BudgetedPool pool(kHuge, kHuge[1]);
  InTheMiddle::pool = &pool;
  std::set_new_handler(&InTheMiddle::Look);
  EXPECT_THROW(pool.Acquire(17), std::bad_alloc);
  std::set_new_handler(nullptr);
  InTheMiddle::other.reset();
  if (!InTheMiddle::has_looked) return;
  EXPECT_EQ(InTheMiddle::held_bytes, kHuge[1])
      << "while one thread allocates, another one finds the same room";
}

}  // namespace
}  // namespace workbook
