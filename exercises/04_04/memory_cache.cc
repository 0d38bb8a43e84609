// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_cache.h"

#include <functional>
#include <mutex>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

// A line of its own, so that the lock of one shard does not slow its neighbour.
struct alignas(64) MemoryCache::Shard {
  Shard(std::size_t budget_bytes, const MemoryCacheOptions& options)
      : cache(budget_bytes, options.expected_entry_bytes,
              options.policy == EvictionPolicy::kS3Fifo ? &s3_fifo : nullptr) {}

  std::mutex mutex;  // for the cache and its order
  S3FifoOrder s3_fifo;
  CacheShard cache;
};

namespace {

// The shard takes the upper bits, its table the lower ones. libstdc++'s hash of
// a string (Murmur) mixes all of them.
std::uint64_t HashOf(std::string_view key) {
  return std::hash<std::string_view>()(key);
}

}  // namespace

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
  Todo("04_04 task 9: MemoryCache::ShardOf");
}

bool MemoryCache::Get(std::string_view key, std::string& value) {
  Todo("04_04 task 9: MemoryCache::Get");
}

bool MemoryCache::Put(std::string_view key, std::string_view value) {
  Todo("04_04 task 9: MemoryCache::Put");
}

bool MemoryCache::Erase(std::string_view key) {
  Todo("04_04 task 9: MemoryCache::Erase");
}

std::size_t MemoryCache::UsedBytes() const {
  return static_cast<std::size_t>(Statistics().used_bytes);
}

CacheStatistics MemoryCache::Statistics() const {
  Todo("04_04 task 9: MemoryCache::Statistics");
}

}  // namespace workbook
