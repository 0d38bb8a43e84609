// SPDX-License-Identifier: Apache-2.0

// A cache with a budget in bytes, for one thread.
#ifndef WORKBOOK_04_04_CACHE_SHARD_H_
#define WORKBOOK_04_04_CACHE_SHARD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "exercises/04_04/given/cache_entry.h"

namespace workbook {

struct CacheStatistics {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t inserts = 0;     // puts that stored, new or replacing
  std::uint64_t evictions = 0;   // entries that left for want of room
  std::uint64_t refused = 0;     // puts of what is larger than the budget
  std::uint64_t entries = 0;     // now
  std::uint64_t used_bytes = 0;  // now

  // Returns the hits as a part of all requests, 0 where there were none.
  double HitRatio() const;
  CacheStatistics& operator+=(const CacheStatistics& other);
};

// The least recently used entry goes first.
// Thread safety: one thread at a time for each object.
class LruOrder : public EvictionOrder {
 public:
  // Makes `entry` the newest.
  // Cost: O(1), no allocation, for all functions here.
  void OnInsert(CacheEntry& entry, bool was_known) override;
  // Makes `entry` the newest again.
  void OnHit(CacheEntry& entry) override;
  // Takes `entry` out of the order.
  void OnRemove(CacheEntry& entry) override;
  // Returns the entry that was put or asked for longest ago.
  CacheEntry& Victim() override;

 private:  // [given]
  EntryList list_;
};

// Thread safety: one thread at a time for each object.
class CacheShard {
 public:
  // Returns every byte that an entry asks the allocator for: key, value and the
  // rest. The tables, of a size fixed at construction, are in FixedBytes.
  static std::size_t EntryBytes(std::string_view key, std::string_view value);

  // Makes a cache for blocks and tables of `budget_bytes` at most.
  // `expected_entry_bytes`, of key and value together, sizes the tables.
  // `order` says which entry goes first; nullptr is an LruOrder of its own.
  // REQUIRES: `order` outlives the cache and serves no other one.
  // Cost: all tables, allocated here and never again.
  // On failure: std::invalid_argument when the budget does not hold the tables.
  explicit CacheShard(std::size_t budget_bytes,
                      std::size_t expected_entry_bytes = 128,
                      EvictionOrder* order = nullptr);
  ~CacheShard();
  CacheShard(const CacheShard&) = delete;
  CacheShard& operator=(const CacheShard&) = delete;

  // Returns the value of `key`, valid until the next Put or Erase, or none.
  // Counts a hit, of which the order is told, or a miss.
  // REQUIRES: `hash` is the same for equal keys, and well mixed.
  // Cost: O(1); no allocation.
  std::optional<std::string_view> Get(std::uint64_t hash, std::string_view key);

  // Stores a copy of both, and evicts first, so that FixedBytes() + bytes of
  // entries never exceed the budget, not even in between. Replaces an old
  // value. Tells the order OnHit for one of the same length, whose entry stays,
  // and counts no hit; else OnRemove of the old entry and OnInsert of the new.
  // Returns false where the entry and the tables are larger than the whole
  // budget; then `key` has no value any more, and every other entry stays.
  // REQUIRES: `hash` as for Get; `key` and `value` lie outside of the cache.
  // Cost: O(1) amortised; one allocation, none where it replaces a value of the
  // same length; a free for each evicted entry.
  // On failure: std::bad_alloc; then `key` has no value any more.
  bool Put(std::uint64_t hash, std::string_view key, std::string_view value);

  // Removes `key`. Returns false where it had no value.
  // Cost: O(1); one free.
  bool Erase(std::uint64_t hash, std::string_view key);

  // Returns FixedBytes() and the bytes of all entries, exactly what the
  // allocator was asked for.
  std::size_t UsedBytes() const;
  std::size_t FixedBytes() const { return fixed_bytes_; }
  CacheStatistics Statistics() const;

 private:  // [given]
  // Returns where the pointer to the entry of `key` stands; it is nullptr for
  // none.
  CacheEntry** FindLink(std::uint64_t hash, std::string_view key);
  // Returns whether an entry and the tables fit into the budget.
  bool CanFit(std::string_view key, std::string_view value) const;
  // Puts a new block into its bucket and counts it; throws std::bad_alloc. The
  // order is not told yet.
  CacheEntry& Make(std::uint64_t hash, std::string_view key,
                   std::string_view value);
  // Tells the order, takes the entry out of its bucket and frees it.
  void Remove(CacheEntry** link);

  const std::size_t budget_bytes_;
  LruOrder lru_;
  EvictionOrder& order_;
  std::vector<CacheEntry*> buckets_;
  std::size_t fixed_bytes_ = 0;
  std::size_t entry_bytes_ = 0;  // of all blocks
  CacheStatistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_CACHE_SHARD_H_
