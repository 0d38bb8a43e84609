// SPDX-License-Identifier: Apache-2.0

// A million ids that are about a hundred apart.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "04_02/delta_ids.h"
#include "exercises/04_02/compact_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook::compact_bench {
namespace {

constexpr std::size_t kCount = 1'000'000;

struct SortedVector {
  void Append(std::uint64_t id) { ids.push_back(id); }
  // Called, as DeltaIds::Contains is.
  [[gnu::noinline]] bool Contains(std::uint64_t id) const {
    return std::binary_search(ids.begin(), ids.end(), id);
  }
  template <class Visit>
  void ForEach(Visit visit) const {
    for (const std::uint64_t id : ids) visit(id);
  }
  std::vector<std::uint64_t> ids;
};

struct Tree {
  void Append(std::uint64_t id) { ids.insert(ids.end(), id); }
  [[gnu::noinline]] bool Contains(std::uint64_t id) const {
    return ids.contains(id);
  }
  template <class Visit>
  void ForEach(Visit visit) const {
    for (const std::uint64_t id : ids) visit(id);
  }
  std::set<std::uint64_t> ids;
};

// Every query is about 50 ids apart from the next id, or an id.
template <class Ids>
Kept<Ids> Million() {
  return Filled<Ids>("million", kCount, [](Ids& ids) {
    std::mt19937_64 random(42);
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      id += 1 + random() % 199;
      ids.Append(id);
    }
  });
}

// An item is one search; about one in a hundred finds its id.
template <class Ids>
void Contains(benchmark::State& state, const std::string& name) {
  const Kept<Ids> kept = Million<Ids>();
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  Queries queries(100 * kCount);
  Digest digest;
  for (const std::uint64_t id : queries.Next()) {
    digest.Add(std::uint64_t{kept.container->Contains(id)});
  }
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    std::size_t found = 0;
    for (const std::uint64_t id : queries.Next()) {
      found += kept.container->Contains(id);
    }
    Keep(found);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

// An item is one id that is visited.
template <class Ids>
void Iterate(benchmark::State& state, const std::string& name) {
  const Kept<Ids> kept = Million<Ids>();
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  const auto sum_of = [&kept] {
    std::uint64_t sum = 0;
    kept.container->ForEach([&sum](std::uint64_t id) { sum += id; });
    return sum;
  };
  Digest digest;
  digest.Add(sum_of());
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    std::uint64_t sum = sum_of();
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kCount));
}

template <class Ids>
void AddRows(Role role, const char* implementation) {
  const std::string contains = "delta_ids/contains_1m";
  AddRow(contains, role, implementation, [contains](benchmark::State& state) {
    Contains<Ids>(state, contains);
  })->CountedIterations(1);
  const std::string iterate = "delta_ids/iterate_1m";
  AddRow(iterate, role, implementation, [iterate](benchmark::State& state) {
    Iterate<Ids>(state, iterate);
  })->CountedIterations(1);
}

const RegisterRows registration([] {
  AddRows<SortedVector>(Role::kBaseline, "std::vector, sorted");
  AddRows<DeltaIds>(Role::kSubject, "DeltaIds");
  AddRows<Tree>(Role::kPeer, "std::set");
});

}  // namespace
}  // namespace workbook::compact_bench
