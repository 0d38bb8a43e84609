// SPDX-License-Identifier: Apache-2.0

// SharedPoolAllocator: one item at a time, and many, on one thread and on all.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "01_02/shared_pool_allocator.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif
#ifdef WORKBOOK_HAS_ONETBB
#include <tbb/concurrent_queue.h>
#include <tbb/enumerable_thread_specific.h>
#endif

namespace workbook {
namespace {

// Not initialised: what making an item costs beyond its memory would only make
// new/delete look worse.
struct Item {
  // NOLINTNEXTLINE: see above.
  Item() {}
  std::array<std::uint64_t, 8> words;
};

constexpr std::size_t kBatch = 64;

// The kinds of pool: Get() gives an item, Put() takes it back.
struct NewDelete {
  Item* Get() { return new Item; }
  void Put(Item* item) { delete item; }
};

struct Reference {
  SharedPoolAllocator<Item> pool{[] { return std::make_unique<Item>(); }};

  Item* Get() { return pool.Get().release(); }
  void Put(Item* item) { pool.Put(std::unique_ptr<Item>(item)); }
};

struct MutexAndVector {
  ~MutexAndVector() {
    for (Item* const item : idle) delete item;
  }
  Item* Get() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return new Item;
    Item* const item = idle.back();
    idle.pop_back();
    return item;
  }
  void Put(Item* item) {
    const std::lock_guard lock(mutex);
    idle.push_back(item);
  }

  std::mutex mutex;
  std::vector<Item*> idle;
};

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
struct LockfreeStack {
  ~LockfreeStack() {
    Item* item = nullptr;
    while (idle.pop(item)) delete item;
  }
  Item* Get() {
    Item* item = nullptr;
    return idle.pop(item) ? item : new Item;
  }
  void Put(Item* item) { idle.push(item); }

  boost::lockfree::stack<Item*> idle{4096};
};
#endif

#ifdef WORKBOOK_HAS_ONETBB
struct BoundedQueue {
  ~BoundedQueue() {
    Item* item = nullptr;
    while (idle.try_pop(item)) delete item;
  }
  Item* Get() {
    Item* item = nullptr;
    return idle.try_pop(item) ? item : new Item;
  }
  void Put(Item* item) {
    if (!idle.try_push(item)) delete item;
  }

  tbb::concurrent_bounded_queue<Item*> idle;
};

// Does less than is asked for: no stealing, no Collect(), no count.
struct ThreadSpecificVector {
  ~ThreadSpecificVector() {
    for (const std::vector<Item*>& idle : all) {
      for (Item* const item : idle) delete item;
    }
  }
  Item* Get() {
    std::vector<Item*>& idle = all.local();
    if (idle.empty()) return new Item;
    Item* const item = idle.back();
    idle.pop_back();
    return item;
  }
  void Put(Item* item) { all.local().push_back(item); }

  tbb::enumerable_thread_specific<std::vector<Item*>> all;
};
#endif

template <class Pool>
void Pair(benchmark::State& state, Pool& pool) {
  std::uint64_t value = 0;
  std::uint64_t wrong = 0;
  for (auto _ : state) {
    Item* const item = pool.Get();
    item->words[0] = ++value;
    Keep(item);
    wrong += item->words[0] != value;
    pool.Put(item);
  }
  Require(state, wrong == 0, "an item was lent to two threads");
  state.SetItemsProcessed(state.iterations());
}

// Gets kBatch items, puts the last one first.
template <class Pool>
void Batch(benchmark::State& state, Pool& pool) {
  std::array<Item*, kBatch> items;
  std::array<void*, kBatch> blocks;
  for (std::size_t i = 0; i < kBatch; ++i) blocks[i] = items[i] = pool.Get();
  RequireDistinctBlocks(state, blocks, sizeof(Item));
  for (Item* const item : items) pool.Put(item);
  for (auto _ : state) {
    for (Item*& item : items) {
      item = pool.Get();
      Keep(item);
    }
    for (std::size_t i = kBatch; i > 0; --i) pool.Put(items[i - 1]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

template <class Pool>
void AddRows(Role role, const std::string& name) {
  const auto make = [] { return std::make_unique<Pool>(); };
  AddSharedRow<Pool>("shared_pool_allocator/pair", role, name, make, Pair<Pool>)
      ->ThreadRange();
  AddSharedRow<Pool>("shared_pool_allocator/batch_lifo", role, name, make,
                     Batch<Pool>)
      ->ThreadRange();
}

[[maybe_unused]] void AddGaps(const std::string& name,
                              const std::string& package) {
  AddGap("shared_pool_allocator/pair", name, package)->ThreadRange();
  AddGap("shared_pool_allocator/batch_lifo", name, package)->ThreadRange();
}

const RegisterRows registration([] {
  AddRows<NewDelete>(Role::kBaseline, "new/delete");
  AddRows<Reference>(Role::kSubject, "SharedPoolAllocator");
  AddRows<MutexAndVector>(Role::kPeer, "mutex + vector");
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  AddRows<LockfreeStack>(Role::kPeer, "boost::lockfree::stack");
#else
  AddGaps("boost::lockfree::stack", "libboost1.81-dev");
#endif
#ifdef WORKBOOK_HAS_ONETBB
  AddRows<BoundedQueue>(Role::kPeer, "tbb::concurrent_bounded_queue");
  AddRows<ThreadSpecificVector>(Role::kPeer, "tbb::enumerable_thread_specific");
#else
  AddGaps("tbb::concurrent_bounded_queue", "libtbb-dev");
  AddGaps("tbb::enumerable_thread_specific", "libtbb-dev");
#endif
});

}  // namespace
}  // namespace workbook
