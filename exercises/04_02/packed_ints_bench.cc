// SPDX-License-Identifier: Apache-2.0

// Single bits, beside std::vector<bool>, and 12-bit numbers, beside 32-bit
// ones: a million each.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "04_02/packed_ints.h"
#include "exercises/04_02/compact_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook::compact_bench {
namespace {

constexpr std::size_t kCount = 1 << 20;

template <class Element>
struct Vector {
  void Reserve(std::size_t count) { elements.reserve(count); }
  void PushBack(std::uint64_t value) {
    elements.push_back(static_cast<Element>(value));
  }
  std::uint64_t Get(std::size_t index) const { return elements[index]; }
  void Set(std::size_t index, std::uint64_t value) {
    elements[index] = static_cast<Element>(value);
  }
  std::vector<Element> elements;
};

// The element with this index, where the query has its low bits.
std::uint64_t ValueOf(std::uint64_t index, std::uint64_t max) {
  return (index * 0x9E3779B97F4A7C15u >> 40) & max;
}

template <class Ints>
Kept<Ints> Million(std::uint64_t max) {
  return Filled<Ints>("million", kCount, [max](Ints& ints) {
    ints.Reserve(kCount);
    for (std::size_t i = 0; i < kCount; ++i) ints.PushBack(ValueOf(i, max));
  });
}

// An item is one element that is read.
template <class Ints>
void Get(benchmark::State& state, const std::string& name, std::uint64_t max) {
  const Kept<Ints> kept = Million<Ints>(max);
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  const Ints& ints = *kept.container;
  Queries queries(kCount);
  Digest digest;
  for (const std::uint64_t index : queries.Next()) digest.Add(ints.Get(index));
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const std::uint64_t index : queries.Next()) sum += ints.Get(index);
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

// An item is one element that is replaced; by chance it stays the same.
template <class Ints>
void Set(benchmark::State& state, const std::string& name, std::uint64_t max) {
  const Kept<Ints> kept = Million<Ints>(max);
  state.counters["bytes_an_element"] = kept.bytes_an_element;
  Ints ints = *kept.container;
  Queries queries(kCount << 12);
  Digest digest;
  for (const std::uint64_t query : queries.Next()) {
    ints.Set(query % kCount, query >> 20 & max);
    digest.Add(ints.Get(query % kCount));
  }
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    for (const std::uint64_t query : queries.Next()) {
      ints.Set(query % kCount, query >> 20 & max);
    }
    Keep(ints);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

// An item is one element that is added to an array that began empty.
template <class Ints>
void Append(benchmark::State& state, const std::string&, std::uint64_t max) {
  constexpr std::size_t kAppends = 10'000;
  for (auto _ : state) {
    Ints ints;
    for (std::size_t i = 0; i < kAppends; ++i) ints.PushBack(i >> 3 & max);
    Keep(ints);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kAppends));
}

template <class Ints>
void Add(const std::string& operation, Role role, const char* implementation,
         std::uint64_t max) {
  const std::string name = "packed_ints/" + operation;
  AddRow(name, role, implementation, [name, max](benchmark::State& state) {
    if (name.find("get") != std::string::npos) {
      return Get<Ints>(state, name, max);
    }
    if (name.find("set") != std::string::npos) {
      return Set<Ints>(state, name, max);
    }
    Append<Ints>(state, name, max);
  })->CountedIterations(2);
}

const RegisterRows registration([] {
  for (const char* operation : {"get_1_bit", "set_1_bit", "append_1_bit"}) {
    Add<Vector<std::uint8_t>>(operation, Role::kBaseline,
                              "std::vector of bytes", 1);
    Add<PackedInts<1>>(operation, Role::kSubject, "PackedInts<1>", 1);
    Add<Vector<bool>>(operation, Role::kPeer, "std::vector<bool>", 1);
  }
  for (const char* operation :
       {"get_12_bits", "set_12_bits", "append_12_bits"}) {
    Add<Vector<std::uint32_t>>(operation, Role::kBaseline,
                               "std::vector of 32 bits", 0xFFF);
    Add<PackedInts<12>>(operation, Role::kSubject, "PackedInts<12>", 0xFFF);
  }
});

}  // namespace
}  // namespace workbook::compact_bench
