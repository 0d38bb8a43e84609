// SPDX-License-Identifier: Apache-2.0

// Blocks of 64 bytes: one at a time, and a thousand in three orders; called as
// a malloc is, and inlined.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <memory_resource>

#include "01_02/fixed_size_pool.h"
#include "exercises/01_02/blocks_bench.h"
#include "exercises/01_02/fastest_malloc_bench.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"

#ifdef WORKBOOK_HAS_BOOST_POOL
#include <boost/pool/object_pool.hpp>
#include <boost/pool/pool.hpp>
#endif

namespace workbook {
namespace {

#ifdef WORKBOOK_HAS_BOOST_POOL
struct BoostPool {
  void* Allocate() { return pool.malloc(); }
  void Deallocate(void* block) { pool.free(block); }
  boost::pool<> pool{kBlockBytes};
};

// Keeps its list in the order of addresses: a free searches.
struct BoostObjectPool {
  using Block = std::array<std::byte, kBlockBytes>;
  void* Allocate() { return pool.malloc(); }
  void Deallocate(void* block) { pool.free(static_cast<Block*>(block)); }
  boost::object_pool<Block> pool;
};
#endif

template <class Pool>
void AddPool(const char* name, Role role, const char* implementation,
             auto body) {
  AddRow(name, role, implementation, [body](benchmark::State& state) {
    Pool pool;
    body(state, pool);
  });
}

void AddMallocs(const char* name, auto body) {
  AddMallocPeerRows(
      name, [body](benchmark::State& state, const MallocPeer& peer) {
        WithMalloc(peer, [&](auto& malloc) { body(state, malloc); });
      });
}

#ifndef WORKBOOK_HAS_BOOST_POOL
void AddBoostGaps(const char* name) {
  AddGap(name, "boost::pool", "libboost1.81-dev");
  AddGap(name, "boost::object_pool", "libboost1.81-dev");
}
#endif

// Registers `body(state, pool)` for each pool of one thread, called by pointer.
void AddCase(const char* name, auto body) {
  AddPool<NewDeleteByPointer>(name, Role::kBaseline, "new/delete", body);
  AddPool<Called<PoolOf64<FixedSizePool>>>(name, Role::kSubject,
                                           "FixedSizePool", body);
#ifdef WORKBOOK_HAS_BOOST_POOL
  AddPool<Called<BoostPool>>(name, Role::kPeer, "boost::pool", body);
  AddPool<Called<BoostObjectPool>>(name, Role::kPeer, "boost::object_pool",
                                   body);
#else
  AddBoostGaps(name);
#endif
  AddPool<Pmr<std::pmr::unsynchronized_pool_resource>>(
      name, Role::kPeer, "std::pmr::unsynchronized_pool_resource", body);
  AddMallocs(name, body);
}

// The same for those that can be inlined.
void AddInlinedCase(const char* name, auto body) {
  AddPool<VectorOfFreeBlocks>(name, Role::kBaseline, "vector of free blocks",
                              body);
  AddPool<PoolOf64<FixedSizePool>>(name, Role::kSubject, "FixedSizePool", body);
#ifdef WORKBOOK_HAS_BOOST_POOL
  AddPool<BoostPool>(name, Role::kPeer, "boost::pool", body);
  AddPool<BoostObjectPool>(name, Role::kPeer, "boost::object_pool", body);
#else
  AddBoostGaps(name);
#endif
}

// Against the malloc that is fastest here today: a target.
void AddFastestMalloc() {
  constexpr char kCase[] = "fixed_size_pool/fastest_malloc";
  const auto body = [](auto& state, auto& pool) {
    Batch(state, pool, Order::kLifo);
  };
  AddRow(kCase, Role::kBaseline, "fastest malloc", [body](auto& state) {
    static const MallocPeer fastest = FastestMalloc([](const auto& peer) {
      WithMalloc(peer, [](auto& malloc) {
        std::array<void*, kBatch> blocks;
        for (void*& block : blocks) Use(block = malloc.Allocate(), 1);
        for (void* const block : blocks) malloc.Deallocate(block);
      });
    });
    WithMalloc(fastest, [&](auto& malloc) { body(state, malloc); });
  });
  AddPool<Called<PoolOf64<FixedSizePool>>>(kCase, Role::kSubject,
                                           "FixedSizePool", body);
  AddMallocs(kCase, body);
}

const RegisterRows registration([] {
  const auto pair = [](auto& state, auto& pool) { Pair(state, pool); };
  const auto lifo = [](auto& state, auto& pool) {
    Batch(state, pool, Order::kLifo);
  };
  const auto random = [](auto& state, auto& pool) {
    Batch(state, pool, Order::kRandom);
  };
  AddCase("fixed_size_pool/pair", pair);
  AddCase("fixed_size_pool/batch_lifo", lifo);
  AddCase("fixed_size_pool/batch_fifo",
          [](auto& state, auto& pool) { Batch(state, pool, Order::kFifo); });
  AddCase("fixed_size_pool/batch_random", random);
  AddFastestMalloc();
  AddInlinedCase("fixed_size_pool/pair_inlined", pair);
  AddInlinedCase("fixed_size_pool/batch_lifo_inlined", lifo);
  AddInlinedCase("fixed_size_pool/batch_random_inlined", random);
});

}  // namespace
}  // namespace workbook
