// SPDX-License-Identifier: Apache-2.0

#include "03_01/shrinking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "exercises/03_01/testing/element.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

struct TwiceAsMany {
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t /*element_bytes*/) {
    return capacity == 0 ? required : capacity << 1;
  }
};

using Ints = DynArray<int, TwiceAsMany>;

void FillTo(Ints& array, std::size_t size) {
  while (array.size() < size) array.EmplaceBack(static_cast<int>(array.size()));
}

TEST(Task7Shrinking, NoMoreThanFourTimesTheSizeStays) {
  for (std::size_t capacity = 1; capacity <= 300; ++capacity) {
    for (std::size_t size = 0; size <= capacity; ++size) {
      const std::size_t next = CapacityAfterRemoval(size, capacity);
      ASSERT_LE(next, capacity) << "a removal must not grow the block";
      ASSERT_GE(next, size) << "the elements do not fit";
      ASSERT_LE(next,
                std::max(4 * size, std::min(capacity, kMinShrunkCapacity)))
          << size << " elements are left of " << capacity;
    }
  }
}

TEST(Task7Shrinking, AfterAShrinkBothDirectionsHaveRoom) {
  for (std::size_t capacity = 1; capacity <= 300; ++capacity) {
    for (std::size_t size = 0; size <= capacity; ++size) {
      const std::size_t next = CapacityAfterRemoval(size, capacity);
      if (next == capacity) continue;
      ASSERT_GE(next, size + size / 4)
          << size << " elements, whose block for " << capacity << " shrinks to "
          << next << ": appends move again too soon";
      for (std::size_t less = size; less > size - size / 4; --less) {
        ASSERT_EQ(CapacityAfterRemoval(less, next), next)
            << size << " of " << capacity << " became " << next << ": at "
            << less << " elements it moves again";
      }
    }
  }
}

TEST(Task7Shrinking, TheElementsStay) {
  Ints array;
  FillTo(array, 1000);
  while (array.size() > 100) PopBackAndShrink(array);
  EXPECT_LE(array.capacity(), 400u);
  ASSERT_EQ(array.size(), 100u);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(array[static_cast<std::size_t>(i)], i);
  }
}

TEST(Task7Shrinking, AnEmptiedArrayGivesItsMemoryBack) {
  const AllocationScope scope;
  Ints array;
  FillTo(array, 100'000);
  const std::int64_t full = scope.Counts().live_bytes;
  const std::int64_t blocks = scope.Counts().allocations;
  while (array.size() > 0) PopBackAndShrink(array);
  const std::int64_t moves = scope.Counts().allocations - blocks;
  const std::int64_t emptied = scope.Counts().live_bytes;
  EXPECT_LE(emptied,
            static_cast<std::int64_t>(kMinShrunkCapacity * sizeof(int)));
  RecordProperty("emptied", std::to_string(moves));
  RecordProperty("before_live_bytes", std::to_string(full));
  RecordProperty("after_live_bytes", std::to_string(emptied));
}

// 100 appends and 100 removals, in turn.
int MovesAcrossABorder(Ints& array) {
  const AllocationScope scope;
  for (int round = 0; round < 100; ++round) {
    array.EmplaceBack(round);
    PopBackAndShrink(array);
  }
  return static_cast<int>(scope.Counts().allocations);
}

TEST(Task7Shrinking, ABorderIsCrossedManyTimesForOneMove) {
  int most = 0;
  for (std::size_t size = 1; size <= 600; ++size) {
    Ints grown;  // a power of two is full
    FillTo(grown, size);
    Ints shrunk;
    FillTo(shrunk, 600);
    while (shrunk.size() > size) PopBackAndShrink(shrunk);
    for (Ints* const array : {&grown, &shrunk}) {
      const int moves = MovesAcrossABorder(*array);
      most = std::max(most, moves);
      ASSERT_LE(moves, 1) << "100 appends and 100 removals, in turn, at "
                          << size << " elements, to which the array has "
                          << (array == &grown ? "grown" : "shrunk");
    }
  }
  RecordProperty("thrashing", std::to_string(most));
}

TEST(Task7Shrinking, RandomWalksMoveAFewElementsAStep) {
  const SeedTrace trace;
  Random random(7);
  using Elements = DynArray<SafeElement, TwiceAsMany>;
  SafeElement::log = {};
  Elements array;
  constexpr int kSteps = 20'000;
  bool grows = true;
  for (int step = 0; step < kSteps; ++step) {
    if (step % 2500 == 0) grows = !grows || array.size() < 10;
    if (array.size() == 0 || random.Chance(grows ? 80 : 20)) {
      array.EmplaceBack(step);
    } else {
      PopBackAndShrink(array);
    }
  }
  EXPECT_EQ(SafeElement::log.alive, static_cast<int>(array.size()));
  EXPECT_LE(SafeElement::log.moves, 10 * kSteps);
}

TEST(Task7Shrinking, ARemovalNeedsNoMemory) {
  // RiskyElement is copied, and its copy throws std::bad_alloc.
  DynArray<RiskyElement, TwiceAsMany> array;
  array.Reallocate(64);
  for (int i = 0; i < 16; ++i) array.EmplaceBack(i);
  RiskyElement::log.copies_allowed = 3;
  EXPECT_NO_THROW(PopBackAndShrink(array))
      << "15 of 64 elements are left, and there is no memory for a new block";
  RiskyElement::log.copies_allowed = std::numeric_limits<int>::max();
  ASSERT_EQ(array.size(), 15u) << "the element is removed all the same";
  EXPECT_EQ(array.capacity(), 64u);
  EXPECT_EQ(array[14].value, 14);
}

}  // namespace
}  // namespace workbook
