// SPDX-License-Identifier: Apache-2.0

// A thousand blocks of 64 bytes, all given back at once; and scopes, each of
// ten blocks of mixed sizes, inside a job that keeps some of its own.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <random>
#include <type_traits>
#include <vector>

#include "01_02/stack_allocator.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kScopeBlocks = 10;
constexpr std::size_t kBufferBytes = std::size_t{128} << 10;

// Writes a byte, as every use of a block does.
void Use(void* block) {
  Keep(block);
  *static_cast<volatile char*>(block) = 1;
}

// Each arena: Allocate, and FreeAll, which ends every block since the arena
// was made or last emptied.

struct Stack {
  void* Allocate(std::size_t size_bytes) { return stack.Allocate(size_bytes); }
  void FreeAll() { stack.Reset(); }
  StackAllocator stack{kBufferBytes};
};

// The same, but back to a mark with older blocks under it.
struct MarkedStack {
  void* Allocate(std::size_t size_bytes) { return stack.Allocate(size_bytes); }
  void FreeAll() { stack.FreeTo(mark); }
  StackAllocator stack{kBufferBytes};
  StackMark mark = (stack.Allocate(100), stack.Mark());
};

// A buffer of the same size, so that it never asks its upstream.
struct PmrMonotonic {
  void* Allocate(std::size_t size_bytes) { return arena.allocate(size_bytes); }
  void FreeAll() { arena.release(); }
  std::vector<std::byte> buffer{kBufferBytes};
  std::pmr::monotonic_buffer_resource arena{buffer.data(), kBufferBytes};
};

// An allocator without marks remembers the blocks, and frees them backwards.
template <class Allocator>
struct OneByOne {
  void* Allocate(std::size_t size_bytes) {
    return blocks[count++] = allocator.Allocate(size_bytes);
  }
  void FreeAll() {
    while (count > 0) allocator.Deallocate(blocks[--count]);
  }
  Allocator allocator;
  std::array<void*, kBatch> blocks;
  std::size_t count = 0;
};

struct NewDelete {
  static void* Allocate(std::size_t size_bytes) {
    return ::operator new(size_bytes);
  }
  static void Deallocate(void* block) { ::operator delete(block); }
};

struct Malloc {
  void* Allocate(std::size_t size_bytes) const {
    return peer.allocate(size_bytes);
  }
  void Deallocate(void* block) const { peer.deallocate(block); }
  const MallocPeer& peer;
};

template <class Arena>
void BatchReset(benchmark::State& state, Arena& arena) {
  std::array<void*, kBatch> blocks;
  for (void*& block : blocks) block = arena.Allocate(kBlockBytes);
  RequireDistinctBlocks(state, blocks, kBlockBytes, alignof(std::max_align_t));
  arena.FreeAll();
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) Use(arena.Allocate(kBlockBytes));
    arena.FreeAll();
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

template <class Arena>
void MarkFreeTo(benchmark::State& state, Arena& arena) {
  static const auto sizes_bytes = [] {
    std::array<std::uint8_t, kBatch> sizes;
    std::minstd_rand random(1);
    for (auto& size : sizes)
      size = static_cast<std::uint8_t>(1 + random() % 96);
    return sizes;
  }();
  std::size_t next = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kScopeBlocks; ++i) {
      Use(arena.Allocate(sizes_bytes[next]));
      next = next + 1 == kBatch ? 0 : next + 1;
    }
    arena.FreeAll();
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kScopeBlocks});
}

// Registers `body(state, arena)` for everybody's arena.
template <class Subject, class Body>
void AddCase(const char* name, Body body) {
  const auto add = [&]<class Arena>(Role role, const char* implementation,
                                    std::type_identity<Arena>) {
    AddRow(name, role, implementation, [body](benchmark::State& state) {
      Arena arena;
      body(state, arena);
    });
  };
  add(Role::kBaseline, "new/delete", std::type_identity<OneByOne<NewDelete>>());
  add(Role::kSubject, "StackAllocator", std::type_identity<Subject>());
  add(Role::kPeer, "std::pmr::monotonic_buffer_resource",
      std::type_identity<PmrMonotonic>());
  AddMallocPeerRows(name,
                    [body](benchmark::State& state, const MallocPeer& peer) {
                      OneByOne<Malloc> arena{.allocator = {peer}, .blocks = {}};
                      body(state, arena);
                    });
}

const RegisterRows registration([] {
  AddCase<Stack>("stack_allocator/batch_reset",
                 [](auto& state, auto& arena) { BatchReset(state, arena); });
  AddCase<MarkedStack>(
      "stack_allocator/mark_free_to",
      [](auto& state, auto& arena) { MarkFreeTo(state, arena); });
});

}  // namespace
}  // namespace workbook
