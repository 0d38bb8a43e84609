// SPDX-License-Identifier: Apache-2.0

#include "03_02/in_place.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "03_02/flat_map.h"
#include "exercises/03_02/given/flat_block.h"
#include "exercises/03_02/given/flat_entry.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Entry = FlatEntry<std::uint64_t, Tracked>;
using Block = FlatBlock<Entry>;

// One byte at a time, so that this test needs no other task.
std::size_t FirstFree(const Block& block, std::size_t hash) {
  for (ProbeSequence probe(hash, block.slot_mask());; probe.Next()) {
    for (int lane = 0; lane < 16; ++lane) {
      const std::size_t slot = probe.Slot(lane);
      if (!IsFull(block.controls()[slot])) return slot;
    }
  }
}

void Insert(Block& block, std::uint64_t key) {
  const std::size_t slot = FirstFree(block, key);
  std::construct_at(block.entries() + slot, std::in_place, key,
                    static_cast<int>(key));
  block.SetControl(slot, Fragment(key).byte());
}

// Leaves a tombstone whether there has to be one or not.
void Bury(Block& block, std::size_t slot) {
  std::destroy_at(block.entries() + slot);
  block.SetControl(slot, kDeleted);
}

void Clean(Block& block) {
  InPlace::DropTombstones(
      block, [](std::uint64_t key) { return std::size_t{key}; }, &FirstFree);
}

// Each entry is there once, and a search for it ends at it.
void ExpectEntries(const Block& block, const std::map<std::uint64_t, int>& all,
                   const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "InPlace::DropTombstones");
  std::size_t met = 0;
  for (std::size_t slot = 0; slot < block.capacity(); ++slot) {
    const std::uint8_t control = block.controls()[slot];
    ASSERT_NE(control, kDeleted) << "a tombstone in slot " << slot;
    if (control == kEmpty) continue;
    ++met;
    const Entry& entry = block.entries()[slot];
    ASSERT_TRUE(all.contains(entry.key)) << "key " << entry.key;
    ASSERT_EQ(entry.value.value, all.at(entry.key)) << "key " << entry.key;
    ASSERT_EQ(control, Fragment(entry.key).byte()) << "slot " << slot;
    ProbeSequence probe(entry.key, block.slot_mask());
    for (; !probe.Holds(slot); probe.Next()) {
      for (int lane = 0; lane < 16; ++lane) {
        ASSERT_TRUE(IsFull(block.controls()[probe.Slot(lane)]))
            << "a search for key " << entry.key << " ends before its slot";
      }
    }
  }
  ASSERT_EQ(met, all.size());
}

TEST(Task7InPlace, TombstonesBecomeEmpty) {
  Block block(64);
  for (std::uint64_t i = 0; i < 10; ++i) Insert(block, KeyOf(60, i));
  Bury(block, 62);
  Bury(block, 0);
  Clean(block);
  std::map<std::uint64_t, int> all;
  for (const int i : {0, 1, 3, 5, 6, 7, 8, 9}) {
    const std::uint64_t key = KeyOf(60, static_cast<std::uint64_t>(i));
    all[key] = static_cast<int>(key);
  }
  ExpectEntries(block, all);
}

TEST(Task7InPlace, AnEntryComesBackToItsFirstWindow) {
  Block block(64);
  for (std::uint64_t i = 0; i < 17; ++i) Insert(block, KeyOf(20, i));
  ASSERT_TRUE(IsFull(block.controls()[36]));
  Bury(block, 25);
  Clean(block);
  EXPECT_EQ(block.controls()[36], kEmpty)
      << "its first window has room now, so it need not lie in the second one";
}

TEST(Task7InPlace, EntriesThatWantEachOthersPlacesAreExchanged) {
  Tracked::alive = 0;
  {
    Block block(32);
    // Fills both windows with entries of the other one, as a long history may.
    std::map<std::uint64_t, int> all;
    for (std::size_t slot = 0; slot < 32; ++slot) {
      if (slot % 16 >= 14) continue;
      const std::uint64_t key = KeyOf(slot < 16 ? 16 : 0, slot % 16);
      std::construct_at(block.entries() + slot, std::in_place, key,
                        static_cast<int>(key));
      block.SetControl(slot, Fragment(key).byte());
      all[key] = static_cast<int>(key);
    }
    for (const std::size_t slot : {14u, 15u, 30u, 31u}) {
      block.SetControl(slot, kDeleted);
    }
    Clean(block);
    ASSERT_NO_FATAL_FAILURE(ExpectEntries(block, all));
    EXPECT_EQ(Tracked::alive, 28);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Task7InPlace, RandomBlocksKeepTheirEntries) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 200; ++round) {
    Tracked::alive = 0;
    {
      Block block(128);
      std::map<std::uint64_t, int> all;
      for (int i = 0; i < 110; ++i) {
        // Few windows, so that probe sequences are long.
        const std::uint64_t key =
            KeyOf(random() % 3, random() % 128) | random() % 8 << 32;
        if (all.emplace(key, static_cast<int>(key)).second) Insert(block, key);
      }
      for (std::size_t slot = 0; slot < 128; ++slot) {
        if (!IsFull(block.controls()[slot]) || random() % 3 != 0) continue;
        all.erase(block.entries()[slot].key);
        Bury(block, slot);
      }
      const AllocationScope scope;
      Clean(block);
      ASSERT_EQ(scope.Counts().allocations, 0);
      ASSERT_NO_FATAL_FAILURE(ExpectEntries(block, all)) << "round " << round;
    }
    ASSERT_EQ(Tracked::alive, 0);
  }
}

template <class Cleanup>
using Churned = FlatMap<std::uint64_t, std::uint64_t, std::hash<std::uint64_t>,
                        std::equal_to<std::uint64_t>, WordWindow, Cleanup>;

// Inserts and erases at a constant size; returns the allocations.
template <class Map>
std::int64_t Churn(Map& map, std::uint64_t pairs) {
  map.Reserve(896);
  for (std::uint64_t key = 0; key < 800; ++key) map.TryEmplace(key, key);
  const AllocationScope scope;
  for (std::uint64_t key = 0; key < pairs; ++key) {
    map.Erase(key);
    map.TryEmplace(key + 800, key);
  }
  return scope.Counts().allocations;
}

TEST(Task7InPlace, TenMillionCallsAtConstantSizeAllocateNothing) {
  const std::uint64_t pairs = ProbeUsesSanitizerHooks() ? 200'000 : 5'000'000;
  Churned<InPlace> map;
  EXPECT_EQ(Churn(map, pairs), 0);
  EXPECT_EQ(map.capacity(), 1024u);
  EXPECT_EQ(map.size(), 800u);
  for (std::uint64_t key = pairs; key < pairs + 800; ++key) {
    ASSERT_NE(map.Find(key), nullptr) << "key " << key;
  }
  const std::uint64_t few = 100'000;
  Churned<IntoNewBlock> blocks;
  Churned<InPlace> in_place;
  const std::int64_t before = Churn(blocks, few);
  RecordGain("allocations", before, Churn(in_place, few));
  RecordProperty("new_blocks", std::to_string(before));
}

}  // namespace
}  // namespace workbook
