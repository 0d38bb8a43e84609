// SPDX-License-Identifier: Apache-2.0

// Random histories of maps, words and blocks, each beside a model of its
// contract. For grading: WORKBOOK_SEED chooses the walk, and a failure names
// the seed that repeats it.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "03_02/control_word.h"
#include "03_02/endpoint_keys.h"
#include "03_02/flat_map.h"
#include "03_02/in_place.h"
#include "03_02/map_bytes.h"
#include "03_02/missing_keys.h"
#include "03_02/simd_window.h"
#include "03_02/slot_budget.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task1Hidden, NumbersFollowTheOrderOfFirstComing) {
  const SeedTrace trace;
  Random random(1);
  WordNumbers numbers;
  std::map<std::string, std::uint32_t> model;
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> words;
    std::size_t added = 0;
    std::uint64_t sum = 0;
    for (int i = 0; i < 40; ++i) {
      words.push_back("w" + std::to_string(random.Below(500)));
      const auto number = static_cast<std::uint32_t>(model.size());
      if (model.try_emplace(words.back(), number).second) ++added;
      sum += model.at(words.back());
    }
    ASSERT_EQ(NumberNewWords(numbers, words), added);
    const AllocationScope scope;
    ASSERT_EQ(NumberNewWords(numbers, words), 0u);
    ASSERT_EQ(SumOfNumbers(numbers, words), sum);
    ASSERT_EQ(scope.Counts().allocations, 0);
  }
  for (const auto& [word, number] : model) ASSERT_EQ(numbers.at(word), number);
}

TEST(Task1Hidden, SessionsAreNeverLost) {
  const SeedTrace trace;
  Random random(2);
  Sessions sessions;
  std::set<int> ids;
  for (int i = 0; i < 500; ++i) {
    const int id = static_cast<int>(random.Below(200));
    auto session = std::make_unique<Session>();
    const Session* const address = session.get();
    const bool added = AddSession(sessions, id, std::move(session));
    ASSERT_EQ(added, ids.insert(id).second);
    ASSERT_EQ(added ? sessions.at(id).get() : session.get(), address);
  }
}

TEST(Task2Hidden, RealMapsOfRandomSizes) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 30; ++round) {
    const std::size_t count = random.Below(3000);
    std::size_t buckets = 0;
    const HeapUse measured = MeasuredUse([&] {
      std::unordered_map<int, std::array<int, 5>> map;
      for (std::size_t i = 0; i < count; ++i) map[static_cast<int>(i)] = {};
      buckets = map.bucket_count();
      return map;
    });
    ASSERT_EQ(measured, NodeMapUse(count, buckets, {24, false})) << count;
  }
}

TEST(Task3Hidden, RandomWords) {
  const SeedTrace trace;
  Random random(4);
  for (int round = 0; round < 50'000; ++round) {
    std::uint64_t word = random.Bits();
    for (int byte = 0; byte < 8; ++byte) {
      const std::uint64_t mask = std::uint64_t{0xFF} << (8 * byte);
      if (random.Chance(30)) word &= ~mask;
      if (random.Chance(20))
        word = (word & ~mask) | (mask & 0x0101010101010101);
    }
    Lanes zero = 0;
    for (int byte = 0; byte < 8; ++byte) {
      if ((word >> (8 * byte) & 0xFF) == 0) zero |= Lanes{1} << byte;
    }
    ASSERT_EQ(ControlWord::ZeroBytes(word), zero) << std::hex << word;
  }
}

TEST(Task4Hidden, TheBudgetIsACountOfEmptySlots) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    const std::size_t capacity = std::size_t{16} << random.Below(12);
    const std::size_t limit = capacity / 8 * 7;
    const std::size_t size = random.Below(limit + 1);
    SlotBudget budget(capacity, size);
    std::size_t left = limit - size;
    for (int call = 0; call < 100; ++call) {
      ASSERT_EQ(budget.left(), left);
      ASSERT_EQ(budget.Allows(kEmpty), left > 0);
      ASSERT_TRUE(budget.Allows(kDeleted));
      if (left < limit && random.Chance(50)) {
        const std::size_t run = random.Between(1, 31);
        const bool becomes_empty = run < 16;
        ASSERT_EQ(budget.Release(run), becomes_empty ? kEmpty : kDeleted);
        if (becomes_empty) ++left;
      } else if (left > 0) {
        const bool empty = random.Chance(70);
        budget.Fill(empty ? kEmpty : kDeleted);
        if (empty) --left;
      }
    }
  }
}

template <class Window, class Cleanup, class Hash>
using MapOf = FlatMap<std::uint64_t, std::string, Hash,
                      std::equal_to<std::uint64_t>, Window, Cleanup>;

// Random calls on a map and its model; `keys` bounds the keys.
template <class Map>
void Walk(std::uint64_t salt, std::size_t keys) {
  const SeedTrace trace;
  Random random(salt);
  Map map;
  std::unordered_map<std::uint64_t, std::string> model;
  for (int call = 0; call < 30'000; ++call) {
    const std::uint64_t key = random.Below(keys) * 37;
    const std::size_t choice = random.Below(100);
    if (choice < (call / 3000 % 2 == 0 ? 60u : 35u)) {
      const std::string text(random.Below(40), 'x');
      const auto [value, added] = map.TryEmplace(key, text);
      ASSERT_EQ(added, model.try_emplace(key, text).second) << "call " << call;
      ASSERT_EQ(*value, model.at(key));
    } else if (choice < 90) {
      ASSERT_EQ(map.Erase(key), model.erase(key) == 1) << "call " << call;
    } else if (choice < 98) {
      const std::string* const value = map.Find(key);
      ASSERT_EQ(value != nullptr, model.contains(key)) << "call " << call;
      if (value != nullptr) {
        ASSERT_EQ(*value, model.at(key));
      }
    } else if (choice == 98) {
      map.Reserve(random.Below(2 * keys));
    } else if (random.Chance(3)) {
      map.Clear();
      model.clear();
    }
    ASSERT_EQ(map.size(), model.size());
    ASSERT_LE(8 * map.size(), 7 * map.capacity());
  }
  std::size_t met = 0;
  for (const auto& entry : map) {
    ASSERT_TRUE(model.contains(entry.key));
    ASSERT_EQ(entry.value, model.at(entry.key));
    ++met;
  }
  ASSERT_EQ(met, model.size());
}

using StdHash = std::hash<std::uint64_t>;

TEST(Task5Hidden, AWalkAgreesWithUnorderedMap) {
  Walk<MapOf<WordWindow, IntoNewBlock, StdHash>>(6, 1000);
}

TEST(Task5Hidden, AWalkOverCollidingKeysAgreesToo) {
  Walk<MapOf<WordWindow, IntoNewBlock, CollidingHash>>(7, 150);
}

TEST(Task6Hidden, AWalkWithSimdWindowsAgreesToo) {
  Walk<MapOf<SimdWindow, IntoNewBlock, StdHash>>(8, 1000);
  Walk<MapOf<SimdWindow, IntoNewBlock, ChosenHash>>(9, 300);
}

TEST(Task7Hidden, AWalkThatCleansInPlaceAgreesToo) {
  Walk<MapOf<WordWindow, InPlace, StdHash>>(10, 1000);
  Walk<MapOf<SimdWindow, InPlace, ChosenHash>>(11, 300);
  Walk<MapOf<WordWindow, InPlace, CollidingHash>>(12, 150);
}

TEST(Task8Hidden, ViewsAndEndpointsAreTheSameKey) {
  const SeedTrace trace;
  Random random(13);
  RequestCounts counts;
  std::map<std::pair<std::string, std::uint16_t>, std::uint64_t> model;
  for (int call = 0; call < 5000; ++call) {
    const std::string host(random.Below(30), random.Chance(50) ? 'a' : 'b');
    const auto port = static_cast<std::uint16_t>(random.Below(4));
    CountRequest(counts, {host, port});
    ++model[{host, port}];
  }
  ASSERT_EQ(counts.size(), model.size());
  for (const auto& [key, count] : model) {
    const EndpointView view{key.first, key.second};
    ASSERT_EQ(EndpointHash()(view), EndpointHash()(Endpoint(view)));
    ASSERT_NE(counts.Find(view), nullptr);
    ASSERT_EQ(*counts.Find(Endpoint(view)), count);
  }
}

}  // namespace
}  // namespace workbook
