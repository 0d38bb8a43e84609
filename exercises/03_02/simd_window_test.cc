// SPDX-License-Identifier: Apache-2.0

#include "03_02/simd_window.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <random>

#include "03_02/flat_map.h"
#include "exercises/03_02/testing/hashes.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

struct Bytes {
  std::array<std::uint8_t, 16> bytes;
};

template <class Wanted>
Lanes OneByOne(const Bytes& window, Wanted wanted) {
  Lanes lanes = 0;
  for (std::size_t i = 0; i < 16; ++i) {
    if (wanted(window.bytes[i])) lanes |= Lanes{1} << i;
  }
  return lanes;
}

TEST(Task6SimdWindow, FindsEachFragmentInEachLane) {
  for (unsigned fragment = 2; fragment < 0x100; ++fragment) {
    for (std::size_t lane = 0; lane < 16; ++lane) {
      Bytes window{};
      window.bytes.fill(static_cast<std::uint8_t>(fragment ^ 1));
      window.bytes[lane] = static_cast<std::uint8_t>(fragment);
      ASSERT_EQ(SimdWindow(window.bytes.data()).Match(Fragment(fragment)),
                Lanes{1} << lane);
    }
  }
}

TEST(Task6SimdWindow, AgreesWithABytewiseLoop) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 10'000; ++round) {
    Bytes window{};
    for (std::uint8_t& byte : window.bytes) {
      const std::uint64_t draw = random();
      byte = draw % 4 == 0   ? kEmpty
             : draw % 4 == 1 ? kDeleted
                             : static_cast<std::uint8_t>(draw >> 8);
    }
    const SimdWindow simd(window.bytes.data());
    ASSERT_EQ(simd.MatchEmpty(),
              OneByOne(window, [](int byte) { return byte == kEmpty; }));
    ASSERT_EQ(simd.MatchFree(),
              OneByOne(window, [](int byte) { return byte <= kDeleted; }));
    const std::uint8_t wanted = Fragment(window.bytes[3]).byte();
    ASSERT_EQ(simd.Match(Fragment(wanted)),
              OneByOne(window, [&](int byte) { return byte == wanted; }));
  }
}

// The same calls on a map of either kind of window, compared entry by entry.
template <class Hash>
void ExpectTheSameMap(std::uint64_t keys, const char* file = __builtin_FILE(),
                      int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "SimdWindow");
  FlatMap<std::uint64_t, int, Hash> words;
  FlatMap<std::uint64_t, int, Hash, std::equal_to<std::uint64_t>, SimdWindow>
      simd;
  std::mt19937_64 random(2);
  for (int call = 0; call < 20'000; ++call) {
    const std::uint64_t bits = random();
    const std::uint64_t key = (bits >> 8) % keys;
    if (bits % 8 < 5) {
      words.TryEmplace(key, call);
      simd.TryEmplace(key, call);
    } else {
      ASSERT_EQ(words.Erase(key), simd.Erase(key));
    }
    if (call % 500 != 0) continue;
    ASSERT_EQ(words.capacity(), simd.capacity());
    auto other = simd.begin();
    for (const auto& entry : words) {
      ASSERT_NE(other, simd.end());
      ASSERT_EQ(entry.key, other->key) << "another order of the entries";
      ASSERT_EQ(entry.value, other->value);
      ++other;
    }
    ASSERT_EQ(other, simd.end());
  }
}

TEST(Task6SimdWindow, MakesTheSameMapInTheSameOrder) {
  ExpectTheSameMap<std::hash<std::uint64_t>>(2000);
  ExpectTheSameMap<ChosenHash>(300);
  ExpectTheSameMap<CollidingHash>(150);
}

}  // namespace
}  // namespace workbook
