// SPDX-License-Identifier: Apache-2.0

// The example of tools/bench/README.md: a hundred blocks taken and given back.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>

#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBlocks = 100;
constexpr std::size_t kBlockBytes = 64;

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

void NewDelete(benchmark::State& state) {
  BatchLifo(
      state, [] { return ::operator new(kBlockBytes); },
      [](void* block) { ::operator delete(block); });
}

void Peer(benchmark::State& state, const MallocPeer& peer) {
  BatchLifo(
      state, [&] { return peer.allocate(kBlockBytes); },
      [&](void* block) { peer.deallocate(block); });
}

const RegisterRows registration([] {
  constexpr char kCase[] = "example/batch_lifo";
  AddRow(kCase, Role::kBaseline, "new/delete", NewDelete);
  AddMallocPeerRows(kCase, Peer);
});

}  // namespace
}  // namespace workbook
