// SPDX-License-Identifier: Apache-2.0

// Words of a text, read as copies and as views, and names compared without
// case.
#include <benchmark/benchmark.h>
#include <strings.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "03_03/views.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

constexpr char kWordsCase[] = "views/words";
constexpr char kCompareCase[] = "views/order_names";
constexpr std::size_t kWordsOfAText = 4096;

// Texts of words that come in no order that a predictor could learn: sixteen of
// 4,096 words each.
std::vector<std::string> Texts() {
  static constexpr std::string_view kWords[] = {
      "a", "of", "request", "Content-Length", "text/html;charset=utf-8", "x"};
  std::vector<std::string> texts(16);
  std::uint32_t random = 303;
  for (std::string& text : texts) {
    for (std::size_t i = 0; i < kWordsOfAText; ++i) {
      random = random * 1664525 + 1013904223;
      text += kWords[(random >> 24) % 6];
      text += (random >> 16) % 8 == 0 ? "\n" : " ";
    }
  }
  return texts;
}

// What is done with each word: its size and first letter are read.
class Reader {
 public:
  void Read(std::string_view word) {
    ++words_;
    sum_ += word.size() + static_cast<unsigned char>(word[0]);
  }
  std::uint64_t words() const { return words_; }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t words_ = 0;
  std::uint64_t sum_ = 0;
};

[[gnu::noinline]] Reader ByCopies(const std::string& text) {
  Reader reader;
  auto begin = std::find_if_not(text.begin(), text.end(), IsBlank);
  while (begin != text.end()) {
    const auto end = std::find_if(begin, text.end(), IsBlank);
    const std::string word(begin, end);
    reader.Read(word);
    begin = std::find_if_not(end, text.end(), IsBlank);
  }
  return reader;
}
[[gnu::noinline]] Reader ByViews(const std::string& text) {
  Reader reader;
  WordReader words(text);
  for (auto word = words.Next(); !word.empty(); word = words.Next()) {
    reader.Read(word);
  }
  return reader;
}
#ifdef WORKBOOK_HAS_ABSEIL_CPP
[[gnu::noinline]] Reader BySplit(const std::string& text) {
  Reader reader;
  for (const absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty())) {
    reader.Read({word.data(), word.size()});
  }
  return reader;
}
#endif

// An operation is one word.
void AddWords(Role role, const char* implementation,
              Reader (*read)(const std::string&)) {
  AddRow(kWordsCase, role, implementation, [read](benchmark::State& state) {
    const std::vector<std::string> texts = Texts();
    Digest digest;
    for (const std::string& text : texts) {
      const Reader reader = read(text);
      digest.Add(reader.words());
      digest.Add(reader.sum());
    }
    if (!RequireSameDigest(state, kWordsCase, digest)) return;
    std::size_t next = 0;
    for (auto _ : state) {
      const Reader reader = read(texts[next]);
      Keep(reader);
      next = (next + 1) % texts.size();
    }
    state.SetItemsProcessed(state.iterations() *
                            static_cast<std::int64_t>(kWordsOfAText));
  })->CountedIterations(2);
}

using Names = std::pair<std::string, std::string>;

std::vector<Names> Pairs() {
  std::vector<Names> pairs;
  for (int i = 0; i < 512; ++i) {
    const std::string name = "Content-Security-Policy-" + std::to_string(i % 7);
    std::string other = "content-security-POLICY-" + std::to_string(i % 5);
    pairs.emplace_back(name, std::move(other));
  }
  return pairs;
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return lowered;
}

[[gnu::noinline]] bool LessByCopies(const std::string& a,
                                    const std::string& b) {
  return Lowered(a) < Lowered(b);
}
[[gnu::noinline]] bool LessByOrder(const std::string& a, const std::string& b) {
  return LessIgnoringCase()(a, b);
}
[[gnu::noinline]] bool LessByC(const std::string& a, const std::string& b) {
  return strcasecmp(a.c_str(), b.c_str()) < 0;
}

// An operation is one comparison of two names.
void AddCompare(Role role, const char* implementation,
                bool (*is_less)(const std::string&, const std::string&)) {
  AddRow(kCompareCase, role, implementation,
         [is_less](benchmark::State& state) {
           const std::vector<Names> pairs = Pairs();
           std::vector<const Names*> pointers;
           Digest digest;
           for (const Names& pair : pairs) {
             pointers.push_back(&pair);
             digest.Add(is_less(pair.first, pair.second) ? 1 : 0);
           }
           if (!RequireSameDigest(state, kCompareCase, digest)) return;
           InputOrders<const Names*> orders(pointers, 303);
           for (auto _ : state) {
             for (const Names* pair : orders.Next()) {
               const bool is_first = is_less(pair->first, pair->second);
               Keep(is_first);
             }
           }
           state.SetItemsProcessed(state.iterations() *
                                   static_cast<std::int64_t>(pairs.size()));
         });
}

const RegisterRows registration([] {
  AddWords(Role::kBaseline, "std::string for each word", ByCopies);
  AddWords(Role::kSubject, "WordReader", ByViews);
  AddCompare(Role::kBaseline, "lower-case copies", LessByCopies);
  AddCompare(Role::kSubject, "LessIgnoringCase", LessByOrder);
  AddCompare(Role::kPeer, "strcasecmp", LessByC);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddWords(Role::kPeer, "absl::StrSplit", BySplit);
#else
  AddGap(kWordsCase, "absl::StrSplit", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
