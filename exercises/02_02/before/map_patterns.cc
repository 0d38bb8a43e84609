// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/map_patterns.h"

#include <algorithm>

namespace workbook::before {

std::unordered_map<int, std::size_t> FirstPositions(std::span<const int> keys,
                                                    float max_load_factor) {
  std::unordered_map<int, std::size_t> positions;
  positions.max_load_factor(max_load_factor);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    positions.emplace(keys[i], i);
  }
  return positions;
}

WordIndex::WordIndex(std::size_t /*expected_words*/) {}

void WordIndex::Add(std::string_view word) { ++counts_[std::string(word)]; }

int WordIndex::Count(std::string_view word) const {
  const auto found = counts_.find(std::string(word));
  return found == counts_.end() ? 0 : found->second;
}

void RouteTable::Add(Method method, std::string_view path, int handler) {
  handlers_.try_emplace(Route{method, std::string(path)}, handler);
}

std::optional<int> RouteTable::Find(Method method,
                                    std::string_view path) const {
  const auto found = handlers_.find(Route{method, std::string(path)});
  if (found == handlers_.end()) return std::nullopt;
  return found->second;
}

IdTable::IdTable(std::vector<Entry> entries) {
  for (const auto& [id, value] : entries) {
    const auto [place, is_new] = entries_.emplace(id, value);
    if (!is_new) place->second = std::min(place->second, value);
  }
}

std::optional<int> IdTable::Find(int id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
  return found->second;
}

}  // namespace workbook::before
