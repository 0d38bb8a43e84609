// SPDX-License-Identifier: Apache-2.0

// Random walks through what tasks 7 to 10 build on pools, workers, connections,
// a pool that adapts and responses, each beside a simple model of its contract.
// For grading: WORKBOOK_SEED chooses the walk, and a failure names the seed
// that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "01_02/connection_pool.h"
#include "01_02/http_responder.h"
#include "01_02/worker_pool.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

// What became of one task.
enum class Fate { kValue, kThrew, kCancelled, kLost };

Fate FateOf(TaskFuture<int>& future, int expected) {
  if (!future.WaitFor(std::chrono::seconds(20))) return Fate::kLost;
  try {
    return future.Get() == expected ? Fate::kValue : Fate::kLost;
  } catch (const TaskCancelledError&) {
    return Fate::kCancelled;
  } catch (const std::out_of_range&) {
    return Fate::kThrew;
  }
}

void WalkWorkerPool(Random& random, ShutdownMode mode) {
  WorkerPoolOptions options;
  options.thread_count = random.Between(1, 4);
  options.queue_capacity = random.Between(1, 32);
  WorkerPool pool(options);
  std::atomic<std::uint64_t> ran{0};
  std::deque<std::pair<TaskFuture<int>, int>> futures;
  std::vector<bool> throws;
  for (int task = 0; task < 300; ++task) {
    const bool fails = random.Chance(20);
    throws.push_back(fails);
    const auto body = [&ran, task, fails]() -> int {
      ++ran;
      if (fails) throw std::out_of_range("as agreed");
      return 3 * task;
    };
    futures.emplace_back(pool.Submit(body), 3 * task);
  }
  pool.Shutdown(mode);
  std::uint64_t cancelled = 0;
  for (std::size_t task = 0; task < futures.size(); ++task) {
    const Fate fate = FateOf(futures[task].first, futures[task].second);
    if (fate == Fate::kCancelled) {
      ++cancelled;
    } else {
      ASSERT_EQ(fate, throws[task] ? Fate::kThrew : Fate::kValue) << task;
    }
  }
  if (mode == ShutdownMode::kDrain) {
    EXPECT_EQ(cancelled, 0u);
  }
  EXPECT_EQ(ran + cancelled, futures.size()) << "run or cancelled, once";
  EXPECT_EQ(pool.Stats().run, ran);
  EXPECT_EQ(pool.Stats().cancelled, cancelled);
  EXPECT_THROW(pool.Submit([] { return 0; }), WorkerPoolClosedError);
}

TEST(Task10Hidden, WorkerPoolLosesNoTask) {
  const SeedTrace trace;
  Random random(7);
  for (int i = 0; i < 10; ++i) {
    WalkWorkerPool(random, random.Chance(50) ? ShutdownMode::kDrain
                                             : ShutdownMode::kCancel);
  }
}

class HandClock : public ConnectionPoolClock {
 public:
  TimePoint Now() const override { return TimePoint(now); }
  std::chrono::nanoseconds now = std::chrono::hours(1);
};

struct Link {
  std::shared_ptr<bool> alive;
  std::chrono::nanoseconds opened_at{};
};

TEST(Task11Hidden, ConnectionPoolAgreesWithItsModel) {
  const SeedTrace trace;
  using std::chrono::seconds;
  Random random(8);
  HandClock clock;
  ConnectionPoolLimits limits;
  limits.max_open = 5;
  limits.max_idle = 3;
  limits.max_lifetime = seconds(100);
  std::vector<std::shared_ptr<bool>> links;
  std::size_t cleaned = 0;
  bool open_fails = false;
  ConnectionPool<Link>::Hooks hooks;
  hooks.open = [&] {
    if (open_fails) throw std::runtime_error("refused");
    links.push_back(std::make_shared<bool>(true));
    return Link{links.back(), clock.now};
  };
  hooks.is_healthy = [](Link& link) { return *link.alive; };
  hooks.cleanup = [&](Link&) { ++cleaned; };
  {
    ConnectionPool<Link> pool(limits, hooks, clock);
    std::vector<ConnectionPool<Link>::Lease> lent;
    for (int step = 0; step < 5000; ++step) {
      const std::size_t action = random.Below(100);
      if (action < 45) {
        open_fails = random.Chance(5);
        try {
          auto lease = pool.Borrow(seconds(0));
          ASSERT_EQ(static_cast<bool>(lease), lent.size() < limits.max_open);
          if (lease) {
            ASSERT_TRUE(*lease->alive) << "a dead connection was lent";
            ASSERT_LT(clock.now - lease->opened_at, limits.max_lifetime);
            lent.push_back(std::move(lease));
          }
        } catch (const std::runtime_error&) {
          ASSERT_TRUE(open_fails);
        }
      } else if (action < 85 && !lent.empty()) {
        std::swap(random.Pick(lent), lent.back());
        if (random.Chance(10)) lent.back().MarkBroken();
        lent.pop_back();
      } else if (action < 90 && !links.empty()) {
        *random.Pick(links) = false;  // the server hangs up
      } else if (action < 95) {
        clock.now += seconds(random.Below(40));
      } else {
        pool.EvictExpired();
      }
      ASSERT_LE(links.size() - cleaned, limits.max_open);
      ASSERT_EQ(pool.Stats().open, links.size() - cleaned);
      ASSERT_LE(pool.Stats().idle, limits.max_idle);
    }
  }
  EXPECT_EQ(cleaned, links.size()) << "each connection is cleaned up once";
}

// The rules of adaptive_pool.h, written down once more.
struct AdaptiveModel {
  std::size_t least = 0;
  std::size_t most = 0;
  std::size_t limit = 0;
  std::size_t kept = 0;
  std::vector<std::size_t> swings;  // since the last grow or Warm

  void Swing(std::size_t count) {
    hits += std::min(count, kept);
    misses += count - std::min(count, kept);
    kept = std::min(limit, std::max(count, kept));
  }
  void CloseWindow(std::size_t swing) {
    using Pool = AdaptivePool;
    const std::size_t acquires = hits + misses;
    const bool too_many = acquires > 0 && static_cast<double>(hits) <
                                              Pool::kTargetHitRate *
                                                  static_cast<double>(acquires);
    hits = misses = 0;
    swings.push_back(swing);
    if (too_many && swing > limit) {
      const std::size_t raised =
          std::min({swing, std::max(2 * limit, Pool::kSmallestGrowth), most});
      if (raised > limit) swings.clear();
      limit = std::max(limit, raised);
    } else if (swings.size() >= Pool::kPatienceWindows) {
      const std::size_t needed = std::max(
          least, *std::max_element(swings.end() - Pool::kPatienceWindows,
                                   swings.end()));
      if (limit > needed && (limit - needed) * Pool::kSlackDivisor > limit) {
        limit -= (limit - needed + 1) / 2;
      }
    }
    kept = std::min(kept, limit);
  }

  std::size_t hits = 0;
  std::size_t misses = 0;
};

TEST(Task12Hidden, AdaptivePoolAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(9);
  auto now = std::chrono::steady_clock::time_point(std::chrono::hours(1));
  AdaptivePoolOptions options;
  options.block_bytes = random.Between(1, 100);
  options.clock = [&now] { return now; };
  AdaptiveModel model;
  model.least = model.limit = random.Below(20);
  model.most = random.Between(50, 300);
  options.min_retained_bytes = model.least * options.block_bytes;
  options.max_retained_bytes = model.most * options.block_bytes;
  AdaptivePool pool(options);
  std::vector<void*> blocks(400);
  for (int window = 0; window < 1500; ++window) {
    const std::size_t swing = random.Chance(40)   ? 0
                              : random.Chance(10) ? random.Below(400)
                                                  : random.Between(30, 60);
    const auto batch = std::span(blocks).first(swing);
    pool.AcquireBatch(batch);
    for (void* block : batch) pool.Release(block);
    model.Swing(swing);
    if (random.Chance(2)) {
      const std::size_t count = random.Below(400);
      pool.Warm(count, options.block_bytes);
      model.limit = std::max(model.limit, std::min(count, model.most));
      model.kept = std::max(model.kept, std::min(count, model.most));
      model.swings.clear();
    }
    if (random.Chance(2)) {
      pool.Trim();
      model.kept = std::min(model.kept, model.least);
    }
    now += options.window;
    pool.Adapt();
    model.CloseWindow(swing);
    ASSERT_EQ(pool.Statistics().retained_limit_blocks, model.limit)
        << "window " << window << ", swing " << swing;
    ASSERT_EQ(pool.Statistics().retained_blocks, model.kept);
  }
}

// A text of letters, escapes and more than ASCII.
std::string RandomText(Random& random) {
  static constexpr std::array<const char*, 8> kPieces = {
      "a", "Z9 ", "\"", "\\", "\n", "\x01", "\u00E9", "\U0001F600"};
  std::string text;
  for (std::size_t i = random.Below(12); i > 0; --i) {
    text += kPieces[random.Below(kPieces.size())];
  }
  return text;
}

// The same value through the writer and in nlohmann's form.
nlohmann::json WriteRandom(Random& random, JsonWriter& json, int depth) {
  const std::size_t kind = random.Below(depth > 0 ? 7 : 5);
  nlohmann::json value;
  if (kind == 0) {
    value = RandomText(random);
    json.String(value.get_ref<const std::string&>());
  } else if (kind == 1) {
    const auto bits = random.Below(~std::size_t{0});
    value = std::bit_cast<std::int64_t>(bits);
    json.Number(std::bit_cast<std::int64_t>(bits));
  } else if (kind == 2) {
    const double number = static_cast<double>(random.Below(1u << 30)) / 7.0;
    value = number;
    json.Number(number);
  } else if (kind == 3) {
    value = random.Chance(50);
    json.Bool(value.get<bool>());
  } else if (kind == 4) {
    json.Null();
  } else if (kind == 5) {
    value = nlohmann::json::array();
    json.BeginArray();
    for (std::size_t i = random.Below(5); i > 0; --i) {
      value.push_back(WriteRandom(random, json, depth - 1));
    }
    json.EndArray();
  } else {
    value = nlohmann::json::object();
    json.BeginObject();
    for (std::size_t i = random.Below(5); i > 0; --i) {
      const std::string key = RandomText(random) + std::to_string(i);
      json.Key(key);
      value[key] = WriteRandom(random, json, depth - 1);
    }
    json.EndObject();
  }
  return value;
}

TEST(Task13Hidden, WhatTheResponderWritesReadsBackTheSame) {
  const SeedTrace trace;
  Random random(10);
  HttpResponder responder;
  for (int i = 0; i < 2000; ++i) {
    nlohmann::json expected;
    const HttpResponse response = responder.RespondJson(
        {}, [&](JsonWriter& json) { expected = WriteRandom(random, json, 5); });
    ASSERT_TRUE(response.ok()) << Describe(response.error());
    ASSERT_EQ(nlohmann::json::parse(response.body()), expected);
    ASSERT_NE(
        response.head().find("Content-Length: " +
                             std::to_string(response.body().size()) + "\r\n"),
        std::string_view::npos);
  }
}

TEST(Task13Hidden, NoHeaderValueBreaksTheHead) {
  const SeedTrace trace;
  Random random(11);
  HttpResponder responder;
  for (int i = 0; i < 5000; ++i) {
    std::string value;
    for (std::size_t length = random.Below(6); length > 0; --length) {
      value += static_cast<char>(random.Below(256));
    }
    const HttpHeader headers[] = {{"X-Random", value}};
    HttpHead head;
    head.headers = headers;
    const HttpResponse response = responder.Respond(head, "body");
    const bool clean = std::all_of(value.begin(), value.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte == '\t' || (byte >= 32 && byte != 127);
    });
    ASSERT_EQ(response.ok(), clean);
    if (!clean) continue;
    const auto lines =
        std::count(response.head().begin(), response.head().end(), '\n');
    ASSERT_EQ(lines, 6) << "status, three of its own, one of ours, the end";
  }
}

}  // namespace
}  // namespace workbook
