// SPDX-License-Identifier: Apache-2.0

#include "04_04/cache_shard.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

namespace workbook {

// Key and value follow the entry in the same block.
struct CacheShard::Entry {
  Entry* next_in_bucket;
  Entry* newer;
  Entry* older;
  std::uint64_t hash;
  std::uint32_t key_bytes;
  std::uint32_t value_bytes;
  std::uint8_t uses;  // since it joined its queue, at most kMaxUses
  Queue queue;

  char* Text() { return reinterpret_cast<char*>(this + 1); }
  std::string_view Key() { return {Text(), key_bytes}; }
  std::string_view Value() { return {Text() + key_bytes, value_bytes}; }
  std::size_t Bytes() { return EntryBytes(Key(), Value()); }
};

namespace {

// The paper's: two bits of frequency, a tenth of the bytes for the small queue.
constexpr std::uint8_t kMaxUses = 3;
constexpr std::size_t kSmallDivisor = 10;

}  // namespace

// [given]
double CacheStatistics::HitRatio() const {
  const std::uint64_t all = hits + misses;
  return all == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(all);
}

// [given]
CacheStatistics& CacheStatistics::operator+=(const CacheStatistics& other) {
  hits += other.hits;
  misses += other.misses;
  inserts += other.inserts;
  evictions += other.evictions;
  refused += other.refused;
  entries += other.entries;
  used_bytes += other.used_bytes;
  return *this;
}

// [given]
std::size_t CacheShard::EntryBytes(std::string_view key,
                                   std::string_view value) {
  return sizeof(Entry) + key.size() + value.size();
}

// [given]
CacheShard::CacheShard(std::size_t budget_bytes, EvictionPolicy policy,
                       std::size_t expected_entry_bytes)
    : budget_bytes_(budget_bytes), policy_(policy) {
  const std::size_t entries =
      budget_bytes /
      (sizeof(Entry) + std::max<std::size_t>(expected_entry_bytes, 1));
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(entries, 8));
  const std::size_t ghosts = policy == EvictionPolicy::kS3Fifo ? slots : 0;
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the table holds pointers
  fixed_bytes_ = slots * sizeof(Entry*) + ghosts * sizeof(Ghost);
  if (fixed_bytes_ + sizeof(Entry) > budget_bytes) {
    throw std::invalid_argument("CacheShard: a budget of " +
                                std::to_string(budget_bytes) +
                                " bytes does not hold the tables of " +
                                std::to_string(fixed_bytes_) + " bytes");
  }
  buckets_.resize(slots);
  ghosts_.resize(ghosts);
}

// [given]
CacheShard::~CacheShard() {
  for (const List& list : lists_) {
    for (Entry* entry = list.newest; entry != nullptr;) {
      std::free(std::exchange(entry, entry->older));
    }
  }
}

// [given]
std::size_t CacheShard::UsedBytes() const {
  return fixed_bytes_ + lists_[kSmall].bytes + lists_[kMain].bytes;
}

// [given]
CacheStatistics CacheShard::Statistics() const {
  CacheStatistics statistics = statistics_;
  statistics.used_bytes = UsedBytes();
  return statistics;
}

std::optional<std::string_view> CacheShard::Get(std::uint64_t hash,
                                                std::string_view key) {
  Entry* const entry = *FindLink(hash, key);
  if (entry == nullptr) {
    ++statistics_.misses;
    return std::nullopt;
  }
  ++statistics_.hits;
  if (policy_ == EvictionPolicy::kLru) {
    Unlink(entry);
    PushNewest(kMain, entry);
  } else if (entry->uses < kMaxUses) {
    ++entry->uses;
  }
  return entry->Value();
}

bool CacheShard::Put(std::uint64_t hash, std::string_view key,
                     std::string_view value) {
  Entry** const link = FindLink(hash, key);
  if (*link != nullptr && (*link)->value_bytes == value.size()) {
    std::memcpy((*link)->Text() + key.size(), value.data(), value.size());
    ++statistics_.inserts;
    return true;
  }
  const bool was_known = *link != nullptr;
  if (was_known) Remove(link);
  const std::size_t room =
      std::min<std::size_t>(budget_bytes_ - fixed_bytes_, UINT32_MAX);
  if (key.size() > room || value.size() > room ||
      EntryBytes(key, value) > room) {
    ++statistics_.refused;
    return false;
  }
  const std::size_t bytes = EntryBytes(key, value);
  while (UsedBytes() + bytes > budget_bytes_) EvictOne();
  void* const block = std::malloc(bytes);
  if (block == nullptr) throw std::bad_alloc();
  Entry*& bucket = buckets_[hash & (buckets_.size() - 1)];
  Entry* const entry =
      new (block) Entry{bucket,
                        nullptr,
                        nullptr,
                        hash,
                        static_cast<std::uint32_t>(key.size()),
                        static_cast<std::uint32_t>(value.size()),
                        0,
                        kMain};
  std::copy(key.begin(), key.end(), entry->Text());
  std::copy(value.begin(), value.end(), entry->Text() + key.size());
  bucket = entry;
  const bool to_main =
      policy_ == EvictionPolicy::kLru || was_known || WasGhost(hash);
  PushNewest(to_main ? kMain : kSmall, entry);
  ++statistics_.inserts;
  ++statistics_.entries;
  return true;
}

bool CacheShard::Erase(std::uint64_t hash, std::string_view key) {
  Entry** const link = FindLink(hash, key);
  if (*link == nullptr) return false;
  Remove(link);
  return true;
}

CacheShard::Entry** CacheShard::FindLink(std::uint64_t hash,
                                         std::string_view key) {
  Entry** link = &buckets_[hash & (buckets_.size() - 1)];
  while (*link != nullptr && ((*link)->hash != hash || (*link)->Key() != key)) {
    link = &(*link)->next_in_bucket;
  }
  return link;
}

void CacheShard::PushNewest(Queue queue, Entry* entry) {
  List& list = lists_[queue];
  entry->queue = queue;
  entry->newer = nullptr;
  entry->older = list.newest;
  (list.newest == nullptr ? list.oldest : list.newest->newer) = entry;
  list.newest = entry;
  list.bytes += entry->Bytes();
}

void CacheShard::Unlink(Entry* entry) {
  List& list = lists_[entry->queue];
  (entry->newer == nullptr ? list.newest : entry->newer->older) = entry->older;
  (entry->older == nullptr ? list.oldest : entry->older->newer) = entry->newer;
  list.bytes -= entry->Bytes();
}

void CacheShard::Remove(Entry** link) {
  Entry* const entry = *link;
  *link = entry->next_in_bucket;
  Unlink(entry);
  --statistics_.entries;
  std::free(entry);
}

void CacheShard::EvictOne() {
  if (policy_ == EvictionPolicy::kLru) {
    Evict(lists_[kMain].oldest);
    return;
  }
  // What the paper calls |S| >= 0.1 of the cache: of the bytes of entries here.
  const std::size_t small_bytes =
      (budget_bytes_ - fixed_bytes_) / kSmallDivisor;
  const bool small_is_full = lists_[kSmall].bytes >= small_bytes;
  if ((small_is_full || lists_[kMain].oldest == nullptr) && EvictFromSmall()) {
    return;
  }
  EvictFromMain();
}

// Moves what was used again to the main queue until one entry is gone; false
// when none is left to go.
bool CacheShard::EvictFromSmall() {
  while (Entry* const entry = lists_[kSmall].oldest) {
    if (entry->uses == 0) {
      Remember(entry->hash);
      Evict(entry);
      return true;
    }
    Unlink(entry);
    entry->uses = 0;
    PushNewest(kMain, entry);
  }
  return false;
}

void CacheShard::EvictFromMain() {
  while (lists_[kMain].oldest->uses > 0) {
    Entry* const entry = lists_[kMain].oldest;
    --entry->uses;
    Unlink(entry);
    PushNewest(kMain, entry);
  }
  Evict(lists_[kMain].oldest);
}

void CacheShard::Evict(Entry* entry) {
  ++statistics_.evictions;
  Remove(FindLink(entry->hash, entry->Key()));
}

// One entry a slot, and the younger one stays: a fixed table of eight bytes a
// slot in place of a queue of keys, as the paper's section 4.3 suggests.
void CacheShard::Remember(std::uint64_t hash) {
  ghosts_[hash & (ghosts_.size() - 1)] = {
      static_cast<std::uint32_t>(hash >> 32), ++ghost_clock_};
}

// Known if fewer names have come since than the main queue has entries.
bool CacheShard::WasGhost(std::uint64_t hash) {
  if (ghosts_.empty()) return false;
  Ghost& ghost = ghosts_[hash & (ghosts_.size() - 1)];
  if (ghost.left_at == 0 || ghost.fingerprint != hash >> 32) return false;
  const std::uint32_t age = ghost_clock_ - ghost.left_at;
  ghost.left_at = 0;
  return age <= statistics_.entries;
}

}  // namespace workbook
