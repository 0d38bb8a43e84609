// SPDX-License-Identifier: Apache-2.0

// Random growth, failures and views, each beside a model of its contract. For
// grading: WORKBOOK_SEED chooses the walk, and a failure names the seed that
// repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "03_01/dyn_array.h"
#include "03_01/growth_costs.h"
#include "03_01/growth_policies.h"
#include "03_01/insertion.h"
#include "03_01/relocation.h"
#include "03_01/retention.h"
#include "03_01/shrinking.h"
#include "exercises/03_01/testing/element.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Grows by an addend that a test chooses.
std::size_t addend = 1;
std::size_t AddSome(std::size_t /*capacity*/, std::size_t required,
                    std::size_t /*element_bytes*/) {
  return required - 1 + addend;
}
struct PlusAddend {
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes) {
    return AddSome(capacity, required, element_bytes);
  }
};

TEST(Task1Hidden, CostsOfAdditiveGrowthAreASeries) {
  const SeedTrace trace;
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    addend = random.Between(1, 50);
    const std::size_t count = random.Between(1, 2000);
    const std::size_t bytes = random.Between(1, 40);
    const GrowthCosts costs = CostsOfAppending(count, bytes, &AddSome);
    const std::size_t blocks = (count + addend - 1) / addend;
    ASSERT_EQ(costs.allocations, blocks);
    ASSERT_EQ(costs.bytes_moved, bytes * addend * (blocks * (blocks - 1) / 2));
    ASSERT_EQ(costs.peak_bytes, bytes * addend * (2 * blocks - 1));
  }
}

TEST(Task1Hidden, DoublingIsTheLargerOfTwo) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 1000; ++round) {
    const std::size_t capacity = random.Below(100'000);
    const std::size_t more = random.Between(1, 150'000);
    const std::size_t next =
        Doubling::NextCapacity(capacity, capacity + more, 8);
    ASSERT_EQ(next, more > capacity ? capacity + more : capacity + capacity);
  }
}

// Whether `capacity` elements fill a block of Go's: no element more fits.
bool FillsABlock(std::size_t capacity, std::size_t element_bytes) {
  const std::size_t used = capacity * element_bytes;
  for (const std::size_t block : kGoSizeClassBytes) {
    if (used <= block && block - used < element_bytes) return true;
  }
  const std::size_t rest = used % kGoPageBytes;
  return used > kGoSizeClassBytes.back() &&
         (rest == 0 || kGoPageBytes - rest < element_bytes);
}

template <class Policy>
void ExpectGoRule(Random& random, std::size_t threshold, std::size_t flat) {
  for (int round = 0; round < 20'000; ++round) {
    const std::size_t capacity = random.Between(1, 9000);
    const std::size_t required = capacity + random.Between(1, 2 * capacity);
    const std::size_t bytes = random.Between(1, 64);
    const std::size_t next = Policy::NextCapacity(capacity, required, bytes);
    ASSERT_GE(next, required);
    ASSERT_TRUE(FillsABlock(next, bytes))
        << capacity << " to " << required << " of " << bytes
        << " bytes: " << next;
    // How far a rule may go above what it is asked for, before it rounds.
    std::size_t most = required;
    if (required <= 2 * capacity) {
      most = capacity < threshold ? 2 * capacity
                                  : required + (required + flat) / 4;
    }
    ASSERT_LE(next, (most + 1) * 8 / 7 + 2 + 8192 / bytes);
  }
}

TEST(Task2Hidden, GoCapacitiesFillTheirBlocks) {
  const SeedTrace trace;
  Random random(3);
  ExpectGoRule<GoBefore118>(random, 1024, 0);
  ExpectGoRule<GoSince118>(random, 256, 768);
}

TEST(Task2Hidden, LongWaysGoStepByStep) {
  EXPECT_EQ(GoBefore118::NextCapacity(3000, 6000, 4), 8192u);
  EXPECT_EQ(GoSince118::NextCapacity(3000, 6000, 4), 6816u);
  EXPECT_EQ(GoSince118::NextCapacity(256, 512, 16), 512u);
  EXPECT_EQ(GoBefore118::NextCapacity(1023, 2046, 2), 2048u);
  EXPECT_EQ(OneAndAHalf::NextCapacity(7, 8, 2), 10u);
}

template <class T>
class Task3Hidden : public testing::Test {};
using ElementTypes = testing::Types<SafeElement, RiskyElement>;
TYPED_TEST_SUITE(Task3Hidden, ElementTypes);

TYPED_TEST(Task3Hidden, WhateverFailsTheNumbersStay) {
  const SeedTrace trace;
  Random random(4);
  TypeParam::log = {};
  const AllocationScope scope;
  {
    DynArray<TypeParam, PlusAddend> array;
    std::size_t expected = 0;
    for (int step = 0; step < 3000; ++step) {
      addend = random.Between(1, 4);
      const std::size_t capacity = array.capacity();
      if (random.Chance(30)) {
        TypeParam::log.copies_allowed = static_cast<int>(random.Below(40));
      }
      try {
        if (random.Chance(4)) {
          array.Grow(capacity + 1);
        } else if (random.Chance(60) || expected == 0) {
          array.EmplaceBack(static_cast<int>(expected));
          ++expected;
        } else {
          array.PopBack();
          --expected;
        }
      } catch (const CopyRefused&) {
        ASSERT_EQ(array.capacity(), capacity);
      }
      TypeParam::log.copies_allowed = std::numeric_limits<int>::max();
      ASSERT_EQ(array.size(), expected);
      ASSERT_EQ(TypeParam::log.alive, static_cast<int>(expected));
      for (std::size_t i = 0; i < expected; ++i) {
        ASSERT_EQ(array[i].value, static_cast<int>(i));
      }
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task4Hidden, RandomSlicesAreReleasedByTheirRatio) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<Slice> blocks;
    for (std::size_t i = random.Between(1, 6); i > 0; --i) {
      blocks.push_back(Slice::CopyOf(
          std::string(random.Between(1, 900), static_cast<char>('a' + i))));
    }
    std::vector<Slice> slices;
    std::map<const void*, std::size_t> in_view;
    std::vector<std::string> texts;
    for (std::size_t i = random.Below(20); i > 0; --i) {
      const Slice& whole = random.Pick(blocks);
      const std::size_t from = random.Below(whole.text().size());
      slices.push_back(whole.Part(from, random.Below(200)));
      in_view[whole.block()] += slices.back().text().size();
      texts.emplace_back(slices.back().text());
    }
    const std::size_t ratio = random.Between(1, 6);
    const std::vector<Slice> old = slices;
    ReleaseWastedBlocks(slices, ratio);
    std::size_t viewed = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
      viewed += texts[i].size();
      ASSERT_EQ(slices[i].text(), texts[i]);
      const bool stays =
          old[i].block_bytes() <= ratio * in_view[old[i].block()];
      ASSERT_EQ(slices[i].block() == old[i].block(), stays);
    }
    ASSERT_EQ(MeasureRetention(slices).viewed_bytes, viewed);
  }
}

struct Number {
  using TriviallyRelocatable = std::true_type;
  static inline int moves = 0;
  explicit Number(int n) : value(n) {}
  Number(Number&& other) noexcept : value(other.value) { ++moves; }
  ~Number() { value = -1; }
  int value;
};

TEST(Task5Hidden, BytesAndConstructorsGiveTheSameArray) {
  RelocatingArray<Number> bytes;
  RelocatingArray<std::string> constructors;
  for (int i = 0; i < 3000; ++i) {
    bytes.EmplaceBack(i);
    constructors.EmplaceBack(std::to_string(i));
  }
  EXPECT_EQ(Number::moves, 0);
  for (std::size_t i = 0; i < 3000; ++i) {
    ASSERT_EQ(bytes[i].value, static_cast<int>(i));
    ASSERT_EQ(constructors[i], std::to_string(i));
  }
}

TEST(Task6Hidden, InsertionsAreThoseOfAVector) {
  const SeedTrace trace;
  Random random(6);
  addend = 3;
  using Array = DynArray<std::string, PlusAddend>;
  for (int round = 0; round < 40; ++round) {
    Array array;
    std::vector<std::string> model;
    for (int step = 0; step < 40; ++step) {
      // Some short, some on the heap.
      const std::string fresh(random.Between(1, 30), 'f');
      const bool own = !model.empty() && random.Chance(60);
      const std::size_t from = own ? random.Below(model.size()) : 0;
      const std::string value = own ? model[from] : fresh;
      const std::size_t to = random.Below(model.size() + 1);
      if (random.Chance(50)) {
        PushBack<std::string>(array, own ? array[from] : fresh);
        model.push_back(value);
      } else if (random.Chance(70)) {
        Insert<std::string>(array, to, own ? array[from] : fresh);
        model.insert(model.begin() + static_cast<std::ptrdiff_t>(to), value);
      } else if (own) {
        const std::size_t count = random.Below(model.size() - from + 1);
        const std::span<const std::string> part(array.data() + from, count);
        Append<std::string>(array, part);
        const std::vector<std::string> copies(
            model.begin() + static_cast<std::ptrdiff_t>(from),
            model.begin() + static_cast<std::ptrdiff_t>(from + count));
        model.insert(model.end(), copies.begin(), copies.end());
      }
      ASSERT_EQ(
          std::vector<std::string>(array.data(), array.data() + array.size()),
          model);
    }
  }
}

TEST(Task7Hidden, WalksKeepTheirPromises) {
  const SeedTrace trace;
  Random random(7);
  DynArray<std::string, Doubling> array;
  std::size_t moved = 0;
  constexpr std::size_t kSteps = 30'000;
  for (std::size_t step = 0; step < kSteps; ++step) {
    const std::size_t capacity = array.capacity();
    if (array.size() == 0 || random.Chance(step / 4000 % 2 == 0 ? 75 : 25)) {
      array.EmplaceBack(std::to_string(step));
    } else {
      PopBackAndShrink(array);
      ASSERT_LE(array.capacity(),
                std::max({4 * array.size(), kMinShrunkCapacity}));
    }
    if (array.capacity() != capacity) moved += array.size();
  }
  EXPECT_LE(moved, 10 * kSteps);
}

}  // namespace
}  // namespace workbook
