// SPDX-License-Identifier: Apache-2.0

// Insertion of keys that may be there already.
#ifndef WORKBOOK_03_02_MISSING_KEYS_H_
#define WORKBOOK_03_02_MISSING_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

namespace workbook {

using WordNumbers = std::unordered_map<std::string, std::uint32_t>;

// Gives a number to each of `words` that has none in `numbers`: the size that
// the map has at that moment. Returns how many words were new.
// Cost: a node and the word's text for a new word; no allocation for one that
// is there.
// Thread safety: none, as for every function of this file.
// On failure: std::bad_alloc; the words before it have their numbers.
std::size_t NumberNewWords(WordNumbers& numbers,
                           std::span<const std::string> words);

struct Session {
  std::string user;
};
using Sessions = std::unordered_map<int, std::unique_ptr<Session>>;

// Puts `session` under `id`, unless there is one. Returns whether it did. If
// not, the caller still has `session`.
// Cost: a node for a new id; no allocation for one that is there.
// On failure: std::bad_alloc, for the node or for a larger array of buckets.
// Nothing has changed: the map has its entries, and the caller `session`.
bool AddSession(Sessions& sessions, int id, std::unique_ptr<Session>&& session);

// Adds up the numbers of `words`; a word that `numbers` lacks counts 0.
// Cost: no allocation, whether a word is there or not.
std::uint64_t SumOfNumbers(const WordNumbers& numbers,
                           std::span<const std::string> words);

}  // namespace workbook

#endif  // WORKBOOK_03_02_MISSING_KEYS_H_
