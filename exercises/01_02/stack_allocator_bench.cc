// SPDX-License-Identifier: Apache-2.0

// A thousand blocks of 64 bytes, given back at once or one by one; and scopes,
// each of ten blocks of mixed sizes, inside a job that keeps some of its own.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <memory_resource>
#include <new>
#include <random>
#include <vector>

#include "01_02/stack_allocator.h"
#include "exercises/01_02/peer_calls_bench.h"
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

// One block for all of them, cut by a caller who knows their sizes: no look at
// the room that is left, no alignment.
struct OneBlock {
  void* Allocate(std::size_t size_bytes) {
    if (used == 0)
      memory = static_cast<char*>(::operator new(kBatch* kBlockBytes));
    void* const block = memory + used;
    used += size_bytes;
    return block;
  }
  void FreeAll() {
    ::operator delete(memory);
    used = 0;
  }
  char* memory = nullptr;
  std::size_t used = 0;
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

// Allocators without marks, all called by pointer.

struct NewDelete {
  void* Allocate(std::size_t size_bytes) const { return allocate(size_bytes); }
  void Deallocate(void* block) const { deallocate(block); }
  void* (*allocate)(std::size_t) =
      ByPointer<void*(std::size_t)>(&::operator new);
  void (*deallocate)(void*) = ByPointer<void(void*)>(&::operator delete);
};

template <class SizedFree>
struct Malloc {
  void* Allocate(std::size_t size_bytes) const { return allocate(size_bytes); }
  void Deallocate(void* block) const { deallocate(block, kBlockBytes); }
  void* (*allocate)(std::size_t);
  SizedFree deallocate;
};

// What the compiler would inline into the loop otherwise. Aligned, so that it
// does not depend on the link how many cache lines such a function has.
[[gnu::noinline]] [[gnu::aligned(64)]] void* AllocateOnTop(
    StackAllocator& stack, std::size_t size_bytes) {
  return stack.Allocate(size_bytes);
}
[[gnu::noinline]] [[gnu::aligned(64)]] void FreeNewest(StackAllocator& stack,
                                                       void* block) {
  stack.Free(block);
}

struct StackWithoutMarks {
  void* Allocate(std::size_t size_bytes) { return allocate(stack, size_bytes); }
  void Deallocate(void* block) { deallocate(stack, block); }
  StackAllocator stack{kBufferBytes};
  void* (*allocate)(StackAllocator&, std::size_t) = ByPointer(&AllocateOnTop);
  void (*deallocate)(StackAllocator&, void*) = ByPointer(&FreeNewest);
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

template <class Arena>
void AddArena(const char* name, Role role, const char* implementation,
              auto body) {
  AddRow(name, role, implementation, [body](benchmark::State& state) {
    Arena arena;
    body(state, arena);
  });
}

// All blocks end at once, by one call; inlined.
template <class Subject>
void AddMarks(const char* name, auto body) {
  AddArena<PmrMonotonic>(name, Role::kBaseline,
                         "std::pmr::monotonic_buffer_resource", body);
  AddArena<Subject>(name, Role::kSubject, "StackAllocator", body);
  AddArena<OneBlock>(name, Role::kPeer, "one block of new, cut by hand", body);
}

// Each block is freed by a call of its own; by pointer.
void AddOneByOne() {
  constexpr char kCase[] = "stack_allocator/batch_lifo";
  const auto body = [](auto& state, auto& arena) { BatchReset(state, arena); };
  AddArena<OneByOne<NewDelete>>(kCase, Role::kBaseline, "new/delete", body);
  AddArena<OneByOne<StackWithoutMarks>>(kCase, Role::kSubject, "StackAllocator",
                                        body);
  AddMallocPeerRows(
      kCase, [body](benchmark::State& state, const MallocPeer& peer) {
        WithSizedFree(peer, [&](auto deallocate) {
          using Peer = Malloc<decltype(deallocate)>;
          OneByOne<Peer> arena{.allocator = {peer.allocate, deallocate},
                               .blocks = {}};
          body(state, arena);
        });
      });
}

const RegisterRows registration([] {
  AddMarks<Stack>("stack_allocator/batch_reset",
                  [](auto& state, auto& arena) { BatchReset(state, arena); });
  AddMarks<MarkedStack>(
      "stack_allocator/mark_free_to",
      [](auto& state, auto& arena) { MarkFreeTo(state, arena); });
  AddOneByOne();
});

}  // namespace
}  // namespace workbook
