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

void LruOrder::OnInsert(CacheEntry& entry, bool /*was_known*/) {
  list_.PushNewest(entry);
}

void LruOrder::OnHit(CacheEntry& entry) {
  list_.Unlink(entry);
  list_.PushNewest(entry);
}

void LruOrder::OnRemove(CacheEntry& entry) { list_.Unlink(entry); }

CacheEntry& LruOrder::Victim() { return *list_.Oldest(); }

// [given]
std::size_t CacheShard::EntryBytes(std::string_view key,
                                   std::string_view value) {
  return sizeof(CacheEntry) + key.size() + value.size();
}

// [given]
CacheShard::CacheShard(std::size_t budget_bytes,
                       std::size_t expected_entry_bytes, EvictionOrder* order)
    : budget_bytes_(budget_bytes), order_(order == nullptr ? lru_ : *order) {
  const std::size_t entries =
      budget_bytes /
      (sizeof(CacheEntry) + std::max<std::size_t>(expected_entry_bytes, 1));
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(entries, 8));
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the table holds pointers
  fixed_bytes_ = slots * sizeof(CacheEntry*) + order_.TableBytes(slots);
  if (fixed_bytes_ + sizeof(CacheEntry) > budget_bytes) {
    throw std::invalid_argument("CacheShard: a budget of " +
                                std::to_string(budget_bytes) +
                                " bytes does not hold the tables of " +
                                std::to_string(fixed_bytes_) + " bytes");
  }
  buckets_.resize(slots);
  order_.Start(slots, budget_bytes - fixed_bytes_);
}

// [given]
CacheShard::~CacheShard() {
  for (CacheEntry* entry : buckets_) {
    while (entry != nullptr) {
      std::free(std::exchange(entry, entry->next_in_bucket));
    }
  }
}

// [given]
std::size_t CacheShard::UsedBytes() const {
  return fixed_bytes_ + entry_bytes_;
}

// [given]
CacheStatistics CacheShard::Statistics() const {
  CacheStatistics statistics = statistics_;
  statistics.used_bytes = UsedBytes();
  return statistics;
}

std::optional<std::string_view> CacheShard::Get(std::uint64_t hash,
                                                std::string_view key) {
  CacheEntry* const entry = *FindLink(hash, key);
  if (entry == nullptr) {
    ++statistics_.misses;
    return std::nullopt;
  }
  ++statistics_.hits;
  order_.OnHit(*entry);
  return entry->Value();
}

bool CacheShard::Put(std::uint64_t hash, std::string_view key,
                     std::string_view value) {
  CacheEntry** const link = FindLink(hash, key);
  const bool was_known = *link != nullptr;
  if (was_known && (*link)->value_bytes == value.size()) {
    std::copy(value.begin(), value.end(), (*link)->Text() + key.size());
    order_.OnHit(**link);
    ++statistics_.inserts;
    return true;
  }
  if (was_known) Remove(link);
  if (!CanFit(key, value)) {
    ++statistics_.refused;
    return false;
  }
  while (UsedBytes() + EntryBytes(key, value) > budget_bytes_) {
    CacheEntry& victim = order_.Victim();
    Remove(FindLink(victim.hash, victim.Key()));
    ++statistics_.evictions;
  }
  order_.OnInsert(Make(hash, key, value), was_known);
  ++statistics_.inserts;
  return true;
}

bool CacheShard::Erase(std::uint64_t hash, std::string_view key) {
  CacheEntry** const link = FindLink(hash, key);
  if (*link == nullptr) return false;
  Remove(link);
  return true;
}

// [given]
CacheEntry** CacheShard::FindLink(std::uint64_t hash, std::string_view key) {
  CacheEntry** link = &buckets_[hash & (buckets_.size() - 1)];
  while (*link != nullptr && ((*link)->hash != hash || (*link)->Key() != key)) {
    link = &(*link)->next_in_bucket;
  }
  return link;
}

// [given]
bool CacheShard::CanFit(std::string_view key, std::string_view value) const {
  const std::size_t room =
      std::min<std::size_t>(budget_bytes_ - fixed_bytes_, UINT32_MAX);
  return key.size() <= room && value.size() <= room &&
         EntryBytes(key, value) <= room;
}

// [given]
CacheEntry& CacheShard::Make(std::uint64_t hash, std::string_view key,
                             std::string_view value) {
  void* const block = std::malloc(EntryBytes(key, value));
  if (block == nullptr) throw std::bad_alloc();
  CacheEntry*& bucket = buckets_[hash & (buckets_.size() - 1)];
  auto* const entry =
      new (block) CacheEntry{bucket,
                             nullptr,
                             nullptr,
                             hash,
                             static_cast<std::uint32_t>(key.size()),
                             static_cast<std::uint32_t>(value.size()),
                             0,
                             0};
  std::copy(key.begin(), key.end(), entry->Text());
  std::copy(value.begin(), value.end(), entry->Text() + key.size());
  bucket = entry;
  entry_bytes_ += entry->Bytes();
  ++statistics_.entries;
  return *entry;
}

// [given]
void CacheShard::Remove(CacheEntry** link) {
  CacheEntry* const entry = *link;
  order_.OnRemove(*entry);
  *link = entry->next_in_bucket;
  entry_bytes_ -= entry->Bytes();
  --statistics_.entries;
  std::free(entry);
}

}  // namespace workbook
