// SPDX-License-Identifier: Apache-2.0

// The second life of a thread's cache: it outlives its thread, and the next
// thread begins with what it holds.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "01_02/shared_fixed_size_pool.h"
#include "exercises/01_02/testing/lent_blocks.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

constexpr std::size_t kBlockBytes = 1024;
constexpr std::size_t kMagazine = SharedFixedSizePool::kMagazineBlocks;
constexpr FixedSizePool::Options kOptions = {.block_size_bytes = kBlockBytes,
                                             .blocks_per_chunk = kMagazine};

using LentShared = Lent<SharedFixedSizePool>;

void Add(LentShared& lent, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) lent.Add();
}

void GiveBack(LentShared& lent, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) lent.GiveBackLast();
}

// What one thread does before it ends: with `takes` - `gives` blocks lent, its
// cache holds the rest of its last magazine.
struct Testator {
  const char* cache;
  std::size_t takes;
  std::size_t gives;
};

constexpr Testator kTestators[] = {
    {"never used", 0, 0},
    {"empty", kMagazine, 0},
    {"with one block", kMagazine - 1, 0},
    {"half full", kMagazine / 2, 0},
    {"with room for one block", 1, 0},
    {"full", kMagazine, kMagazine},
    {"with two full magazines", 2 * kMagazine, 2 * kMagazine},
    {"with a full and a half full magazine", 2 * kMagazine, 3 * kMagazine / 2},
    {"with a full and an empty magazine", 3 * kMagazine, kMagazine + 1},
};

// Blocks that lie in the depot while the heir begins, which are in no cache.
constexpr std::size_t kIdleElsewhere[] = {0, 3 * kMagazine, 5 * kMagazine};

std::size_t Different(const LentShared& a, const LentShared& b) {
  std::set<const void*> all(a.blocks().begin(), a.blocks().end());
  all.insert(b.blocks().begin(), b.blocks().end());
  return all.size();
}

// Takes and gives back so many times that every magazine is traded.
void UseAll(SharedFixedSizePool& pool, const LentShared& others,
            const char* file, int line) {
  const CalledFrom here(file, line, "SharedFixedSizePool");
  LentShared mine(pool);
  for (const std::size_t count : {std::size_t{1}, kMagazine, 4 * kMagazine}) {
    Add(mine, count);
    ASSERT_EQ(Different(mine, others),
              mine.blocks().size() + others.blocks().size())
        << "a block is lent twice";
    for (void* block : mine.blocks()) *static_cast<void**>(block) = block;
    for (const void* block : mine.blocks()) {
      ASSERT_EQ(*static_cast<void* const*>(block), block)
          << "a block was overwritten while it was lent";
    }
    GiveBack(mine, mine.blocks().size() - 1);
  }
}

enum class FirstCall { kAllocate, kDeallocate };

void TryHeir(const Testator& testator, std::size_t idle, FirstCall first,
             const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  SharedFixedSizePool pool(kOptions);
  LentShared lent(pool, 1);
  std::thread([&] {
    Add(lent, testator.takes);
    GiveBack(lent, testator.gives);
  }).join();
  {
    LentShared elsewhere(pool, idle);  // given back by this thread
  }
  std::thread([&] {
    if (first == FirstCall::kDeallocate) {
      GiveBack(lent, 1);
    } else {
      lent.Add();
    }
    UseAll(pool, lent, file, line);
  }).join();
  UseAll(pool, lent, file, line);
}

TEST(Task7SharedFixedSizePool, AnHeirLendsEveryBlockOnceWhateverItInherits) {
  for (const Testator& testator : kTestators) {
    for (const std::size_t idle : kIdleElsewhere) {
      for (const auto first : {FirstCall::kAllocate, FirstCall::kDeallocate}) {
        SCOPED_TRACE(
            "the cache is " + std::string(testator.cache) + ", " +
            std::to_string(idle) + " blocks are idle elsewhere, " +
            (first == FirstCall::kAllocate ? "Allocate" : "Deallocate") +
            " comes first");
        ASSERT_NO_FATAL_FAILURE(TryHeir(testator, idle, first));
      }
    }
  }
}

// Not given back where this fails: a pool that has lost track of its blocks may
// crash, and the crash would hide what was seen.
TEST(Task7SharedFixedSizePool, AnHeirTakesTheFullMagazineThatItInherits) {
  auto pool = std::make_unique<SharedFixedSizePool>(kOptions);
  pool->Deallocate(pool->Allocate());  // this thread has a cache of its own
  std::thread([&] { LentShared lent(*pool, kMagazine); }).join();
  { LentShared elsewhere(*pool, 3 * kMagazine); }
  const std::size_t bytes_held = pool->BytesHeld();
  std::vector<void*> taken(2 * kMagazine);
  std::thread([&] {
    for (void*& block : taken) block = pool->Allocate();
  }).join();
  EXPECT_LT(pool->BytesHeld(), bytes_held + kMagazine * kBlockBytes)
      << "a magazine is idle in the cache that was inherited and one in the "
         "depot, and the heir took a new chunk";
  if (HasFailure()) {
    static_cast<void>(pool.release());
    return;
  }
  for (void* block : taken) pool->Deallocate(block);
}

TEST(Task7SharedFixedSizePool, AnHeirTakesTheHalfMagazineThatItInherits) {
  SharedFixedSizePool pool(kOptions);
  LentShared lent(pool);
  std::thread([&] { Add(lent, kMagazine / 2); }).join();
  const std::size_t bytes_held = pool.BytesHeld();
  std::thread([&] { Add(lent, kMagazine / 2); }).join();
  EXPECT_LT(pool.BytesHeld(), bytes_held + kMagazine * kBlockBytes)
      << "half a chunk is idle in the cache that was inherited";
}

TEST(Task7SharedFixedSizePool, AMagazineOfBlocksServesAMagazineOfThreads) {
  SharedFixedSizePool pool(kOptions);
  LentShared lent(pool);
  for (std::size_t i = 0; i < kMagazine; ++i) {
    std::thread([&] { lent.Add(); }).join();
  }
  EXPECT_LT(pool.BytesHeld(), 2 * kMagazine * kBlockBytes)
      << "each thread took one block and ended: the next one has its others";
  for (std::size_t i = 0; i < kMagazine; ++i) {
    std::thread([&] { lent.GiveBackLast(); }).join();
  }
  std::thread([&] { Add(lent, kMagazine); }).join();
  EXPECT_LT(pool.BytesHeld(), 2 * kMagazine * kBlockBytes)
      << "each thread gave one block back and ended";
}

}  // namespace
}  // namespace workbook
