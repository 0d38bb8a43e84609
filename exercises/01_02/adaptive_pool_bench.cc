// SPDX-License-Identifier: Apache-2.0

// AdaptivePool in batches, in a load that swings, and shared by threads. Every
// block that is taken is written.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <span>
#include <thread>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "exercises/01_02/peer_calls_bench.h"
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

void Use(void* block, std::uint64_t value) {
  Keep(block);
  *static_cast<std::uint64_t*>(block) = value;
}

// Takes kBlocks and gives them back, the last one first.
template <typename Allocate, typename Deallocate>
void BatchLifo(benchmark::State& state, Allocate allocate,
               Deallocate deallocate) {
  std::array<void*, kBlocks> blocks;
  for (void*& block : blocks) block = allocate();
  RequireDistinctBlocks(state, blocks, kBlockBytes);
  for (void* block : blocks) deallocate(block);
  std::uint64_t round = 0;
  for (auto _ : state) {
    ++round;
    for (void*& block : blocks) {
      block = allocate();
      Use(block, round);
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
      Use(blocks[i], random);
    }
    for (std::size_t i = 0; i < count; ++i) deallocate(blocks[i]);
    operations += static_cast<std::int64_t>(count);
  }
  state.SetItemsProcessed(operations);
}

// Eight at a time, by each thread for itself.
template <typename Allocate, typename Deallocate>
void Eights(benchmark::State& state, Allocate allocate, Deallocate deallocate) {
  std::array<void*, 8> blocks;
  std::uint64_t round = 0;
  for (auto _ : state) {
    ++round;
    for (void*& block : blocks) {
      block = allocate();
      Use(block, round);
    }
    for (void* block : blocks) deallocate(block);
  }
  state.SetItemsProcessed(state.iterations() * 8);
}

enum class Load { kBatchLifo, kSawtooth, kEights };

// One shape of load, for whatever allocates.
template <typename Allocate, typename Deallocate>
void Run(Load load, benchmark::State& state, Allocate allocate,
         Deallocate deallocate) {
  switch (load) {
    case Load::kBatchLifo:
      return BatchLifo(state, allocate, deallocate);
    case Load::kSawtooth:
      return Sawtooth(state, allocate, deallocate);
    case Load::kEights:
      return Eights(state, allocate, deallocate);
  }
}

// A malloc lies in another library; so the others are called by pointer too.
template <class Pool>
void RunByPointer(Load load, benchmark::State& state, Pool& pool,
                  void* (*allocate)(Pool&), void (*deallocate)(Pool&, void*)) {
  Run(
      load, state, [&pool, call = ByPointer(allocate)] { return call(pool); },
      [&pool, call = ByPointer(deallocate)](void* block) {
        call(pool, block);
      });
}

void NewDelete(benchmark::State& state, Load load) {
  using New = void*(std::size_t);
  using Delete = void(void*);
  Run(
      load, state,
      [call = ByPointer(static_cast<New*>(&::operator new))] {
        return call(kBlockBytes);
      },
      [call = ByPointer(static_cast<Delete*>(&::operator delete))](
          void* block) { call(block); });
}

void Malloc(benchmark::State& state, Load load, const MallocPeer& peer) {
  WithSizedFree(peer, [&](auto deallocate) {
    Run(
        load, state,
        [allocate = peer.allocate] { return allocate(kBlockBytes); },
        [deallocate](void* block) { deallocate(block, kBlockBytes); });
  });
}

[[gnu::noinline]] void* AcquireFrom(AdaptivePool& pool) {
  return pool.Acquire();
}
[[gnu::noinline]] void ReleaseTo(AdaptivePool& pool, void* block) {
  pool.Release(block);
}

void RunPool(benchmark::State& state, AdaptivePool& pool, Load load) {
  RunByPointer<AdaptivePool>(load, state, pool, AcquireFrom, ReleaseTo);
}

void PoolOfOneThread(benchmark::State& state, Load load, bool thread_safe) {
  AdaptivePool pool(Options(thread_safe));
  pool.Warm(kBlocks, kBlockBytes);
  RunPool(state, pool, load);
  const AdaptivePoolStatistics statistics = pool.Statistics();
  Require(state, statistics.lent_blocks == 0, "a block was not counted back");
  state.counters["hit_rate"] =
      static_cast<double>(statistics.hits) /
      static_cast<double>(statistics.hits + statistics.misses);
}

// memory_resource's functions are virtual: a call by pointer as it is.
template <typename Resource>
void PmrPool(benchmark::State& state, Load load) {
  Resource resource;
  Run(
      load, state, [&resource] { return resource.allocate(kBlockBytes); },
      [&resource](void* block) { resource.deallocate(block, kBlockBytes); });
}

#ifdef WORKBOOK_HAS_BOOST_POOL
void BoostPool(benchmark::State& state, Load load) {
  boost::pool<> pool(kBlockBytes);
  RunByPointer<boost::pool<>>(
      load, state, pool, [](boost::pool<>& from) { return from.malloc(); },
      [](boost::pool<>& to, void* block) { to.free(block); });
}
#endif

void AddLoad(const char* case_name, Load load, bool thread_safe) {
  AddRow(case_name, Role::kBaseline, "new/delete",
         [load](benchmark::State& state) { NewDelete(state, load); });
  AddRow(case_name, Role::kSubject, "AdaptivePool",
         [load, thread_safe](benchmark::State& state) {
           PoolOfOneThread(state, load, thread_safe);
         });
  AddMallocPeerRows(case_name,
                    [load](benchmark::State& state, const MallocPeer& peer) {
                      Malloc(state, load, peer);
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

// The least that works for batches: pointers, moved under a lock.
template <class Lock>
class LockedVector {
 public:
  explicit LockedVector(std::size_t count) : blocks_(count), free_(count) {
    for (std::size_t i = 0; i < count; ++i) free_[i] = &blocks_[i];
  }
  // REQUIRES: so many are free.
  [[gnu::noinline]] void AcquireBatch(std::span<void*> blocks) {
    const std::lock_guard lock(lock_);
    const auto taken = free_.end() - static_cast<std::ptrdiff_t>(blocks.size());
    std::copy(taken, free_.end(), blocks.begin());
    free_.erase(taken, free_.end());
  }
  [[gnu::noinline]] void ReleaseBatch(std::span<void* const> blocks) {
    const std::lock_guard lock(lock_);
    free_.insert(free_.end(), blocks.begin(), blocks.end());
  }

 private:
  struct alignas(kBlockBytes) Block {
    std::array<std::byte, kBlockBytes> bytes;
  };
  Lock lock_;
  std::vector<Block> blocks_;
  std::vector<void*> free_;
};

// One locked instruction in the place of a mutex's two.
class SpinLock {
 public:
  void lock() {
    while (held_.exchange(true, std::memory_order_acquire)) {
      while (held_.load(std::memory_order_relaxed)) std::this_thread::yield();
    }
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> held_{false};
};

// Count blocks in one call, each of them written, and given back in one.
template <std::size_t kCount, class Pool>
void Batches(benchmark::State& state, Pool& pool) {
  std::array<void*, kCount> blocks;
  pool.AcquireBatch(blocks);
  RequireDistinctBlocks(state, blocks, kBlockBytes);
  pool.ReleaseBatch(blocks);
  std::uint64_t round = 0;
  for (auto _ : state) {
    ++round;
    pool.AcquireBatch(blocks);
    for (void* const block : blocks) Use(block, round);
    pool.ReleaseBatch(blocks);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kCount});
}

constexpr std::size_t kSharedBlocks = 16 * kBlocks;

std::unique_ptr<AdaptivePool> MakeSharedPool() {
  auto pool = std::make_unique<AdaptivePool>(Options(true));
  pool->Warm(kSharedBlocks, kBlockBytes);
  return pool;
}

template <class Lock>
std::unique_ptr<LockedVector<Lock>> MakeLockedVector() {
  return std::make_unique<LockedVector<Lock>>(kSharedBlocks);
}

template <std::size_t kCount>
void AddBatches(const char* case_name, bool threads) {
  const auto add = [&]<class Pool>(Role role, const char* name,
                                   std::unique_ptr<Pool> (*make)()) {
    Row* const row =
        AddSharedRow<Pool>(case_name, role, name, make, Batches<kCount, Pool>);
    if (threads) row->ThreadRange();
  };
  add(Role::kBaseline, "mutex + vector", MakeLockedVector<std::mutex>);
  add(Role::kSubject, "AdaptivePool", MakeSharedPool);
  add(Role::kPeer, "spin lock + vector", MakeLockedVector<SpinLock>);
}

// Single calls by several threads: what AcquireBatch is there to avoid.
void AddSharedSingles() {
  constexpr char kCase[] = "adaptive_pool/shared_single";
  AddRow(kCase, Role::kBaseline, "new/delete", [](benchmark::State& state) {
    NewDelete(state, Load::kEights);
  })->ThreadRange();
  AddSharedRow<AdaptivePool>(kCase, Role::kSubject, "AdaptivePool",
                             MakeSharedPool,
                             [](benchmark::State& state, AdaptivePool& pool) {
                               RunPool(state, pool, Load::kEights);
                             })
      ->ThreadRange();
  AddMallocPeerRows(
      kCase,
      [](benchmark::State& state, const MallocPeer& peer) {
        Malloc(state, Load::kEights, peer);
      },
      [](Row* row) { row->ThreadRange(); });
}

const RegisterRows registration([] {
  AddLoad("adaptive_pool/batch_one_thread", Load::kBatchLifo, false);
  AddLoad("adaptive_pool/batch_lifo", Load::kBatchLifo, true);
  AddLoad("adaptive_pool/sawtooth", Load::kSawtooth, true);
  AddBatches<kBlocks>("adaptive_pool/batch_call", false);
  AddBatches<8>("adaptive_pool/shared_batch_of_8", true);
  AddSharedSingles();
});

}  // namespace
}  // namespace workbook
