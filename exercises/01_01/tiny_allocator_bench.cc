// SPDX-License-Identifier: Apache-2.0

// A thousand objects of 5 bytes that share blocks of 16, against mallocs, which
// give each a block of its own.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <memory>

#include "01_01/tiny_allocator.h"
#include "exercises/01_01/given/page_source.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "tiny_allocator/batch_fifo_5";
constexpr std::size_t kObjects = 1000;
constexpr std::size_t kBytes = 5;

// All are called through a pointer that the compiler does not see, as the
// mallocs are.
struct Source {
  void* (*allocate)(void* self, std::size_t bytes);
  void (*deallocate)(void* self, void* object);
  void* self;
};

[[gnu::noinline]] void* TakeTiny(void* self, std::size_t bytes) {
  return static_cast<TinyAllocator*>(self)->Allocate(bytes);
}
[[gnu::noinline]] void GiveTiny(void* self, void* object) {
  static_cast<TinyAllocator*>(self)->Deallocate(object);
}

// An item is one object that was taken, written and given back, in the order in
// which they were taken.
void Batch(benchmark::State& state, auto allocate, auto deallocate) {
  std::array<void*, kObjects> objects;
  for (void*& object : objects) object = allocate(kBytes);
  RequireDistinctBlocks(state, objects, kBytes);
  for (void* const object : objects) deallocate(object);
  for (auto _ : state) {
    for (void*& object : objects) {
      object = allocate(kBytes);
      *static_cast<char*>(object) = 'x';
      Keep(object);
    }
    for (void* const object : objects) deallocate(object);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kObjects});
}

void Ours(benchmark::State& state) {
  SystemPages pages;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(pages, *map);
  TinyAllocator tiny(heap, *map);
  Source source{TakeTiny, GiveTiny, &tiny};
  Keep(source);
  Batch(
      state,
      [&](std::size_t bytes) { return source.allocate(source.self, bytes); },
      [&](void* object) { source.deallocate(source.self, object); });
}

void OfMalloc(benchmark::State& state, MallocPeer peer) {
  Keep(peer);
  Batch(
      state, [&](std::size_t bytes) { return peer.allocate(bytes); },
      [&](void* object) { peer.deallocate(object); });
}

void NewDelete(benchmark::State& state) {
  MallocPeer peer;
  peer.allocate = &::operator new;
  peer.deallocate = &::operator delete;
  OfMalloc(state, peer);
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "new/delete", NewDelete);
  AddRow(kCase, Role::kSubject, "TinyAllocator", Ours);
  AddMallocPeerRows(kCase, OfMalloc);
});

}  // namespace
}  // namespace workbook
