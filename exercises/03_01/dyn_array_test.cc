// SPDX-License-Identifier: Apache-2.0

#include "03_01/dyn_array.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "exercises/03_01/testing/element.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Rules of this test, so that it needs no other task.
struct SevenMore {
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes) {
    return capacity + required + 7 * element_bytes;
  }
};
struct TwiceAsMany {
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t /*element_bytes*/) {
    return capacity == 0 ? required : capacity << 1;
  }
};
struct MoreThanThereIs {
  static std::size_t NextCapacity(std::size_t /*capacity*/,
                                  std::size_t /*required*/,
                                  std::size_t /*element_bytes*/) {
    return std::numeric_limits<std::size_t>::max();
  }
};

template <class Array>
void Fill(Array& array, int count) {
  array.Reallocate(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) array.EmplaceBack(i);
}

template <class Array>
void ExpectNumbers(const Array& array, int count,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  ASSERT_EQ(array.size(), static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    ASSERT_EQ(array[static_cast<std::size_t>(i)].value, i)
        << "at index " << i
        << "; -1 was moved from, -2 was destroyed, other numbers are freed "
           "memory";
  }
}

TEST(Task3DynArray, GrowAsksThePolicy) {
  DynArray<int, SevenMore> array;
  const AllocationScope scope;
  array.Grow(3);
  EXPECT_EQ(array.capacity(), 0u + 3u + 7u * sizeof(int))
      << "NextCapacity gets the capacity, what is required, and sizeof(T)";
  EXPECT_EQ(scope.Counts().allocations, 1);
  array.Grow(50);
  EXPECT_EQ(array.capacity(), 31u + 50u + 7u * sizeof(int));
}

TEST(Task3DynArray, TheBlockHasExactlyTheCapacity) {
  const AllocationScope scope;
  DynArray<std::int64_t, TwiceAsMany> array;
  array.Reallocate(10);
  ASSERT_EQ(array.capacity(), 10u);
  EXPECT_EQ(scope.Counts().live_bytes, 80) << "10 elements of 8 bytes";
  array.Reallocate(25);
  EXPECT_EQ(scope.Counts().live_bytes, 200) << "the old block is still there";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 280)
      << "old and new block, and nothing else";
  EXPECT_EQ(scope.Counts().allocations, 2);
}

TEST(Task3DynArray, ElementsKeepTheirOrderAndValues) {
  DynArray<SafeElement, TwiceAsMany> array;
  for (int i = 0; i < 100; ++i) array.EmplaceBack(i);
  ExpectNumbers(array, 100);
  array.Reallocate(100);
  EXPECT_EQ(array.capacity(), 100u) << "a smaller block is fine, too";
  ExpectNumbers(array, 100);
}

TEST(Task3DynArray, EachElementIsDestroyedOnce) {
  SafeElement::log = {};
  {
    DynArray<SafeElement, TwiceAsMany> array;
    Fill(array, 9);
    array.Grow(10);
    EXPECT_EQ(SafeElement::log.alive, 9)
        << "elements in the array and in its old block that are still alive";
  }
  EXPECT_EQ(SafeElement::log.alive, 0);
}

TEST(Task3DynArray, MovesWhatMovesWithoutThrowing) {
  DynArray<SafeElement, TwiceAsMany> array;
  Fill(array, 50);
  SafeElement::log.Reset();
  array.Grow(51);
  EXPECT_EQ(SafeElement::log.moves, 50);
  EXPECT_EQ(SafeElement::log.copies, 0)
      << "a noexcept move is as safe as a copy, and costs less";
  ExpectNumbers(array, 50);
}

TEST(Task3DynArray, CopiesWhatMayThrowWhileItMoves) {
  DynArray<RiskyElement, TwiceAsMany> array;
  Fill(array, 50);
  RiskyElement::log.Reset();
  array.Grow(51);
  EXPECT_EQ(RiskyElement::log.copies, 50)
      << "if a move throws, the elements moved so far are gone from the old "
         "block, so a risky type is copied";
  EXPECT_EQ(RiskyElement::log.moves, 0);
  ExpectNumbers(array, 50);
}

// Throws when it is moved for the third time.
struct Fragile {
  static inline int moves_left = 2;
  explicit Fragile(int number) : value(number) {}
  Fragile(Fragile&& other) : value(other.value) {
    if (moves_left == 0) throw CopyRefused();
    --moves_left;
    other.value = -1;
  }
  int value;
};

void MoveAll(std::vector<Fragile>& old_block, std::vector<Fragile>& new_block) {
  new_block.reserve(2 * old_block.size());
  for (Fragile& element : old_block) new_block.push_back(std::move(element));
}

TEST(Task3DynArray, AMoveThatThrowsHasAlreadyTakenTheElementsBefore) {
  Fragile::moves_left = 2;
  std::vector<Fragile> old_block;
  std::vector<Fragile> new_block;
  old_block.reserve(4);
  for (int i = 0; i < 4; ++i) old_block.emplace_back(i);
  EXPECT_THROW(MoveAll(old_block, new_block), CopyRefused);
  EXPECT_EQ(old_block[0].value, -1) << "shows why a risky type is copied";
  EXPECT_EQ(old_block[1].value, -1);
  EXPECT_EQ(old_block[2].value, 2);
}

// Moves, and says no word of noexcept.
struct Unique {
  explicit Unique(int number) : value(number) {}
  Unique(Unique&& other) noexcept(false) : value(other.value) {
    other.value = -1;
  }
  int value;
};

TEST(Task3DynArray, MovesWhatCannotBeCopied) {
  DynArray<Unique, TwiceAsMany> risky;
  for (int i = 0; i < 20; ++i) risky.EmplaceBack(i);
  ExpectNumbers(risky, 20);
  DynArray<std::unique_ptr<int>, TwiceAsMany> safe;
  for (int i = 0; i < 20; ++i) safe.EmplaceBack(std::make_unique<int>(i));
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(*safe[static_cast<std::size_t>(i)], i);
  }
}

constexpr int kElements = 12;

TEST(Task3DynArray, AFailedCopyChangesNothing) {
  for (int k = 0; k < kElements; ++k) {
    SCOPED_TRACE("copy " + std::to_string(k + 1) + " of 12 throws");
    DynArray<RiskyElement, TwiceAsMany> array;
    Fill(array, kElements);
    const RiskyElement* const block = array.data();
    RiskyElement::log.copies_allowed = k;
    ASSERT_THROW(array.Grow(kElements + 1), CopyRefused)
        << "a risky element is copied, and what its copy throws goes on";
    RiskyElement::log.copies_allowed = std::numeric_limits<int>::max();
    ASSERT_EQ(array.data(), block) << "the array has another block";
    ASSERT_EQ(array.capacity(), static_cast<std::size_t>(kElements));
    ExpectNumbers(array, kElements);
    if (HasFatalFailure()) return;
  }
}

TEST(Task3DynArray, AFailedCopyLeaksNothing) {
  for (int k = 0; k < kElements; ++k) {
    SCOPED_TRACE("copy " + std::to_string(k + 1) + " of 12 throws");
    RiskyElement::log = {};
    const AllocationScope scope;
    {
      DynArray<RiskyElement, TwiceAsMany> array;
      Fill(array, kElements);
      const std::int64_t bytes_before = scope.Counts().live_bytes;
      const int copies_before = RiskyElement::log.copies;
      RiskyElement::log.copies_allowed = k;
      ASSERT_THROW(array.Grow(kElements + 1), CopyRefused);
      ASSERT_EQ(RiskyElement::log.alive, kElements)
          << "copies in the new block that were not destroyed";
      ASSERT_EQ(scope.Counts().live_bytes, bytes_before)
          << "the new block was not freed";
      if (k == 5) {  // the sixth copy throws
        const int made = RiskyElement::log.copies - copies_before;
        RecordProperty("destroyed", made);
      }
    }
    ASSERT_EQ(RiskyElement::log.alive, 0);
  }
}

TEST(Task3DynArray, AFailedAllocationChangesNothing) {
  DynArray<SafeElement, MoreThanThereIs> array;
  Fill(array, 5);
  SafeElement::log.Reset();
  EXPECT_THROW(array.EmplaceBack(5), std::bad_alloc);
  EXPECT_EQ(SafeElement::log.moves, 0) << "moved before there was a block";
  EXPECT_EQ(array.capacity(), 5u);
  ExpectNumbers(array, 5);
}

TEST(Task3DynArray, AppendsMoveAtMostTwiceTheirNumber) {
  std::string moves_of_a_thousand;
  for (int count = 1; count <= 1100; ++count) {
    SafeElement::log = {};
    DynArray<SafeElement, TwiceAsMany> array;
    for (int i = 0; i < count; ++i) array.EmplaceBack(i);
    ASSERT_LE(SafeElement::log.moves, 2 * count) << count << " appends";
    if (count == 1000) {
      moves_of_a_thousand = std::to_string(SafeElement::log.moves);
    }
  }
  EXPECT_EQ(moves_of_a_thousand, "1023")
      << "1 + 2 + 4 + ... + 512 elements moved for 1000 appends";
  RecordProperty("moves_of_a_thousand", moves_of_a_thousand);
}

struct alignas(64) CacheLine {
  explicit CacheLine(int number) : value(number) {}
  int value;
};

TEST(Task3DynArray, BlocksAreAlignedForTheirElements) {
  DynArray<CacheLine, TwiceAsMany> array;
  for (int i = 0; i < 40; ++i) {
    array.EmplaceBack(i);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(array.data()) % 64, 0u)
        << "std::allocator<T> knows the alignment of T, malloc does not";
  }
  ExpectNumbers(array, 40);
}

}  // namespace
}  // namespace workbook
