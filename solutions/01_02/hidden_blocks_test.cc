// SPDX-License-Identifier: Apache-2.0

// Random walks through the blocks of tasks 1 to 3, each beside a simple model
// of its contract. For grading: WORKBOOK_SEED chooses the walk, and a failure
// names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <vector>

#include "01_02/fixed_size_pool.h"
#include "01_02/size_class_allocator.h"
#include "01_02/stack_allocator.h"
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

TEST(Task3Hidden, SizeClassAllocatorAgreesWithItsModel) {
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

TEST(Task2Hidden, StackAllocatorAgreesWithItsModel) {
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

}  // namespace
}  // namespace workbook
