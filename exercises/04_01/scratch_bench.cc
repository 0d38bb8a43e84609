// SPDX-License-Identifier: Apache-2.0

#include <memory_resource>

#include "04_01/scratch.h"
#include "exercises/04_01/before/scratch.h"
#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {
namespace {

constexpr char kCase[] = "scratch/call_chain";
constexpr int kLevels = 8;

template <typename Frame, typename Arena>
std::uint64_t Descend(Arena& scratch, int levels) {
  const Frame frame(scratch);
  auto* const numbers = static_cast<std::uint32_t*>(
      scratch.Allocate(64 * sizeof(std::uint32_t), alignof(std::uint32_t)));
  numbers[0] = static_cast<std::uint32_t>(levels);
  Keep(numbers);
  const std::uint64_t below =
      levels > 1 ? Descend<Frame>(scratch, levels - 1) : 0;
  return below + numbers[0];
}

template <typename Walk>
void CallChain(benchmark::State& state, Walk walk) {
  Require(state, walk() == kLevels * (kLevels + 1) / 2, "a level is lost");
  for (auto _ : state) {
    std::uint64_t sum = walk();
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() * kLevels);
}

// Eight levels, a frame and 256 bytes each; an item is a level.
template <typename Arena, typename Frame>
void AddChainRow(Role role, const char* name) {
  AddRow(kCase, role, name, [](benchmark::State& state) {
    Arena scratch;
    CallChain(state, [&] { return Descend<Frame>(scratch, kLevels); });
  });
}

// A resource of its own for each level, on a buffer of the stack: it can't give
// back a part. No vector of it, which would clear what nothing reads.
std::uint64_t DescendPmr(int levels) {
  char room[512];
  std::pmr::monotonic_buffer_resource resource(room, sizeof(room));
  auto* const numbers = static_cast<std::uint32_t*>(
      resource.allocate(64 * sizeof(std::uint32_t), alignof(std::uint32_t)));
  numbers[0] = static_cast<std::uint32_t>(levels);
  Keep(numbers);
  const std::uint64_t below = levels > 1 ? DescendPmr(levels - 1) : 0;
  return below + numbers[0];
}

const RegisterRows registration([] {
  AddChainRow<before::Scratch, before::ScratchFrame>(Role::kBaseline, "before");
  AddChainRow<Scratch, ScratchFrame>(Role::kSubject, "Scratch");
  AddRow(kCase, Role::kPeer, "std::pmr::monotonic_buffer_resource",
         [](benchmark::State& state) {
           CallChain(state, [] { return DescendPmr(kLevels); });
         });
});

}  // namespace
}  // namespace workbook
