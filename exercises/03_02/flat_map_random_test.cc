// SPDX-License-Identifier: Apache-2.0

// A million random calls, each compared with std::unordered_map.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <unordered_map>

#include "03_02/flat_map.h"
#include "exercises/03_02/testing/hashes.h"

namespace workbook {
namespace {

using Model = std::unordered_map<std::uint64_t, std::uint64_t>;

template <class Map>
void ExpectSame(const Map& map, const Model& model) {
  ASSERT_EQ(map.size(), model.size());
  std::size_t entries = 0;
  for (const auto& entry : map) {
    const auto found = model.find(entry.key);
    ASSERT_NE(found, model.end()) << "key " << entry.key << " was erased";
    ASSERT_EQ(entry.value, found->second);
    ++entries;
  }
  ASSERT_EQ(entries, model.size());
}

// `Reduce` makes a key of random bits.
template <class Map, class Reduce>
void Walk(int calls, std::uint64_t seed, Reduce reduce) {
  std::mt19937_64 random(seed);
  Map map;
  Model model;
  for (int call = 0; call < calls; ++call) {
    const std::uint64_t bits = random();
    const std::uint64_t key = reduce(bits >> 16);
    // More insertions than erasures for a while, then the other way round.
    const std::uint64_t insertions = call / 4096 % 2 == 0 ? 5u : 3u;
    const std::uint64_t choice = bits % 10;
    if (choice < insertions) {
      const auto [value, added] = map.TryEmplace(key, bits);
      ASSERT_EQ(added, model.try_emplace(key, bits).second)
          << "call " << call << ", key " << key;
      ASSERT_EQ(*value, model.at(key));
    } else if (choice < 8) {
      ASSERT_EQ(map.Erase(key), model.erase(key) == 1)
          << "call " << call << ", key " << key;
    } else {
      const std::uint64_t* const value = map.Find(key);
      const auto found = model.find(key);
      ASSERT_EQ(value != nullptr, found != model.end())
          << "call " << call << ", key " << key;
      if (value != nullptr) {
        ASSERT_EQ(*value, found->second);
      }
    }
    if (call % 65'536 == 0) {
      ASSERT_NO_FATAL_FAILURE(ExpectSame(map, model));
    }
  }
  ExpectSame(map, model);
}

TEST(Task5Random, AMillionCallsAgreeWithUnorderedMap) {
  Walk<FlatMap<std::uint64_t, std::uint64_t>>(
      900'000, 1, [](std::uint64_t bits) { return bits % 1500; });
}

TEST(Task5Random, CallsOnCrowdedWindowsAgreeToo) {
  // Hashes of two places only: many of their probes go on, over tombstones.
  Walk<FlatMap<std::uint64_t, std::uint64_t, ChosenHash>>(
      100'000, 2,
      [](std::uint64_t bits) { return KeyOf(bits % 2 * 8, bits / 2 % 50); });
}

}  // namespace
}  // namespace workbook
