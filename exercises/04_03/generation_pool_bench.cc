// SPDX-License-Identifier: Apache-2.0

// GenerationPool: eight buffers of 16 KiB at a time, with a generation for each
// thousand uses.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>

#include "04_03/generation_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{16} << 10;
constexpr std::size_t kAtATime = 8;
constexpr int kRounds = 125;

struct NewDelete {
  using Buffer = std::byte*;
  static std::byte* DataOf(std::byte* data) { return data; }
  std::byte* Get() {
    return static_cast<std::byte*>(::operator new(kBufferBytes));
  }
  void Done(std::byte* data) { ::operator delete(data); }
  void End() {}
};

struct Malloc {
  using Buffer = std::byte*;
  static std::byte* DataOf(std::byte* data) { return data; }
  std::byte* Get() {
    return static_cast<std::byte*>(peer.allocate(kBufferBytes));
  }
  void Done(std::byte* data) { peer.deallocate(data); }
  void End() {}
  const MallocPeer& peer;
};

struct Generations {
  using Buffer = GenerationPool::Buffer;
  static std::byte* DataOf(const Buffer& buffer) {
    return buffer.bytes().data();
  }
  Buffer Get() { return pool.Acquire(); }
  void Done(Buffer& buffer) { buffer.Return(); }
  void End() { pool.EndGeneration(); }
  GenerationPool pool{kBufferBytes};
};

// An item is one buffer that was got, used and returned.
template <class Source>
void UseBuffers(benchmark::State& state, Source& source) {
  std::array<typename Source::Buffer, kAtATime> lent{};
  bool right = true;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      for (auto& buffer : lent) {
        buffer = source.Get();
        std::byte* const data = Source::DataOf(buffer);
        right = right && data != nullptr;
        if (!right) break;
        data[0] = std::byte{1};
        Keep(data);
      }
      for (auto& buffer : lent) source.Done(buffer);
    }
    source.End();
  }
  Require(state, right, "no buffer came");
  state.SetItemsProcessed(state.iterations() * kRounds *
                          std::int64_t{kAtATime});
}

const RegisterRows registration([] {
  constexpr char kCase[] = "generation_pool/steady";
  AddRow(kCase, Role::kBaseline, "new/delete", [](benchmark::State& state) {
    NewDelete source;
    UseBuffers(state, source);
  });
  AddRow(kCase, Role::kSubject, "GenerationPool", [](benchmark::State& state) {
    Generations source;
    UseBuffers(state, source);
  });
  AddMallocPeerRows(kCase, [](benchmark::State& state, const MallocPeer& peer) {
    Malloc source{peer};
    UseBuffers(state, source);
  });
});

}  // namespace
}  // namespace workbook
