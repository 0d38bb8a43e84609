// SPDX-License-Identifier: Apache-2.0

#include "01_02/fixed_size_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/lent_blocks.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr FixedSizePool::Options kSmall = {.block_size_bytes = 64,
                                           .blocks_per_chunk = 10};

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

TEST(Task1FixedSizePool, HoldsNothingBeforeTheFirstBlock) {
  AllocationScope scope;
  FixedSizePool pool(kSmall);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.Capacity(), 0u);
  EXPECT_EQ(pool.BytesHeld(), 0u);
}

TEST(Task1FixedSizePool, GrowsByOneChunkWhenEmpty) {
  FixedSizePool pool(kSmall);
  Lent lent(pool, 10);
  EXPECT_EQ(pool.Capacity(), 10u) << "ten blocks fit the first chunk";
  lent.Add();
  EXPECT_EQ(pool.Capacity(), 20u) << "the eleventh needs one more chunk";
  EXPECT_EQ(pool.LentBlocks(), 11u);
}

TEST(Task1FixedSizePool, GivesEveryBlockToOneOwner) {
  FixedSizePool pool(kSmall);
  Lent lent(pool, 1000);
  std::vector<void*>& blocks = lent.blocks();
  for (std::size_t i = 0; i < 1000; ++i) {
    std::memset(blocks[i], static_cast<int>(i % 251), 64);
  }
  for (std::size_t i = 0; i < 1000; ++i) {
    const auto* bytes = static_cast<const unsigned char*>(blocks[i]);
    EXPECT_EQ(std::count(bytes, bytes + 64, i % 251), 64)
        << "block " << i << " was overwritten through another block";
  }
}

TEST(Task1FixedSizePool, KeepsToFreeBlocksForItsOwnData) {
  FixedSizePool pool({.block_size_bytes = 64});
  Lent kept(pool);
  Lent returned(pool);
  for (int i = 0; i < 100; ++i) {
    std::memset(kept.Add(), 0x5A, 64);
    returned.Add();
  }
  while (!returned.blocks().empty()) returned.GiveBackLast();
  for (const void* block : kept.blocks()) {
    const auto* bytes = static_cast<const unsigned char*>(block);
    EXPECT_EQ(std::count(bytes, bytes + 64, 0x5A), 64)
        << "freeing another block wrote into this one";
  }
}

TEST(Task1FixedSizePool, WastesNoByteBetweenBlocks) {
  FixedSizePool pool({.block_size_bytes = 40, .alignment_bytes = 8});
  EXPECT_EQ(pool.BlockBytes(), 40u);
  Lent lent(pool, 100);
  std::sort(lent.blocks().begin(), lent.blocks().end());
  for (std::size_t i = 1; i < 100; ++i) {
    EXPECT_EQ(Address(lent.blocks()[i]) - Address(lent.blocks()[i - 1]), 40u);
  }
}

TEST(Task1FixedSizePool, RoundsItsBlocksUpToTheAlignment) {
  EXPECT_EQ(FixedSizePool({.block_size_bytes = 65}).BlockBytes(), 80u);
  EXPECT_EQ(FixedSizePool({.block_size_bytes = 1}).BlockBytes(), 16u);
  EXPECT_EQ(FixedSizePool({.block_size_bytes = 24, .alignment_bytes = 1})
                .BlockBytes(),
            24u)
      << "no block is smaller than a pointer, or aligned less";
}

TEST(Task1FixedSizePool, KeepsTheSmallestBlocksApart) {
  FixedSizePool pool({.block_size_bytes = 1, .alignment_bytes = 1});
  Lent lent(pool, 200);
  const std::size_t block_bytes = pool.BlockBytes();
  // Every other block is free, and holds what the pool writes into it.
  for (std::size_t i = 0; i < 100; ++i) {
    std::swap(lent.blocks()[i], lent.blocks().back());
    lent.GiveBackLast();
  }
  for (void* block : lent.blocks()) std::memset(block, 0x5A, block_bytes);
  std::set<void*> distinct(lent.blocks().begin(), lent.blocks().end());
  for (int i = 0; i < 100; ++i) distinct.insert(lent.Add());
  EXPECT_EQ(distinct.size(), 200u)
      << "blocks were filled to their last byte, and the list is lost";
}

TEST(Task1FixedSizePool, AsksForExactlyTheBytesOfItsBlocks) {
  AllocationScope scope;
  FixedSizePool pool(
      {.block_size_bytes = 40, .alignment_bytes = 8, .blocks_per_chunk = 1000});
  pool.Deallocate(pool.Allocate());
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(pool.BytesHeld()));
  EXPECT_GE(pool.BytesHeld(), 40'000u);
  EXPECT_LE(pool.BytesHeld(), 40'000u + 16u + (kDebugChecks ? 1064u : 0u))
      << "a chunk of 1000 blocks of 40 bytes, and little bookkeeping";
}

TEST(Task1FixedSizePool, ReportsEveryByteOfABoundedPool) {
  AllocationScope scope;
  FixedSizePool pool(
      {.block_size_bytes = 64, .blocks_per_chunk = 10, .max_blocks = 25});
  std::array<void*, 25> blocks;
  for (void*& block : blocks) block = pool.Allocate();
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(pool.BytesHeld()))
      << "the last chunk has 5 blocks";
  for (void* block : blocks) pool.Deallocate(block);
}

TEST(Task1FixedSizePool, FillsADefaultChunkOf64KiB) {
  FixedSizePool pool({.block_size_bytes = 48});
  Lent lent(pool, 1);
  EXPECT_EQ(pool.Capacity(), 65'536u / 48u);
  FixedSizePool large({.block_size_bytes = 100'000});
  Lent one(large, 1);
  EXPECT_EQ(large.Capacity(), 1u) << "a chunk holds at least one block";
}

TEST(Task1FixedSizePool, AllocatesNothingInSteadyState) {
  FixedSizePool pool({.block_size_bytes = 64});
  std::vector<void*> blocks(5000);
  std::minstd_rand random(1);
  const auto round = [&] {
    for (void*& block : blocks) block = pool.Allocate();
    std::shuffle(blocks.begin(), blocks.end(), random);
    for (void* block : blocks) pool.Deallocate(block);
  };
  round();
  const std::size_t bytes_held = pool.BytesHeld();
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0) << "chunks stay with the pool";
  EXPECT_EQ(pool.BytesHeld(), bytes_held);
}

TEST(Task1FixedSizePool, ReturnsTheLastFreedBlockFirst) {
  for (const std::size_t size_bytes : {8u, 16u, 24u, 64u, 65u, 4096u}) {
    FixedSizePool pool({.block_size_bytes = size_bytes, .alignment_bytes = 8});
    Lent lent(pool, 100);
    std::vector<void*> freed = lent.blocks();
    std::shuffle(freed.begin(), freed.end(), std::minstd_rand(7));
    lent.blocks().clear();
    for (void* block : freed) pool.Deallocate(block);
    for (auto block = freed.rbegin(); block != freed.rend(); ++block) {
      EXPECT_EQ(lent.Add(), *block)
          << "block of " << size_bytes << " bytes, "
          << std::distance(freed.rbegin(), block) << " blocks after the last";
    }
  }
}

TEST(Task1FixedSizePool, CountsLentBlocksThroughRandomUse) {
  for (const std::size_t size_bytes : {8u, 16u, 64u}) {
    FixedSizePool pool({.block_size_bytes = size_bytes,
                        .alignment_bytes = 8,
                        .blocks_per_chunk = 7});
    Lent lent(pool);
    std::minstd_rand random(42);
    for (int i = 0; i < 2000; ++i) {
      if (lent.blocks().empty() || random() % 5 < 3) {
        lent.Add();
      } else {
        std::swap(lent.blocks()[random() % lent.blocks().size()],
                  lent.blocks().back());
        lent.GiveBackLast();
      }
      ASSERT_EQ(pool.LentBlocks(), lent.blocks().size()) << "step " << i;
    }
    const std::set<void*> distinct(lent.blocks().begin(), lent.blocks().end());
    EXPECT_EQ(distinct.size(), lent.blocks().size()) << "a block is lent twice";
  }
}

TEST(Task1FixedSizePool, AlignsEveryBlock) {
  for (std::size_t alignment_bytes = 1; alignment_bytes <= 4096;
       alignment_bytes *= 2) {
    FixedSizePool pool({.block_size_bytes = 24,
                        .alignment_bytes = alignment_bytes,
                        .blocks_per_chunk = 5});
    Lent lent(pool, 12);
    for (const void* block : lent.blocks()) {
      EXPECT_EQ(Address(block) % std::max(alignment_bytes, alignof(void*)), 0u)
          << "alignment of " << alignment_bytes << " bytes";
    }
  }
}

TEST(Task1FixedSizePool, KeepsA64ByteBlockInOneCacheLine) {
  FixedSizePool pool(kSmall);
  Lent lent(pool, 25);
  for (const void* block : lent.blocks()) {
    EXPECT_EQ(Address(block) % FixedSizePool::kChunkAlignmentBytes, 0u);
  }
}

TEST(Task1FixedSizePool, ReturnsNullWhenItsBoundIsReached) {
  // [region too_small]
  FixedSizePool pool(
      {.block_size_bytes = 64, .blocks_per_chunk = 10, .max_blocks = 25});
  Lent lent(pool, 26);
  EXPECT_EQ(lent.blocks().size(), 25u) << "the last call returned nullptr";
  // [end]
  EXPECT_EQ(pool.Capacity(), 25u) << "the last chunk holds only what is left";
  EXPECT_EQ(lent.Add(), nullptr);
  lent.GiveBackLast();
  EXPECT_NE(lent.Add(), nullptr) << "a block that came back can be lent again";
  EXPECT_EQ(lent.Add(), nullptr);
}

TEST(Task1FixedSizePool, RejectsOptionsThatMakeNoSense) {
  const auto make = [](FixedSizePool::Options options) {
    FixedSizePool pool(options);
  };
  EXPECT_THROW(make({.block_size_bytes = 0}), std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = 8, .alignment_bytes = 0}),
               std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = 8, .alignment_bytes = 24}),
               std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = 8, .alignment_bytes = 8192}),
               std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = 8, .max_blocks = 0}),
               std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = SIZE_MAX}), std::invalid_argument);
  EXPECT_THROW(make({.block_size_bytes = 64, .blocks_per_chunk = SIZE_MAX / 8}),
               std::invalid_argument);
}

TEST(Task1FixedSizePool, StaysAsItWasWhenNoChunkCanBeHad) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer's malloc aborts when it is out of memory";
  }
  FixedSizePool pool(
      {.block_size_bytes = std::size_t{1} << 40, .blocks_per_chunk = 1 << 20});
  EXPECT_THROW(pool.Allocate(), std::bad_alloc);
  EXPECT_EQ(pool.Capacity(), 0u);
  EXPECT_EQ(pool.LentBlocks(), 0u);
}

TEST(Task1FixedSizePool, KeepsItsOneChunkForAllThatFollows) {
  FixedSizePool pool({.block_size_bytes = 64, .blocks_per_chunk = 1000});
  std::vector<void*> blocks(1000);
  AllocationScope scope;
  for (void*& block : blocks) block = pool.Allocate();
  // A debug build allocates its marks as well; an optimised one has none.
  const std::int64_t allocations =
      scope.Counts().allocations - (kDebugChecks ? 1 : 0);
  for (void* block : blocks) pool.Deallocate(block);
  RecordProperty("allocations_of_1000_blocks", static_cast<int>(allocations));
  EXPECT_LE(allocations, 2) << "a chunk, and its place in the list of chunks";
}

TEST(Task1FixedSizePool, MovesItsBlocks) {
  static_assert(std::is_nothrow_move_constructible_v<FixedSizePool>);
  static_assert(std::is_nothrow_move_assignable_v<FixedSizePool>);
  static_assert(!std::is_copy_constructible_v<FixedSizePool>);
  FixedSizePool source(kSmall);
  void* const block = source.Allocate();
  FixedSizePool target(std::move(source));
  EXPECT_TRUE(target.Owns(block));
  EXPECT_EQ(target.LentBlocks(), 1u);
  FixedSizePool assigned({.block_size_bytes = 8});
  assigned = std::move(target);
  EXPECT_EQ(assigned.BlockBytes(), 64u);
  EXPECT_EQ(assigned.LentBlocks(), 1u);
  assigned.Deallocate(block);
  EXPECT_EQ(assigned.LentBlocks(), 0u);
}

TEST(Task1FixedSizePool, LeavesAMovedFromPoolEmptyAndUsable) {
  FixedSizePool source(kSmall);
  source.Deallocate(source.Allocate());
  const FixedSizePool target(std::move(source));
  ASSERT_EQ(source.Capacity(), 0u);  // NOLINT: moved-from is defined
  EXPECT_EQ(source.BytesHeld(), 0u);
  Lent lent(source, 11);
  ASSERT_EQ(source.Capacity(), 20u) << "the options stay";
  EXPECT_FALSE(target.Owns(lent.blocks().back()));
}

TEST(Task1FixedSizePool, GivesBackItsOwnChunksWhenItIsAssignedTo) {
  AllocationScope scope;
  {
    FixedSizePool source(kSmall);
    FixedSizePool target(kSmall);
    source.Deallocate(source.Allocate());
    target.Deallocate(target.Allocate());
    target = std::move(source);
    EXPECT_EQ(target.Capacity(), 10u);
    EXPECT_EQ(source.Capacity(), 0u);  // NOLINT: moved-from is defined
    source.Deallocate(source.Allocate());
    EXPECT_EQ(source.Capacity(), 10u);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task1FixedSizePool, OwnsOnlyTheStartsOfItsBlocks) {
  FixedSizePool pool(kSmall);
  FixedSizePool other(kSmall);
  Lent lent(pool, 11);
  Lent foreign(other, 1);
  for (const void* block : lent.blocks()) EXPECT_TRUE(pool.Owns(block));
  EXPECT_FALSE(pool.Owns(static_cast<std::byte*>(lent.blocks()[0]) + 1));
  EXPECT_FALSE(pool.Owns(foreign.blocks()[0]));
  EXPECT_FALSE(pool.Owns(nullptr));
}

TEST(Task1FixedSizePool, ReturnsAllItsMemory) {
  AllocationScope scope;
  {
    FixedSizePool pool(kSmall);
    Lent(pool, 100);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

struct Counted {
  explicit Counted(int first) : value(first) {
    latest = this;
    if (first < 0) throw std::runtime_error("negative");
    ++alive;
  }
  ~Counted() { --alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  int value;
  static inline int alive = 0;
  static inline void* latest = nullptr;
};

TEST(Task1FixedSizePool, MakesAndEndsObjects) {
  FixedSizePool pool({.block_size_bytes = sizeof(Counted), .max_blocks = 1});
  auto* const object = pool.Create<Counted>(7);
  EXPECT_EQ(object->value, 7);
  EXPECT_EQ(Counted::alive, 1);
  EXPECT_EQ(pool.Create<Counted>(8), nullptr) << "the pool is exhausted";
  pool.Destroy(object);
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(pool.LentBlocks(), 0u);
}

TEST(Task1FixedSizePool, KeepsTheBlockWhenAConstructorThrows) {
  FixedSizePool pool({.block_size_bytes = sizeof(Counted), .max_blocks = 1});
  EXPECT_THROW(pool.Create<Counted>(-1), std::runtime_error);
  EXPECT_EQ(pool.LentBlocks(), 0u) << "the block has to go back to the pool";
  if (pool.LentBlocks() != 0) pool.Deallocate(Counted::latest);
}

TEST(Task1FixedSizePoolDeathTest, CatchesMisuseInDebugBuilds) {
  FixedSizePool pool(kSmall);
  void* const block = pool.Allocate();
  void* const inside = static_cast<std::byte*>(block) + 8;
  pool.Deallocate(block);
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(pool.Deallocate(block), "double free");
  EXPECT_DEATH(pool.Deallocate(inside), "foreign pointer");
  EXPECT_DEATH(pool.Deallocate(nullptr), "foreign pointer");
  EXPECT_DEATH(
      {
        FixedSizePool doomed(kSmall);
        doomed.Allocate();
      },
      "lent");
  using Line = std::array<char, 64>;
  FixedSizePool tiny({.block_size_bytes = 1});
  EXPECT_DEATH(tiny.Create<Line>(), "larger, or aligned more");
  struct alignas(64) Wide {};
  FixedSizePool narrow({.block_size_bytes = 64, .alignment_bytes = 16});
  EXPECT_DEATH(narrow.Create<Wide>(), "larger, or aligned more");
}

}  // namespace
}  // namespace workbook
