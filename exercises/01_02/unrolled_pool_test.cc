// SPDX-License-Identifier: Apache-2.0

#include "01_02/unrolled_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/lent_blocks.h"
#include "tools/exercise/debug_check.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Blocks side by side, to be pushed and popped; each test says of which size.
class Blocks {
 public:
  Blocks(std::size_t block_bytes, std::size_t count)
      : words_(block_bytes / sizeof(void*)), memory_(words_ * count) {}

  void* At(std::size_t index) { return &memory_[index * words_]; }
  std::size_t IndexOf(const void* block) const {
    return static_cast<std::size_t>(static_cast<void* const*>(block) -
                                    memory_.data()) /
           words_;
  }
  // Every byte of all blocks.
  void Fill(int value) {
    std::memset(memory_.data(), value, memory_.size() * sizeof(void*));
  }
  // Blocks in which a byte is other than `value`.
  std::size_t Touched(int value) const {
    std::size_t touched = 0;
    for (std::size_t at = 0; at < memory_.size(); at += words_) {
      const auto* bytes = reinterpret_cast<const unsigned char*>(&memory_[at]);
      const std::size_t size_bytes = words_ * sizeof(void*);
      touched += std::any_of(bytes, bytes + size_bytes,
                             [value](unsigned char b) { return b != value; });
    }
    return touched;
  }

 private:
  std::size_t words_;
  std::vector<void*> memory_;
};

constexpr std::size_t kSizes[] = {8, 16, 24, 64, 72, 4096};

TEST(Task6UnrolledFreeList, IsEmptyAtTheBeginning) {
  UnrolledFreeList list(64);
  EXPECT_EQ(list.Pop(), nullptr);
  EXPECT_EQ(list.Count(), 0u);
}

TEST(Task6UnrolledFreeList, ReturnsTheLastFreedBlockFirst) {
  for (const std::size_t size_bytes : kSizes) {
    Blocks blocks(size_bytes, 100);
    UnrolledFreeList list(size_bytes);
    std::vector<std::size_t> order(100);
    for (std::size_t i = 0; i < 100; ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), std::minstd_rand(7));
    for (const std::size_t index : order) list.Push(blocks.At(index));
    for (std::size_t i = 100; i-- > 0;) {
      void* const block = list.Pop();
      ASSERT_NE(block, nullptr) << i + 1 << " blocks are left";
      ASSERT_EQ(blocks.IndexOf(block), order[i])
          << "blocks of " << size_bytes << " bytes, " << 99 - i
          << " popped before";
    }
    EXPECT_EQ(list.Pop(), nullptr);
  }
}

TEST(Task6UnrolledFreeList, CountsItsBlocksThroughRandomUse) {
  for (const std::size_t size_bytes : kSizes) {
    Blocks blocks(size_bytes, 200);
    UnrolledFreeList list(size_bytes);
    std::vector<std::size_t> outside(200);
    for (std::size_t i = 0; i < 200; ++i) outside[i] = i;
    std::vector<std::size_t> inside;
    std::minstd_rand random(42);
    for (int step = 0; step < 3000; ++step) {
      if (!outside.empty() && (inside.empty() || random() % 2 == 0)) {
        list.Push(blocks.At(outside.back()));
        inside.push_back(outside.back());
        outside.pop_back();
      } else {
        void* const block = list.Pop();
        ASSERT_NE(block, nullptr);
        ASSERT_EQ(blocks.IndexOf(block), inside.back()) << "step " << step;
        outside.push_back(inside.back());
        inside.pop_back();
      }
      ASSERT_EQ(list.Count(), inside.size())
          << "blocks of " << size_bytes << " bytes, step " << step;
    }
  }
}

// The idea in a number: one block in eight is written, the others keep every
// byte.
TEST(Task6UnrolledFreeList, WritesIntoOneBlockOfEight) {
  Blocks blocks(64, 800);
  blocks.Fill(0x5A);
  UnrolledFreeList list(64);
  for (std::size_t i = 0; i < 800; ++i) list.Push(blocks.At(i));
  EXPECT_EQ(blocks.Touched(0x5A), 100u)
      << "a block of 64 bytes leads to the next one, and holds 7 addresses";
  RecordProperty("touched_of_800", static_cast<int>(blocks.Touched(0x5A)));
}

TEST(Task6UnrolledFreeList, KeepsToTheBlocksThatItHas) {
  for (const std::size_t size_bytes : kSizes) {
    Blocks blocks(size_bytes, 100);
    blocks.Fill(0x5A);
    UnrolledFreeList list(size_bytes);
    for (std::size_t i = 0; i < 100; i += 2) list.Push(blocks.At(i));
    const std::vector<unsigned char> whole(size_bytes, 0x5A);
    for (std::size_t i = 1; i < 100; i += 2) {
      EXPECT_EQ(std::memcmp(blocks.At(i), whole.data(), size_bytes), 0)
          << "block " << i << " of " << size_bytes << " bytes is lent";
    }
  }
}

TEST(Task6UnrolledFreeList, KeepsTwoListsApart) {
  Blocks blocks(24, 20);
  UnrolledFreeList even(24);
  UnrolledFreeList odd(24);
  for (std::size_t i = 0; i < 20; ++i) {
    (i % 2 == 0 ? even : odd).Push(blocks.At(i));
  }
  for (std::size_t i = 20; i-- > 0;) {
    EXPECT_EQ((i % 2 == 0 ? even : odd).Pop(), blocks.At(i));
  }
}

TEST(Task6UnrolledPool, LendsEveryBlockToOneOwner) {
  UnrolledPool pool({.block_size_bytes = 64, .blocks_per_chunk = 10});
  Lent lent(pool);
  std::minstd_rand random(3);
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

TEST(Task6UnrolledPool, AllocatesNothingInSteadyState) {
  UnrolledPool pool({.block_size_bytes = 64});
  std::vector<void*> blocks(3000);
  const auto round = [&] {
    for (void*& block : blocks) block = pool.Allocate();
    for (void* block : blocks) pool.Deallocate(block);
  };
  round();
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task6UnrolledPool, KeepsTheBoundOfItsChunks) {
  UnrolledPool pool({.block_size_bytes = 64, .max_blocks = 25});
  Lent lent(pool, 26);
  EXPECT_EQ(lent.blocks().size(), 25u);
  lent.GiveBackLast();
  EXPECT_NE(lent.Add(), nullptr) << "a block that came back can be lent again";
  EXPECT_EQ(lent.Add(), nullptr);
}

TEST(Task6UnrolledPool, ReturnsAllItsMemory) {
  AllocationScope scope;
  {
    UnrolledPool pool({.block_size_bytes = 24, .blocks_per_chunk = 10});
    Lent lent(pool, 100);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
