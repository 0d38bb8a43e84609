// SPDX-License-Identifier: Apache-2.0

#include "04_02/compact_set.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <unordered_set>
#include <vector>

#include "04_02/chunk.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// `count` numbers from `first` on, `step` apart.
Chunk Filled(unsigned first, unsigned count, unsigned step = 1) {
  Chunk chunk;
  for (unsigned i = 0; i < count; ++i) {
    chunk.Add(static_cast<std::uint16_t>(first + i * step));
  }
  return chunk;
}

std::vector<std::uint16_t> NumbersOf(const Chunk& chunk) {
  std::vector<std::uint16_t> numbers;
  chunk.ForEach([&](std::uint16_t number) { numbers.push_back(number); });
  return numbers;
}

TEST(Task7Chunk, CountsWhatIsLess) {
  const std::vector<std::uint16_t> numbers = {3, 5, 5000, 65535};
  for (std::size_t count = 0; count <= numbers.size(); ++count) {
    for (const unsigned value : {0u, 3u, 4u, 5u, 6u, 5000u, 65534u, 65535u}) {
      std::size_t less = 0;
      while (less < count && numbers[less] < value) ++less;
      ASSERT_EQ(
          LowerBound(numbers.data(), count, static_cast<std::uint16_t>(value)),
          less)
          << value << " among " << count << " numbers";
    }
  }
}

TEST(Task7Chunk, KeepsNumbersInOrder) {
  Chunk chunk;
  for (const unsigned number : {7u, 3u, 65535u, 0u, 5u}) {
    EXPECT_TRUE(chunk.Add(static_cast<std::uint16_t>(number))) << number;
    EXPECT_FALSE(chunk.Add(static_cast<std::uint16_t>(number))) << number;
  }
  EXPECT_EQ(chunk.size(), 5u);
  EXPECT_EQ(NumbersOf(chunk), (std::vector<std::uint16_t>{0, 3, 5, 7, 65535}));
  EXPECT_TRUE(chunk.Contains(0));
  EXPECT_FALSE(chunk.Contains(1));
  EXPECT_FALSE(chunk.Contains(65534));
}

TEST(Task7Chunk, RemovesFromAnArray) {
  Chunk chunk = Filled(10, 3);
  EXPECT_FALSE(chunk.Remove(9));
  EXPECT_TRUE(chunk.Remove(11));
  EXPECT_FALSE(chunk.Remove(11));
  EXPECT_EQ(NumbersOf(chunk), (std::vector<std::uint16_t>{10, 12}));
  EXPECT_TRUE(chunk.Remove(12));
  EXPECT_TRUE(chunk.Remove(10));
  EXPECT_EQ(chunk.size(), 0u);
  EXPECT_FALSE(chunk.Contains(10));
}

TEST(Task7Chunk, ItIsABitmapAbove4096Numbers) {
  Chunk chunk = Filled(0, 4096, 3);
  EXPECT_FALSE(chunk.is_bitmap());
  EXPECT_FALSE(chunk.Add(3)) << "it is there";
  EXPECT_FALSE(chunk.is_bitmap()) << "nothing was added";
  EXPECT_TRUE(chunk.Add(65535));
  EXPECT_TRUE(chunk.is_bitmap());
  EXPECT_EQ(chunk.size(), 4097u);
  EXPECT_FALSE(chunk.Add(65535));
  EXPECT_TRUE(chunk.Contains(65535));
  EXPECT_TRUE(chunk.Contains(3 * 4095));
  EXPECT_FALSE(chunk.Contains(1));
  EXPECT_FALSE(chunk.Remove(1));
  EXPECT_TRUE(chunk.is_bitmap());
  EXPECT_TRUE(chunk.Remove(6));
  EXPECT_FALSE(chunk.is_bitmap()) << "4,096 numbers are as small in an array";
  EXPECT_EQ(chunk.size(), 4096u);
  EXPECT_FALSE(chunk.Contains(6));
  EXPECT_TRUE(chunk.Contains(65535));
}

TEST(Task7Chunk, HoldsAllNumbers) {
  Chunk chunk = Filled(0, 65536);
  EXPECT_EQ(chunk.size(), 65536u);
  EXPECT_FALSE(chunk.Add(65535));
  EXPECT_TRUE(chunk.Contains(0));
  EXPECT_EQ(NumbersOf(chunk).size(), 65536u);
}

TEST(Task7Chunk, UnionsOfEachPairOfForms) {
  const unsigned sizes[] = {0, 5, 3000, 4096, 6000};
  for (const unsigned first : sizes) {
    for (const unsigned second : sizes) {
      Chunk chunk = Filled(100, first, 2);
      const Chunk other = Filled(100 + first, second, 3);
      std::set<std::uint16_t> model;
      for (const std::uint16_t n : NumbersOf(chunk)) model.insert(n);
      for (const std::uint16_t n : NumbersOf(other)) model.insert(n);
      chunk.UnionWith(other);
      ASSERT_EQ(chunk.size(), model.size()) << first << " and " << second;
      ASSERT_EQ(NumbersOf(chunk),
                std::vector<std::uint16_t>(model.begin(), model.end()))
          << first << " and " << second;
      ASSERT_EQ(chunk.is_bitmap(), model.size() > 4096)
          << first << " and " << second;
      ASSERT_EQ(other.size(), second);
    }
  }
}

TEST(Task7Chunk, AUnionWithItselfChangesNothing) {
  for (const unsigned size : {0u, 10u, 4096u, 5000u}) {
    Chunk chunk = Filled(0, size, 5);
    chunk.UnionWith(chunk);
    EXPECT_EQ(NumbersOf(chunk), NumbersOf(Filled(0, size, 5)));
  }
}

TEST(Task7Chunk, AnArrayHasAQuarterToSpare) {
  for (unsigned count = 1; count <= 4096; count += 61) {
    const AllocationScope scope;
    const Chunk chunk = Filled(0, count, 7);
    EXPECT_GE(scope.Counts().live_bytes, 2 * std::int64_t{count});
    // Before it grew last, it had fewer than `count` numbers.
    EXPECT_LE(scope.Counts().live_bytes, 2 * (count + count / 4 + 4))
        << count << " numbers";
    EXPECT_LE(scope.Counts().live_bytes, 8192) << count << " numbers";
  }
}

TEST(Task7Chunk, ABitmapTakesEightKibibytes) {
  const AllocationScope scope;
  const Chunk chunk = Filled(0, 5000);
  EXPECT_EQ(scope.Counts().live_bytes, 8192) << "the array is gone";
}

TEST(Task7CompactSet, NumbersOfAllChunksInOrder) {
  CompactSet set;
  const std::vector<std::uint32_t> numbers = {
      0, 5, 65535, 65536, 1'000'000, 0x80000000, 0xFFFEFFFF, 0xFFFFFFFF};
  for (std::size_t i = numbers.size(); i > 0; --i) {
    EXPECT_TRUE(set.Add(numbers[i - 1]));
  }
  std::vector<std::uint32_t> found;
  set.ForEach([&found](std::uint32_t number) { found.push_back(number); });
  EXPECT_EQ(found, numbers);
  EXPECT_EQ(set.size(), numbers.size());
  EXPECT_TRUE(set.Contains(0xFFFFFFFF));
  EXPECT_FALSE(set.Contains(0xFFFFFFFE));
  EXPECT_TRUE(set.Remove(65536));
  EXPECT_FALSE(set.Contains(65536));
  EXPECT_FALSE(set.Contains(70'000)) << "its chunk is gone";
}

// [region TreeOf]
std::set<std::uint32_t> TreeOf(const std::vector<std::uint32_t>& numbers) {
  return std::set<std::uint32_t>(numbers.begin(), numbers.end());
}
// [end]

TEST(Task7CompactSet, ANumberTakesAFractionOfATree) {
  std::mt19937_64 random(7);
  std::vector<std::uint32_t> numbers(100'000);
  for (std::uint32_t& number : numbers) {
    number = static_cast<std::uint32_t>(random() % (1 << 24));
  }
  const AllocationScope natural_scope;
  const std::set<std::uint32_t> natural = TreeOf(numbers);
  const auto before = natural_scope.Counts().live_bytes;
  const AllocationScope scope;
  CompactSet set;
  for (const std::uint32_t number : numbers) set.Add(number);
  const auto after = scope.Counts().live_bytes;
  const auto count = static_cast<std::int64_t>(natural.size());
  EXPECT_EQ(set.size(), natural.size());
  EXPECT_LE(after, 3 * count) << "2 bytes each, and what is spare";
  EXPECT_LE(after * 10, before * 6);
  RecordGain("heap_bytes", before, after);
  RecordProperty("tree", static_cast<int>(before / count));
}

void Walk(int calls, std::uint64_t seed, std::uint32_t range) {
  std::mt19937_64 random(seed);
  CompactSet set;
  std::unordered_set<std::uint32_t> model;
  for (int call = 0; call < calls; ++call) {
    const std::uint64_t bits = random();
    const auto number = static_cast<std::uint32_t>((bits >> 16) % range);
    const std::uint64_t additions = call / 65'536 % 2 == 0 ? 6u : 2u;
    const std::uint64_t choice = bits % 10;
    const char* const did = choice < additions ? "Add"
                            : choice < 8       ? "Remove"
                                               : "Contains";
    const bool got = choice < additions ? set.Add(number)
                     : choice < 8       ? set.Remove(number)
                                        : set.Contains(number);
    const bool expected = choice < additions ? model.insert(number).second
                          : choice < 8       ? model.erase(number) == 1
                                             : model.contains(number);
    if (got != expected) {
      FAIL() << "call " << call << ": " << did << "(" << number << ") is "
             << got << ", not " << expected;
    }
  }
  ASSERT_EQ(set.size(), model.size());
  set.ForEach([&model](std::uint32_t number) {
    ASSERT_TRUE(model.contains(number)) << number << " was removed";
  });
}

TEST(Task7Random, AMillionCallsAgreeWithAnUnorderedSet) {
  // Chunks that become bitmaps and arrays again, and many small ones.
  Walk(500'000, 1, 20'000);
  Walk(500'000, 2, 1 << 22);
}

TEST(Task7Random, UnionsAgreeWithSets) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 40; ++round) {
    CompactSet first;
    CompactSet second;
    std::set<std::uint32_t> model;
    const std::uint32_t range = 1u << (14 + round % 6);
    for (std::uint64_t i = random() % 12'000; i > 0; --i) {
      const auto number = static_cast<std::uint32_t>(random()) % range;
      (i % 3 == 0 ? first : second).Add(number);
      model.insert(number);
    }
    first.UnionWith(second);
    ASSERT_EQ(first.size(), model.size()) << "round " << round;
    auto next = model.begin();
    first.ForEach([&](std::uint32_t number) { ASSERT_EQ(number, *next++); });
  }
}

}  // namespace
}  // namespace workbook
