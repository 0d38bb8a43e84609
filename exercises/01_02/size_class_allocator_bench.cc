// SPDX-License-Identifier: Apache-2.0

// Blocks of random sizes from 1 to 1024 bytes, small ones more often: one at a
// time, and a thousand at once in two orders. All are called by pointer, as the
// mallocs are, and told the size at a free where they can make use of it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <random>

#include "01_02/size_class_allocator.h"
#include "exercises/01_02/fastest_malloc_bench.h"
#include "exercises/01_02/peer_calls_bench.h"
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
  void* Allocate(std::size_t size_bytes) const { return allocate(size_bytes); }
  void Deallocate(void* block, std::size_t) const { deallocate(block); }
  void* (*allocate)(std::size_t) =
      ByPointer<void*(std::size_t)>(&::operator new);
  void (*deallocate)(void*) = ByPointer<void(void*)>(&::operator delete);
};

template <class SizedFree>
struct Malloc {
  void* Allocate(std::size_t size_bytes) const { return allocate(size_bytes); }
  void Deallocate(void* block, std::size_t size_bytes) const {
    deallocate(block, size_bytes);
  }
  void* (*allocate)(std::size_t);
  SizedFree deallocate;
};

template <class Use>
void WithMalloc(const MallocPeer& peer, Use use) {
  WithSizedFree(peer, [&](auto deallocate) {
    Malloc<decltype(deallocate)> malloc{peer.allocate, deallocate};
    use(malloc);
  });
}

// What the compiler would inline into the loop otherwise. Aligned, so that it
// does not depend on the link how many cache lines such a function has.
[[gnu::noinline]] [[gnu::aligned(64)]] void* AllocateSized(
    SizeClassAllocator& allocator, std::size_t size_bytes) {
  return allocator.Allocate(size_bytes);
}
[[gnu::noinline]] [[gnu::aligned(64)]] void DeallocateSized(
    SizeClassAllocator& allocator, void* block, std::size_t size_bytes) {
  allocator.Deallocate(block, size_bytes);
}

struct SizeClasses {
  void* Allocate(std::size_t size_bytes) {
    return allocate(allocator, size_bytes);
  }
  void Deallocate(void* block, std::size_t size_bytes) {
    deallocate(allocator, block, size_bytes);
  }
  SizeClassAllocator allocator;
  void* (*allocate)(SizeClassAllocator&,
                    std::size_t) = ByPointer(&AllocateSized);
  void (*deallocate)(SizeClassAllocator&, void*,
                     std::size_t) = ByPointer(&DeallocateSized);
};

// Through the base, as users of memory_resource call it: one call by a table.
struct PmrPool {
  PmrPool() { Keep(base); }
  void* Allocate(std::size_t size_bytes) {
    return base->allocate(size_bytes, 8);
  }
  void Deallocate(void* block, std::size_t size_bytes) {
    base->deallocate(block, size_bytes, 8);
  }
  std::pmr::unsynchronized_pool_resource resource;
  std::pmr::memory_resource* base = &resource;
};

// Registers `body(state, allocator)` for one allocator.
template <class Allocator>
void AddAllocator(const char* name, Role role, const char* implementation,
                  auto body) {
  AddRow(name, role, implementation, [body](benchmark::State& state) {
    Allocator allocator;
    body(state, allocator);
  });
}

void AddMallocs(const char* name, auto body) {
  AddMallocPeerRows(
      name, [body](benchmark::State& state, const MallocPeer& peer) {
        WithMalloc(peer, [&](auto& malloc) { body(state, malloc); });
      });
}

// Registers it for everybody's.
void AddCase(const char* name, auto body) {
  AddAllocator<NewDelete>(name, Role::kBaseline, "new/delete", body);
  AddAllocator<SizeClasses>(name, Role::kSubject, "SizeClassAllocator", body);
  AddAllocator<PmrPool>(name, Role::kPeer,
                        "std::pmr::unsynchronized_pool_resource", body);
  AddMallocs(name, body);
}

// Against the malloc that is fastest here today: a target.
void AddFastestMalloc() {
  constexpr char kCase[] = "size_class_allocator/fastest_malloc";
  const auto body = [](auto& state, auto& allocator) {
    Batch(state, allocator, Order::kRandom);
  };
  AddRow(kCase, Role::kBaseline, "fastest malloc", [body](auto& state) {
    static const MallocPeer fastest = FastestMalloc([](const auto& peer) {
      static const auto plan = MakePlans(Order::kRandom)[0];
      std::array<void*, kBatch> blocks;
      for (std::size_t i = 0; i < kBatch; ++i) {
        blocks[i] = peer.allocate(plan.sizes_bytes[i]);
        Use(blocks[i]);
      }
      for (const std::uint16_t i : plan.order) peer.deallocate(blocks[i]);
    });
    WithMalloc(fastest, [&](auto& malloc) { body(state, malloc); });
  });
  AddAllocator<SizeClasses>(kCase, Role::kSubject, "SizeClassAllocator", body);
  AddMallocs(kCase, body);
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
  AddFastestMalloc();
});

}  // namespace
}  // namespace workbook
