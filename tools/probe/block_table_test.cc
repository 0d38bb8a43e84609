// SPDX-License-Identifier: Apache-2.0

#include "tools/probe/block_table.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <random>

namespace workbook {
namespace {

const void* Address(std::uintptr_t number) {
  return reinterpret_cast<const void*>(number * 16);
}

TEST(BlockTable, KnowsNothingAtFirst) {
  BlockTable table;
  EXPECT_EQ(table.Remove(Address(1)), BlockTable::kUnknown);
}

TEST(BlockTable, ReturnsASizeOnce) {
  BlockTable table;
  EXPECT_TRUE(table.Insert(Address(1), {100, 1}));
  EXPECT_EQ(table.Remove(Address(1)), (BlockRecord{100, 1}));
  EXPECT_EQ(table.Remove(Address(1)), BlockTable::kUnknown);
}

TEST(BlockTable, ReplacesAnOlderEntry) {
  BlockTable table;
  table.Insert(Address(1), {100, 1});
  table.Insert(Address(1), {200, 2});
  EXPECT_EQ(table.Remove(Address(1)), (BlockRecord{200, 2}));
  EXPECT_EQ(table.Remove(Address(1)), BlockTable::kUnknown);
}

TEST(BlockTable, ForgetsAllWhenCleared) {
  BlockTable table;
  for (std::uintptr_t i = 1; i < 100; ++i) table.Insert(Address(i), {i, 1});
  table.Clear();
  for (std::uintptr_t i = 1; i < 100; ++i) {
    EXPECT_EQ(table.Remove(Address(i)), BlockTable::kUnknown);
  }
}

// Against std::map, over several growths and with long runs of neighbours.
TEST(BlockTable, AgreesWithAMapOverRandomOperations) {
  std::mt19937 random(20240501);
  std::uniform_int_distribution<std::uintptr_t> addresses(1, 60000);
  BlockTable table;
  std::map<const void*, BlockRecord> expected;
  for (std::size_t step = 0; step < 100000; ++step) {
    const void* const block = Address(addresses(random));
    if (random() % 3 != 0) {
      const BlockRecord record{step, 2 * step};
      ASSERT_TRUE(table.Insert(block, record));
      expected[block] = record;
    } else {
      const auto known = expected.find(block);
      const BlockRecord record =
          known == expected.end() ? BlockTable::kUnknown : known->second;
      ASSERT_EQ(table.Remove(block), record);
      if (known != expected.end()) expected.erase(known);
    }
  }
  for (const auto& [block, record] : expected) {
    ASSERT_EQ(table.Remove(block), record);
  }
}

}  // namespace
}  // namespace workbook
