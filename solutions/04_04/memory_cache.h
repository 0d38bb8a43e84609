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
#include "04_04/s3_fifo.h"

// [given]
namespace workbook {

enum class EvictionPolicy {
  kLru,     // LruOrder
  kS3Fifo,  // S3FifoOrder
};

struct MemoryCacheOptions {
  std::size_t budget_bytes = std::size_t{8} << 20;
  EvictionPolicy policy = EvictionPolicy::kLru;
  std::size_t expected_entry_bytes = 128;
  std::size_t shard_count = 16;  // each has its lock and its part of the budget
};

// Thread safety: any thread, any function, at any time.
class MemoryCache {
 public:
  // Makes the shards.
  // Cost: their tables and locks, allocated here and never again.
  // On failure: std::invalid_argument for no shards, or when a shard's part of
  // the budget does not hold its tables.
  explicit MemoryCache(const MemoryCacheOptions& options);
  ~MemoryCache();

  // Copies the value of `key` into `value`. Returns false, and leaves `value`
  // untouched, when there is none.
  // Cost: O(1), one lock; no allocation once `value` has the capacity.
  bool Get(std::string_view key, std::string& value);

  // Stores copies of both. Returns false for what a shard can never hold; then
  // `key` has no value.
  // Cost: that of CacheShard::Put, under one lock.
  // On failure: std::bad_alloc; then `key` has no value.
  bool Put(std::string_view key, std::string_view value);

  // Removes `key`. Returns false where it had no value.
  // Cost: O(1), one lock.
  bool Erase(std::string_view key);

  // Returns all that was asked of the allocator for entries and their tables:
  // never above the budget, whenever it is read.
  // Cost: O(shards).
  std::size_t UsedBytes() const;
  std::size_t BudgetBytes() const { return budget_bytes_; }

  // Returns the sum over the shards, each of one moment: hits + misses is the
  // number of Gets that have returned, once no thread is inside.
  // Cost: O(shards), one lock at a time.
  CacheStatistics Statistics() const;

 private:  // [given]
  struct Shard;

  Shard& ShardOf(std::uint64_t hash) const;

  const std::size_t budget_bytes_;
  const std::size_t shard_count_;
  std::unique_ptr<std::unique_ptr<Shard>[]> shards_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_CACHE_H_
