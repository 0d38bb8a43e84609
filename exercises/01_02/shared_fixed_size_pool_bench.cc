// SPDX-License-Identifier: Apache-2.0

// Blocks of 64 bytes, by several threads on one pool. All are called as a
// malloc is, by pointer.
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <thread>
#include <type_traits>
#include <vector>

#include "01_02/shared_fixed_size_pool.h"
#include "exercises/01_02/blocks_bench.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif

namespace workbook {
namespace {

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
constexpr std::size_t kThreadBlocks = 256;

// A stack of free blocks, all made beforehand.
struct BoostLockfreeStack {
  static constexpr std::size_t kCapacity = 16 * (kBatch + kThreadBlocks);
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

// The same behind some blocks of each thread: the cheapest cache, for it is one
// for all pools of the process, and what it holds no other thread can get.
struct CachedLockfreeStack : BoostLockfreeStack {
  struct Cache {
    std::size_t count;
    std::array<void*, kThreadBlocks> blocks;
  };
  static inline constinit thread_local Cache cache = {};

  static void BeginThread() { cache.count = 0; }
  void* Allocate() {
    if (cache.count == 0) [[unlikely]] {
      return BoostLockfreeStack::Allocate();
    }
    return cache.blocks[--cache.count];
  }
  void Deallocate(void* block) {
    if (cache.count == kThreadBlocks) [[unlikely]] {
      return BoostLockfreeStack::Deallocate(block);
    }
    cache.blocks[cache.count++] = block;
  }
};

// A cache of an earlier row holds blocks of a stack that has died.
template <class Pool>
void BeginThread(Called<Pool>&) {
  if constexpr (requires { Pool::BeginThread(); }) Pool::BeginThread();
}
#endif
template <class Pool>
void BeginThread(Pool&) {}

// Batches of `Count` blocks, LIFO, by every thread for itself on one pool.
template <std::size_t Count, class Pool>
void SharedBatch(benchmark::State& state, Pool& pool) {
  std::array<void*, Count> blocks;
  BeginThread(pool);
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
  BeginThread(pool);
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

// Registers `body(state, pool)` for each pool of many threads.
template <class Body, class Prepare>
void AddSharedCase(const char* name, Body body, Prepare prepare) {
  const auto add = [&]<class Pool>(Role role, const char* implementation,
                                   std::type_identity<Pool>) {
    prepare(AddSharedRow<Pool>(
        name, role, implementation, [] { return std::make_unique<Pool>(); },
        [body](benchmark::State& state, Pool& pool) { body(state, pool); }));
  };
  add(Role::kBaseline, "new/delete", std::type_identity<NewDeleteByPointer>());
  add(Role::kSubject, "SharedFixedSizePool",
      std::type_identity<Called<PoolOf64<SharedFixedSizePool>>>());
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  add(Role::kPeer, "boost::lockfree::stack",
      std::type_identity<Called<BoostLockfreeStack>>());
  add(Role::kPeer, "boost::lockfree::stack, 256 blocks a thread",
      std::type_identity<Called<CachedLockfreeStack>>());
#else
  AddGap(name, "boost::lockfree::stack", "libboost1.81-dev");
  AddGap(name, "boost::lockfree::stack, 256 blocks a thread",
         "libboost1.81-dev");
#endif
  add(Role::kPeer, "std::pmr::synchronized_pool_resource",
      std::type_identity<Pmr<std::pmr::synchronized_pool_resource>>());
  AddMallocPeerRows(
      name,
      [body](benchmark::State& state, const MallocPeer& peer) {
        WithMalloc(peer, [&](auto& malloc) { body(state, malloc); });
      },
      prepare);
}

const RegisterRows registration([] {
  const auto by_threads = [](Row* row) { row->ThreadRange(); };
  AddSharedCase(
      "shared_fixed_size_pool/shared_100",
      [](auto& state, auto& pool) { SharedBatch<100>(state, pool); },
      by_threads);
  AddSharedCase(
      "shared_fixed_size_pool/shared_1000",
      [](auto& state, auto& pool) { SharedBatch<1000>(state, pool); },
      by_threads);
  AddSharedCase(
      "shared_fixed_size_pool/handoff",
      [](auto& state, auto& pool) { Handoff(state, pool); },
      [](Row* row) { row->Threads(2); });
});

}  // namespace
}  // namespace workbook
