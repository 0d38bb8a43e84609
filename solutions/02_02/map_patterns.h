// SPDX-License-Identifier: Apache-2.0

// Maps: what a node, a key and a growing table cost, and how not to pay.
//
// The counts are libstdc++'s: an unordered_map asks for one block a node and
// one for its bucket array; a std::map for one block a node.
#ifndef WORKBOOK_02_02_MAP_PATTERNS_H_
#define WORKBOOK_02_02_MAP_PATTERNS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace workbook {

// Returns each key with the position of its first occurrence, in a map whose
// max_load_factor() is `max_load_factor`, and whose load factor is never above.
// REQUIRES: max_load_factor > 0.
// Cost: O(keys) on average; one allocation a distinct key and one for the
// buckets. A key that is there already allocates nothing.
std::unordered_map<int, std::size_t> FirstPositions(std::span<const int> keys,
                                                    float max_load_factor);

// Counts words that it is shown as views. It owns its words.
// Thread safety: one thread at a time for each object.
class WordIndex {
 public:
  // Makes room for `expected_words` different words, so that the table does not
  // grow before there are more.
  // Cost: O(expected_words); at most one allocation.
  explicit WordIndex(std::size_t expected_words);

  // Counts `word` once more.
  // Cost: O(length) on average; for a known word no allocation. Of the first
  // `expected_words` words, a new one of at most 15 characters takes one (its
  // node), a longer one two.
  void Add(std::string_view word);

  // Returns how often `word` was added.
  // Cost: O(length) on average; no allocation, whatever the length.
  int Count(std::string_view word) const;

  std::size_t Size() const { return counts_.size(); }

 private:
  // is_transparent on both is what lets find() take a view. Without it the view
  // becomes a std::string first.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>()(word);
    }
  };
  std::unordered_map<std::string, int, Hash, std::equal_to<>> counts_;
};

enum class Method { kGet, kPost, kPut, kDelete };

// Holds handlers by method and path: a key of two parts.
// Thread safety: any number of readers, or one writer.
class RouteTable {
 public:
  // Adds the handler of a route; the first one that is given stays.
  // Cost: O(length) on average.
  void Add(Method method, std::string_view path, int handler);

  // Returns the handler of a route, if there is one.
  // Cost: O(length) on average; no allocation.
  std::optional<int> Find(Method method, std::string_view path) const;

 private:
  struct RouteView {
    Method method;
    std::string_view path;
    bool operator==(const RouteView&) const = default;
  };
  struct Route {
    Method method;
    std::string path;
    bool operator==(const Route&) const = default;
    // NOLINTNEXTLINE(google-explicit-constructor): what it is for
    operator RouteView() const { return {method, path}; }
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(RouteView route) const {
      // The methods are few: a multiple of an odd constant keeps routes that
      // differ in nothing else apart (2^64 divided by the golden ratio).
      return std::hash<std::string_view>()(route.path) +
             static_cast<std::size_t>(route.method) * 0x9E3779B97F4A7C15u;
    }
  };
  std::unordered_map<Route, int, Hash, std::equal_to<>> handlers_;
};

// Holds ids and their values, built once and then only read.
// Thread safety: any number of readers.
class IdTable {
 public:
  using Entry = std::pair<int, int>;

  // Takes `entries` over: an id and its value each. Of entries with the same id
  // the smallest value counts.
  // Cost: O(n log n); no allocation.
  explicit IdTable(std::vector<Entry> entries);

  // Returns the value of `id`, if it is there.
  // Cost: O(log n), no allocation.
  std::optional<int> Find(int id) const;

  std::size_t Size() const { return entries_.size(); }

 private:
  std::vector<Entry> entries_;  // by id, each id once
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_MAP_PATTERNS_H_
