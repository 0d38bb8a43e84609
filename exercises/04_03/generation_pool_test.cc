// SPDX-License-Identifier: Apache-2.0

#include "04_03/generation_pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Buffer = GenerationPool::Buffer;
constexpr std::size_t kBytes = 1000;

// Lends `number` buffers at the same time, and gives all of them back.
void Burst(GenerationPool& pool, int number) {
  std::vector<Buffer> lent;
  for (int i = 0; i < number; ++i) {
    lent.push_back(pool.Acquire());
    std::memset(lent.back().bytes().data(), 1, kBytes);
  }
}

TEST(Task6GenerationPool, LendsAgainWhatCameBack) {
  GenerationPool pool(kBytes);
  const std::byte* const data = pool.Acquire().bytes().data();
  const AllocationScope scope;
  const Buffer again = pool.Acquire();
  EXPECT_EQ(again.bytes().data(), data);
  EXPECT_EQ(again.bytes().size(), kBytes);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.Figures().hits, 1u);
  EXPECT_EQ(pool.Figures().misses, 1u);
}

TEST(Task6GenerationPool, ABurstIsGoneAfterTwoEnds) {
  GenerationPool pool(kBytes);
  const AllocationScope scope;
  Burst(pool, 50);
  const std::int64_t burst = scope.Counts().live_bytes;
  EXPECT_GE(burst, 50 * std::int64_t{kBytes});
  pool.EndGeneration();
  EXPECT_EQ(pool.Figures().victims, 50u) << "they may still be needed";
  Burst(pool, 2);
  pool.EndGeneration();
  // Read before what is recorded: properties live on the heap, too.
  const std::int64_t left = scope.Counts().live_bytes;
  EXPECT_EQ(left, 2 * std::int64_t{kBytes})
      << "48 buffers lay idle for a whole generation";
  RecordGain("bytes", burst, left);
  RecordProperty("left_bytes", std::to_string(left));
}

TEST(Task6GenerationPool, ASteadyLoadNeverMisses) {
  GenerationPool pool(kBytes);
  Burst(pool, 3);
  const AllocationScope scope;
  for (int generation = 0; generation < 20; ++generation) {
    for (int use = 0; use < 10; ++use) Burst(pool, 3);
    pool.EndGeneration();
  }
  EXPECT_EQ(pool.Figures().misses, 3u);
  EXPECT_EQ(scope.Counts().frees, scope.Counts().allocations)
      << "only the test's own vectors come and go";
}

TEST(Task6GenerationPool, FreshBuffersGoFirst) {
  GenerationPool pool(kBytes);
  Buffer one = pool.Acquire();
  Buffer two = pool.Acquire();
  one.Return();
  pool.EndGeneration();
  two.Return();
  EXPECT_EQ(pool.Figures().fresh, 1u);
  EXPECT_EQ(pool.Figures().victims, 1u);
  const Buffer lent = pool.Acquire();
  EXPECT_EQ(pool.Figures().fresh, 0u) << "the victim has to be the spare one";
  EXPECT_EQ(pool.Figures().victims, 1u);
}

TEST(Task6GenerationPool, AVictimThatIsUsedIsFreshAgain) {
  GenerationPool pool(kBytes);
  pool.Acquire().Return();
  pool.EndGeneration();
  pool.Acquire().Return();
  EXPECT_EQ(pool.Figures().fresh, 1u);
  EXPECT_EQ(pool.Figures().victims, 0u);
  pool.EndGeneration();
  pool.Acquire().Return();
  EXPECT_EQ(pool.Figures().misses, 1u) << "it was used in each generation";
}

TEST(Task6GenerationPool, AnIdleGenerationFreesOnlyItsVictims) {
  GenerationPool pool(kBytes);
  Burst(pool, 4);
  pool.EndGeneration();
  Burst(pool, 1);
  const AllocationScope scope;
  pool.EndGeneration();
  EXPECT_EQ(scope.Counts().frees, 3);
  EXPECT_EQ(pool.Figures().victims, 1u);
  EXPECT_EQ(pool.Figures().fresh, 0u);
  pool.EndGeneration();
  EXPECT_EQ(scope.Counts().frees, 4);
  EXPECT_EQ(pool.Figures().victims, 0u);
}

TEST(Task6GenerationPool, ALentBufferBelongsToNoGeneration) {
  GenerationPool pool(kBytes);
  const std::byte* data = nullptr;
  {
    const Buffer lent = pool.Acquire();
    data = lent.bytes().data();
    for (int i = 0; i < 3; ++i) pool.EndGeneration();
    std::memset(lent.bytes().data(), 7, kBytes);
  }
  EXPECT_EQ(pool.Acquire().bytes().data(), data);
}

TEST(Task6GenerationPool, LeavesNothing) {
  const AllocationScope scope;
  {
    GenerationPool pool(kBytes);
    Burst(pool, 5);
    pool.EndGeneration();
    Burst(pool, 2);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
