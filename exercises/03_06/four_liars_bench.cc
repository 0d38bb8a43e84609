// SPDX-License-Identifier: Apache-2.0

// One look-up among 512 sorted ids, measured by the four functions of task 1,
// as they began and as they are now.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "03_06/four_liars.h"
#include "exercises/03_06/before/four_liars.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/flat_hash_set.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/flat_set.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kIds = 512;

const std::vector<Id>& Ids() {
  static const std::vector<Id> ids = SomeIds(kIds, 1);
  return ids;
}

// A set as an index: where the id lies does not matter, that it is there does.
template <class Set>
struct SetIndex {
  bool PositionOf(Id id) const { return set.find(id) != set.end(); }
  Set set{Ids().begin(), Ids().end()};
};

// An item is one look-up, each with a query that is drawn anew.
template <class Index>
void Fresh(benchmark::State& state) {
  const Index index;
  for (const Id id : Ids()) {
    if (!Require(state, index.PositionOf(id), "an id was not found")) return;
  }
  SplitMix random(kQuerySeed);
  for (auto _ : state) {
    auto found = index.PositionOf(Ids()[random.Below(kIds)]);
    Keep(found);
  }
  state.SetItemsProcessed(state.iterations());
}

template <void (*kFunction)(benchmark::State&, std::span<const Id>)>
void OfIds(benchmark::State& state) {
  kFunction(state, Ids());
}

const SortedIds& Sorted() {
  static const SortedIds sorted(Ids());
  return sorted;
}

const RegisterRows registration([] {
  constexpr char kOrder[] = "four_liars/query_order";
  AddRow(kOrder, Role::kBaseline, "same order again",
         [](benchmark::State& state) {
           before::TimeFreshQueries(state, Sorted(), Ids());
         });
  AddRow(kOrder, Role::kSubject, "TimeFreshQueries",
         [](benchmark::State& state) {
           TimeFreshQueries(state, Sorted(), Ids());
         });
  AddRow(kOrder, Role::kPeer, "std::unordered_set, fresh",
         Fresh<SetIndex<std::unordered_set<Id>>>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kOrder, Role::kPeer, "absl::flat_hash_set, fresh",
         Fresh<SetIndex<absl::flat_hash_set<Id>>>);
#else
  AddGap(kOrder, "absl::flat_hash_set, fresh", "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  AddRow(kOrder, Role::kPeer, "boost::flat_set, fresh",
         Fresh<SetIndex<boost::container::flat_set<Id>>>);
#else
  AddGap(kOrder, "boost::flat_set, fresh", "libboost1.81-dev");
#endif
  constexpr char kSetUp[] = "four_liars/set_up";
  AddRow(kSetUp, Role::kBaseline, "sorts in the loop",
         OfIds<before::TimeLookUpAlone>);
  AddRow(kSetUp, Role::kSubject, "TimeLookUpAlone", OfIds<TimeLookUpAlone>);
  constexpr char kDeadCode[] = "four_liars/dead_code";
  AddRow(kDeadCode, Role::kBaseline, "ignores the result",
         OfIds<before::TimeKeptLookUp>);
  AddRow(kDeadCode, Role::kSubject, "TimeKeptLookUp", OfIds<TimeKeptLookUp>);
});

}  // namespace
}  // namespace workbook
