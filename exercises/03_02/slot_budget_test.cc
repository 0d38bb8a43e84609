// SPDX-License-Identifier: Apache-2.0

#include "03_02/slot_budget.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "exercises/03_02/given/control_bytes.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

TEST(Task4SlotBudget, AnEighthStaysEmpty) {
  EXPECT_EQ(SlotBudget(0, 0).left(), 0u);
  EXPECT_EQ(SlotBudget(16, 0).left(), 14u);
  EXPECT_EQ(SlotBudget(1024, 0).left(), 896u);
  EXPECT_EQ(SlotBudget(1024, 100).left(), 796u) << "entries count as filled";
  EXPECT_EQ(SlotBudget(32, 28).left(), 0u);
}

TEST(Task4SlotBudget, EmptySlotsAreFilledWhileTheBudgetLasts) {
  SlotBudget budget(16, 12);
  ASSERT_TRUE(budget.Allows(kEmpty));
  budget.Fill(kEmpty);
  ASSERT_TRUE(budget.Allows(kEmpty));
  budget.Fill(kEmpty);
  EXPECT_FALSE(budget.Allows(kEmpty)) << "2 of 16 slots have to stay empty";
  EXPECT_EQ(budget.left(), 0u);
}

TEST(Task4SlotBudget, ATombstoneMayAlwaysBeFilled) {
  SlotBudget budget(16, 14);
  EXPECT_TRUE(budget.Allows(kDeleted))
      << "it counts as filled already, so no empty slot is lost";
  budget.Fill(kDeleted);
  EXPECT_EQ(budget.left(), 0u);
  SlotBudget half(16, 7);
  half.Fill(kDeleted);
  EXPECT_EQ(half.left(), 7u);
}

TEST(Task4SlotBudget, ASlotBesideAnEmptyOneBecomesEmpty) {
  SlotBudget budget(64, 40);
  EXPECT_EQ(budget.Release(1), kEmpty);
  EXPECT_EQ(budget.Release(15), kEmpty)
      << "each window with the slot has an empty one, at which searches end";
  EXPECT_EQ(budget.left(), 18u) << "and the slots can be filled again";
}

TEST(Task4SlotBudget, ASlotOfAFullWindowBecomesATombstone) {
  SlotBudget budget(64, 40);
  EXPECT_EQ(budget.Release(16), kDeleted)
      << "a search may have to go on to an entry that was put behind";
  EXPECT_EQ(budget.Release(31), kDeleted);
  EXPECT_EQ(budget.left(), 16u) << "a tombstone is not empty";
}

TEST(Task4SlotBudget, AFullTableDoubles) {
  EXPECT_EQ(SlotBudget::NextCapacity(0, 0), 16u);
  EXPECT_EQ(SlotBudget::NextCapacity(14, 16), 32u);
  EXPECT_EQ(SlotBudget::NextCapacity(896, 1024), 2048u);
  EXPECT_EQ(SlotBudget::NextCapacity(801, 1024), 2048u)
      << "more than 25/32 of the slots have entries";
}

TEST(Task4SlotBudget, ATableFullOfTombstonesKeepsItsCapacity) {
  EXPECT_EQ(SlotBudget::NextCapacity(800, 1024), 1024u)
      << "800 is 25/32 of 1024, so 96 slots of the budget come back";
  EXPECT_EQ(SlotBudget::NextCapacity(1, 1024), 1024u);
  EXPECT_EQ(SlotBudget::NextCapacity(12, 16), 16u);
  EXPECT_EQ(SlotBudget::NextCapacity(13, 16), 32u);
}

// What a table without empty slots to spare asks for.
std::size_t TwiceAsMany(std::size_t capacity) {
  if (capacity == 0) return 16;
  return 2 * capacity;  // "whatever used the slots up"
}

TEST(Task4SlotBudget, TombstonesAreNoReasonToGrow) {
  SlotBudget budget(1024, 800);
  while (budget.Allows(kEmpty)) {
    ASSERT_EQ(budget.Release(16), kDeleted);
    budget.Fill(kEmpty);
  }
  const std::size_t next = SlotBudget::NextCapacity(800, 1024);
  EXPECT_EQ(next, 1024u) << "800 entries have room in 1024 slots";
  RecordGain("slots", TwiceAsMany(1024), next);
}

TEST(Task4SlotBudget, CleaningGivesBackAThirtySecondAndTwo) {
  for (std::size_t capacity = 32; capacity <= 4096; capacity *= 2) {
    for (std::size_t size = 0; size <= capacity - capacity / 8; ++size) {
      const std::size_t next = SlotBudget::NextCapacity(size, capacity);
      ASSERT_TRUE(next == capacity || next == 2 * capacity) << next;
      ASSERT_GE(SlotBudget(next, size).left(), capacity / 32 * 3)
          << size << " entries of " << capacity
          << ": a rehash that frees so little comes again at once";
    }
  }
}

TEST(Task4SlotBudget, TombstonesUseTheBudgetUp) {
  // Erases and inserts in full windows, at a size that never changes.
  SlotBudget budget(1024, 700);
  std::size_t replaced = 0;
  while (budget.Allows(kEmpty)) {
    ASSERT_EQ(budget.Release(20), kDeleted);
    budget.Fill(kEmpty);
    ASSERT_LE(++replaced, 1024u) << "the budget never ends";
  }
  EXPECT_EQ(replaced, 196u) << "896 less the 700 entries";
  RecordProperty("replaced", std::to_string(replaced));
}

}  // namespace
}  // namespace workbook
