// SPDX-License-Identifier: Apache-2.0

// What the list through every block waits for: the batches of FixedSizePool, by
// a list through one block of eight. All are inlined.
#include <benchmark/benchmark.h>

#include <type_traits>

#include "01_02/fixed_size_pool.h"
#include "01_02/unrolled_pool.h"
#include "exercises/01_02/blocks_bench.h"
#include "tools/bench/rows.h"

#ifdef WORKBOOK_HAS_BOOST_POOL
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
#endif

void AddCase(const char* name, Order order) {
  const auto add = [&]<class Pool>(Role role, const char* implementation,
                                   std::type_identity<Pool>) {
    AddRow(name, role, implementation, [order](benchmark::State& state) {
      Pool pool;
      Batch(state, pool, order);
    });
  };
  add(Role::kBaseline, "vector of free blocks",
      std::type_identity<VectorOfFreeBlocks>());
  add(Role::kSubject, "UnrolledPool",
      std::type_identity<PoolOf64<UnrolledPool>>());
  add(Role::kPeer, "FixedSizePool",
      std::type_identity<PoolOf64<FixedSizePool>>());
#ifdef WORKBOOK_HAS_BOOST_POOL
  add(Role::kPeer, "boost::pool", std::type_identity<BoostPool>());
#else
  AddGap(name, "boost::pool", "libboost1.81-dev");
#endif
}

const RegisterRows registration([] {
  AddCase("unrolled_pool/batch_lifo", Order::kLifo);
  AddCase("unrolled_pool/batch_random", Order::kRandom);
});

}  // namespace
}  // namespace workbook
