// Random walks through the memory of tasks 1 to 6, blocks, buffers and
// builders, each beside a simple model of its contract. For grading:
// WORKBOOK_SEED chooses the walk, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/buffer_pool.h"
#include "01_02/fixed_size_pool.h"
#include "01_02/pool_allocator.h"
#include "01_02/size_class_allocator.h"
#include "01_02/stack_allocator.h"
#include "01_02/string_builder_pool.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Lent memory: no two blocks overlap, and nobody else writes into them.
class LentBlocks {
 public:
  void Add(void* block, std::size_t size_bytes, std::size_t alignment_bytes) {
    auto* const start = static_cast<unsigned char*>(block);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(start) % alignment_bytes, 0u);
    const auto next = blocks_.lower_bound(start);
    if (next != blocks_.end()) {
      ASSERT_LE(start + size_bytes, next->first) << "blocks overlap";
    }
    if (next != blocks_.begin()) {
      const auto& [before, block_before] = *std::prev(next);
      ASSERT_LE(before + block_before.size_bytes, start) << "blocks overlap";
    }
    std::memset(start, ++last_pattern_, size_bytes);
    blocks_[start] = {size_bytes, alignment_bytes, last_pattern_};
  }
  // A block for the caller to give back.
  void Take(Random& random, void** block, std::size_t* size_bytes = nullptr,
            std::size_t* alignment_bytes = nullptr) {
    auto chosen = blocks_.lower_bound(
        std::next(blocks_.begin(),
                  static_cast<std::ptrdiff_t>(random.Below(blocks_.size())))
            ->first);
    const auto [size, alignment, pattern] = chosen->second;
    *block = chosen->first;
    if (size_bytes != nullptr) *size_bytes = size;
    if (alignment_bytes != nullptr) *alignment_bytes = alignment;
    EXPECT_TRUE(std::all_of(chosen->first, chosen->first + size,
                            [p = pattern](unsigned char c) { return c == p; }))
        << "somebody else wrote into a lent block";
    blocks_.erase(chosen);
  }
  std::size_t size() const { return blocks_.size(); }

 private:
  struct Block {
    std::size_t size_bytes = 0;
    std::size_t alignment_bytes = 1;
    unsigned char pattern = 0;
  };
  std::map<unsigned char*, Block> blocks_;
  unsigned char last_pattern_ = 0;
};

void WalkFixedSizePool(Random& random) {
  FixedSizePool::Options options;
  options.block_size_bytes = random.Between(1, 200);
  options.alignment_bytes = std::size_t{1} << random.Between(0, 9);
  options.blocks_per_chunk = random.Between(1, 40);
  if (random.Chance(50)) options.max_blocks = random.Between(1, 200);
  options.unrolled = random.Chance(50);
  FixedSizePool pool(options);
  LentBlocks lent;
  void* last_freed = nullptr;
  for (int step = 0; step < 2000 && !testing::Test::HasFatalFailure(); ++step) {
    if (lent.size() > 0 && random.Chance(48)) {
      lent.Take(random, &last_freed);
      pool.Deallocate(last_freed);
      continue;
    }
    const bool has_room = pool.Capacity() > lent.size();
    AllocationScope scope;
    void* const block = pool.Allocate();
    if (has_room) {
      ASSERT_EQ(scope.Counts().allocations, 0);
    }
    ASSERT_EQ(block == nullptr, lent.size() == options.max_blocks);
    if (block == nullptr) continue;
    if (last_freed != nullptr) {
      ASSERT_EQ(block, last_freed) << "last in, first out";
    }
    last_freed = nullptr;
    lent.Add(block, options.block_size_bytes, options.alignment_bytes);
  }
  EXPECT_EQ(pool.LentBlocks(), lent.size());
  while (lent.size() > 0) {
    lent.Take(random, &last_freed);
    pool.Deallocate(last_freed);
  }
  EXPECT_EQ(pool.LentBlocks(), 0u);
}

TEST(Task1Hidden, FixedSizePoolAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(1);
  for (int i = 0; i < 30; ++i) WalkFixedSizePool(random);
}

TEST(Task2Hidden, SizeClassAllocatorAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(2);
  SizeClassAllocator allocator;
  LentBlocks lent;
  std::size_t requested_bytes = 0;
  for (int step = 0; step < 20000 && !HasFatalFailure(); ++step) {
    if (lent.size() > 0 && random.Chance(49)) {
      void* block = nullptr;
      std::size_t size_bytes = 0;
      std::size_t alignment_bytes = 0;
      lent.Take(random, &block, &size_bytes, &alignment_bytes);
      allocator.Deallocate(block, size_bytes, alignment_bytes);
      requested_bytes -= size_bytes;
      continue;
    }
    const std::size_t bits = random.Between(1, 16);
    const std::size_t size_bytes = random.Between(1, std::size_t{1} << bits);
    const std::size_t alignment_bytes = std::size_t{1} << random.Below(9);
    const std::size_t size_class = allocator.SizeToClass(size_bytes);
    const auto fits = std::find_if(
        kGoSizeClasses.begin(), kGoSizeClasses.end(),
        [&](const SizeClass& one) { return one.size_bytes >= size_bytes; });
    ASSERT_EQ(size_class,
              fits == kGoSizeClasses.end()
                  ? 0u
                  : static_cast<std::size_t>(fits - kGoSizeClasses.begin() + 1))
        << size_bytes << " bytes";
    lent.Add(allocator.Allocate(size_bytes, alignment_bytes), size_bytes,
             alignment_bytes);
    requested_bytes += size_bytes;
  }
  const auto statistics = allocator.GetStatistics();
  EXPECT_EQ(statistics.blocks, lent.size());
  EXPECT_EQ(statistics.requested_bytes, requested_bytes);
  EXPECT_GE(statistics.lent_bytes, requested_bytes);
  while (lent.size() > 0) {
    void* block = nullptr;
    std::size_t size_bytes = 0;
    std::size_t alignment_bytes = 0;
    lent.Take(random, &block, &size_bytes, &alignment_bytes);
    allocator.Deallocate(block, size_bytes, alignment_bytes);
  }
  EXPECT_EQ(allocator.GetStatistics().lent_bytes, 0u);
}

// The model of StackAllocator: offsets into the buffer.
struct StackModel {
  struct Place {
    StackMark mark;
    std::size_t used = 0;
    std::size_t blocks = 0;
  };
  std::size_t used = 0;
  std::size_t most_used = 0;
  std::vector<std::size_t> blocks;  // where each starts
  std::vector<Place> marks;
};

void StepStack(Random& random, std::span<std::byte> buffer,
               StackAllocator& stack, StackModel& model) {
  const std::size_t action = random.Below(100);
  const std::size_t marked =
      model.marks.empty() ? 0 : model.marks.back().blocks;
  if (action < 15) {
    model.marks.push_back({stack.Mark(), model.used, model.blocks.size()});
  } else if (action < 25 && !model.marks.empty()) {
    const std::size_t kept = random.Below(model.marks.size());
    stack.FreeTo(model.marks[kept].mark);
    model.used = model.marks[kept].used;
    model.blocks.resize(model.marks[kept].blocks);
    model.marks.resize(kept);
  } else if (action < 40 && model.blocks.size() > marked) {
    stack.Free(buffer.data() + model.blocks.back());
    model.used = model.blocks.back();
    model.blocks.pop_back();
  } else {
    const std::size_t size_bytes = random.Below(100);
    const std::size_t alignment_bytes = std::size_t{1} << random.Below(8);
    const auto base = reinterpret_cast<std::uintptr_t>(buffer.data());
    const std::size_t start =
        ((base + model.used + alignment_bytes - 1) & ~(alignment_bytes - 1)) -
        base;
    const std::size_t end = start + std::max<std::size_t>(size_bytes, 1);
    void* const block = stack.Allocate(size_bytes, alignment_bytes);
    if (end > buffer.size()) {
      ASSERT_EQ(block, nullptr) << "the buffer is full";
      return;
    }
    ASSERT_EQ(block, buffer.data() + start);
    model.used = end;
    model.most_used = std::max(model.most_used, end);
    model.blocks.push_back(start);
  }
}

TEST(Task3Hidden, StackAllocatorAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(3);
  std::vector<std::byte> memory(5000);
  const auto buffer = std::span(memory).subspan(random.Below(64));
  StackAllocator stack(buffer);
  StackModel model;
  for (int step = 0; step < 20000 && !HasFatalFailure(); ++step) {
    StepStack(random, buffer, stack, model);
    ASSERT_EQ(stack.UsedBytes(), model.used) << "after step " << step;
  }
  EXPECT_EQ(stack.HighWaterMarkBytes(), model.most_used);
}

struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  static inline std::atomic<int> alive{0};
};

TEST(Task4Hidden, PoolAllocatorAgreesWithItsModel) {
  const SeedTrace trace;
  Random random(4);
  bool factory_fails = false;
  std::size_t fresh = 0;
  std::size_t victims = 0;
  std::vector<std::unique_ptr<Counted>> mine;
  PoolAllocator<Counted> pool([&] {
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

TEST(Task4Hidden, PoolAllocatorLosesNothingBetweenThreads) {
  const SeedTrace trace;
  {
    PoolAllocator<Counted> pool([] { return std::make_unique<Counted>(); });
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

TEST(Task5Hidden, BufferPoolAgreesWithItsModel) {
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

TEST(Task6Hidden, StringBuilderPoolAgreesWithItsModel) {
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
