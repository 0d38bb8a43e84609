// SPDX-License-Identifier: Apache-2.0

// Sets of 32-bit numbers: sparse ones, whose chunks are arrays of some 400
// numbers, and dense ones, whose chunks are bitmaps.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "04_02/compact_set.h"
#include "exercises/04_02/compact_bench.h"
#include "exercises/04_02/sets_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook::compact_bench {
namespace {

struct Density {
  const char* name;
  std::uint64_t seed;
  std::size_t count;
  std::uint32_t below;
};
constexpr Density kSparse{"sparse", 100, 100'000, 1 << 24};
constexpr Density kDense{"dense", 200, 500'000, 1 << 21};

const Numbers& NumbersOf(const Density& density, std::uint64_t which) {
  return RandomNumbers(density.seed + which, density.count, density.below);
}

template <class Set>
Kept<Set> FilledSet(const Density& density) {
  return Filled<Set>(density.name, density.count, [&density](Set& set) {
    for (const std::uint32_t number : NumbersOf(density, 0)) set.Add(number);
  });
}

// An item is one search among all numbers below the bound.
template <class Set>
void Contains(benchmark::State& state, const std::string& name,
              const Density& density) {
  const Kept<Set> kept = FilledSet<Set>(density);
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  const Set& set = *kept.container;
  Queries queries(density.below);
  Digest digest;
  for (const std::uint64_t number : queries.Next()) {
    digest.Add(std::uint64_t{set.Contains(static_cast<std::uint32_t>(number))});
  }
  RequireSameDigest(state, name, digest);
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

// An item is one number that is added to a set that began empty; its end counts
// as well.
template <class Set>
void Build(benchmark::State& state, const Density& density) {
  const Numbers& numbers = NumbersOf(density, 0);
  for (auto _ : state) {
    Set set;
    for (const std::uint32_t number : numbers) set.Add(number);
    Keep(set);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(numbers.size()));
}

// An item is one number of a second set that is united with an empty one, and
// then with the first.
template <class Set>
void Unite(benchmark::State& state, const std::string& name,
           const Density& density) {
  const Kept<Set> kept = FilledSet<Set>(density);
  Set second;
  for (const std::uint32_t number : NumbersOf(density, 1)) second.Add(number);
  const auto united = [&] {
    auto set = std::make_unique<Set>();
    set->UnionWith(second);
    set->UnionWith(*kept.container);
    return set;
  };
  Digest digest;
  digest.Add(united()->Sum());
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    const auto set = united();
    Keep(*set);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(density.count));
}

// An item is one number that is visited.
template <class Set>
void Iterate(benchmark::State& state, const std::string& name,
             const Density& density) {
  const Kept<Set> kept = FilledSet<Set>(density);
  Digest digest;
  digest.Add(kept.container->Sum());
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    std::uint64_t sum = kept.container->Sum();
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(density.count));
}

constexpr const char* kOperations[] = {"contains", "build", "unite", "iterate"};

std::string NameOf(const std::string& operation, const Density& density) {
  return "compact_set/" + operation + "_" + density.name;
}

template <class Set>
void AddRows(Role role, const char* implementation) {
  for (const std::string operation : kOperations) {
    for (const Density* density : {&kSparse, &kDense}) {
      const std::string name = NameOf(operation, *density);
      AddRow(name, role, implementation,
             [name, operation, density](benchmark::State& state) {
               if (operation == "contains") {
                 return Contains<Set>(state, name, *density);
               }
               if (operation == "build") return Build<Set>(state, *density);
               if (operation == "unite") {
                 return Unite<Set>(state, name, *density);
               }
               Iterate<Set>(state, name, *density);
             })
          ->CountedIterations(1);
    }
  }
}

const RegisterRows registration([] {
  AddRows<Hashed>(Role::kBaseline, "std::unordered_set");
  AddRows<Compact>(Role::kSubject, "CompactSet");
#ifdef WORKBOOK_HAS_CROARING
  AddRows<Roaring>(Role::kPeer, "CRoaring");
#else
  for (const char* operation : kOperations) {
    AddGap(NameOf(operation, kSparse), "CRoaring", "libroaring-dev");
    AddGap(NameOf(operation, kDense), "CRoaring", "libroaring-dev");
  }
#endif
});

}  // namespace
}  // namespace workbook::compact_bench
