// SPDX-License-Identifier: Apache-2.0

// Random histories and workloads, each beside a model of its contract. For
// grading: WORKBOOK_SEED chooses them, and a failure names the seed that
// repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "03_04/exchange.h"
#include "03_04/file_pool.h"
#include "03_04/leasing_pool.h"
#include "03_04/object_pool.h"
#include "03_04/pooling_advisor.h"
#include "03_04/pooling_costs.h"
#include "exercises/03_04/testing/open_files.h"
#include "exercises/03_04/testing/tracked.h"
#include "exercises/03_04/testing/workloads.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Task1Hidden, AnyResetExchangeIsANewOne) {
  const SeedTrace trace;
  Random random(1);
  Exchange exchange;
  for (int round = 0; round < 500; ++round) {
    exchange.user.assign(random.Below(60), 'u');
    exchange.head.assign(random.Below(3000), 'h');
    exchange.body.assign(random.Below(3000), 'b');
    exchange.status = static_cast<int>(random.Below(600));
    exchange.keep_alive = random.Chance(50);
    const std::size_t head_room = exchange.head.capacity();
    const std::size_t body_room = exchange.body.capacity();
    Reset(exchange);
    ASSERT_EQ(exchange, Exchange());
    ASSERT_EQ(exchange.head.capacity(), head_room);
    ASSERT_EQ(exchange.body.capacity(), body_room);
  }
}

// What ObjectPool promises, by numbers alone.
struct PoolModel {
  std::size_t max_idle;
  std::size_t max_bytes;
  std::vector<const Tracked*> idle;
  std::uint64_t dropped = 0;

  void Give(const Tracked* object, std::size_t bytes) {
    if (idle.size() < max_idle && bytes <= max_bytes) {
      idle.push_back(object);
    } else {
      ++dropped;
    }
  }
};

void WalkOfAPool(Random& random) {
  TrackedPolicy::Restore();
  PoolModel model{.max_idle = random.Below(6),
                  .max_bytes = random.Between(1, 200),
                  .idle = {}};
  ObjectPool<Tracked, TrackedPolicy> pool(
      {.max_idle = model.max_idle, .max_object_bytes = model.max_bytes});
  std::vector<std::unique_ptr<Tracked>> busy;
  for (int call = 0; call < 200; ++call) {
    if (busy.empty() || random.Chance(50)) {
      auto object = pool.Take();
      if (!model.idle.empty()) {
        ASSERT_EQ(object.get(), model.idle.back());
        model.idle.pop_back();
      }
      ASSERT_EQ(object->number, 0);
      ASSERT_TRUE(object->text.empty());
      object->number = 1;
      object->text.resize(random.Below(250));
      busy.push_back(std::move(object));
    } else {
      std::swap(busy.back(), random.Pick(busy));
      model.Give(busy.back().get(), busy.back()->text.capacity());
      pool.Give(std::move(busy.back()));
      busy.pop_back();
    }
    ASSERT_EQ(pool.Statistics().idle, model.idle.size());
    ASSERT_EQ(pool.Statistics().dropped, model.dropped);
    ASSERT_EQ(static_cast<std::size_t>(Tracked::alive),
              busy.size() + model.idle.size());
  }
}

TEST(Task2Hidden, APoolDoesWhatItsModelDoes) {
  const SeedTrace trace;
  Random random(2);
  for (int walk = 0; walk < 50 && !HasFatalFailure(); ++walk) {
    WalkOfAPool(random);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

double Amount(Random& random, std::size_t most) {
  return static_cast<double>(random.Between(1, most));
}

Workload AnyWorkload(Random& random) {
  Workload workload;
  workload.uses_per_second = Amount(random, 30'000'000);
  workload.make_ns = Amount(random, 1000);
  workload.pooled_ns = Amount(random, 500);
  workload.error_ns = Amount(random, 50);
  workload.locked_ns = random.Chance(50) ? Amount(random, 60) : 0;
  workload.touched_bytes = Amount(random, 5000);
  workload.bytes_between_uses = Amount(random, 2'000'000);
  workload.object_bytes = Amount(random, 1'000'000);
  workload.idle_objects = Amount(random, 100);
  workload.busy_objects = Amount(random, 100);
  workload.resources_per_object = random.Chance(30) ? Amount(random, 3) : 0;
  workload.resources_available = Amount(random, 600);
  return workload;
}

TEST(Task3Hidden, CostsAreThoseOfTheFormulas) {
  const SeedTrace trace;
  Random random(3);
  const Machine machine = RoundMachine();
  for (int round = 0; round < 3000; ++round) {
    const Workload workload = AnyWorkload(random);
    const PoolingCosts costs = EstimatePooling(workload, machine);
    const std::size_t lines =
        (static_cast<std::size_t>(workload.touched_bytes) + 63) / 64;
    const double miss = workload.bytes_between_uses > 1'000'000
                            ? static_cast<double>(lines) * 5
                            : 0;
    const double load = workload.uses_per_second * workload.locked_ns / 1e9;
    const double wait =
        load < 1 ? load * workload.locked_ns / (2 - 2 * load) : kInfinity;
    const double saved = workload.make_ns - workload.pooled_ns - miss - wait;
    ASSERT_DOUBLE_EQ(costs.miss_ns, miss);
    ASSERT_NEAR(costs.lock_load, load, 1e-9 * (1 + load));
    if (std::isinf(wait)) {
      ASSERT_EQ(costs.saved_ns, -kInfinity);
      continue;
    }
    if (load > 0.999) continue;  // a rounding decides there
    ASSERT_NEAR(costs.saved_ns, saved, 1e-6 * (1 + wait));
    ASSERT_NEAR(costs.worth_bytes,
                costs.saved_ns * workload.uses_per_second * 8,
                1e-6 * std::abs(costs.worth_bytes) + 1e-6);
  }
}

PoolingReason PlainReason(const Workload& workload, const PoolingCosts& costs) {
  if (workload.resources_per_object *
          (workload.idle_objects + workload.busy_objects) >
      workload.resources_available) {
    if (workload.resources_per_object > 0) {
      return PoolingReason::kExhaustsResource;
    }
  }
  if (costs.lock_load >= 1) return PoolingReason::kSaturatesLock;
  if (!(costs.saved_ns > workload.error_ns)) {
    return PoolingReason::kSavesNothing;
  }
  return costs.held_bytes > costs.worth_bytes
             ? PoolingReason::kHoldsMoreThanItSaves
             : PoolingReason::kSavesMoreThanItHolds;
}

TEST(Task4Hidden, TheFirstReasonThatHoldsIsTold) {
  const SeedTrace trace;
  Random random(4);
  const PoolingAdvisor advisor(RoundMachine());
  for (int round = 0; round < 3000; ++round) {
    Workload workload = AnyWorkload(random);
    if (random.Chance(50)) workload.uses_per_second = Amount(random, 200);
    const PoolingAdvice advice = advisor.Advise(workload);
    const PoolingCosts costs = EstimatePooling(workload, RoundMachine());
    ASSERT_EQ(advice.reason, PlainReason(workload, costs)) << Explain(advice);
    ASSERT_EQ(advice.pool,
              advice.reason == PoolingReason::kSavesMoreThanItHolds);
    ASSERT_GE(advice.max_idle, 0);
    ASSERT_EQ(advice.max_idle, std::floor(advice.max_idle));
    if (advice.pool) {
      ASSERT_GE(advice.max_idle, workload.idle_objects);
    }
    // With as many idle objects as it says it must not tell of memory.
    if (advice.max_idle == 0) continue;
    workload.idle_objects = advice.max_idle;
    ASSERT_NE(advisor.Advise(workload).reason,
              PoolingReason::kHoldsMoreThanItSaves);
  }
}

TEST(Task5Hidden, LeasesAndPoolsDieInAnyOrder) {
  const SeedTrace trace;
  Random random(5);
  TrackedPolicy::Restore();
  for (int walk = 0; walk < 200; ++walk) {
    const std::size_t max_idle = random.Below(4);
    auto pool = std::make_optional<LeasingPool<Tracked, TrackedPolicy>>(
        PoolBounds{.max_idle = max_idle});
    std::vector<Lease<Tracked, TrackedPolicy>> leases;
    std::size_t idle = 0;
    for (int call = 0; call < 30; ++call) {
      if (pool && random.Chance(50)) {
        leases.push_back(pool->Take());
        if (idle > 0) --idle;
      } else if (!leases.empty()) {
        std::swap(leases.back(), random.Pick(leases));
        leases.pop_back();
        if (pool && idle < max_idle) ++idle;
      }
      if (random.Chance(4)) {
        pool.reset();
        idle = 0;
      }
      ASSERT_EQ(static_cast<std::size_t>(Tracked::alive), leases.size() + idle);
    }
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Task6Hidden, AppendsReachTheFilesThatTheirPathsName) {
  const SeedTrace trace;
  Random random(6);
  const ScratchFolder folder;
  std::map<std::string, std::string> texts;
  std::deque<std::pair<std::string, int>> open;  // least recently used first
  int seconds = 0;
  FilePool pool({.max_open = 3, .idle_timeout = std::chrono::seconds(10)},
                [&] { return std::chrono::seconds(seconds); });
  for (int call = 0; call < 600; ++call) {
    seconds += static_cast<int>(random.Below(4));
    const std::string path =
        folder.File(std::string(1, static_cast<char>('a' + random.Below(6))));
    if (random.Chance(10)) {
      std::filesystem::remove(path);
      texts.erase(path);
    } else if (random.Chance(10)) {
      const std::size_t closed = std::erase_if(
          open, [&](const auto& file) { return seconds - file.second >= 10; });
      ASSERT_EQ(pool.CloseIdle(), closed);
    } else {
      const std::string text(random.Below(20), 'x');
      ASSERT_FALSE(pool.Append(path, text));
      texts[path] += text;
      std::erase_if(open, [&](const auto& file) { return file.first == path; });
      if (open.size() == 3) open.pop_front();
      open.emplace_back(path, seconds);
    }
    ASSERT_EQ(pool.Statistics().open, open.size());
    ASSERT_EQ(OpenFilesBelow(folder.path()), static_cast<int>(open.size()));
  }
  for (const auto& [path, text] : texts) EXPECT_EQ(TextOf(path), text);
}

}  // namespace
}  // namespace workbook
