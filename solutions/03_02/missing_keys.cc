// SPDX-License-Identifier: Apache-2.0

#include "03_02/missing_keys.h"

#include <utility>

namespace workbook {

std::size_t NumberNewWords(WordNumbers& numbers,
                           std::span<const std::string> words) {
  const std::size_t size_before = numbers.size();
  for (const std::string& word : words) {
    numbers.try_emplace(word, static_cast<std::uint32_t>(numbers.size()));
  }
  return numbers.size() - size_before;
}

bool AddSession(Sessions& sessions, int id,
                std::unique_ptr<Session>&& session) {
  const auto [place, is_new] = sessions.try_emplace(id);
  if (is_new) place->second = std::move(session);
  return is_new;
}

std::uint64_t SumOfNumbers(const WordNumbers& numbers,
                           std::span<const std::string> words) {
  std::uint64_t sum = 0;
  for (const std::string& word : words) {
    const auto found = numbers.find(word);
    if (found != numbers.end()) sum += found->second;
  }
  return sum;
}

}  // namespace workbook
