// SPDX-License-Identifier: Apache-2.0

// Numbers in runs of about fifty, in a set that does not change any more.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "04_02/compact_set.h"
#include "04_02/frozen_set.h"
#include "exercises/04_02/compact_bench.h"
#include "exercises/04_02/sets_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook::compact_bench {
namespace {

constexpr char kCase[] = "frozen_set/contains_runs";
constexpr std::uint32_t kBelow = 1 << 24;
constexpr std::size_t kRuns = 20'000;
constexpr std::uint32_t kLength = 50;

struct Frozen {
  void Add(std::uint32_t number) { growing->Add(number); }
  void Freeze() {
    frozen = std::make_unique<FrozenSet>(*growing);
    growing = nullptr;
  }
  bool Contains(std::uint32_t number) const { return frozen->Contains(number); }
  std::unique_ptr<CompactSet> growing = std::make_unique<CompactSet>();
  std::unique_ptr<FrozenSet> frozen;
};

template <class Set>
void Contains(benchmark::State& state) {
  const Kept<Set> kept = Filled<Set>("runs", kRuns * kLength, [](Set& set) {
    for (const std::uint32_t first : RandomNumbers(300, kRuns, kBelow)) {
      for (std::uint32_t i = 0; i < kLength; ++i) set.Add(first + i);
    }
    set.Freeze();
  });
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  const Set& set = *kept.container;
  Queries queries(kBelow);
  Digest digest;
  for (const std::uint64_t number : queries.Next()) {
    digest.Add(std::uint64_t{set.Contains(static_cast<std::uint32_t>(number))});
  }
  RequireSameDigest(state, kCase, digest);
  for (auto _ : state) {
    std::size_t found = 0;
    for (const std::uint64_t number : queries.Next()) {
      found += set.Contains(static_cast<std::uint32_t>(number));
    }
    Keep(found);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "std::unordered_set", &Contains<Hashed>)
      ->CountedIterations(1);
  AddRow(kCase, Role::kSubject, "FrozenSet", &Contains<Frozen>)
      ->CountedIterations(1);
#ifdef WORKBOOK_HAS_CROARING
  AddRow(kCase, Role::kPeer, "CRoaring", &Contains<Roaring>)
      ->CountedIterations(1);
#else
  AddGap(kCase, "CRoaring", "libroaring-dev");
#endif
});

}  // namespace
}  // namespace workbook::compact_bench
