// SPDX-License-Identifier: Apache-2.0

// A cache with a budget in bytes, for many threads.
#ifndef WORKBOOK_04_04_MEMORY_CACHE_H_
#define WORKBOOK_04_04_MEMORY_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "04_04/cache_shard.h"

// [given]
namespace workbook {

struct MemoryCacheOptions {
  std::size_t budget_bytes = 8 * 1024 * 1024;
  EvictionPolicy policy = EvictionPolicy::kS3Fifo;
  std::size_t expected_entry_bytes = 128;
  std::size_t shard_count = 16;  // each has its lock and its part of the budget
};

// Thread safety: any thread, any function, at any time.
class MemoryCache {
 public:
  // On failure: std::invalid_argument for no shards, or when a shard's part of
  // the budget does not hold its tables.
  explicit MemoryCache(const MemoryCacheOptions& options);
  ~MemoryCache();

  // Copies the value of `key` into `value`; false, and `value` untouched, when
  // there is none.
  // Cost: O(1), one lock; no allocation once `value` has the capacity.
  bool Get(std::string_view key, std::string& value);

  // Stores copies of both. What a shard can never hold is refused with false,
  // and the key then has no value.
  // Cost and failure: those of CacheShard::Put, under one lock.
  bool Put(std::string_view key, std::string_view value);

  bool Erase(std::string_view key);

  // All that was asked of the allocator for entries and their tables. Never
  // above the budget, whenever it is read.
  // Cost: O(shards).
  std::size_t UsedBytes() const;
  std::size_t BudgetBytes() const { return budget_bytes_; }

  // The sum over the shards, each of one moment: hits + misses is the number
  // of Gets that have returned, once no thread is inside.
  CacheStatistics Statistics() const;

 private:
  struct Shard;

  Shard& ShardOf(std::uint64_t hash) const;

  const std::size_t budget_bytes_;
  const std::size_t shard_count_;
  std::unique_ptr<std::unique_ptr<Shard>[]> shards_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_CACHE_H_
