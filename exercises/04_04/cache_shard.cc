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

#include "tools/exercise/todo.h"

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

double CacheStatistics::HitRatio() const {
  const std::uint64_t all = hits + misses;
  return all == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(all);
}

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

std::size_t CacheShard::EntryBytes(std::string_view key,
                                   std::string_view value) {
  return sizeof(Entry) + key.size() + value.size();
}

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

CacheShard::~CacheShard() {
  for (const List& list : lists_) {
    for (Entry* entry = list.newest; entry != nullptr;) {
      std::free(std::exchange(entry, entry->older));
    }
  }
}

std::size_t CacheShard::UsedBytes() const {
  return fixed_bytes_ + lists_[kSmall].bytes + lists_[kMain].bytes;
}

CacheStatistics CacheShard::Statistics() const {
  CacheStatistics statistics = statistics_;
  statistics.used_bytes = UsedBytes();
  return statistics;
}

std::optional<std::string_view> CacheShard::Get(std::uint64_t hash,
                                                std::string_view key) {
  Todo("04_04 task 4: CacheShard::Get");
}

bool CacheShard::Put(std::uint64_t hash, std::string_view key,
                     std::string_view value) {
  Todo("04_04 task 4: CacheShard::Put");
}

bool CacheShard::Erase(std::uint64_t hash, std::string_view key) {
  Todo("04_04 task 4: CacheShard::Erase");
}

}  // namespace workbook
