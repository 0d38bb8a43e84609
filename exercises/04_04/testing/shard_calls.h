// SPDX-License-Identifier: Apache-2.0

// Calls of a CacheShard by key alone, and budgets in entries.
#ifndef WORKBOOK_EXERCISES_04_04_TESTING_SHARD_CALLS_H_
#define WORKBOOK_EXERCISES_04_04_TESTING_SHARD_CALLS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "04_04/cache_shard.h"

namespace workbook {

// Source: FNV-1a, with the upper half folded in.
inline std::uint64_t Hash(std::string_view key) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : key) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return hash ^ hash >> 32;
}

inline bool Put(CacheShard& cache, std::string_view key,
                std::string_view value) {
  return cache.Put(Hash(key), key, value);
}
inline bool Has(CacheShard& cache, std::string_view key) {
  return cache.Get(Hash(key), key).has_value();
}

// A budget with room for exactly `entries` of one-letter keys and values, for a
// cache of 100,000 expected bytes an entry with an order like this one.
inline std::size_t BudgetFor(std::size_t entries,
                             EvictionOrder* order = nullptr) {
  const CacheShard probe(100'000, 100'000, order);
  return probe.FixedBytes() + entries * CacheShard::EntryBytes("k", "v");
}

// Fills a cache that has room for a hundred, expects to find each entry, scans
// a hundred others, and counts what is left of the first.
inline int LeftAfterScan(CacheShard& cache) {
  const auto key = [](int number) {
    return std::string(1, static_cast<char>(number));
  };
  for (int i = 0; i < 100; ++i) Put(cache, key(i), "v");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Has(cache, key(i)));
  for (int i = 100; i < 200; ++i) Put(cache, key(i), "v");
  int left = 0;
  for (int i = 0; i < 100; ++i) left += Has(cache, key(i));
  return left;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_TESTING_SHARD_CALLS_H_
