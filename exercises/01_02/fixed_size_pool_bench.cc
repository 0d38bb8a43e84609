// SPDX-License-Identifier: Apache-2.0

// Blocks of 64 bytes: one at a time, and a thousand in three orders.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <memory_resource>
#include <type_traits>

#include "01_02/fixed_size_pool.h"
#include "exercises/01_02/blocks_bench.h"
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

// Registers `body(state, pool)` for each pool of one thread.
template <class Body>
void AddCase(const char* name, Body body) {
  const auto add = [&]<class Pool>(Role role, const char* implementation,
                                   std::type_identity<Pool>) {
    AddRow(name, role, implementation, [body](benchmark::State& state) {
      Pool pool;
      body(state, pool);
    });
  };
  add(Role::kBaseline, "new/delete", std::type_identity<NewDelete>());
  add(Role::kSubject, "FixedSizePool",
      std::type_identity<PoolOf64<FixedSizePool>>());
#ifdef WORKBOOK_HAS_BOOST_POOL
  add(Role::kPeer, "boost::pool", std::type_identity<BoostPool>());
  add(Role::kPeer, "boost::object_pool", std::type_identity<BoostObjectPool>());
#else
  AddGap(name, "boost::pool", "libboost1.81-dev");
  AddGap(name, "boost::object_pool", "libboost1.81-dev");
#endif
  add(Role::kPeer, "std::pmr::unsynchronized_pool_resource",
      std::type_identity<Pmr<std::pmr::unsynchronized_pool_resource>>());
  AddMallocPeerRows(name,
                    [body](benchmark::State& state, const MallocPeer& peer) {
                      Malloc pool{peer};
                      body(state, pool);
                    });
}

const RegisterRows registration([] {
  AddCase("fixed_size_pool/pair",
          [](auto& state, auto& pool) { Pair(state, pool); });
  AddCase("fixed_size_pool/batch_lifo",
          [](auto& state, auto& pool) { Batch(state, pool, Order::kLifo); });
  AddCase("fixed_size_pool/batch_fifo",
          [](auto& state, auto& pool) { Batch(state, pool, Order::kFifo); });
  AddCase("fixed_size_pool/batch_random",
          [](auto& state, auto& pool) { Batch(state, pool, Order::kRandom); });
});

}  // namespace
}  // namespace workbook
