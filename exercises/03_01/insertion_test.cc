// SPDX-License-Identifier: Apache-2.0

#include "03_01/insertion.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "exercises/03_01/testing/element.h"

namespace workbook {
namespace {

struct TwiceAsMany {
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t /*element_bytes*/) {
    const std::size_t doubled = capacity << 1;
    return doubled < required ? required : doubled;
  }
};

using Elements = DynArray<SafeElement, TwiceAsMany>;
using Numbers = std::vector<int>;

// Elements 1 to `count` in a block for `capacity`, and a log of nothing.
void Fill(Elements& array, int count, std::size_t capacity) {
  array.Reallocate(capacity);
  for (int i = 1; i <= count; ++i) array.EmplaceBack(i);
  SafeElement::log.Reset();
}

Numbers ValuesOf(const Elements& array) {
  Numbers values;
  for (std::size_t i = 0; i < array.size(); ++i) {
    values.push_back(array[i].value);
  }
  return values;
}

std::span<const SafeElement> Part(const Elements& array, std::size_t offset,
                                  std::size_t count) {
  return std::span<const SafeElement>(array.data(), array.size())
      .subspan(offset, count);
}

// Right for nearly every value.
void AppendAtOnce(Elements& array, const SafeElement& value) {
  array.EmplaceBack(value);
}

TEST(Task6Insertion, AForeignValueMayBeAppendedAtOnce) {
  Elements array;
  Fill(array, 4, 4);
  AppendAtOnce(array, SafeElement(5));
  EXPECT_EQ(ValuesOf(array), (Numbers{1, 2, 3, 4, 5}))
      << "shows why the fault goes unseen: such a test is green";
}

TEST(Task6Insertion, AppendsItsOwnFirstElement) {
  Elements array;
  Fill(array, 4, 4);
  PushBack(array, array[0]);
  EXPECT_EQ(ValuesOf(array), (Numbers{1, 2, 3, 4, 1}))
      << "-1 was moved from, -2 is dead, other numbers are freed memory";
}

TEST(Task6Insertion, AppendingCopiesOnce) {
  Elements array;
  Fill(array, 4, 10);
  PushBack(array, array[3]);
  EXPECT_EQ(SafeElement::log.copies, 1);
  EXPECT_EQ(SafeElement::log.moves, 0)
      << "there is room: the copy can be made where it belongs";
  Elements full;
  Fill(full, 4, 4);
  PushBack(full, full[3]);
  EXPECT_EQ(SafeElement::log.copies, 1);
  EXPECT_LE(SafeElement::log.moves, 5) << "4 to the new block, and the copy";
  RecordProperty("self_append", std::to_string(SafeElement::log.moves));
}

TEST(Task6Insertion, InsertsItsOwnLastElementInFront) {
  Elements full;
  Fill(full, 4, 4);
  Insert(full, 0, full[3]);
  EXPECT_EQ(ValuesOf(full), (Numbers{4, 1, 2, 3, 4}))
      << "growing ends what the reference names: -2 is dead, and rubbish is "
         "freed memory";
  Elements roomy;
  Fill(roomy, 4, 10);
  Insert(roomy, 0, roomy[3]);
  EXPECT_EQ(ValuesOf(roomy), (Numbers{4, 1, 2, 3, 4}))
      << "without growth, shifting still changes what the reference names";
}

TEST(Task6Insertion, InsertsEveryElementAtEveryPlace) {
  for (const std::size_t capacity : {5u, 6u}) {
    for (std::size_t from = 0; from < 5; ++from) {
      for (std::size_t to = 0; to <= 5; ++to) {
        Elements array;
        Fill(array, 5, capacity);
        Numbers expected = ValuesOf(array);
        const int value = expected[from];
        expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(to),
                        value);
        Insert(array, to, array[from]);
        ASSERT_EQ(ValuesOf(array), expected)
            << "element " << from << " inserted at " << to << " of 5, capacity "
            << capacity;
      }
    }
  }
}

TEST(Task6Insertion, InsertingMovesOnlyWhatStandsBehind) {
  Elements array;
  Fill(array, 100, 200);
  Insert(array, 90, array[0]);
  EXPECT_EQ(SafeElement::log.copies, 1);
  EXPECT_LE(SafeElement::log.moves, 10 + 2);
  EXPECT_EQ(SafeElement::log.alive, 101);
}

TEST(Task6Insertion, InsertsIntoAnEmptyArray) {
  Elements array;
  Insert(array, 0, SafeElement(7));
  EXPECT_EQ(ValuesOf(array), (Numbers{7}));
}

TEST(Task6Insertion, AppendsAPartOfItself) {
  Elements full;
  Fill(full, 4, 4);
  Append<SafeElement>(full, Part(full, 1, 3));
  EXPECT_EQ(ValuesOf(full), (Numbers{1, 2, 3, 4, 2, 3, 4}));
  Elements roomy;
  Fill(roomy, 3, 10);
  Append<SafeElement>(roomy, Part(roomy, 0, 3));
  EXPECT_EQ(ValuesOf(roomy), (Numbers{1, 2, 3, 1, 2, 3}));
}

TEST(Task6Insertion, AppendsOthersWithOneGrowth) {
  Elements others;
  Fill(others, 50, 50);
  Elements array;
  Fill(array, 2, 2);
  Append<SafeElement>(array, Part(others, 0, 50));
  EXPECT_EQ(array.size(), 52u);
  EXPECT_EQ(array[51].value, 50);
  EXPECT_EQ(SafeElement::log.copies, 50);
  EXPECT_EQ(SafeElement::log.moves, 2)
      << "the number of new elements is known: grow once, for all of them";
  Append<SafeElement>(array, {});
  EXPECT_EQ(array.size(), 52u);
}

TEST(Task6Insertion, ACopyThatThrowsLeavesTheElements) {
  Elements array;
  Fill(array, 4, 4);
  SafeElement::log.copies_allowed = 0;
  EXPECT_THROW(PushBack(array, array[1]), CopyRefused);
  EXPECT_EQ(ValuesOf(array), (Numbers{1, 2, 3, 4}));
  EXPECT_THROW(Insert(array, 1, array[2]), CopyRefused);
  EXPECT_EQ(ValuesOf(array), (Numbers{1, 2, 3, 4}))
      << "copy before you move anything";
  SafeElement::log.Reset();
}

}  // namespace
}  // namespace workbook
