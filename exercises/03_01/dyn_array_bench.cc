// SPDX-License-Identifier: Apache-2.0

// Appends to an empty array: five thousand ints under each growth rule, and
// five hundred names whose moves may or may not throw.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "03_01/dyn_array.h"
#include "03_01/growth_costs.h"
#include "03_01/growth_policies.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/inlined_vector.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/vector.hpp>
#endif

namespace workbook {
namespace {

// Small, so that the blocks of no row come near 128 KiB, where glibc maps
// blocks and trims its heap: with 10,000 names the same code took 20 ns in one
// program and 44 in another.
template <class T>
constexpr int kAppends = 500;
template <>
constexpr int kAppends<int> = 5000;

// How each kind of array takes an element.
struct EmplaceBack {
  template <class Array, class Value>
  void operator()(Array& array, Value&& value) const {
    array.EmplaceBack(std::forward<Value>(value));
  }
};
struct PushBack {
  template <class Array, class Value>
  void operator()(Array& array, Value&& value) const {
    array.push_back(std::forward<Value>(value));
  }
};
struct ReserveOneMore {
  template <class Array, class Value>
  void operator()(Array& array, Value&& value) const {
    array.reserve(array.size() + 1);
    array.push_back(std::forward<Value>(value));
  }
};

int Numbered(int number, std::type_identity<int>) { return number; }

// Text on the heap, so that a copy costs an allocation.
template <bool kNoexceptMove>
struct Name {
  explicit Name(int number) : text(40, static_cast<char>('a' + number % 26)) {}
  Name(const Name&) = default;
  Name(Name&& other) noexcept(kNoexceptMove) : text(std::move(other.text)) {}
  std::string text;
};

template <class T>
T Numbered(int number, std::type_identity<T>) {
  return T(number);
}

std::uint64_t Tell(int number) { return static_cast<std::uint64_t>(number); }
template <bool kNoexceptMove>
std::uint64_t Tell(const Name<kNoexceptMove>& name) {
  return static_cast<std::uint64_t>(name.text[39]);
}

struct Growth {
  double reallocations = 0;
  double bytes_moved = 0;
};

// Fills one array before the clock runs: counts how its block changes, and
// checks what is in it.
template <class T, class Array, class Append>
Growth CountGrowth(benchmark::State& state, const std::string& key,
                   Append append) {
  Array array;
  Growth growth;
  for (int i = 0; i < kAppends<T>; ++i) {
    const std::size_t capacity = array.capacity();
    const std::size_t size = array.size();
    append(array, Numbered(i, std::type_identity<T>()));
    if (array.capacity() == capacity || size == 0) continue;
    ++growth.reallocations;
    growth.bytes_moved += static_cast<double>(size * sizeof(T));
  }
  Digest digest;
  for (std::size_t i = 0; i < array.size(); ++i) digest.Add(Tell(array[i]));
  RequireSameDigest(state, key, digest);
  return growth;
}

// An item is one append.
template <class T, class Array, class Append>
void AppendAll(benchmark::State& state, const std::string& key, Append append) {
  const Growth growth = CountGrowth<T, Array>(state, key, append);
  int first = 0;
  for (auto _ : state) {
    Keep(first);
    Array array;
    for (int i = 0; i < kAppends<T>; ++i) {
      append(array, Numbered(first + i, std::type_identity<T>()));
    }
    Keep(array.data());
    first = (first + 1) % 1000;
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kAppends<T>});
  // Behind the loop: a counter is an allocation, and would count as peak.
  state.counters["reallocations"] = growth.reallocations;
  state.counters["bytes_moved"] = growth.bytes_moved;
}

template <class T, class Array, class Append>
void Add(const std::string& name, Role role, const char* implementation,
         Append append) {
  AddRow(name, role, implementation, [name, append](benchmark::State& state) {
    AppendAll<T, Array>(state, name, append);
  })->CountedIterations(4);
}

template <class T>
void AddPeers(const std::string& name) {
  Add<T, std::vector<T>>(name, Role::kPeer, "std::vector", PushBack());
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  Add<T, boost::container::vector<T>>(name, Role::kPeer,
                                      "boost::container::vector", PushBack());
#else
  AddGap(name, "boost::container::vector", "libboost1.81-dev");
#endif
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  Add<T, absl::InlinedVector<T, 4>>(name, Role::kPeer, "absl::InlinedVector",
                                    PushBack());
#else
  AddGap(name, "absl::InlinedVector", "libabsl-dev");
#endif
}

template <class Policy>
void AddPolicy(const char* name, const char* implementation) {
  Add<int, std::vector<int>>(name, Role::kBaseline, "reserve, one more",
                             ReserveOneMore());
  Add<int, DynArray<int, Policy>>(name, Role::kSubject, implementation,
                                  EmplaceBack());
  AddPeers<int>(name);
}

const RegisterRows registration([] {
  AddPolicy<Doubling>("dyn_array/append_doubling", "DynArray, doubling");
  AddPolicy<OneAndAHalf>("dyn_array/append_one_and_a_half", "DynArray, x1.5");
  AddPolicy<GoBefore118>("dyn_array/append_go_before_118",
                         "DynArray, Go to 1.17");
  AddPolicy<GoSince118>("dyn_array/append_go_since_118",
                        "DynArray, Go from 1.18");

  constexpr char kNames[] = "dyn_array/append_names";
  using Safe = Name<true>;
  using Risky = Name<false>;
  Add<Risky, std::vector<Risky>>(kNames, Role::kBaseline,
                                 "std::vector, no noexcept", PushBack());
  Add<Safe, DynArray<Safe, Doubling>>(kNames, Role::kSubject,
                                      "DynArray, noexcept move", EmplaceBack());
  AddPeers<Safe>(kNames);
});

}  // namespace
}  // namespace workbook
