// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "02_02/map_patterns.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/flat_hash_map.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/flat_map.hpp>
#endif
#ifdef WORKBOOK_HAS_BOOST_UNORDERED
#include <boost/unordered/unordered_flat_map.hpp>
#endif

namespace workbook {
namespace {

std::vector<int> Keys(std::size_t count) {
  std::mt19937 random(5);
  std::vector<int> keys(count);
  for (std::size_t i = 0; i < count; ++i) {
    keys[i] = static_cast<int>(i) * 1000 + static_cast<int>(random() % 1000);
  }
  std::shuffle(keys.begin(), keys.end(), random);
  return keys;
}

constexpr char kInsert[] = "map_patterns/insert";
constexpr std::size_t kInserted = 1000;

// A map of a thousand keys is made; an item is one insert.
template <typename Make>
void Insert(benchmark::State& state, Make make) {
  std::vector<int> keys = Keys(kInserted);
  Require(state, make(keys).size() == kInserted, "keys are lost");
  for (auto _ : state) {
    ++keys[0];
    const auto positions = make(keys);
    Keep(positions.size());
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kInserted});
}

template <typename Map, bool kReserve>
Map Fill(const std::vector<int>& keys) {
  Map positions;
  if constexpr (kReserve) positions.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) positions.emplace(keys[i], i);
  return positions;
}

void AddInsertRow(Role role, const char* name, auto make) {
  AddRow(kInsert, role, name,
         [make](benchmark::State& state) { Insert(state, make); });
}

// Looks for ids of which every second is there (the others lie between them),
// in a fresh order for each iteration unless `order` says otherwise; an item is
// one look.
template <typename Table, typename Find>
void Lookup(benchmark::State& state, std::size_t entries, InputOrder order,
            Find find) {
  std::vector<std::pair<int, int>> pairs;
  std::vector<int> wanted;
  for (const int key : Keys(entries)) {
    pairs.emplace_back(key, 1);
    wanted.push_back(key);
    wanted.push_back(key / 1000 * 1000 + (key % 1000 + 500) % 1000);
  }
  const auto looks = static_cast<std::int64_t>(wanted.size());
  InputOrders<int> orders(std::move(wanted), 9, order);
  const Table table(pairs.begin(), pairs.end());
  for (auto _ : state) {
    std::size_t found = 0;
    for (const int id : orders.Next()) found += find(table, id) ? 1 : 0;
    if (found != entries) state.SkipWithError("ids are lost");
  }
  state.SetItemsProcessed(state.iterations() * looks);
}

// IdTable takes a vector; the others a range.
struct TableOfIds : IdTable {
  TableOfIds(auto begin, auto end) : IdTable({begin, end}) {}
};

// The same look-ups in one order have a case of their own: it shows what a
// benchmark that repeats its input measures.
void AddLookupRows(std::size_t entries, InputOrder order) {
  std::string name = "map_patterns/lookup_" + std::to_string(entries);
  if (order == InputOrder::kRepeated) name += "_repeated";
  const auto find = [](const auto& map, int id) {
    return map.find(id) != map.end();
  };
  const auto add = [&]<typename Table>(Role role, const char* implementation,
                                       Table*, auto look) {
    AddRow(name, role, implementation, [=](benchmark::State& state) {
      Lookup<Table>(state, entries, order, look);
    });
  };
  add(Role::kBaseline, "std::unordered_map",
      static_cast<std::unordered_map<int, int>*>(nullptr), find);
  add(Role::kSubject, "IdTable", static_cast<TableOfIds*>(nullptr),
      [](const TableOfIds& table, int id) {
        return table.Find(id).has_value();
      });
  add(Role::kPeer, "std::map", static_cast<std::map<int, int>*>(nullptr), find);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  add(Role::kPeer, "absl::flat_hash_map",
      static_cast<absl::flat_hash_map<int, int>*>(nullptr), find);
#else
  AddGap(name, "absl::flat_hash_map", "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  add(Role::kPeer, "boost::container::flat_map",
      static_cast<boost::container::flat_map<int, int>*>(nullptr), find);
#else
  AddGap(name, "boost::container::flat_map", "libboost1.81-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_UNORDERED
  add(Role::kPeer, "boost::unordered_flat_map",
      static_cast<boost::unordered_flat_map<int, int>*>(nullptr), find);
#else
  AddGap(name, "boost::unordered_flat_map", "libboost1.81-dev");
#endif
}

constexpr char kText[] = "map_patterns/lookup_text";

// Looks for long words that are there, given as views; an item is one look.
template <typename Count>
void LookupText(benchmark::State& state, Count count) {
  constexpr std::size_t kWords = 256;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kWords; ++i) {
    words.push_back("a word of more than fifteen letters " +
                    std::to_string(i * 7919));
  }
  const auto look = count(words);
  std::vector<std::uint16_t> places(kWords);
  std::iota(places.begin(), places.end(), std::uint16_t{0});
  InputOrders<std::uint16_t> orders(std::move(places), 9);
  for (auto _ : state) {
    int found = 0;
    for (const std::uint16_t place : orders.Next()) found += look(words[place]);
    if (found != kWords) state.SkipWithError("words are lost");
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kWords});
}

constexpr char kKeys[] = "map_patterns/key_types";

// Looks for 256 keys that are there, of the type that `make` gives for a
// number; an item is one look.
template <typename Key>
void LookupKeys(benchmark::State& state, auto make, auto fill) {
  constexpr int kKeyCount = 256;
  std::vector<Key> keys;
  keys.reserve(kKeyCount);
  for (int i = 0; i < kKeyCount; ++i) keys.push_back(make(i * 7919));
  const auto look = fill(keys);
  std::vector<std::uint16_t> places(kKeyCount);
  std::iota(places.begin(), places.end(), std::uint16_t{0});
  InputOrders<std::uint16_t> orders(std::move(places), 9);
  for (auto _ : state) {
    int found = 0;
    for (const std::uint16_t place : orders.Next()) found += look(keys[place]);
    if (found != kKeyCount) state.SkipWithError("keys are lost");
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kKeyCount});
}

template <typename Key>
void AddKeyRow(Role role, const char* name, auto make) {
  AddRow(kKeys, role, name, [make](benchmark::State& state) {
    LookupKeys<Key>(state, make, [](const std::vector<Key>& keys) {
      std::unordered_map<Key, int> counts;
      for (const Key& key : keys) counts.emplace(key, 1);
      return [counts](const Key& key) { return counts.find(key)->second; };
    });
  });
}

void AddKeyRows() {
  const auto word = [](int i) { return "word" + std::to_string(i); };
  const auto path = [](int i) {
    return "/customers/" + std::to_string(i) + "/orders/latest";
  };
  AddKeyRow<int>(Role::kBaseline, "int", [](int i) { return i; });
  AddKeyRow<std::string>(Role::kPeer, "std::string, at most 15 letters", word);
  AddKeyRow<std::string>(Role::kPeer, "std::string, longer", path);
  AddRow(kKeys, Role::kPeer, "std::string, made for each look",
         [path](benchmark::State& state) {
           LookupKeys<std::string>(
               state, path, [](const std::vector<std::string>& keys) {
                 std::unordered_map<std::string, int> counts;
                 for (const std::string& key : keys) counts.emplace(key, 1);
                 return [counts](std::string_view key) {
                   return counts.find(std::string(key))->second;
                 };
               });
         });
  AddRow(kKeys, Role::kSubject, "RouteTable, two parts",
         [path](benchmark::State& state) {
           LookupKeys<std::string>(
               state, path, [](const std::vector<std::string>& keys) {
                 RouteTable routes;
                 for (const std::string& key : keys) {
                   routes.Add(Method::kGet, key, 1);
                 }
                 return [routes](std::string_view key) {
                   return routes.Find(Method::kGet, key).value_or(0);
                 };
               });
         });
}

const RegisterRows registration([] {
  AddKeyRows();
  using Positions = std::unordered_map<int, std::size_t>;
  AddInsertRow(Role::kBaseline, "std::unordered_map, growing",
               Fill<Positions, false>);
  AddInsertRow(
      Role::kSubject, "FirstPositions",
      [](const std::vector<int>& keys) { return FirstPositions(keys, 1.0f); });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddInsertRow(Role::kPeer, "absl::flat_hash_map, reserved",
               Fill<absl::flat_hash_map<int, std::size_t>, true>);
#else
  AddGap(kInsert, "absl::flat_hash_map, reserved", "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_UNORDERED
  AddInsertRow(Role::kPeer, "boost::unordered_flat_map, reserved",
               Fill<boost::unordered_flat_map<int, std::size_t>, true>);
#else
  AddGap(kInsert, "boost::unordered_flat_map, reserved", "libboost1.81-dev");
#endif
  for (const std::size_t entries : {8u, 64u, 512u, 4096u}) {
    AddLookupRows(entries, InputOrder::kFresh);
    AddLookupRows(entries, InputOrder::kRepeated);
  }
  AddRow(kText, Role::kBaseline, "std::unordered_map, std::string made",
         [](benchmark::State& state) {
           LookupText(state, [](const std::vector<std::string>& words) {
             std::unordered_map<std::string, int> counts;
             for (const std::string& word : words) counts.emplace(word, 1);
             return [counts](std::string_view word) {
               return counts.find(std::string(word))->second;
             };
           });
         });
  AddRow(kText, Role::kSubject, "WordIndex", [](benchmark::State& state) {
    LookupText(state, [](const std::vector<std::string>& words) {
      WordIndex index(words.size());
      for (const std::string& word : words) index.Add(word);
      return [index](std::string_view word) { return index.Count(word); };
    });
  });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kText, Role::kPeer, "absl::flat_hash_map",
         [](benchmark::State& state) {
           LookupText(state, [](const std::vector<std::string>& words) {
             absl::flat_hash_map<std::string, int> counts;
             for (const std::string& word : words) counts.emplace(word, 1);
             return [counts](std::string_view word) {
               return counts.find(absl::string_view(word.data(), word.size()))
                   ->second;
             };
           });
         });
#else
  AddGap(kText, "absl::flat_hash_map", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
