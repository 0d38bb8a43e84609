// SPDX-License-Identifier: Apache-2.0

// Vectors of ints with room for eight inside: filled within it and beyond,
// copied, moved and read.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "04_02/small_vector.h"
#include "exercises/04_02/compact_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/inlined_vector.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/small_vector.hpp>
#endif

namespace workbook::compact_bench {
namespace {

constexpr std::size_t kVectors = 512;

template <class Vector>
void Fill(Vector& vector, int count) {
  for (int i = 0; i < count; ++i) vector.push_back(i);
}

// 0 to 8 elements, in no order that repeats soon.
template <class Vector>
std::vector<Vector> Short() {
  std::vector<Vector> vectors(kVectors);
  Queries queries(9);
  std::size_t next = 0;
  for (const std::uint64_t count : queries.Next().first(kVectors)) {
    Fill(vectors[next++], static_cast<int>(count));
  }
  return vectors;
}

// An item is one element, of a vector that begins empty and ends.
template <class Vector>
void Push(benchmark::State& state, int count) {
  state.counters["bytes_inside"] = sizeof(Vector);
  for (auto _ : state) {
    Vector vector;
    Fill(vector, count);
    Keep(vector);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{count});
}

// An item is one vector.
template <class Vector>
void Copy(benchmark::State& state) {
  const std::vector<Vector> vectors = Short<Vector>();
  for (auto _ : state) {
    for (const Vector& vector : vectors) {
      Vector copy = vector;
      Keep(copy);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kVectors));
}

// An item is one vector that moves to another place and back.
template <class Vector>
void Move(benchmark::State& state) {
  std::vector<Vector> vectors = Short<Vector>();
  for (auto _ : state) {
    for (Vector& vector : vectors) {
      Vector moved = std::move(vector);
      Keep(moved);
      vector = std::move(moved);
    }
    Keep(vectors);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kVectors));
}

// An item is one vector whose elements are added up.
template <class Vector>
void Sum(benchmark::State& state, const std::string& name) {
  const std::vector<Vector> vectors = Short<Vector>();
  const auto sum_of_all = [&vectors] {
    int sum = 0;
    for (const Vector& vector : vectors) {
      for (const int element : vector) sum += element;
    }
    return sum;
  };
  Digest digest;
  digest.Add(static_cast<std::uint64_t>(sum_of_all()));
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    int sum = sum_of_all();
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kVectors));
}

template <class Vector>
void AddRows(Role role, const char* implementation) {
  const auto add = [&](const char* operation, auto body) {
    AddRow(std::string("small_vector/") + operation, role, implementation,
           body);
  };
  add("push_8", [](benchmark::State& state) { Push<Vector>(state, 8); });
  add("push_64", [](benchmark::State& state) { Push<Vector>(state, 64); });
  add("copy_short", &Copy<Vector>);
  add("move_short", &Move<Vector>);
  add("sum_short", [](benchmark::State& state) {
    Sum<Vector>(state, "small_vector/sum_short");
  });
}

#if !defined(WORKBOOK_HAS_ABSEIL_CPP) || !defined(WORKBOOK_HAS_BOOST_CONTAINER)
void AddGaps(const char* implementation, const char* package) {
  for (const char* operation :
       {"push_8", "push_64", "copy_short", "move_short", "sum_short"}) {
    AddGap(std::string("small_vector/") + operation, implementation, package);
  }
}
#endif

const RegisterRows registration([] {
  AddRows<std::vector<int>>(Role::kBaseline, "std::vector");
  AddRows<SmallVector<int, 8>>(Role::kSubject, "SmallVector");
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRows<absl::InlinedVector<int, 8>>(Role::kPeer, "absl::InlinedVector");
#else
  AddGaps("absl::InlinedVector", "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  AddRows<boost::container::small_vector<int, 8>>(
      Role::kPeer, "boost::container::small_vector");
#else
  AddGaps("boost::container::small_vector", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook::compact_bench
