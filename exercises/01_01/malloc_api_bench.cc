// SPDX-License-Identifier: Apache-2.0

// The allocator against every malloc at hand: one block at a time and in
// batches, 8 bytes to 1 MiB, one thread and several, blocks that change
// threads.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <new>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "01_01/malloc_api.h"
#include "exercises/01_01/preloaded_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBatch = 1000;

// Inlined into the loop: the least that a program pays that is compiled with
// the allocator.
struct Inlined {
  void* Allocate(std::size_t bytes) { return Malloc(bytes); }
  void Free(void* block, std::size_t) { workbook::Free(block); }
};
struct Peer {
  const MallocPeer* peer;
  void* Allocate(std::size_t bytes) { return peer->allocate(bytes); }
  void Free(void* block, std::size_t) { peer->deallocate(block); }
};
// The C++ library's, through pointers that the compiler does not see, as the
// mallocs are called.
const MallocPeer& NewDelete() {
  static MallocPeer peer;
  peer.allocate = [](std::size_t bytes) { return ::operator new(bytes); };
  peer.deallocate = [](void* block) { ::operator delete(block); };
  Keep(peer);
  return peer;
}
struct Pool {
  std::pmr::memory_resource* pool;
  void* Allocate(std::size_t bytes) { return pool->allocate(bytes); }
  void Free(void* block, std::size_t bytes) { pool->deallocate(block, bytes); }
};

void Use(void* block, std::uint64_t value) {
  Keep(block);
  *static_cast<std::uint64_t*>(block) = value;
}

template <class Subject>
void Pair(benchmark::State& state, Subject subject, std::size_t bytes) {
  std::uint64_t round = 0;
  for (auto _ : state) {
    void* const block = subject.Allocate(bytes);
    Use(block, ++round);
    subject.Free(block, bytes);
  }
  state.SetItemsProcessed(state.iterations());
}

// A thousand blocks, freed in the order of `indices`.
template <class Subject>
void Batch(benchmark::State& state, Subject subject, bool shuffled,
           std::size_t least_bytes, std::size_t most_doublings) {
  static std::array<std::uint16_t, kBatch> indices;
  static std::array<std::size_t, kBatch> sizes;
  std::minstd_rand random(1);
  std::iota(indices.begin(), indices.end(), std::uint16_t{0});
  std::reverse(indices.begin(), indices.end());
  if (shuffled) std::shuffle(indices.begin(), indices.end(), random);
  for (std::size_t& size : sizes) {
    size = least_bytes << random() % most_doublings;
    if (most_doublings > 1) size += random() % size;
  }
  std::array<void*, kBatch> blocks;
  for (std::size_t i = 0; i < kBatch; ++i) {
    blocks[i] = subject.Allocate(sizes[i]);
  }
  RequireDistinctBlocks(state, blocks, least_bytes, 8);
  for (std::size_t i = 0; i < kBatch; ++i) subject.Free(blocks[i], sizes[i]);
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      blocks[i] = subject.Allocate(sizes[i]);
      Use(blocks[i], i);
    }
    for (const std::uint16_t i : indices) subject.Free(blocks[i], sizes[i]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

// What is not written yet says so here: an exception that leaves a thread of
// the row's own would end the whole benchmark.
template <class Subject>
void TryOnce(Subject& subject) {
  subject.Free(subject.Allocate(64), 64);
}

// Each iteration: one thread fills, the other empties. Blocks change threads.
template <class Subject>
void Handoff(benchmark::State& state, Subject subject) {
  TryOnce(subject);
  std::vector<void*> blocks(20'000);
  for (auto _ : state) {
    std::thread([&] {
      for (void*& block : blocks) {
        block = subject.Allocate(64);
        Use(block, 1);
      }
    }).join();
    std::thread([&] {
      for (void* block : blocks) subject.Free(block, 64);
    }).join();
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(blocks.size()));
}

// Larson and Krishnan: each thread replaces random blocks of random sizes, and
// leaves its blocks to the thread that follows it.
template <class Subject>
void Larson(benchmark::State& state, Subject subject) {
  constexpr std::size_t kThreads = 2;
  constexpr std::size_t kBlocks = 1000;
  constexpr std::size_t kReplacements = 20'000;
  TryOnce(subject);
  std::array<std::vector<void*>, kThreads> blocks;
  for (auto& own : blocks) {
    for (std::size_t i = 0; i < kBlocks; ++i) {
      own.push_back(subject.Allocate(10 + i % 490));
    }
  }
  unsigned seed = 0;
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (auto& own : blocks) {
      threads.emplace_back([&own, subject, mine = ++seed]() mutable {
        std::minstd_rand random(mine);
        for (std::size_t i = 0; i < kReplacements; ++i) {
          void*& block = own[random() % kBlocks];
          subject.Free(block, 0);
          block = subject.Allocate(10 + random() % 490);
          Use(block, i);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::swap(blocks[0], blocks[1]);
  }
  for (auto& own : blocks) {
    for (void* block : own) subject.Free(block, 0);
  }
  state.SetItemsProcessed(state.iterations() *
                          std::int64_t{kThreads * kReplacements});
}

template <class Function>
void AddRows(
    const std::string& name, Function function, bool pool,
    const std::function<void(Row*)>& prepare = [](Row*) {}) {
  prepare(AddRow(name, Role::kBaseline, "new/delete", [=](benchmark::State& s) {
    function(s, Peer{&NewDelete()});
  }));
  prepare(
      AddRow(name, Role::kSubject, "CachingAllocator",
             [=](benchmark::State& s) { function(s, Peer{&Preloaded()}); }));
  if (pool) {
    prepare(AddRow(name, Role::kPeer, "std::pmr::unsynchronized_pool_resource",
                   [=](benchmark::State& s) {
                     std::pmr::unsynchronized_pool_resource pools;
                     function(s, Pool{&pools});
                   }));
  }
  AddMallocPeerRows(
      name,
      [=](benchmark::State& s, const MallocPeer& peer) {
        function(s, Peer{&peer});
      },
      prepare);
}

// The fastest of the four on this path today, by the least of short turns.
MallocPeer FastestOfFour() {
  const MallocPeer* fastest = nullptr;
  double least_ns = 1e300;
  for (int turn = 0; turn < 5; ++turn) {
    for (const MallocPeer* peer : FourMallocs()) {
      const auto start = std::chrono::steady_clock::now();
      for (int i = 0; i < 20'000; ++i) {
        void* const block = peer->allocate(64);
        Use(block, 1);
        peer->deallocate(block);
      }
      const std::chrono::duration<double, std::nano> took =
          std::chrono::steady_clock::now() - start;
      if (took.count() >= least_ns) continue;
      least_ns = took.count();
      fastest = peer;
    }
  }
  if (fastest != nullptr) return *fastest;
  // Under a sanitizer none of them works.
  MallocPeer process;
  process.allocate = &std::malloc;
  process.deallocate = &std::free;
  return process;
}

// What the target of exercise.toml is measured against.
void AddFastestOfFour() {
  constexpr char kCase[] = "malloc_api/thread_cache_path";
  AddRow(kCase, Role::kBaseline, "best of four", [](benchmark::State& s) {
    static const MallocPeer fastest = FastestOfFour();
    Pair(s, Peer{&fastest}, 64);
  });
  AddRow(kCase, Role::kSubject, "CachingAllocator",
         [](benchmark::State& s) { Pair(s, Peer{&Preloaded()}, 64); });
  AddRow(kCase, Role::kPeer, "CachingAllocator, inlined",
         [](benchmark::State& s) { Pair(s, Inlined{}, 64); });
  AddMallocPeerRows(kCase, [](benchmark::State& s, const MallocPeer& peer) {
    Pair(s, Peer{&peer}, 64);
  });
}

const RegisterRows registration([] {
  for (const std::size_t bytes :
       {8u, 512u, 32'768u, 65'536u, 262'144u, 1'048'576u}) {
    AddRows(
        "malloc_api/pair_" + std::to_string(bytes),
        [=](benchmark::State& s, auto subject) { Pair(s, subject, bytes); },
        false);
  }
  AddRows(
      "malloc_api/batch_lifo_64",
      [](benchmark::State& s, auto subject) {
        Batch(s, subject, false, 64, 1);
      },
      true);
  AddRows(
      "malloc_api/batch_random_64",
      [](benchmark::State& s, auto subject) { Batch(s, subject, true, 64, 1); },
      true);
  AddRows(
      "malloc_api/batch_random_8_1024",
      [](benchmark::State& s, auto subject) { Batch(s, subject, true, 8, 7); },
      true);
  AddRows(
      "malloc_api/pair_64",
      [](benchmark::State& s, auto subject) { Pair(s, subject, 64); }, false,
      [](Row* row) { row->ThreadRange(); });
  AddRows(
      "malloc_api/handoff",
      [](benchmark::State& s, auto subject) { Handoff(s, subject); }, false,
      [](Row* row) { row->UseRealTime()->CountedIterations(8); });
  AddRows(
      "malloc_api/larson_2_threads",
      [](benchmark::State& s, auto subject) { Larson(s, subject); }, false,
      [](Row* row) { row->UseRealTime()->CountedIterations(8); });
  AddFastestOfFour();
});

}  // namespace
}  // namespace workbook
