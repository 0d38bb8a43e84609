// SPDX-License-Identifier: Apache-2.0

// What the benchmarks of the pools of blocks share: blocks of 64 bytes, the
// orders in which a batch goes back, and the allocators that all compare with.
#ifndef WORKBOOK_EXERCISES_01_02_BLOCKS_BENCH_H_
#define WORKBOOK_EXERCISES_01_02_BLOCKS_BENCH_H_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <new>
#include <numeric>
#include <random>
#include <vector>

#include "01_02/fixed_size_pool.h"
#include "exercises/01_02/peer_calls_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/verify.h"

namespace workbook {

inline constexpr std::size_t kBlockBytes = 64;
inline constexpr std::size_t kBatch = 1000;
inline constexpr std::size_t kOrders = 16;

enum class Order { kLifo, kFifo, kRandom };

using Indices = std::array<std::uint16_t, kBatch>;

// In which the blocks of a batch go back; the next one for each iteration.
inline std::array<Indices, kOrders> MakeOrders(Order order) {
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
inline void Use(void* block, std::uint64_t value) {
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

// The same through pointers, as the mallocs are called. glibc's free makes
// nothing of a size.
struct NewDeleteByPointer {
  void* Allocate() const { return allocate(kBlockBytes); }
  void Deallocate(void* block) const { deallocate(block); }
  void* (*allocate)(std::size_t) =
      ByPointer<void*(std::size_t)>(&::operator new);
  void (*deallocate)(void*) = ByPointer<void(void*)>(&::operator delete);
};

// `deallocate(block, size_bytes)` is the best free that the malloc has.
template <class SizedFree>
struct Malloc {
  void* Allocate() const { return allocate(kBlockBytes); }
  void Deallocate(void* block) const { deallocate(block, kBlockBytes); }
  void* (*allocate)(std::size_t);
  SizedFree deallocate;
};

// Calls `use(malloc)`.
template <class Use>
void WithMalloc(const MallocPeer& peer, Use use) {
  WithSizedFree(peer, [&](auto deallocate) {
    Malloc<decltype(deallocate)> malloc{peer.allocate, deallocate};
    use(malloc);
  });
}

// What the compiler would inline into the loop otherwise. Aligned, so that it
// does not depend on the link how many cache lines such a function has.
template <class Pool>
[[gnu::noinline]] [[gnu::aligned(64)]] void* AllocateFrom(Pool& pool) {
  return pool.Allocate();
}
template <class Pool>
[[gnu::noinline]] [[gnu::aligned(64)]] void DeallocateTo(Pool& pool,
                                                         void* block) {
  pool.Deallocate(block);
}

// A pool as the loop calls a malloc, which lies in another library.
template <class Pool>
struct Called {
  void* Allocate() { return allocate(pool); }
  void Deallocate(void* block) { deallocate(pool, block); }
  Pool pool;
  void* (*allocate)(Pool&) = ByPointer(&AllocateFrom<Pool>);
  void (*deallocate)(Pool&, void*) = ByPointer(&DeallocateTo<Pool>);
};

// Through the base, as users of memory_resource call it: one call by a table.
template <class Resource>
struct Pmr {
  Pmr() { Keep(base); }
  void* Allocate() { return base->allocate(kBlockBytes); }
  void Deallocate(void* block) { base->deallocate(block, kBlockBytes); }
  Resource resource;
  std::pmr::memory_resource* base = &resource;
};

// The addresses of free blocks beside the blocks: 8 bytes for each, which a
// list through the blocks does not need.
struct VectorOfFreeBlocks {
  void* Allocate() {
    if (free.empty()) [[unlikely]] {
      return Grow();
    }
    void* const block = free.back();
    free.pop_back();
    return block;
  }
  void Deallocate(void* block) { free.push_back(block); }
  void* Grow() {
    blocks.emplace_back(new Block);
    free.reserve(blocks.size());
    return blocks.back().get();
  }

  struct alignas(kBlockBytes) Block {
    std::array<std::byte, kBlockBytes> bytes;
  };
  std::vector<std::unique_ptr<Block>> blocks;
  std::vector<void*> free;
};

template <class Pool>
struct PoolOf64 : Pool {
  PoolOf64() : Pool(FixedSizePool::Options{.block_size_bytes = kBlockBytes}) {}
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_BLOCKS_BENCH_H_
