// SPDX-License-Identifier: Apache-2.0

// AdaptivePool in batches, in a load that swings, and shared by threads.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_POOL
#include <boost/pool/pool.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kBlocks = 100;
constexpr std::size_t kBlockBytes = 64;

AdaptivePoolOptions Options(bool thread_safe) {
  AdaptivePoolOptions options;
  options.block_bytes = kBlockBytes;
  options.thread_safe = thread_safe;
  return options;
}

// Takes kBlocks and gives them back, the last one first.
template <typename Allocate, typename Deallocate>
void BatchLifo(benchmark::State& state, Allocate allocate,
               Deallocate deallocate) {
  std::array<void*, kBlocks> blocks;
  for (void*& block : blocks) block = allocate();
  RequireDistinctBlocks(state, blocks, kBlockBytes);
  for (void* block : blocks) deallocate(block);
  for (auto _ : state) {
    for (void*& block : blocks) {
      block = allocate();
      Keep(block);
    }
    for (std::size_t i = kBlocks; i > 0; --i) deallocate(blocks[i - 1]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBlocks});
}

// 50 to 100 blocks at once, another number each time: a load with a swing.
template <typename Allocate, typename Deallocate>
void Sawtooth(benchmark::State& state, Allocate allocate,
              Deallocate deallocate) {
  std::array<void*, kBlocks> blocks;
  std::uint32_t random = 1;
  std::int64_t operations = 0;
  for (void*& block : blocks) block = allocate();
  RequireDistinctBlocks(state, blocks, kBlockBytes);
  for (void* block : blocks) deallocate(block);
  for (auto _ : state) {
    random = random * 1664525 + 1013904223;
    const std::size_t count = 50 + (random >> 16) % 51;
    for (std::size_t i = 0; i < count; ++i) {
      blocks[i] = allocate();
      Keep(blocks[i]);
    }
    for (std::size_t i = 0; i < count; ++i) deallocate(blocks[i]);
    operations += static_cast<std::int64_t>(count);
  }
  state.SetItemsProcessed(operations);
}

// One shape of load, for whatever allocates.
struct Load {
  template <typename Allocate, typename Deallocate>
  void operator()(benchmark::State& state, Allocate allocate,
                  Deallocate deallocate) const {
    if (swings) {
      Sawtooth(state, allocate, deallocate);
    } else {
      BatchLifo(state, allocate, deallocate);
    }
  }
  bool swings = false;
};

void NewDelete(benchmark::State& state, Load load) {
  load(
      state, [] { return ::operator new(kBlockBytes); },
      [](void* block) { ::operator delete(block); });
}

void Pool(benchmark::State& state, Load load, bool thread_safe) {
  AdaptivePool pool(Options(thread_safe));
  pool.Warm(kBlocks, kBlockBytes);
  load(
      state, [&pool] { return pool.Acquire(); },
      [&pool](void* block) { pool.Release(block); });
  const AdaptivePoolStatistics statistics = pool.Statistics();
  Require(state, statistics.lent_blocks == 0, "a block was not counted back");
  state.counters["hit_rate"] =
      static_cast<double>(statistics.hits) /
      static_cast<double>(statistics.hits + statistics.misses);
}

// All blocks in one call: one lock for a hundred.
void PoolInBatches(benchmark::State& state) {
  AdaptivePool pool(Options(true));
  pool.Warm(kBlocks, kBlockBytes);
  std::array<void*, kBlocks> blocks;
  pool.AcquireBatch(blocks);
  RequireDistinctBlocks(state, blocks, kBlockBytes);
  pool.ReleaseBatch(blocks);
  for (auto _ : state) {
    pool.AcquireBatch(blocks);
    Keep(blocks.data());
    benchmark::ClobberMemory();
    pool.ReleaseBatch(blocks);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBlocks});
}

template <typename Resource>
void PmrPool(benchmark::State& state, Load load) {
  Resource resource;
  load(
      state, [&resource] { return resource.allocate(kBlockBytes); },
      [&resource](void* block) { resource.deallocate(block, kBlockBytes); });
}

#ifdef WORKBOOK_HAS_BOOST_POOL
void BoostPool(benchmark::State& state, Load load) {
  boost::pool<> pool(kBlockBytes);
  load(
      state, [&pool] { return pool.malloc(); },
      [&pool](void* block) { pool.free(block); });
}
#endif

// Eight blocks at a time to and from a pool that all threads share.
template <typename Allocate, typename Deallocate>
void SharedBatches(benchmark::State& state, Allocate allocate,
                   Deallocate deallocate) {
  std::array<void*, 8> blocks;
  for (auto _ : state) {
    allocate(std::span(blocks));
    Keep(blocks.data());
    benchmark::ClobberMemory();
    deallocate(std::span(blocks));
  }
  state.SetItemsProcessed(state.iterations() * 8);
}

std::unique_ptr<AdaptivePool> MakeSharedPool() {
  auto pool = std::make_unique<AdaptivePool>(Options(true));
  pool->Warm(16 * 8, kBlockBytes);
  return pool;
}

void SharedPool(benchmark::State& state, AdaptivePool& pool) {
  SharedBatches(
      state, [&pool](std::span<void*> blocks) { pool.AcquireBatch(blocks); },
      [&pool](std::span<void*> blocks) { pool.ReleaseBatch(blocks); });
}

template <typename Allocate, typename Deallocate>
void SharedSingles(benchmark::State& state, Allocate allocate,
                   Deallocate deallocate) {
  SharedBatches(
      state,
      [&](std::span<void*> blocks) {
        for (void*& block : blocks) block = allocate();
      },
      [&](std::span<void*> blocks) {
        for (void* block : blocks) deallocate(block);
      });
}

void AddLoad(const char* case_name, Load load, bool thread_safe) {
  AddRow(case_name, Role::kBaseline, "new/delete",
         [load](benchmark::State& state) { NewDelete(state, load); });
  AddRow(case_name, Role::kSubject, "AdaptivePool",
         [load, thread_safe](benchmark::State& state) {
           Pool(state, load, thread_safe);
         });
  AddMallocPeerRows(case_name,
                    [load](benchmark::State& state, const MallocPeer& peer) {
                      load(
                          state, [&peer] { return peer.allocate(kBlockBytes); },
                          [&peer](void* block) { peer.deallocate(block); });
                    });
  if (thread_safe) {
    AddRow(case_name, Role::kPeer, "std::pmr::synchronized_pool_resource",
           [load](benchmark::State& state) {
             PmrPool<std::pmr::synchronized_pool_resource>(state, load);
           });
    return;
  }
  AddRow(case_name, Role::kPeer, "std::pmr::unsynchronized_pool_resource",
         [load](benchmark::State& state) {
           PmrPool<std::pmr::unsynchronized_pool_resource>(state, load);
         });
#ifdef WORKBOOK_HAS_BOOST_POOL
  AddRow(case_name, Role::kPeer, "boost::pool",
         [load](benchmark::State& state) { BoostPool(state, load); });
#else
  AddGap(case_name, "boost::pool", "libboost1.81-dev");
#endif
}

void AddBatchCalls() {
  constexpr char kCase[] = "adaptive_pool/batch_call";
  AddRow(kCase, Role::kBaseline, "new/delete",
         [](benchmark::State& state) { NewDelete(state, Load{}); });
  AddRow(kCase, Role::kSubject, "AdaptivePool", PoolInBatches);
  AddMallocPeerRows(kCase, [](benchmark::State& state, const MallocPeer& peer) {
    BatchLifo(
        state, [&peer] { return peer.allocate(kBlockBytes); },
        [&peer](void* block) { peer.deallocate(block); });
  });
}

void AddShared() {
  constexpr char kCase[] = "adaptive_pool/shared_batch_of_8";
  AddRow(kCase, Role::kBaseline, "new/delete", [](benchmark::State& state) {
    SharedSingles(
        state, [] { return ::operator new(kBlockBytes); },
        [](void* block) { ::operator delete(block); });
  })->ThreadRange();
  AddSharedRow<AdaptivePool>(kCase, Role::kSubject, "AdaptivePool",
                             MakeSharedPool, SharedPool)
      ->ThreadRange();
  AddMallocPeerRows(
      kCase,
      [](benchmark::State& state, const MallocPeer& peer) {
        SharedSingles(
            state, [&peer] { return peer.allocate(kBlockBytes); },
            [&peer](void* block) { peer.deallocate(block); });
      },
      [](Row* row) { row->ThreadRange(); });
}

const RegisterRows registration([] {
  AddLoad("adaptive_pool/batch_one_thread", Load{}, false);
  AddLoad("adaptive_pool/batch_lifo", Load{}, true);
  AddLoad("adaptive_pool/sawtooth", Load{.swings = true}, true);
  AddBatchCalls();
  AddShared();
});

}  // namespace
}  // namespace workbook
