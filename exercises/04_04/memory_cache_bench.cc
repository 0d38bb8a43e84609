// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "04_04/memory_cache.h"
#include "exercises/04_04/cache_peers_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBudgetBytes = 8 << 20;
constexpr std::uint64_t kKeys = 60'000;  // about twice what fits
constexpr int kRequests = 512;           // an iteration

// Ask, and store what is missing; nine of ten requests go to a tenth of the
// keys. An item is one request.
template <typename Cache>
void GetOrPut(benchmark::State& state, Cache& cache) {
  std::uint64_t random = 1 + static_cast<std::uint64_t>(state.thread_index());
  const std::string value(200, 'v');
  std::string out;
  std::uint64_t wrong = 0;
  char key[8];
  const auto request = [&] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    const std::uint64_t bits = random >> 20;
    const std::uint64_t bound = bits % 10 == 0 ? kKeys : kKeys / 10;
    const std::uint64_t number = (bits >> 8) % bound;
    for (std::size_t i = 0; i < sizeof(key); ++i) {
      key[i] = static_cast<char>('a' + (number >> (2 * i) & 3));
    }
    const std::string_view text(key, sizeof(key));
    if (cache.Get(text, out)) {
      wrong += out.size() != value.size();
    } else {
      cache.Put(text, value);
    }
  };
  for (std::uint64_t i = 0; i < kKeys; ++i) request();
  for (auto _ : state) {
    for (int i = 0; i < kRequests; ++i) request();
    Keep(wrong);
  }
  Require(state, wrong == 0, "a value of another length");
  state.SetItemsProcessed(state.iterations() * kRequests);
}

const RegisterRows registration([] {
  constexpr char kCase[] = "memory_cache/get_or_put";
  AddSharedRow<ListLru>(
      kCase, Role::kBaseline, "list and map, one lock",
      [] { return std::make_unique<ListLru>(kBudgetBytes); }, GetOrPut<ListLru>)
      ->ThreadRange();
  AddSharedRow<MemoryCache>(
      kCase, Role::kSubject, "MemoryCache",
      [] {
        MemoryCacheOptions options;
        options.budget_bytes = kBudgetBytes;
        options.policy = EvictionPolicy::kS3Fifo;
        return std::make_unique<MemoryCache>(options);
      },
      GetOrPut<MemoryCache>)
      ->ThreadRange();
#ifdef WORKBOOK_HAS_ROCKSDB
  AddSharedRow<RocksDbLru>(
      kCase, Role::kPeer, "rocksdb::NewLRUCache",
      [] { return std::make_unique<RocksDbLru>(kBudgetBytes); },
      GetOrPut<RocksDbLru>)
      ->ThreadRange();
#else
  AddGap(kCase, "rocksdb::NewLRUCache", "librocksdb-dev")->ThreadRange();
#endif
});

}  // namespace
}  // namespace workbook
