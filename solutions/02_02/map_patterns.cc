#include "02_02/map_patterns.h"

#include <algorithm>

namespace workbook {

std::unordered_map<int, std::size_t> FirstPositions(std::span<const int> keys,
                                                    float max_load_factor) {
  std::unordered_map<int, std::size_t> positions;
#if WORKBOOK_STUB
  for (std::size_t i = 0; i < keys.size(); ++i) positions.emplace(keys[i], i);
  positions.max_load_factor(max_load_factor);
  positions.rehash(0);
#else
  // The load factor first: reserve() turns elements into buckets with it.
  positions.max_load_factor(max_load_factor);
  positions.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    // emplace() makes its node before it looks for the key; try_emplace()
    // after.
    positions.try_emplace(keys[i], i);
  }
#endif
  return positions;
}

WordIndex::WordIndex(std::size_t expected_words) {
#if WORKBOOK_STUB
  static_cast<void>(expected_words);
#else
  counts_.reserve(expected_words);
#endif
}

void WordIndex::Add(std::string_view word) {
#if WORKBOOK_STUB
  const std::string owned(word);
  counts_[owned] += 1;
#else
  const auto found = counts_.find(word);
  if (found != counts_.end()) {
    ++found->second;
  } else {
    counts_.emplace(word, 1);
  }
#endif
}

int WordIndex::Count(std::string_view word) const {
#if WORKBOOK_STUB
  const auto found = counts_.find(std::string(word));
#else
  const auto found = counts_.find(word);
#endif
  return found == counts_.end() ? 0 : found->second;
}

#if WORKBOOK_STUB
std::string RouteTable::Key(Method method, std::string_view path) {
  return std::to_string(static_cast<int>(method)) + " " + std::string(path);
}
#endif

void RouteTable::Add(Method method, std::string_view path, int handler) {
#if WORKBOOK_STUB
  handlers_.emplace(Key(method, path), handler);
#else
  if (handlers_.find(RouteView{method, path}) != handlers_.end()) return;
  handlers_.emplace(Route{method, std::string(path)}, handler);
#endif
}

std::optional<int> RouteTable::Find(Method method,
                                    std::string_view path) const {
#if WORKBOOK_STUB
  const auto found = handlers_.find(Key(method, path));
#else
  const auto found = handlers_.find(RouteView{method, path});
#endif
  if (found == handlers_.end()) return std::nullopt;
  return found->second;
}

IdTable::IdTable(std::vector<Entry> entries) {
#if WORKBOOK_STUB
  for (const auto& [id, value] : entries) {
    const auto [place, is_new] = entries_.emplace(id, value);
    if (!is_new) place->second = std::min(place->second, value);
  }
#else
  // Not stable_sort, which asks for a buffer: pairs order by value as well.
  std::sort(entries.begin(), entries.end());
  const auto same_id = [](const Entry& left, const Entry& right) {
    return left.first == right.first;
  };
  entries.erase(std::unique(entries.begin(), entries.end(), same_id),
                entries.end());
  entries_ = std::move(entries);
#endif
}

std::optional<int> IdTable::Find(int id) const {
#if WORKBOOK_STUB
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
#else
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), id,
      [](const Entry& entry, int wanted) { return entry.first < wanted; });
  if (found == entries_.end() || found->first != id) return std::nullopt;
#endif
  return found->second;
}

}  // namespace workbook
