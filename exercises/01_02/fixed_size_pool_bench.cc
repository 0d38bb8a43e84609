// SPDX-License-Identifier: Apache-2.0

// Blocks of 64 bytes: one at a time, a thousand in three orders, and by several
// threads on one pool.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <new>
#include <numeric>
#include <random>
#include <thread>
#include <type_traits>
#include <vector>

#include "01_02/fixed_size_pool.h"
#include "01_02/shared_fixed_size_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_POOL
#include <boost/pool/object_pool.hpp>
#include <boost/pool/pool.hpp>
#endif
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kOrders = 16;

enum class Order { kLifo, kFifo, kRandom };

using Indices = std::array<std::uint16_t, kBatch>;

// In which the blocks of a batch go back; the next one for each iteration.
std::array<Indices, kOrders> MakeOrders(Order order) {
  std::array<Indices, kOrders> orders;
  std::minstd_rand random(1);
  for (Indices& indices : orders) {
    std::iota(indices.begin(), indices.end(), std::uint16_t{0});
    if (order == Order::kLifo) std::reverse(indices.begin(), indices.end());
    if (order == Order::kRandom) {
      std::shuffle(indices.begin(), indices.end(), random);
    }
  }
  return orders;
}

// Writes a word, as every use of a block does.
void Use(void* block, std::uint64_t value) {
  Keep(block);
  *static_cast<std::uint64_t*>(block) = value;
}

template <class Pool>
void Batch(benchmark::State& state, Pool& pool, Order order) {
  static const auto all_orders =
      std::array{MakeOrders(Order::kLifo), MakeOrders(Order::kFifo),
                 MakeOrders(Order::kRandom)};
  const auto& orders = all_orders[static_cast<std::size_t>(order)];
  std::array<void*, kBatch> blocks;
  for (void*& block : blocks) block = pool.Allocate();
  RequireDistinctBlocks(state, blocks, kBlockBytes, alignof(void*));
  for (void* block : blocks) pool.Deallocate(block);
  std::size_t round = 0;
  for (auto _ : state) {
    for (void*& block : blocks) {
      block = pool.Allocate();
      Use(block, round);
    }
    for (const std::uint16_t index : orders[round++ % kOrders]) {
      pool.Deallocate(blocks[index]);
    }
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

template <class Pool>
void Pair(benchmark::State& state, Pool& pool) {
  std::uint64_t round = 0;
  for (auto _ : state) {
    void* const block = pool.Allocate();
    Use(block, round++);
    pool.Deallocate(block);
  }
  state.SetItemsProcessed(state.iterations());
}

struct NewDelete {
  static void* Allocate() { return ::operator new(kBlockBytes); }
  static void Deallocate(void* block) { ::operator delete(block); }
};

struct Malloc {
  void* Allocate() const { return peer.allocate(kBlockBytes); }
  void Deallocate(void* block) const { peer.deallocate(block); }
  const MallocPeer& peer;
};

template <class Resource>
struct Pmr {
  void* Allocate() { return resource.allocate(kBlockBytes); }
  void Deallocate(void* block) { resource.deallocate(block, kBlockBytes); }
  Resource resource;
};

template <class Pool>
struct Subject : Pool {
  Subject() : Pool(FixedSizePool::Options{.block_size_bytes = kBlockBytes}) {}
};

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

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
// A stack of free blocks, all made beforehand.
struct BoostLockfreeStack {
  static constexpr std::size_t kCapacity = 16 * kBatch;
  BoostLockfreeStack() : memory(kCapacity) {
    for (Block& block : memory) free_blocks.bounded_push(&block);
  }
  void* Allocate() {
    void* block = nullptr;
    free_blocks.pop(block);
    return block;
  }
  void Deallocate(void* block) { free_blocks.bounded_push(block); }

  struct alignas(kBlockBytes) Block {
    std::array<std::byte, kBlockBytes> bytes;
  };
  std::vector<Block> memory;
  boost::lockfree::stack<void*> free_blocks{kCapacity};
};
#endif

// Registers `body(state, pool)` for everybody's pool of one thread.
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
      std::type_identity<Subject<FixedSizePool>>());
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

// Batches of `Count` blocks, LIFO, by every thread for itself on one pool.
template <std::size_t Count, class Pool>
void SharedBatch(benchmark::State& state, Pool& pool) {
  std::array<void*, Count> blocks;
  for (void*& block : blocks) block = pool.Allocate();
  RequireDistinctBlocks(state, blocks, kBlockBytes, alignof(void*));
  for (void* block : blocks) pool.Deallocate(block);
  std::uint64_t round = 0;
  for (auto _ : state) {
    for (void*& block : blocks) {
      block = pool.Allocate();
      Use(block, round++);
    }
    for (std::size_t i = Count; i > 0; --i) pool.Deallocate(blocks[i - 1]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{Count});
}

// Spins a little, then lets the other thread have the processor.
template <class Ready>
void Await(Ready ready) {
  for (int spins = 0; !ready(); ++spins) {
    if (spins > 100) std::this_thread::yield();
  }
}

// Thread 0 takes the blocks, thread 1 gives them back.
template <class Pool>
void Handoff(benchmark::State& state, Pool& pool) {
  alignas(64) static std::array<std::atomic<void*>, 256> ring;
  const bool takes = state.thread_index() == 0;
  std::size_t next = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      std::atomic<void*>& slot = ring[next++ % ring.size()];
      if (takes) {
        void* const block = pool.Allocate();
        Use(block, i);
        Await([&] { return slot.load(std::memory_order_acquire) == nullptr; });
        slot.store(block, std::memory_order_release);
      } else {
        Await([&] { return slot.load(std::memory_order_acquire) != nullptr; });
        void* const block = slot.load(std::memory_order_relaxed);
        slot.store(nullptr, std::memory_order_release);
        pool.Deallocate(block);
      }
    }
  }
  // One operation is a block that went from hand to hand.
  if (takes) state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

// Registers `body(state, pool)` for everybody's pool of many threads.
template <class Body, class Prepare>
void AddSharedCase(const char* name, Body body, Prepare prepare) {
  const auto add = [&]<class Pool>(Role role, const char* implementation,
                                   std::type_identity<Pool>) {
    prepare(AddSharedRow<Pool>(
        name, role, implementation, [] { return std::make_unique<Pool>(); },
        [body](benchmark::State& state, Pool& pool) { body(state, pool); }));
  };
  add(Role::kBaseline, "new/delete", std::type_identity<NewDelete>());
  add(Role::kSubject, "SharedFixedSizePool",
      std::type_identity<Subject<SharedFixedSizePool>>());
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  add(Role::kPeer, "boost::lockfree::stack",
      std::type_identity<BoostLockfreeStack>());
#else
  AddGap(name, "boost::lockfree::stack", "libboost1.81-dev");
#endif
  add(Role::kPeer, "std::pmr::synchronized_pool_resource",
      std::type_identity<Pmr<std::pmr::synchronized_pool_resource>>());
  AddMallocPeerRows(
      name,
      [body](benchmark::State& state, const MallocPeer& peer) {
        Malloc pool{peer};
        body(state, pool);
      },
      prepare);
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
  const auto by_threads = [](Row* row) { row->ThreadRange(); };
  AddSharedCase(
      "fixed_size_pool/shared_100",
      [](auto& state, auto& pool) { SharedBatch<100>(state, pool); },
      by_threads);
  AddSharedCase(
      "fixed_size_pool/shared_1000",
      [](auto& state, auto& pool) { SharedBatch<1000>(state, pool); },
      by_threads);
  AddSharedCase(
      "fixed_size_pool/handoff",
      [](auto& state, auto& pool) { Handoff(state, pool); },
      [](Row* row) { row->Threads(2); });
});

}  // namespace
}  // namespace workbook
