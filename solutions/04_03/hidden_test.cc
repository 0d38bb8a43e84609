// SPDX-License-Identifier: Apache-2.0

// Random histories, each beside a model of its contract. For grading:
// WORKBOOK_SEED chooses the walk, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "04_03/break_even.h"
#include "04_03/budgeted_pool.h"
#include "04_03/buffer_strategies.h"
#include "04_03/generation_pool.h"
#include "04_03/pool_ratios.h"
#include "04_03/tagged_stack.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task1Hidden, RatiosAreThoseOfTheSums) {
  const SeedTrace trace;
  Random random(1);
  for (int round = 0; round < 200; ++round) {
    PoolFigures figures;
    figures.requests = random.Between(1, 1000);
    figures.hits = random.Below(figures.requests + 1);
    figures.sums.requested = random.Between(1, 1'000'000);
    figures.sums.lent = figures.sums.requested + random.Below(1'000'000);
    figures.sums.idle = random.Below(1'000'000);
    const auto part = [](std::uint64_t a, std::uint64_t b) {
      return static_cast<double>(a) / static_cast<double>(b);
    };
    const PoolBytes& sums = figures.sums;
    ASSERT_NEAR(HitPercent(figures), 100 * part(figures.hits, figures.requests),
                1e-9);
    ASSERT_NEAR(HeldPerRequestedByte(figures),
                part(sums.lent + sums.idle, sums.requested), 1e-9);
    ASSERT_NEAR(WastePercent(figures),
                100 * part(sums.lent - sums.requested, sums.lent), 1e-9);
  }
}

// A trace in which each buffer is requested and comes back at random.
RequestTrace RandomTrace(Random& random) {
  RequestTrace trace;
  trace.buffers = 6;
  std::array<bool, 6> is_lent{};
  for (int i = 0; i < 120; ++i) {
    const auto buffer = static_cast<std::uint32_t>(random.Below(6));
    const bool requests = !is_lent[buffer];
    is_lent[buffer] = requests;
    trace.events.push_back(
        {buffer,
         requests ? static_cast<std::uint32_t>(random.Between(1, 40)) : 0});
  }
  return trace;
}

TEST(Task2Hidden, RandomTracesHaveTheFiguresOfAPlainPool) {
  const SeedTrace seed;
  Random random(2);
  for (int round = 0; round < 200; ++round) {
    const RequestTrace trace = RandomTrace(random);
    const std::vector<std::size_t> classes = {
        random.Between(1, 10), random.Between(11, 20), random.Between(21, 30)};
    const std::size_t max_idle = random.Below(120);
    const auto rule = [&](std::size_t size) {
      for (const std::size_t bytes : classes) {
        if (bytes >= size) return bytes;
      }
      return size;
    };
    std::vector<std::size_t> idle;
    std::map<std::uint32_t, std::size_t> lent;
    std::uint64_t hits = 0;
    std::uint64_t idle_sum = 0;
    std::uint64_t lent_sum = 0;
    std::uint64_t peak = 0;
    const auto sum = [](const auto& all, auto bytes_of) {
      std::uint64_t bytes = 0;
      for (const auto& one : all) bytes += bytes_of(one);
      return bytes;
    };
    const auto idle_bytes = [&] {
      return sum(idle, [](std::size_t bytes) { return bytes; });
    };
    for (const auto& [buffer, size] : trace.events) {
      if (size != 0) {
        const std::size_t capacity = rule(size);
        ASSERT_EQ(ClassCapacity(classes, size), capacity);
        const auto found = std::find(idle.begin(), idle.end(), capacity);
        if (found != idle.end()) {
          idle.erase(found);
          ++hits;
        }
        lent[buffer] = capacity;
      } else {
        if (idle_bytes() + lent[buffer] <= max_idle) {
          idle.push_back(lent[buffer]);
        }
        lent.erase(buffer);
      }
      const std::uint64_t lent_bytes =
          sum(lent, [](const auto& one) { return one.second; });
      idle_sum += idle_bytes();
      lent_sum += lent_bytes;
      peak = std::max(peak, lent_bytes + idle_bytes());
    }
    const PoolFigures figures = PlayPool(trace, rule, max_idle);
    ASSERT_EQ(figures.hits, hits);
    ASSERT_EQ(figures.sums.idle, idle_sum);
    ASSERT_EQ(figures.sums.lent, lent_sum);
    ASSERT_EQ(figures.peak_held_bytes, peak);
  }
}

TEST(Task4Hidden, RandomRequestsStayWithinTheBudget) {
  const SeedTrace trace;
  Random random(4);
  constexpr std::array<std::size_t, 4> kClasses = {16, 48, 128, 512};
  for (int round = 0; round < 60; ++round) {
    const std::size_t budget = random.Between(16, 2000);
    BudgetedPool pool(kClasses, budget);
    std::vector<BudgetedPool::Buffer> lent;
    std::size_t lent_bytes = 0;
    lent.reserve(300);
    const AllocationScope scope;
    for (int step = 0; step < 300; ++step) {
      if (!lent.empty() && random.Chance(45)) {
        std::swap(random.Pick(lent), lent.back());
        lent_bytes -= lent.back().bytes().size();
        lent.pop_back();
      } else {
        const std::size_t size = random.Between(0, 600);
        const auto* const fits =
            std::find_if(kClasses.begin(), kClasses.end(),
                         [&](std::size_t bytes) { return bytes >= size; });
        // What is idle never stands in the way of a request.
        const bool served =
            fits != kClasses.end() && lent_bytes + *fits <= budget;
        auto buffer = pool.Acquire(size);
        const bool is_lent = static_cast<bool>(buffer);
        ASSERT_EQ(is_lent, served);
        if (served) {
          ASSERT_EQ(buffer.bytes().size(), *fits);
          lent_bytes += *fits;
          lent.push_back(std::move(buffer));
        }
      }
      const BudgetFigures figures = pool.Figures();
      ASSERT_EQ(scope.Counts().live_bytes,
                static_cast<std::int64_t>(figures.held_bytes));
      ASSERT_LE(figures.held_bytes, figures.high_water_bytes);
      ASSERT_LE(figures.high_water_bytes, budget);
    }
    lent.clear();
  }
}

TEST(Task4Hidden, AtTheBreakEvenPointBothCostTheSame) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 500; ++round) {
    UseTimes times;
    times.hit_ns = static_cast<double>(random.Below(50));
    times.miss_ns = times.hit_ns + static_cast<double>(random.Below(50));
    times.plain_ns = static_cast<double>(random.Below(100));
    const std::optional<double> rate = BreakEvenHitRate(times);
    ASSERT_EQ(rate.has_value(), times.hit_ns <= times.plain_ns);
    if (!rate.has_value()) continue;
    const double pooled = *rate * times.hit_ns + (1 - *rate) * times.miss_ns;
    ASSERT_GE(*rate, 0);
    ASSERT_LE(*rate, 1);
    ASSERT_LE(pooled, times.plain_ns + 1e-9);
    if (*rate > 0) {
      ASSERT_NEAR(pooled, times.plain_ns, 1e-9);
    }
  }
}

// Runs once, in the middle of the next Pop.
struct Middle {
  static inline std::function<void()> next;
  static void Run() {
    if (const auto now = std::exchange(next, nullptr)) now();
  }
};

TEST(Task5Hidden, AnInterruptedPopIsThatOfTheStackThatItFinds) {
  const SeedTrace trace;
  Random random(6);
  for (int round = 0; round < 100; ++round) {
    constexpr std::uint32_t kCapacity = 6;
    TaggedStack<Middle> stack(kCapacity);
    std::vector<std::uint32_t> model;
    const auto push = [&] {
      std::uint32_t index = 0;
      while (std::count(model.begin(), model.end(), index) != 0) ++index;
      if (index == kCapacity) return;
      model.push_back(index);
      stack.Push(index);
    };
    const auto pop = [&] {
      const std::optional<std::uint32_t> got = stack.Pop();
      ASSERT_EQ(got.has_value(), !model.empty());
      if (!got.has_value()) return;
      ASSERT_EQ(*got, model.back());
      model.pop_back();
    };
    for (int step = 0; step < 60; ++step) {
      if (random.Chance(50)) {
        push();
        continue;
      }
      const int others = static_cast<int>(random.Below(6));
      if (random.Chance(60)) {
        Middle::next = [&, others] {
          for (int i = 0; i < others; ++i) random.Chance(50) ? push() : pop();
        };
      }
      pop();
      Middle::next = nullptr;
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Task6Hidden, AnIdleBufferLivesForTwoEndsAtMost) {
  const SeedTrace trace;
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    constexpr std::size_t kBytes = 100;
    GenerationPool pool(kBytes);
    std::vector<GenerationPool::Buffer> lent;
    lent.reserve(200);
    std::size_t fresh = 0;
    std::size_t victims = 0;
    const AllocationScope scope;
    for (int step = 0; step < 200; ++step) {
      if (random.Chance(10)) {
        pool.EndGeneration();
        victims = std::exchange(fresh, 0);
      } else if (!lent.empty() && random.Chance(50)) {
        std::swap(random.Pick(lent), lent.back());
        lent.pop_back();
        ++fresh;
      } else {
        lent.push_back(pool.Acquire());
        if (fresh > 0) {
          --fresh;
        } else if (victims > 0) {
          --victims;
        }
      }
      ASSERT_EQ(pool.Figures().fresh, fresh);
      ASSERT_EQ(pool.Figures().victims, victims);
      ASSERT_EQ(
          scope.Counts().live_bytes,
          static_cast<std::int64_t>((lent.size() + fresh + victims) * kBytes));
    }
    lent.clear();
  }
}

}  // namespace
}  // namespace workbook
