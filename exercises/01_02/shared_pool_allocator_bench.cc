// SPDX-License-Identifier: Apache-2.0

// SharedPoolAllocator: one item at a time, and many, on one thread and on all;
// called by pointer, as new and delete are, and inlined.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "01_02/shared_pool_allocator.h"
#include "exercises/01_02/peer_calls_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif
#ifdef WORKBOOK_HAS_ONETBB
#include <tbb/cache_aligned_allocator.h>
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
  Item* Get() const { return new (allocate(sizeof(Item))) Item; }
  void Put(Item* item) const { deallocate(item); }
  void* (*allocate)(std::size_t) =
      ByPointer<void*(std::size_t)>(&::operator new);
  void (*deallocate)(void*) = ByPointer<void(void*)>(&::operator delete);
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

// Does less than is asked for: no stealing, no Collect(), no count. With a key
// of its own, which is three times as fast as the hash table of ets_no_key.
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

  tbb::enumerable_thread_specific<
      std::vector<Item*>, tbb::cache_aligned_allocator<std::vector<Item*>>,
      tbb::ets_key_per_instance>
      all;
};
#endif

// The floor: as many items as a thread keeps to itself here, in memory whose
// address the compiler knows. For one pool in the process, and for one thread.
struct ThreadLocalArray {
  struct Idle {
    std::size_t count;
    std::array<Item*, kBatch> items;
  };
  static inline constinit thread_local Idle idle = {};

  ~ThreadLocalArray() {
    while (idle.count > 0) delete idle.items[--idle.count];
  }
  Item* Get() { return idle.count > 0 ? idle.items[--idle.count] : new Item; }
  void Put(Item* item) { idle.items[idle.count++] = item; }
};

// What the compiler would inline into the loop otherwise. Aligned, so that it
// does not depend on the link how many cache lines such a function has.
template <class Pool>
[[gnu::noinline]] [[gnu::aligned(64)]] Item* GetFrom(Pool& pool) {
  return pool.Get();
}
template <class Pool>
[[gnu::noinline]] [[gnu::aligned(64)]] void PutTo(Pool& pool, Item* item) {
  pool.Put(item);
}

template <class Pool>
struct Called {
  Item* Get() { return get(pool); }
  void Put(Item* item) { put(pool, item); }
  Pool pool;
  Item* (*get)(Pool&) = ByPointer(&GetFrom<Pool>);
  void (*put)(Pool&, Item*) = ByPointer(&PutTo<Pool>);
};

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
  std::uint64_t round = 0;
  for (auto _ : state) {
    ++round;
    for (Item*& item : items) {
      item = pool.Get();
      item->words[0] = round;
      Keep(item);
    }
    for (std::size_t i = kBatch; i > 0; --i) pool.Put(items[i - 1]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

constexpr char kPair[] = "shared_pool_allocator/pair";
constexpr char kBatchLifo[] = "shared_pool_allocator/batch_lifo";
constexpr char kPairInlined[] = "shared_pool_allocator/pair_inlined";
constexpr char kEts[] = "tbb::enumerable_thread_specific, ets_key_per_instance";

template <class Pool>
void AddPool(const char* name, Role role, const char* implementation,
             void (*body)(benchmark::State&, Pool&)) {
  Row* const row = AddSharedRow<Pool>(
      name, role, implementation, [] { return std::make_unique<Pool>(); },
      body);
  if (name != kPairInlined) row->ThreadRange();
}

template <class Pool>
void AddRows(Role role, const char* implementation) {
  AddPool<Pool>(kPair, role, implementation, Pair<Pool>);
  AddPool<Pool>(kBatchLifo, role, implementation, Batch<Pool>);
}

template <class Pool>
void AddInlined(Role role, const char* implementation) {
  AddPool<Pool>(kPairInlined, role, implementation, Pair<Pool>);
}

[[maybe_unused]] void AddGaps(const char* implementation, const char* package) {
  AddGap(kPair, implementation, package)->ThreadRange();
  AddGap(kBatchLifo, implementation, package)->ThreadRange();
}

const RegisterRows registration([] {
  AddRows<NewDelete>(Role::kBaseline, "new/delete");
  AddRows<Called<Reference>>(Role::kSubject, "SharedPoolAllocator");
  AddRows<Called<MutexAndVector>>(Role::kPeer, "mutex + vector");
  AddInlined<ThreadLocalArray>(Role::kBaseline, "thread_local array");
  AddInlined<Reference>(Role::kSubject, "SharedPoolAllocator");
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  AddRows<Called<LockfreeStack>>(Role::kPeer, "boost::lockfree::stack");
#else
  AddGaps("boost::lockfree::stack", "libboost1.81-dev");
#endif
#ifdef WORKBOOK_HAS_ONETBB
  AddRows<Called<BoundedQueue>>(Role::kPeer, "tbb::concurrent_bounded_queue");
  AddRows<Called<ThreadSpecificVector>>(Role::kPeer, kEts);
  AddInlined<ThreadSpecificVector>(Role::kPeer, kEts);
#else
  AddGaps("tbb::concurrent_bounded_queue", "libtbb-dev");
  AddGaps(kEts, "libtbb-dev");
  AddGap(kPairInlined, kEts, "libtbb-dev");
#endif
});

}  // namespace
}  // namespace workbook
