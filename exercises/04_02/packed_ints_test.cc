// SPDX-License-Identifier: Apache-2.0

#include "04_02/packed_ints.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Calls `check` with a std::integral_constant of each width, 1 to 64.
template <class Check, int... kLess>
void ForEachWidth(Check check, std::integer_sequence<int, kLess...>) {
  (check(std::integral_constant<int, kLess + 1>()), ...);
}
template <class Check>
void ForEachWidth(Check check) {
  ForEachWidth(check, std::make_integer_sequence<int, 64>());
}

TEST(Task3PackedInts, CountsWords) {
  EXPECT_EQ(PackedInts<1>::WordsFor(0), 0u);
  EXPECT_EQ(PackedInts<1>::WordsFor(64), 1u);
  EXPECT_EQ(PackedInts<1>::WordsFor(65), 2u);
  EXPECT_EQ(PackedInts<64>::WordsFor(10), 10u);
  EXPECT_EQ(PackedInts<12>::WordsFor(0), 0u);
  EXPECT_EQ(PackedInts<12>::WordsFor(1), 2u) << "one, and one more";
  EXPECT_EQ(PackedInts<12>::WordsFor(16), 4u) << "192 bits, and one word more";
  EXPECT_EQ(PackedInts<12>::WordsFor(17), 5u);
}

TEST(Task3PackedInts, KeepsTheFirstElement) {
  PackedInts<12> ints;
  ints.PushBack(0xABC);
  ASSERT_EQ(ints.size(), 1u);
  EXPECT_EQ(ints.Get(0), 0xABCu);
}

TEST(Task3PackedInts, AnElementMayStraddleTwoWords) {
  PackedInts<12> ints;
  for (std::uint64_t i = 0; i < 6; ++i) ints.PushBack(0xA10 + i);
  // Element 5 has the bits from 60 to 71.
  EXPECT_EQ(ints.Get(5), 0xA15u);
  EXPECT_EQ(ints.Get(4), 0xA14u);
  ints.Set(5, 0x5EA);
  EXPECT_EQ(ints.Get(5), 0x5EAu);
  EXPECT_EQ(ints.Get(4), 0xA14u) << "a neighbour has changed";
}

TEST(Task3PackedInts, EachWidthKeepsItsLargestElement) {
  ForEachWidth([](auto width) {
    PackedInts<width> ints;
    for (int i = 0; i < 130; ++i) {
      ints.PushBack(i % 2 == 0 ? PackedInts<width>::kMax : 0);
    }
    for (std::size_t i = 0; i < 130; ++i) {
      ASSERT_EQ(ints.Get(i), i % 2 == 0 ? PackedInts<width>::kMax : 0)
          << "element " << i << " of " << width << " bits";
    }
  });
}

TEST(Task3PackedInts, ASetLeavesTheNeighboursAlone) {
  ForEachWidth([](auto width) {
    constexpr std::uint64_t kMax = PackedInts<width>::kMax;
    PackedInts<width> ints;
    for (int i = 0; i < 70; ++i) ints.PushBack(kMax);
    for (std::size_t i = 1; i < 69; ++i) {
      ints.Set(i, 0);
      ASSERT_EQ(ints.Get(i - 1), kMax) << "before " << i << ", " << width;
      ASSERT_EQ(ints.Get(i), 0u) << i << ", " << width << " bits";
      ASSERT_EQ(ints.Get(i + 1), kMax) << "behind " << i << ", " << width;
      ints.Set(i, kMax);
      ASSERT_EQ(ints.Get(i), kMax) << i << ", " << width << " bits";
    }
  });
}

TEST(Task3PackedInts, AnElementBehindAPoppedOneIsClean) {
  PackedInts<12> ints;
  for (int i = 0; i < 6; ++i) ints.PushBack(0xFFF);
  ints.PopBack();
  ints.PushBack(0);
  EXPECT_EQ(ints.Get(5), 0u) << "bits of the popped element are left";
}

// [region ThirtyTwoBitsEach]
// Prices up to 4,095 cents.
std::vector<std::uint32_t> ThirtyTwoBitsEach(std::size_t count) {
  std::vector<std::uint32_t> prices;
  prices.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) prices.push_back(i % 4096);
  return prices;
}
// [end]

TEST(Task3PackedInts, TakesTheWordsThatItSays) {
  constexpr std::size_t kCount = 10'000;
  const AllocationScope natural_scope;
  const std::vector<std::uint32_t> natural = ThirtyTwoBitsEach(kCount);
  const auto before = natural_scope.Counts().live_bytes;
  const AllocationScope scope;
  PackedInts<12> ints;
  ints.Reserve(kCount);
  for (std::uint64_t i = 0; i < kCount; ++i) ints.PushBack(i % 4096);
  EXPECT_EQ(scope.Counts().allocations, 1) << "Reserve made room for all";
  const auto after = scope.Counts().live_bytes;
  EXPECT_EQ(after, 8 * (1875 + 1)) << "10,000 elements of 12 bits, and a word";
  EXPECT_LE(after * 10, before * 6) << "40 % less than 32 bits each";
  RecordGain("heap_bytes", before, after);
  RecordProperty("packed", static_cast<int>(after));
}

TEST(Task3PackedInts, GrowthIsAmortised) {
  const AllocationScope scope;
  PackedInts<12> ints;
  for (std::uint64_t i = 0; i < 100'000; ++i) ints.PushBack(i % 4096);
  EXPECT_LE(scope.Counts().allocations, 24) << "words for 100,000 elements";
}

template <int kBits>
void Walk(int calls) {
  std::mt19937_64 random(kBits);
  PackedInts<kBits> ints;
  std::vector<std::uint64_t> model;
  for (int call = 0; call < calls; ++call) {
    const std::uint64_t bits = random();
    const std::uint64_t value = random() & PackedInts<kBits>::kMax;
    const std::uint64_t choice = bits % 8;
    if (model.empty() || choice < 3) {
      ints.PushBack(value);
      model.push_back(value);
    } else if (choice < 4) {
      ints.PopBack();
      model.pop_back();
    } else {
      const std::size_t index = (bits >> 8) % model.size();
      if (choice < 6) {
        ints.Set(index, value);
        model[index] = value;
      }
      if (ints.Get(index) != model[index]) {
        FAIL() << "call " << call << ": element " << index << " of " << kBits
               << " bits is " << ints.Get(index) << ", not " << model[index];
      }
    }
  }
  ASSERT_EQ(ints.size(), model.size());
  for (std::size_t i = 0; i < model.size(); ++i) {
    ASSERT_EQ(ints.Get(i), model[i]) << "element " << i;
  }
}

TEST(Task3Random, AMillionCallsAgreeWithAVector) {
  Walk<1>(200'000);
  Walk<7>(200'000);
  Walk<12>(200'000);
  Walk<33>(200'000);
  Walk<63>(200'000);
}

}  // namespace
}  // namespace workbook
