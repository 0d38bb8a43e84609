// SPDX-License-Identifier: Apache-2.0

// A cache with a budget in bytes, for one thread: what memory_cache has many
// of.
#ifndef WORKBOOK_04_04_CACHE_SHARD_H_
#define WORKBOOK_04_04_CACHE_SHARD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace workbook {

enum class EvictionPolicy {
  // The least recently used entry goes first.
  kLru,
  // S3-FIFO: Yang, Zhang, Qiu, Yue, Rashmi, "FIFO queues are all you need for
  // cache eviction", SOSP 2023. A small queue of a tenth of the bytes takes
  // what is new, a main queue what was asked for again; a ghost list remembers
  // the names of what left the small queue.
  kS3Fifo,
};

struct CacheStatistics {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t inserts = 0;     // puts that stored, new or replacing
  std::uint64_t evictions = 0;   // entries that left for want of room
  std::uint64_t refused = 0;     // puts of what is larger than the budget
  std::uint64_t entries = 0;     // now
  std::uint64_t used_bytes = 0;  // now

  double HitRatio() const;
  CacheStatistics& operator+=(const CacheStatistics& other);
};

// Thread safety: one thread at a time for each object.
class CacheShard {
 public:
  // Every byte that an entry asks the allocator for, key, value and the rest;
  // the tables, of a size fixed at construction, are in FixedBytes.
  static std::size_t EntryBytes(std::string_view key, std::string_view value);

  // `expected_entry_bytes`, of key and value together, sizes the tables.
  // Cost: all tables, allocated here and never again.
  // On failure: std::invalid_argument when the budget does not hold the tables.
  CacheShard(std::size_t budget_bytes, EvictionPolicy policy,
             std::size_t expected_entry_bytes = 128);
  ~CacheShard();
  CacheShard(const CacheShard&) = delete;
  CacheShard& operator=(const CacheShard&) = delete;

  // The value of `key`, valid until the next Put or Erase. A hit and a miss are
  // counted.
  // REQUIRES: `hash` is the same for equal keys, and well mixed.
  // Cost: O(1); no allocation.
  std::optional<std::string_view> Get(std::uint64_t hash, std::string_view key);

  // Stores a copy, and evicts first, so that FixedBytes() + bytes of entries
  // never exceed the budget, not even in between. An old value is replaced.
  // False: larger than the whole budget; then the key has no value any more.
  // Cost: O(1) amortised; one allocation, none where it replaces a value of the
  // same length; a free an evicted entry.
  // On failure: std::bad_alloc; then the key has no value any more.
  bool Put(std::uint64_t hash, std::string_view key, std::string_view value);

  bool Erase(std::uint64_t hash, std::string_view key);

  // FixedBytes() and all entries, exactly what the allocator was asked for.
  std::size_t UsedBytes() const;
  std::size_t FixedBytes() const { return fixed_bytes_; }
  CacheStatistics Statistics() const;

 private:
  struct Entry;
  enum Queue : std::uint8_t { kSmall, kMain };
  struct List {
    Entry* newest = nullptr;
    Entry* oldest = nullptr;
    std::size_t bytes = 0;
  };
  struct Ghost {
    std::uint32_t fingerprint = 0;
    std::uint32_t left_at = 0;  // value of ghost_clock_; 0: none
  };

  // Your data members.

  const std::size_t budget_bytes_;
  const EvictionPolicy policy_;
  std::vector<Entry*> buckets_;
  std::vector<Ghost> ghosts_;
  std::uint32_t ghost_clock_ = 0;
  std::size_t fixed_bytes_ = 0;
  std::array<List, 2> lists_;
  CacheStatistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_CACHE_SHARD_H_
