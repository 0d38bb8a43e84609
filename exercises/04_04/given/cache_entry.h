// SPDX-License-Identifier: Apache-2.0

// What a cache is made of: entries, lists of them, and an order of eviction.
#ifndef WORKBOOK_EXERCISES_04_04_GIVEN_CACHE_ENTRY_H_
#define WORKBOOK_EXERCISES_04_04_GIVEN_CACHE_ENTRY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace workbook {

// One block of the heap: this head, then the bytes of the key, then those of
// the value.
struct CacheEntry {
  CacheEntry* next_in_bucket;
  CacheEntry* newer;
  CacheEntry* older;
  std::uint64_t hash;
  std::uint32_t key_bytes;
  std::uint32_t value_bytes;
  std::uint8_t uses;   // what an order counts; 0 in a new entry
  std::uint8_t queue;  // where an order has it; 0 in a new entry

  char* Text() { return reinterpret_cast<char*>(this + 1); }
  std::string_view Key() { return {Text(), key_bytes}; }
  std::string_view Value() { return {Text() + key_bytes, value_bytes}; }
  // Returns the size of the block.
  std::size_t Bytes() const {
    return sizeof(CacheEntry) + key_bytes + value_bytes;
  }
};
static_assert(sizeof(CacheEntry) == 48);

// Entries from the newest to the oldest, linked through the entries.
// Thread safety: one thread at a time for each object.
class EntryList {
 public:
  // Returns the entry that has been in the list for longest, or nullptr.
  CacheEntry* Oldest() const { return oldest_; }
  // Returns the bytes of all blocks in the list.
  std::size_t Bytes() const { return bytes_; }

  // Puts `entry` in front.
  // REQUIRES: it is in no list.
  void PushNewest(CacheEntry& entry) {
    entry.newer = nullptr;
    entry.older = newest_;
    (newest_ == nullptr ? oldest_ : newest_->newer) = &entry;
    newest_ = &entry;
    bytes_ += entry.Bytes();
  }

  // Takes `entry` out.
  // REQUIRES: it is in this list.
  void Unlink(CacheEntry& entry) {
    (entry.newer == nullptr ? newest_ : entry.newer->older) = entry.older;
    (entry.older == nullptr ? oldest_ : entry.older->newer) = entry.newer;
    bytes_ -= entry.Bytes();
  }

 private:
  CacheEntry* newest_ = nullptr;
  CacheEntry* oldest_ = nullptr;
  std::size_t bytes_ = 0;
};

// Says which entry leaves a cache first. It owns no entry.
// Thread safety: one thread at a time for each object.
class EvictionOrder {
 public:
  virtual ~EvictionOrder() = default;

  // Returns the bytes of tables that Start would allocate for `slots`.
  virtual std::size_t TableBytes(std::size_t /*slots*/) const { return 0; }
  // Prepares for a cache with about `slots` entries, a power of two, whose
  // blocks take at most `entry_budget_bytes`. The cache calls it first, once.
  virtual void Start(std::size_t /*slots*/,
                     std::size_t /*entry_budget_bytes*/) {}

  // Takes in an entry that has just been made. `was_known`: it replaces one of
  // the same key.
  virtual void OnInsert(CacheEntry& entry, bool was_known) = 0;
  // Notes that `entry` was asked for, or got a value of the same length.
  virtual void OnHit(CacheEntry& entry) = 0;
  // Lets go of an entry that is freed next: replaced, erased or evicted.
  virtual void OnRemove(CacheEntry& entry) = 0;
  // Returns the entry to evict; OnRemove of it comes next.
  // REQUIRES: there is one.
  virtual CacheEntry& Victim() = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_GIVEN_CACHE_ENTRY_H_
