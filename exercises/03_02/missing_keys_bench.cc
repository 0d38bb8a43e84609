// SPDX-License-Identifier: Apache-2.0

// A hundred words that the map has already.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "03_02/missing_keys.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "missing_keys/known_words";

std::vector<std::string> Words() {
  std::vector<std::string> words;
  for (int i = 0; i < 100; ++i) {
    words.push_back("a word of more than fifteen letters, number " +
                    std::to_string(i));
  }
  return words;
}

// An item is one word.
template <class NumberWords>
void KnownWords(benchmark::State& state, NumberWords number_words) {
  WordNumbers numbers;
  for (const std::string& word : Words()) numbers.try_emplace(word, 7u);
  InputOrders<std::string> orders(Words(), 1);
  for (auto _ : state) number_words(numbers, orders.Next());
  Require(state, numbers.size() == 100, "words were added");
  state.SetItemsProcessed(state.iterations() * 100);
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "emplace", [](benchmark::State& state) {
    KnownWords(state,
               [](WordNumbers& numbers, std::span<const std::string> words) {
                 for (const std::string& word : words)
                   numbers.emplace(word, 0u);
               });
  });
  AddRow(kCase, Role::kSubject, "NumberNewWords",
         [](benchmark::State& state) { KnownWords(state, NumberNewWords); });
  AddRow(kCase, Role::kPeer, "find, then emplace", [](benchmark::State& state) {
    KnownWords(state,
               [](WordNumbers& numbers, std::span<const std::string> words) {
                 for (const std::string& word : words) {
                   if (!numbers.contains(word)) numbers.emplace(word, 0u);
                 }
               });
  });
});

}  // namespace
}  // namespace workbook
