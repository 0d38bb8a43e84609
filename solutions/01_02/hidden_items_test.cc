// SPDX-License-Identifier: Apache-2.0

// Random walks through the items, buffers and builders of tasks 4, 5, 8 and 9,
// each beside a simple model of its contract. For grading: WORKBOOK_SEED
// chooses the walk, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/buffer_pool.h"
#include "01_02/pool_allocator.h"
#include "01_02/shared_pool_allocator.h"
#include "01_02/string_builder_pool.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  static inline std::atomic<int> alive{0};
};

template <class Pool>
void WalkPool(Random& random) {
  bool factory_fails = false;
  std::size_t fresh = 0;
  std::size_t victims = 0;
  std::vector<std::unique_ptr<Counted>> mine;
  Pool pool([&] {
    if (factory_fails) throw std::runtime_error("no item");
    return std::make_unique<Counted>();
  });
  for (int step = 0; step < 20000; ++step) {
    if (random.Chance(1)) {
      pool.Collect();
      victims = std::exchange(fresh, 0);
    } else if (!mine.empty() && random.Chance(50)) {
      std::swap(random.Pick(mine), mine.back());
      pool.Put(std::move(mine.back()));
      mine.pop_back();
      ++fresh;
    } else {
      factory_fails = random.Chance(5);
      if (factory_fails && fresh + victims == 0) {
        EXPECT_THROW(pool.Get(), std::runtime_error);
        continue;
      }
      mine.push_back(pool.Get());
      if (fresh > 0) {
        --fresh;
      } else if (victims > 0) {
        --victims;
      }
    }
    ASSERT_EQ(pool.ItemsHeld(), fresh + victims) << "after step " << step;
    ASSERT_EQ(static_cast<std::size_t>(Counted::alive),
              mine.size() + fresh + victims)
        << "an item was lost, or destroyed too early";
  }
}

TEST(Task5Hidden, PoolAllocatorAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(5);
  WalkPool<PoolAllocator<Counted>>(random);
}

TEST(Task8Hidden, SharedPoolAllocatorAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(8);
  WalkPool<SharedPoolAllocator<Counted>>(random);
}

TEST(Task8Hidden, SharedPoolAllocatorLosesNothingBetweenThreads) {
  const SeedTrace trace;
  {
    SharedPoolAllocator<Counted> pool(
        [] { return std::make_unique<Counted>(); });
    const auto work = [&pool](std::uint64_t salt) {
      Random random(40 + salt);
      std::vector<std::unique_ptr<Counted>> mine;
      for (int step = 0; step < 3000; ++step) {
        if (!mine.empty() && random.Chance(50)) {
          pool.Put(std::move(mine.back()));
          mine.pop_back();
        } else {
          mine.push_back(pool.Get());
        }
        if (random.Below(500) == 0) pool.Collect();
      }
      for (auto& item : mine) pool.Put(std::move(item));
    };
    std::vector<std::thread> threads;
    for (std::uint64_t i = 0; i < 3; ++i) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(pool.ItemsHeld(), static_cast<std::size_t>(Counted::alive));
  }
  EXPECT_EQ(Counted::alive, 0);
}

struct ModelledBuffer {
  BufferPool::Buffer buffer;
  std::string content;
};

bool Same(const ModelledBuffer& one) {
  return one.buffer.size() == one.content.size() &&
         (one.content.empty() ||
          std::memcmp(one.buffer.data(), one.content.data(),
                      one.content.size()) == 0);
}

TEST(Task4Hidden, BufferPoolAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(5);
  BufferPoolOptions options;
  options.max_held_bytes = 64 << 10;
  BufferPool pool(options);
  std::vector<ModelledBuffer> lent;
  for (int step = 0; step < 5000; ++step) {
    const std::size_t action = random.Below(100);
    if (action < 30 || lent.empty()) {
      const std::size_t min_bytes = random.Below(5000);
      ModelledBuffer one{pool.Acquire(min_bytes), ""};
      ASSERT_GE(one.buffer.capacity(), std::max<std::size_t>(min_bytes, 1));
      const std::byte* const data = one.buffer.data();
      ASSERT_TRUE(std::all_of(data, data + one.buffer.capacity(),
                              [](std::byte b) { return b == std::byte{0}; }))
          << "the bytes of an earlier user";
      lent.push_back(std::move(one));
    } else if (action < 55) {
      ModelledBuffer& one = random.Pick(lent);
      const std::string text(random.Below(300),
                             static_cast<char>('a' + action % 26));
      one.buffer.Append(std::as_bytes(std::span(text)));
      one.content += text;
      ASSERT_TRUE(Same(one)) << "Append lost something";
    } else if (action < 65) {
      ModelledBuffer& one = random.Pick(lent);
      const std::size_t size_bytes = random.Below(2 * one.content.size() + 10);
      const std::size_t before = one.content.size();
      one.buffer.Resize(size_bytes);
      one.content.resize(std::min(before, size_bytes));
      ASSERT_EQ(one.buffer.size(), size_bytes);
      // Bytes that come back into view may be this user's own.
      if (size_bytes > before) {
        std::memset(one.buffer.data() + before, 'z', size_bytes - before);
      }
      one.content.resize(size_bytes, 'z');
      ASSERT_TRUE(Same(one)) << "Resize lost something";
    } else {
      std::swap(random.Pick(lent), lent.back());
      ASSERT_TRUE(Same(lent.back())) << "two buffers share memory";
      lent.pop_back();
    }
    ASSERT_LE(pool.BytesHeld(), options.max_held_bytes);
  }
  std::size_t lent_bytes = 0;
  for (const ModelledBuffer& one : lent) lent_bytes += one.buffer.capacity();
  EXPECT_EQ(pool.BytesLent(), lent_bytes);
}

TEST(Task9Hidden, StringBuilderPoolAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(6);
  StringBuilderPool pool;
  struct Text {
    StringBuilderPool::Handle builder;
    std::string content;
  };
  std::vector<Text> lent;
  for (int step = 0; step < 10000; ++step) {
    const std::size_t action = random.Below(100);
    if (action < 25 || lent.empty()) {
      lent.push_back({pool.Acquire(), ""});
      ASSERT_EQ(lent.back().builder->view(), "") << "an earlier user's text";
    } else if (action < 50) {
      Text& one = random.Pick(lent);
      const std::string text(random.Below(200),
                             static_cast<char>('a' + action % 26));
      one.builder->Append(text);
      one.content += text;
    } else if (action < 70) {
      Text& one = random.Pick(lent);
      const auto number = static_cast<std::int64_t>(
          random.Below(~std::size_t{0}) >> random.Below(64));
      one.builder->AppendNumber(number);
      one.content += std::to_string(number);
    } else {
      std::swap(random.Pick(lent), lent.back());
      ASSERT_EQ(lent.back().builder->view(), lent.back().content);
      lent.pop_back();
    }
    ASSERT_EQ(pool.BuildersLent(), lent.size());
  }
}

}  // namespace
}  // namespace workbook
