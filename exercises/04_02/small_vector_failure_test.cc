// SPDX-License-Identifier: Apache-2.0

// Elements whose copies fail, and vectors that are moved from.
#include <gtest/gtest.h>

#include <cstddef>
#include <utility>

#include "04_02/small_vector.h"
#include "exercises/04_02/testing/counted.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

template <class T, std::size_t N>
void Fill(SmallVector<T, N>& vector, int count) {
  for (int i = 0; i < count; ++i) vector.emplace_back(i);
}

template <class T, std::size_t N>
void ExpectCounts(const SmallVector<T, N>& vector, int count) {
  const auto expected = static_cast<std::size_t>(count);
  ASSERT_EQ(vector.size(), expected);  // NOLINT: after a move that failed
  for (int i = 0; i < count; ++i) {
    ASSERT_EQ(vector[static_cast<std::size_t>(i)].value, i) << "element " << i;
  }
}

TEST(Task6Failure, SafeElementsAreMovedOnceAtEachGrowth) {
  Safe::Reset();
  SmallVector<Safe, 2> vector;
  Fill(vector, 9);
  EXPECT_EQ(Safe::copies, 0);
  EXPECT_EQ(Safe::moves, 2 + 4 + 8);
  ExpectCounts(vector, 9);
}

TEST(Task6Failure, RiskyElementsAreCopied) {
  Risky::Reset();
  {
    SmallVector<Risky, 2> vector;
    Fill(vector, 5);
    EXPECT_EQ(Risky::moves, 0) << "a move that may throw cannot be undone";
    EXPECT_EQ(Risky::copies, 2 + 4);
    ExpectCounts(vector, 5);
  }
  EXPECT_EQ(Risky::alive, 0);
}

TEST(Task6Failure, WhicheverCopyFailsTheVectorStays) {
  for (const int count : {2, 4, 8}) {  // inside, and full blocks
    for (int allowed = 0; allowed < count; ++allowed) {
      Risky::Reset();
      const AllocationScope scope;
      {
        SmallVector<Risky, 2> vector;
        Fill(vector, count);
        const Risky* const data = vector.data();
        const auto live = scope.Counts().live_bytes;
        Risky::copies_allowed = allowed;
        EXPECT_THROW(vector.emplace_back(99), CopyRefused);
        EXPECT_EQ(vector.data(), data) << "copy " << allowed << " fails";
        EXPECT_EQ(vector.capacity(), static_cast<std::size_t>(count));
        EXPECT_EQ(Risky::alive, count) << "copy " << allowed << " fails";
        EXPECT_EQ(scope.Counts().live_bytes, live) << "a block was lost";
        ExpectCounts(vector, count);
      }
      EXPECT_EQ(Risky::alive, 0);
      EXPECT_EQ(scope.Counts().live_bytes, 0);
    }
  }
}

TEST(Task6Failure, AFailedReserveChangesNothing) {
  for (int allowed = 0; allowed < 3; ++allowed) {
    Risky::Reset();
    const AllocationScope scope;
    {
      SmallVector<Risky, 4> vector;
      Fill(vector, 3);
      Risky::copies_allowed = allowed;
      EXPECT_THROW(vector.reserve(10), CopyRefused);
      EXPECT_EQ(vector.capacity(), 4u);
      EXPECT_EQ(Risky::alive, 3);
      ExpectCounts(vector, 3);
    }
    EXPECT_EQ(Risky::alive, 0);
    EXPECT_EQ(scope.Counts().live_bytes, 0);
  }
}

TEST(Task6Failure, AFailedConstructorAddsNothing) {
  Risky::Reset();
  SmallVector<Risky, 4> vector;
  Fill(vector, 3);
  Risky::copies_allowed = 0;
  EXPECT_THROW(vector.push_back(std::as_const(vector[0])), CopyRefused);
  ExpectCounts(vector, 3);
  Risky::Reset();
  vector.push_back(std::as_const(vector[2]));
  EXPECT_EQ(vector[3].value, 2);
}

TEST(Task6Moves, ABlockChangesHandsWithoutAMove) {
  Safe::Reset();
  SmallVector<Safe, 2> vector;
  Fill(vector, 3);
  const Safe* const data = vector.data();
  const int moves = Safe::moves;
  const AllocationScope scope;
  SmallVector<Safe, 2> other = std::move(vector);
  EXPECT_EQ(other.data(), data);
  EXPECT_EQ(Safe::moves, moves);
  EXPECT_EQ(scope.Counts().allocations, 0);
  ExpectCounts(other, 3);
}

template <class T>
void MoveAndReuse(int count) {
  T::Reset();
  const AllocationScope scope;
  {
    SmallVector<T, 2> vector;
    Fill(vector, count);
    SmallVector<T, 2> other = std::move(vector);
    ExpectCounts(other, count);
    ASSERT_EQ(vector.size(), 0u) << "what was moved from is empty";
    ASSERT_EQ(vector.capacity(), 2u) << "and has the capacity of a new one";
    EXPECT_EQ(T::alive, count) << "an element was forgotten or left behind";
    Fill(vector, 3);
    ExpectCounts(vector, 3);
    ExpectCounts(other, count);
    other = std::move(vector);
    ExpectCounts(other, 3);
    EXPECT_EQ(T::alive, 3);
  }
  EXPECT_EQ(T::alive, 0);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task6Moves, AVectorThatWasMovedFromIsAsNew) {
  for (const int count : {0, 1, 2, 3, 10}) {
    MoveAndReuse<Safe>(count);
    MoveAndReuse<Risky>(count);
  }
}

TEST(Task6Moves, AMoveThatFailsLeavesItsSource) {
  Risky::Reset();
  {
    SmallVector<Risky, 2> vector;
    Fill(vector, 2);
    Risky::copies_allowed = 1;
    EXPECT_THROW((SmallVector<Risky, 2>(std::move(vector))), CopyRefused);
    ExpectCounts(vector, 2);
    EXPECT_EQ(Risky::alive, 2);
  }
  EXPECT_EQ(Risky::alive, 0);
}

TEST(Task6Moves, CopiesStandAlone) {
  Risky::Reset();
  SmallVector<Risky, 2> vector;
  Fill(vector, 5);
  SmallVector<Risky, 2> copy = vector;
  vector.pop_back();
  ExpectCounts(copy, 5);
  copy = vector;
  ExpectCounts(copy, 4);
  Risky::copies_allowed = 3;
  EXPECT_THROW((SmallVector<Risky, 2>(copy)), CopyRefused);
  EXPECT_EQ(Risky::alive, 8);
}

}  // namespace
}  // namespace workbook
