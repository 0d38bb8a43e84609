// SPDX-License-Identifier: Apache-2.0

// A list in the order of use: nodes that move to the front, and a list that is
// built.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

#include "04_02/index_list.h"
#include "exercises/04_02/compact_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/list.hpp>
#endif

namespace workbook::compact_bench {
namespace {

constexpr std::size_t kCount = 100'000;

template <class List>
struct Pointers {
  using Handle = typename List::iterator;
  Handle PushFront(std::uint32_t value) {
    list.push_front(value);
    return list.begin();
  }
  void MoveToFront(Handle node) { list.splice(list.begin(), list, node); }
  std::uint32_t Front() const { return list.front(); }
  List list;
};

struct Indices {
  using List = IndexList<std::uint32_t>;
  using Handle = List::Handle;
  Handle PushFront(std::uint32_t value) { return list.PushFront(value); }
  void MoveToFront(Handle node) { list.MoveToFront(node); }
  std::uint32_t Front() const { return list.value(list.front()); }
  List list;
};

template <class List>
struct Used {
  List list;
  std::vector<typename List::Handle> handles;
};

// An item is one node that moves to the front.
template <class List>
void Move(benchmark::State& state, const std::string& name) {
  const auto kept = Filled<Used<List>>("list", kCount, [](Used<List>& used) {
    used.handles.reserve(kCount);
    for (std::uint32_t i = 0; i < kCount; ++i) {
      used.handles.push_back(used.list.PushFront(i));
    }
  });
  Used<List>& used = *kept.container;
  Queries queries(kCount);
  Digest digest;
  for (const std::uint64_t node : queries.Next()) {
    used.list.MoveToFront(used.handles[node]);
    digest.Add(used.list.Front());
  }
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    for (const std::uint64_t node : queries.Next()) {
      used.list.MoveToFront(used.handles[node]);
    }
    Keep(used.list);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

// An item is one node of a list that began empty; its end counts as well.
template <class List>
void Build(benchmark::State& state) {
  constexpr std::uint32_t kNodes = 5000;
  for (auto _ : state) {
    List list;
    for (std::uint32_t i = 0; i < kNodes; ++i) list.PushFront(i);
    Keep(list);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kNodes});
}

template <class List>
void AddRows(Role role, const char* implementation) {
  const std::string move = "index_list/move_to_front";
  AddRow(move, role, implementation, [move](benchmark::State& state) {
    Move<List>(state, move);
  })->CountedIterations(2);
  AddRow("index_list/build", role, implementation, &Build<List>)
      ->CountedIterations(4);
}

const RegisterRows registration([] {
  AddRows<Pointers<std::list<std::uint32_t>>>(Role::kBaseline, "std::list");
  AddRows<Indices>(Role::kSubject, "IndexList");
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  AddRows<Pointers<boost::container::list<std::uint32_t>>>(
      Role::kPeer, "boost::container::list");
#else
  AddGap("index_list/move_to_front", "boost::container::list",
         "libboost1.81-dev");
  AddGap("index_list/build", "boost::container::list", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook::compact_bench
