// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_cache.h"

#include <functional>
#include <stdexcept>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// [given]
// A line of its own, so that the lock of one shard does not slow its neighbour.
struct alignas(64) MemoryCache::Shard {
  Shard(std::size_t budget_bytes, const MemoryCacheOptions& options)
      : cache(budget_bytes, options.expected_entry_bytes,
              options.policy == EvictionPolicy::kS3Fifo ? &s3_fifo : nullptr) {}

  Mutex mutex;  // for the cache and its order
  S3FifoOrder s3_fifo GUARDED_BY(mutex);
  CacheShard cache GUARDED_BY(mutex);
};

// [given]
namespace {

// The shard takes the upper bits, its table the lower ones. libstdc++'s hash of
// a string (Murmur) mixes all of them.
std::uint64_t HashOf(std::string_view key) {
  return std::hash<std::string_view>()(key);
}

}  // namespace

// [given]
MemoryCache::MemoryCache(const MemoryCacheOptions& options)
    : budget_bytes_(options.budget_bytes), shard_count_(options.shard_count) {
  if (shard_count_ == 0) {
    throw std::invalid_argument("MemoryCache: shard_count must be above 0");
  }
  shards_ = std::make_unique<std::unique_ptr<Shard>[]>(shard_count_);
  for (std::size_t i = 0; i < shard_count_; ++i) {
    shards_[i] = std::make_unique<Shard>(budget_bytes_ / shard_count_, options);
  }
}

MemoryCache::~MemoryCache() = default;

MemoryCache::Shard& MemoryCache::ShardOf(std::uint64_t hash) const {
  // The upper half times the count is a number below the count, without a
  // division: Lemire's reduction.
  return *shards_[((hash >> 32) * shard_count_) >> 32];
}

bool MemoryCache::Get(std::string_view key, std::string& value) {
  const std::uint64_t hash = HashOf(key);
  Shard& shard = ShardOf(hash);
  const MutexLock lock(shard.mutex);
  const std::optional<std::string_view> found = shard.cache.Get(hash, key);
  if (found) value.assign(*found);
  return found.has_value();
}

bool MemoryCache::Put(std::string_view key, std::string_view value) {
  const std::uint64_t hash = HashOf(key);
  Shard& shard = ShardOf(hash);
  const MutexLock lock(shard.mutex);
  return shard.cache.Put(hash, key, value);
}

bool MemoryCache::Erase(std::string_view key) {
  const std::uint64_t hash = HashOf(key);
  Shard& shard = ShardOf(hash);
  const MutexLock lock(shard.mutex);
  return shard.cache.Erase(hash, key);
}

// [given]
std::size_t MemoryCache::UsedBytes() const {
  return static_cast<std::size_t>(Statistics().used_bytes);
}

CacheStatistics MemoryCache::Statistics() const {
  CacheStatistics sum;
  for (std::size_t i = 0; i < shard_count_; ++i) {
    const MutexLock lock(shards_[i]->mutex);
    sum += shards_[i]->cache.Statistics();
  }
  return sum;
}

}  // namespace workbook
