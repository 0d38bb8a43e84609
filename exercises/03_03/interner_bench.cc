// SPDX-License-Identifier: Apache-2.0

// Words of a text turned into numbers: 16,384 words, of which 2,048 differ.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "03_03/interner.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"
#include "tools/probe/probe.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/flat_hash_map.h>
#endif

namespace workbook {
namespace {

constexpr char kInternCase[] = "interner/intern";
constexpr char kFindCase[] = "interner/find";
constexpr std::size_t kTexts = 2048;
constexpr std::size_t kWords = 16'384;

// Each row is a class with these two, called at the same depth.
class OurInterner {
 public:
  [[gnu::noinline]] std::uint32_t Intern(std::string_view text) {
    return static_cast<std::uint32_t>(interner_.Intern(text));
  }
  [[gnu::noinline]] std::uint32_t Find(std::string_view text) const {
    return static_cast<std::uint32_t>(*interner_.Find(text));
  }

 private:
  Interner interner_;
};

// As most programs begin: the map has the strings, a list points to them.
class MapOfStrings {
 public:
  [[gnu::noinline]] std::uint32_t Intern(std::string_view text) {
    const auto next = static_cast<std::uint32_t>(texts_.size());
    const auto [at, is_new] = numbers_.emplace(text, next);
    if (is_new) texts_.push_back(&at->first);
    return at->second;
  }
  [[gnu::noinline]] std::uint32_t Find(std::string_view text) const {
    return numbers_.find(std::string(text))->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;
};

// A map of views, and the strings in a container that never moves them.
template <class Map>
class MapOfViews {
 public:
  [[gnu::noinline]] std::uint32_t Intern(std::string_view text) {
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    const auto next = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(texts_.back(), next);
    return next;
  }
  [[gnu::noinline]] std::uint32_t Find(std::string_view text) const {
    return numbers_.find(text)->second;
  }

 private:
  Map numbers_;
  std::deque<std::string> texts_;
};
using StdMapOfViews =
    MapOfViews<std::unordered_map<std::string_view, std::uint32_t>>;
#ifdef WORKBOOK_HAS_ABSEIL_CPP
// Hashed as the others do, because abseil's own hash knows its own view.
using FlatMapOfViews =
    MapOfViews<absl::flat_hash_map<std::string_view, std::uint32_t,
                                   std::hash<std::string_view>>>;
#endif

// Words of 4 to 30 letters; a number makes each another one.
std::vector<std::string> Texts() {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kTexts; ++i) {
    texts.push_back("key" + std::to_string(i * 7919 % 100'000) +
                    std::string(i % 23, 'x'));
  }
  return texts;
}

// The words of a text: each text once, then some much more often than others.
std::vector<std::string_view> Words(const std::vector<std::string>& texts) {
  std::vector<std::string_view> words(texts.begin(), texts.end());
  std::uint64_t random = 303;
  while (words.size() < kWords) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    const std::uint64_t spread = random >> 53;  // below 2048
    words.push_back(texts[spread * spread / kTexts]);
  }
  return words;
}

// What 2,048 texts take, by the probe.
template <class Table>
void CountBytes(benchmark::State& state,
                const std::vector<std::string>& texts) {
  const AllocationScope scope;
  const auto table = std::make_unique<Table>();
  std::size_t text_bytes = 0;
  for (const std::string& text : texts) {
    table->Intern(text);
    text_bytes += text.size();
  }
  const double bytes = static_cast<double>(scope.Counts().live_bytes);
  state.counters["bytes_a_text"] = bytes / kTexts;
  state.counters["text_bytes"] = static_cast<double>(text_bytes) / kTexts;
}

// An operation is one word of a text that an empty table interns.
template <class Table>
void InternWords(benchmark::State& state) {
  const std::vector<std::string> texts = Texts();
  CountBytes<Table>(state, texts);
  const std::vector<std::string_view> words = Words(texts);
  Digest digest;
  Table checked;
  for (const std::string_view word : words) digest.Add(checked.Intern(word));
  if (!RequireSameDigest(state, kInternCase, digest)) return;
  InputOrders<std::string_view> orders(words, 303);
  for (auto _ : state) {
    Table table;
    for (const std::string_view word : orders.Next()) {
      const std::uint32_t number = table.Intern(word);
      Keep(number);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kWords));
}

// An operation is one look-up of a text that is there.
template <class Table>
void FindAll(benchmark::State& state) {
  const std::vector<std::string> texts = Texts();
  Table table;
  for (const std::string& text : texts) table.Intern(text);
  Digest digest;
  for (const std::string& text : texts) digest.Add(table.Find(text));
  if (!RequireSameDigest(state, kFindCase, digest)) return;
  InputOrders<std::string_view> orders({texts.begin(), texts.end()}, 303);
  for (auto _ : state) {
    for (const std::string_view text : orders.Next()) {
      const std::uint32_t number = table.Find(text);
      Keep(number);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kTexts));
}

template <class Table>
void Add(Role role, const char* implementation) {
  AddRow(kInternCase, role, implementation, InternWords<Table>)
      ->CountedIterations(4);
  AddRow(kFindCase, role, implementation, FindAll<Table>)->CountedIterations(4);
}

const RegisterRows registration([] {
  Add<MapOfStrings>(Role::kBaseline, "std::unordered_map of strings");
  Add<OurInterner>(Role::kSubject, "Interner");
  Add<StdMapOfViews>(Role::kPeer, "std::unordered_map of views");
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  Add<FlatMapOfViews>(Role::kPeer, "absl::flat_hash_map of views");
#else
  AddGap(kInternCase, "absl::flat_hash_map of views", "libabsl-dev");
  AddGap(kFindCase, "absl::flat_hash_map of views", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
