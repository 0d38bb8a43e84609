// SPDX-License-Identifier: Apache-2.0

// What every benchmark of maps does with any map: the same keys, the same fresh
// orders, the same hash for each row.
#ifndef WORKBOOK_03_02_MAPS_BENCH_H_
#define WORKBOOK_03_02_MAPS_BENCH_H_

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"
#include "tools/probe/probe.h"

namespace workbook::maps_bench {

using Number = std::uint64_t;

// The names that std::unordered_map gives to its calls, for all peers.
template <class M>
struct StdLike {
  void Reserve(std::size_t count) { map.reserve(count); }
  bool Insert(Number key) { return map.try_emplace(key, key + 1).second; }
  bool Erase(Number key) { return map.erase(key) == 1; }
  const Number* Find(Number key) const {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
  }
  Number Sum() const {
    Number sum = 0;
    for (const auto& [key, value] : map) sum += value;
    return sum;
  }
  M map;
};

// Those of FlatMap.
template <class M>
struct FlatLike {
  void Reserve(std::size_t count) { map.Reserve(count); }
  bool Insert(Number key) { return map.TryEmplace(key, key + 1).second; }
  bool Erase(Number key) { return map.Erase(key); }
  const Number* Find(Number key) const { return map.Find(key); }
  Number Sum() const {
    Number sum = 0;
    for (const auto& entry : map) sum += entry.value;
    return sum;
  }
  M map;
};

// Random keys: the first `count` are in the map, as many more are not.
struct Keys {
  explicit Keys(std::size_t count) {
    std::mt19937_64 random(count);
    for (std::size_t i = 0; i < 2 * count; ++i) all.push_back(random());
    hits = Orders({all.data(), count}, random);
    misses = Orders({all.data() + count, count}, random);
  }

  // The keys in one order after the other, until there are so many that no
  // branch predictor remembers them.
  static std::vector<Number> Orders(std::span<const Number> keys,
                                    std::mt19937_64& random) {
    std::vector<Number> orders;
    std::vector<Number> order(keys.begin(), keys.end());
    while (orders.size() < kFreshInputs) {
      for (std::size_t left = order.size(); left > 1; --left) {
        std::swap(order[left - 1], order[random() % left]);
      }
      orders.insert(orders.end(), order.begin(), order.end());
    }
    return orders;
  }

  std::span<const Number> InMap() const { return {all.data(), all.size() / 2}; }

  std::vector<Number> all;
  std::vector<Number> hits;
  std::vector<Number> misses;
};

inline const Keys& KeysOf(std::size_t count) {
  static std::map<std::size_t, std::unique_ptr<const Keys>> keys;
  std::unique_ptr<const Keys>& of_count = keys[count];
  if (of_count == nullptr) of_count = std::make_unique<const Keys>(count);
  return *of_count;
}

// Gives parts of a long list of queries, one after the other.
class Queries {
 public:
  static constexpr std::size_t kEach = 2048;

  explicit Queries(const std::vector<Number>& all)
      : all_(all.data(), all.size() / kEach * kEach) {}

  std::span<const Number> Next() {
    const std::span<const Number> part = all_.subspan(next_, kEach);
    next_ += AllOrdersRepeated() ? 0 : kEach;
    if (next_ == all_.size()) next_ = 0;
    return part;
  }

 private:
  std::span<const Number> all_;
  std::size_t next_ = 0;
};

template <class Map>
void Fill(Map& map, std::size_t count, bool reserved) {
  if (reserved) map.Reserve(count);
  for (const Number key : KeysOf(count).InMap()) map.Insert(key);
}

// A map of `count` entries that grew to them, all of which it finds; else
// nullptr. Built once in a program that is timed, since it is timed often, and
// each time where allocations are counted.
template <class Map>
std::shared_ptr<Map> FilledMap(std::size_t count) {
  static std::map<std::size_t, std::shared_ptr<Map>> maps;
  std::shared_ptr<Map>& kept = maps[count];
  if (kept != nullptr && !IsCountingPass()) return kept;
  auto map = std::make_shared<Map>();
  Fill(*map, count, false);
  for (const Number key : KeysOf(count).InMap()) {
    const Number* const value = map->Find(key);
    if (value == nullptr || *value != key + 1) return nullptr;
  }
  if (!IsCountingPass()) kept = map;
  return map;
}

// What an entry of a map has on the heap, counted once in a program.
template <class Map>
double BytesAnEntry(std::size_t count, bool reserved) {
  static std::map<std::pair<std::size_t, bool>, double> counted;
  const auto [place, is_new] = counted.try_emplace({count, reserved}, 0.0);
  if (is_new) {
    const AllocationScope scope;
    Map map;
    Fill(map, count, reserved);
    place->second = static_cast<double>(scope.Counts().live_bytes) /
                    static_cast<double>(count);
  }
  return place->second;
}

// An item is one insertion into a map that was empty, its end included.
template <class Map>
void Insert(benchmark::State& state, std::size_t count, bool reserved) {
  state.counters["bytes_an_entry"] = BytesAnEntry<Map>(count, reserved);
  for (auto _ : state) {
    Map map;
    Fill(map, count, reserved);
    Keep(map);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(count));
}

// An item is one search.
template <class Map>
void Find(benchmark::State& state, std::size_t count, bool hits) {
  const std::shared_ptr<Map> map = FilledMap<Map>(count);
  if (!Require(state, map != nullptr, "a key was not found")) return;
  const Keys& keys = KeysOf(count);
  Queries queries(hits ? keys.hits : keys.misses);
  for (auto _ : state) {
    for (const Number key : queries.Next()) {
      const Number* value = map->Find(key);
      Keep(value);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
}

// A map of constant size over keys that go round: the key that has been there
// longest goes.
template <class Map>
struct Ring {
  explicit Ring(std::size_t count) : keys(KeysOf(count).all), next(count) {
    Fill(map, count, false);
  }

  // Returns whether the oldest key was there and the next one was not.
  bool Replace() {
    const bool as_expected = map.Erase(keys[oldest]) && map.Insert(keys[next]);
    oldest = oldest + 1 == keys.size() ? 0 : oldest + 1;
    next = next + 1 == keys.size() ? 0 : next + 1;
    return as_expected;
  }

  const std::vector<Number>& keys;
  std::size_t oldest = 0;
  std::size_t next;
  Map map;
};

// An item is one erasure and one insertion.
template <class Map>
void Replace(benchmark::State& state, std::size_t count) {
  static std::map<std::size_t, std::shared_ptr<Ring<Map>>> rings;
  std::shared_ptr<Ring<Map>>& kept = rings[count];
  if (kept == nullptr || IsCountingPass()) {
    kept = std::make_shared<Ring<Map>>(count);
  }
  bool as_expected = true;
  for (auto _ : state) {
    for (std::size_t i = 0; i < Queries::kEach; ++i) {
      as_expected &= kept->Replace();
    }
  }
  Require(state, as_expected, "an entry was lost, or there already");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(Queries::kEach));
  if (IsCountingPass()) kept = nullptr;
}

// An item is one entry that iteration comes to.
template <class Map>
void Iterate(benchmark::State& state, const std::string& name,
             std::size_t count) {
  const std::shared_ptr<Map> map = FilledMap<Map>(count);
  if (!Require(state, map != nullptr, "a key was not found")) return;
  Digest digest;
  digest.Add(map->Sum());
  RequireSameDigest(state, name, digest);
  for (auto _ : state) {
    Number sum = map->Sum();
    Keep(sum);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(count));
}

struct Size {
  const char* name;
  std::size_t count;
};
inline constexpr Size kSizes[] = {
    {"10", 10}, {"1k", 1000}, {"100k", 100'000}, {"1m", 1'000'000}};

// Adds one row of a case that `Operation` names, "hit_1k" for one.
template <class Map>
void AddOperation(const std::string& stem, const std::string& operation,
                  const Size& size, Role role, const char* implementation) {
  const std::string name = stem + "/" + operation + "_" + size.name;
  const std::size_t count = size.count;
  Row* const row =
      AddRow(name, role, implementation,
             [name, operation, count](benchmark::State& state) {
               if (operation == "hit") return Find<Map>(state, count, true);
               if (operation == "miss") return Find<Map>(state, count, false);
               if (operation == "replace") return Replace<Map>(state, count);
               if (operation == "iterate")
                 return Iterate<Map>(state, name, count);
               Insert<Map>(state, count, operation == "insert_reserved");
             });
  if (count >= 100'000) row->CountedIterations(1);
}

}  // namespace workbook::maps_bench

#endif  // WORKBOOK_03_02_MAPS_BENCH_H_
