// SPDX-License-Identifier: Apache-2.0

// The caches that the two cache benchmarks compare with.
#ifndef WORKBOOK_EXERCISES_04_04_CACHE_PEERS_BENCH_H_
#define WORKBOOK_EXERCISES_04_04_CACHE_PEERS_BENCH_H_

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#ifdef WORKBOOK_HAS_ROCKSDB
#include <rocksdb/cache.h>
#endif

namespace workbook {

// The naive way: a list, a map, a lock.
class ListLru {
 public:
  explicit ListLru(std::size_t budget_bytes) : budget_bytes_(budget_bytes) {}

  bool Get(std::string_view key, std::string& value) {
    const std::scoped_lock lock(mutex_);
    const auto found = places_.find(std::string(key));
    if (found == places_.end()) return false;
    entries_.splice(entries_.begin(), entries_, found->second);
    value = found->second->second;
    return true;
  }

  void Put(std::string_view key, std::string_view value) {
    const std::scoped_lock lock(mutex_);
    entries_.emplace_front(key, value);
    places_[entries_.front().first] = entries_.begin();
    used_bytes_ += Bytes(entries_.front());
    while (used_bytes_ > budget_bytes_) {
      used_bytes_ -= Bytes(entries_.back());
      places_.erase(entries_.back().first);
      entries_.pop_back();
    }
  }

 private:
  using Entry = std::pair<std::string, std::string>;
  // The list's node, the map's node and bucket, and text beyond the strings.
  static std::size_t Bytes(const Entry& entry) {
    const auto outside = [](const std::string& text) {
      return text.size() > 15 ? text.size() + 1 : 0;
    };
    return 16 + sizeof(Entry) + 8 + 32 + 24 + 2 * outside(entry.first) +
           outside(entry.second);
  }

  const std::size_t budget_bytes_;
  std::mutex mutex_;
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  std::size_t used_bytes_ = 0;
};

#ifdef WORKBOOK_HAS_ROCKSDB
// RocksDB's LRU cache as its default options have it: it counts its own
// bookkeeping, as ours does.
class RocksDbLru {
 public:
  explicit RocksDbLru(std::size_t budget_bytes, int shard_bits = 4)
      : cache_(rocksdb::NewLRUCache(budget_bytes, shard_bits)) {}

  bool Get(std::string_view key, std::string& value) {
    rocksdb::Cache::Handle* const handle =
        cache_->Lookup(rocksdb::Slice(key.data(), key.size()));
    if (handle == nullptr) return false;
    value.assign(*static_cast<std::string*>(cache_->Value(handle)));
    cache_->Release(handle);
    return true;
  }

  void Put(std::string_view key, std::string_view value) {
    auto text = std::make_unique<std::string>(value);
    const std::size_t charge = sizeof(std::string) + value.size() + 1;
    const rocksdb::Status status =
        cache_->Insert(rocksdb::Slice(key.data(), key.size()), text.get(),
                       charge, [](const rocksdb::Slice&, void* stored) {
                         delete static_cast<std::string*>(stored);
                       });
    if (status.ok()) text.release();
  }

 private:
  std::shared_ptr<rocksdb::Cache> cache_;
};
#endif

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_CACHE_PEERS_BENCH_H_
