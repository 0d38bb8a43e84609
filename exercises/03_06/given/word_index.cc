// SPDX-License-Identifier: Apache-2.0

// The program whose profiles lie in testdata: it counts words of a text that it
// makes, in three wasteful ways, one function for each.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/03_06/given/random.h"

namespace workbook {

constexpr int kWords = 60'000;
constexpr int kPasses = 40;

// Makes words of 4 to 23 letters; many are longer than a string holds inline.
__attribute__((noinline)) std::string MakeText() {
  SplitMix random(1);
  std::string text;
  for (int i = 0; i < kWords; ++i) {
    const std::size_t length = 4 + random.Below(20);
    const char letter = static_cast<char>('a' + random.Below(26));
    text.append(length, letter);
    text.push_back(' ');
  }
  return text;
}

// A key a word, most of them for a moment: what heaptrack calls temporary.
__attribute__((noinline)) std::map<std::string, int> CountWords(
    std::string_view text) {
  std::map<std::string, int> counts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ') continue;
    std::string key = "word:";
    key += text.substr(begin, i - begin);
    ++counts[key];
    begin = i + 1;
  }
  return counts;
}

// The time: several passes over every byte.
__attribute__((noinline)) std::uint64_t HashText(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (int pass = 0; pass < kPasses; ++pass) {
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    }
  }
  return hash;
}

// The peak: all words at once, although one at a time would do.
__attribute__((noinline)) std::size_t LongestWord(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ') continue;
    words.emplace_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  std::size_t longest = 0;
  for (const std::string& word : words)
    longest = std::max(longest, word.size());
  return longest;
}

}  // namespace workbook

int main() {
  const std::string text = workbook::MakeText();
  const auto counts = workbook::CountWords(text);
  const std::uint64_t hash = workbook::HashText(text);
  std::printf("%zu different words, the longest has %zu letters, hash %llx\n",
              counts.size(), workbook::LongestWord(text),
              static_cast<unsigned long long>(hash));
}
