// SPDX-License-Identifier: Apache-2.0

// Blocks of random sizes from 1 to 1024 bytes, small ones more often: one at a
// time, and a thousand at once in two orders.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <random>
#include <type_traits>

#include "01_02/size_class_allocator.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBatch = 1000;
constexpr std::size_t kBatches = 16;

enum class Order { kLifo, kRandom };

// One batch: what is asked for, and the order in which it goes back.
struct Plan {
  std::array<std::uint16_t, kBatch> sizes_bytes;
  std::array<std::uint16_t, kBatch> order;
};

// A different plan for each of kBatches iterations. Sizes are log-uniform, as
// those of programs roughly are.
std::array<Plan, kBatches> MakePlans(Order order) {
  std::array<Plan, kBatches> plans;
  std::minstd_rand random(1);
  for (Plan& plan : plans) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      const std::uint32_t limit = 8u << (random() % 8);  // 8 to 1024
      plan.sizes_bytes[i] = static_cast<std::uint16_t>(1 + random() % limit);
      plan.order[i] = static_cast<std::uint16_t>(kBatch - 1 - i);
    }
    if (order == Order::kRandom) {
      std::shuffle(plan.order.begin(), plan.order.end(), random);
    }
  }
  return plans;
}

// Writes a byte, as every use of a block does.
void Use(void* block) {
  Keep(block);
  *static_cast<volatile char*>(block) = 1;
}

template <class Allocator>
void Batch(benchmark::State& state, Allocator& allocator, Order order) {
  static const std::array all_plans = {MakePlans(Order::kLifo),
                                       MakePlans(Order::kRandom)};
  const auto& plans = all_plans[static_cast<std::size_t>(order)];
  std::array<void*, kBatch> blocks;
  const auto allocate = [&](const Plan& plan) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      blocks[i] = allocator.Allocate(plan.sizes_bytes[i]);
      Use(blocks[i]);
    }
  };
  const auto deallocate = [&](const Plan& plan) {
    for (const std::uint16_t i : plan.order) {
      allocator.Deallocate(blocks[i], plan.sizes_bytes[i]);
    }
  };
  for (const Plan& plan : plans) {
    allocate(plan);
    RequireDistinctBlocks(state, blocks, 1);
    deallocate(plan);
  }
  std::size_t round = 0;
  for (auto _ : state) {
    const Plan& plan = plans[round++ % kBatches];
    allocate(plan);
    deallocate(plan);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

template <class Allocator>
void Pair(benchmark::State& state, Allocator& allocator) {
  static const auto plans = MakePlans(Order::kLifo);
  std::size_t round = 0;
  for (auto _ : state) {
    for (const std::size_t size_bytes : plans[round++ % kBatches].sizes_bytes) {
      void* const block = allocator.Allocate(size_bytes);
      Use(block);
      allocator.Deallocate(block, size_bytes);
    }
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

struct NewDelete {
  static void* Allocate(std::size_t size_bytes) {
    return ::operator new(size_bytes);
  }
  static void Deallocate(void* block, std::size_t) { ::operator delete(block); }
};

struct Malloc {
  void* Allocate(std::size_t size_bytes) const {
    return peer.allocate(size_bytes);
  }
  void Deallocate(void* block, std::size_t) const { peer.deallocate(block); }
  const MallocPeer& peer;
};

struct PmrPool {
  void* Allocate(std::size_t size_bytes) {
    return resource.allocate(size_bytes, 8);
  }
  void Deallocate(void* block, std::size_t size_bytes) {
    resource.deallocate(block, size_bytes, 8);
  }
  std::pmr::unsynchronized_pool_resource resource;
};

// Registers `body(state, allocator)` for everybody's allocator.
template <class Body>
void AddCase(const char* name, Body body) {
  const auto add = [&]<class Allocator>(Role role, const char* implementation,
                                        std::type_identity<Allocator>) {
    AddRow(name, role, implementation, [body](benchmark::State& state) {
      Allocator allocator;
      body(state, allocator);
    });
  };
  add(Role::kBaseline, "new/delete", std::type_identity<NewDelete>());
  add(Role::kSubject, "SizeClassAllocator",
      std::type_identity<SizeClassAllocator>());
  add(Role::kPeer, "std::pmr::unsynchronized_pool_resource",
      std::type_identity<PmrPool>());
  AddMallocPeerRows(name,
                    [body](benchmark::State& state, const MallocPeer& peer) {
                      Malloc allocator{peer};
                      body(state, allocator);
                    });
}

const RegisterRows registration([] {
  AddCase("size_class_allocator/pair",
          [](auto& state, auto& allocator) { Pair(state, allocator); });
  AddCase("size_class_allocator/batch_lifo", [](auto& state, auto& allocator) {
    Batch(state, allocator, Order::kLifo);
  });
  AddCase("size_class_allocator/batch_random",
          [](auto& state, auto& allocator) {
            Batch(state, allocator, Order::kRandom);
          });
});

}  // namespace
}  // namespace workbook
