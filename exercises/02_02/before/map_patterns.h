// SPDX-License-Identifier: Apache-2.0

// Maps: what a node, a key and a growing table cost, and how not to pay.
//
// The counts are libstdc++'s: an unordered_map asks for one block a node and
// one for its bucket array; a std::map for one block a node.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_MAP_PATTERNS_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_MAP_PATTERNS_H_

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

namespace workbook::before {

// Each key with the position of its first occurrence, in a map whose load
// factor is never above `max_load_factor`.
// REQUIRES: max_load_factor > 0.
// Cost: O(keys) on average; one allocation a distinct key and one for the
// buckets. A key that is there already allocates nothing.
std::unordered_map<int, std::size_t> FirstPositions(std::span<const int> keys,
                                                    float max_load_factor);

// Counts words that it is shown as views.
// Thread safety: one thread at a time for each object.
class WordIndex {
 public:
  // Room for `expected_words` different words without growing the table.
  explicit WordIndex(std::size_t expected_words);

  // Cost: O(length) on average; for a known word no allocation, for a new one
  // of at most 15 characters one (its node), for a longer one two.
  void Add(std::string_view word);

  // How often `word` was added.
  // Cost: O(length) on average; no allocation, whatever the length.
  int Count(std::string_view word) const;

  std::size_t Size() const { return counts_.size(); }

 private:
  std::unordered_map<std::string, int> counts_;
};

enum class Method { kGet, kPost, kPut, kDelete };

// Handlers by method and path: a key of two parts.
// Thread safety: any number of readers, or one writer.
class RouteTable {
 public:
  // The handler for a route; the first one that is given stays.
  void Add(Method method, std::string_view path, int handler);

  // Cost: O(length) on average; no allocation.
  std::optional<int> Find(Method method, std::string_view path) const;

 private:
  // "1 /items": the key is built anew for every look.
  static std::string Key(Method method, std::string_view path);
  std::unordered_map<std::string, int> handlers_;
};

// Ids and their values, built once and then only read.
// Thread safety: any number of readers.
class IdTable {
 public:
  using Entry = std::pair<int, int>;

  // Takes `entries` over. Of entries with the same id the smallest value
  // counts.
  // Cost: O(n log n); no allocation.
  explicit IdTable(std::vector<Entry> entries);

  // Cost: O(log n), no allocation.
  std::optional<int> Find(int id) const;

  std::size_t Size() const { return entries_.size(); }

 private:
  std::map<int, int> entries_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_MAP_PATTERNS_H_
