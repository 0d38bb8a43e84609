// SPDX-License-Identifier: Apache-2.0

#include "02_02/map_patterns.h"

#include <algorithm>

namespace workbook {

std::unordered_map<int, std::size_t> FirstPositions(std::span<const int> keys,
                                                    float max_load_factor) {
  std::unordered_map<int, std::size_t> positions;
  // The load factor first: reserve() turns elements into buckets with it.
  positions.max_load_factor(max_load_factor);
  positions.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    // emplace() makes its node before it looks for the key; try_emplace()
    // after.
    positions.try_emplace(keys[i], i);
  }
  return positions;
}

WordIndex::WordIndex(std::size_t expected_words) {
  counts_.reserve(expected_words);
}

void WordIndex::Add(std::string_view word) {
  auto found = counts_.find(word);
  if (found == counts_.end()) found = counts_.emplace(word, 0).first;
  ++found->second;
}

int WordIndex::Count(std::string_view word) const {
  const auto found = counts_.find(word);
  return found == counts_.end() ? 0 : found->second;
}

void RouteTable::Add(Method method, std::string_view path, int handler) {
  handlers_.try_emplace(Route{method, std::string(path)}, handler);
}

std::optional<int> RouteTable::Find(Method method,
                                    std::string_view path) const {
  const auto found = handlers_.find(RouteView{method, path});
  if (found == handlers_.end()) return std::nullopt;
  return found->second;
}

IdTable::IdTable(std::vector<Entry> entries) {
  // Not stable_sort, which asks for a buffer: pairs order by value as well.
  std::sort(entries.begin(), entries.end());
  const auto repeated = std::unique(
      entries.begin(), entries.end(),
      [](Entry left, Entry right) { return left.first == right.first; });
  entries.erase(repeated, entries.end());
  entries_ = std::move(entries);
}

std::optional<int> IdTable::Find(int id) const {
  const auto found = std::ranges::lower_bound(entries_, id, {}, &Entry::first);
  if (found == entries_.end() || found->first != id) return std::nullopt;
  return found->second;
}

}  // namespace workbook
