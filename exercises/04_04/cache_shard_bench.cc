// SPDX-License-Identifier: Apache-2.0

// Hit ratios of policies on one trace; the column hit_ratio is what counts.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "04_04/cache_shard.h"
#include "04_04/s3_fifo.h"
#include "exercises/04_04/cache_peers_bench.h"
#include "exercises/04_04/testdata/access_log.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kLength = 400'000;
constexpr std::size_t kKeys = 50'000;
constexpr std::size_t kValueBytes = 100;
constexpr std::size_t kBudgetBytes = 1 << 20;

std::string_view KeyText(std::uint32_t number, char (&text)[16]) {
  for (std::size_t i = 0; i < 10; ++i, number /= 10) {
    text[i] = static_cast<char>('0' + number % 10);
  }
  return {text, 10};
}

// `hit(key)` asks for the key and stores it when it is missing. An item is one
// request.
void Replay(benchmark::State& state, const auto& make) {
  const std::vector<std::uint32_t> trace = ZipfWithScans(kLength, kKeys, 1);
  std::uint64_t hits = 0;
  // Counting takes 256 iterations: then the beginning of the trace.
  const std::size_t length = IsCountingPass() ? 10'000 : trace.size();
  for (auto _ : state) {
    auto hit = make(trace);
    hits = 0;
    for (std::size_t i = 0; i < length; ++i) hits += hit(trace[i], i);
    Keep(hits);
  }
  Require(state, hits > 0 && hits < length, "no such hit ratio");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(length));
  state.counters["hit_ratio"] =
      static_cast<double>(hits) / static_cast<double>(length);
}

template <typename Cache>
auto GetOrPut(std::shared_ptr<Cache> cache) {
  return [cache, value = std::string(kValueBytes, 'v'), out = std::string()](
             std::uint32_t number, std::size_t) mutable {
    char text[16];
    const std::string_view key = KeyText(number, text);
    if (cache->Get(key, out)) return true;
    cache->Put(key, value);
    return false;
  };
}

// One shard with the interface of the others.
class ShardCache {
 public:
  explicit ShardCache(bool is_s3_fifo)
      : shard_(kBudgetBytes, 128, is_s3_fifo ? &s3_fifo_ : nullptr) {}
  bool Get(std::string_view key, std::string& value) {
    const auto found = shard_.Get(std::hash<std::string_view>()(key), key);
    if (found) value.assign(*found);
    return found.has_value();
  }
  void Put(std::string_view key, std::string_view value) {
    shard_.Put(std::hash<std::string_view>()(key), key, value);
  }

 private:
  S3FifoOrder s3_fifo_;
  CacheShard shard_;
};

// Belady's optimum, which knows the future: it keeps, of what it has and what
// comes, those that are asked for again soonest. The same bytes an entry as
// CacheShard, and no tables.
class Belady {
 public:
  explicit Belady(const std::vector<std::uint32_t>& trace)
      : next_use_(trace.size()), use_of_key_(kKeys + trace.size(), kNever) {
    for (std::size_t i = trace.size(); i > 0; --i) {
      next_use_[i - 1] = use_of_key_[trace[i - 1]];
      use_of_key_[trace[i - 1]] = i - 1;
    }
  }
  bool operator()(std::uint32_t number, std::size_t place) {
    const bool is_hit = kept_.erase({place, number}) > 0;
    kept_.insert({next_use_[place], number});
    if (kept_.size() > kEntries) kept_.erase(std::prev(kept_.end()));
    return is_hit;
  }

 private:
  static constexpr std::size_t kNever = SIZE_MAX;
  inline static const std::size_t kEntries =
      kBudgetBytes / CacheShard::EntryBytes(std::string_view("0123456789"),
                                            std::string(kValueBytes, 'v'));
  std::vector<std::size_t> next_use_;
  std::vector<std::size_t> use_of_key_;
  std::set<std::pair<std::size_t, std::uint32_t>> kept_;
};

const RegisterRows registration([] {
  constexpr char kCase[] = "cache_shard/zipf_with_scans";
  AddRow(kCase, Role::kBaseline, "list and map, LRU", [](auto& state) {
    Replay(state, [](const auto&) {
      return GetOrPut(std::make_shared<ListLru>(kBudgetBytes));
    });
  });
  AddRow(kCase, Role::kSubject, "CacheShard, S3-FIFO", [](auto& state) {
    Replay(state, [](const auto&) {
      return GetOrPut(std::make_shared<ShardCache>(true));
    });
  });
  AddRow(kCase, Role::kPeer, "CacheShard, LRU", [](auto& state) {
    Replay(state, [](const auto&) {
      return GetOrPut(std::make_shared<ShardCache>(false));
    });
  });
#ifdef WORKBOOK_HAS_ROCKSDB
  AddRow(kCase, Role::kPeer, "rocksdb::NewLRUCache", [](auto& state) {
    Replay(state, [](const auto&) {
      return GetOrPut(std::make_shared<RocksDbLru>(kBudgetBytes, 0));
    });
  });
#else
  AddGap(kCase, "rocksdb::NewLRUCache", "librocksdb-dev");
#endif
  AddRow(kCase, Role::kPeer, "Belady's optimum", [](auto& state) {
    Replay(state, [](const auto& trace) { return Belady(trace); });
  });
});

}  // namespace
}  // namespace workbook
