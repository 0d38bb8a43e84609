// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/contract_excerpt.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"

namespace workbook::cli {
namespace {

using Words = std::set<std::string>;

constexpr std::size_t kShortContract = 45;  // words
constexpr std::size_t kMostSentences = 2;

// Whether a word is a name of the program rather than of the language.
bool IsName(std::string_view word) {
  return word.find('_') != std::string_view::npos ||
         (word.size() > 1 && word[0] == 'k' && IsUpper(word[1]));
}

// Words that any sentence may have, and that say nothing of a failure.
bool SaysLittle(std::string_view word) {
  constexpr std::array<std::string_view, 18> kWords = {
      "each", "equal",  "expected", "from",  "have",  "none",
      "same", "should", "than",     "that",  "then",  "they",
      "this", "what",   "when",     "where", "which", "with"};
  constexpr std::size_t kShortest = 4;
  return word.size() < kShortest ||
         std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// "keeps", "the", "first" of "KeepsTheFirst".
void AddCamelWords(std::string_view name, Words& words) {
  while (!name.empty()) {
    std::size_t end = 1;
    while (end < name.size() && !IsUpper(name[end])) ++end;
    words.insert(Lower(name.substr(0, end)));
    name.remove_prefix(end);
  }
}

Words WordsOfFailure(std::string_view test, std::string_view sentence) {
  Words words;
  AddCamelWords(test.substr(std::min(test.find('.') + 1, test.size())), words);
  for (const std::string& name : IdentifiersOf(sentence)) {
    words.insert(IsName(name) ? name : Lower(name));
  }
  std::erase_if(words, [](const std::string& word) {
    return !IsName(word) && SaysLittle(word);
  });
  return words;
}

// "saves" is "saving": they begin alike.
bool IsSameWord(const std::string& a, const std::string& b) {
  constexpr std::size_t kStem = 5;
  if (a == b) return true;
  if (IsName(a) || IsName(b)) return false;
  return a.size() >= kStem && b.size() >= kStem &&
         a.compare(0, kStem, b, 0, kStem) == 0;
}

// A name that both have counts as two words.
int Shared(std::string_view sentence, const Words& failure) {
  int shared = 0;
  for (const std::string& found : IdentifiersOf(sentence)) {
    const std::string word = IsName(found) ? found : Lower(found);
    if (std::any_of(
            failure.begin(), failure.end(),
            [&](const std::string& each) { return IsSameWord(word, each); })) {
      shared += IsName(word) ? 2 : 1;
    }
  }
  return shared;
}

// The sentences of a contract, and the items of its lists.
std::vector<std::string_view> Sentences(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    const bool is_end = text[at] == '.' && text[at + 1] == ' ';
    const bool is_item = text.substr(at + 1).starts_with(" - ") &&
                         (text[at] == ':' || text[at] == ';');
    if (!is_end && !is_item) continue;
    sentences.push_back(text.substr(begin, at + 1 - begin));
    begin = at + 2;
  }
  if (begin < text.size()) sentences.push_back(text.substr(begin));
  return sentences;
}

// The places of those that speak of the failure, in their order.
std::vector<std::size_t> Chosen(const std::vector<std::string_view>& sentences,
                                const Words& failure) {
  constexpr int kEnough = 2;
  std::vector<std::pair<int, std::size_t>> scored;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const int shared = Shared(sentences[i], failure);
    if (shared >= kEnough) scored.emplace_back(-shared, i);
  }
  std::sort(scored.begin(), scored.end());
  std::vector<std::size_t> chosen;
  for (const auto& [score, i] : scored) {
    if (chosen.size() < kMostSentences) chosen.push_back(i);
  }
  if (chosen.empty()) chosen = {0, 1};
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace

ContractExcerpt ExcerptOf(std::string_view contract, std::string_view test,
                          std::string_view sentence) {
  const std::vector<std::string_view> sentences = Sentences(contract);
  const auto words = static_cast<std::size_t>(
                         std::count(contract.begin(), contract.end(), ' ')) +
                     1;
  if (words <= kShortContract || sentences.size() <= kMostSentences) {
    return {.text = std::string(contract), .is_whole = true};
  }
  ContractExcerpt excerpt{.text = "", .is_whole = false};
  std::size_t next = 0;
  for (const std::size_t i :
       Chosen(sentences, WordsOfFailure(test, sentence))) {
    if (!excerpt.text.empty()) excerpt.text += ' ';
    if (i != next) excerpt.text += "... ";
    excerpt.text += sentences[i];
    next = i + 1;
  }
  return excerpt;
}

}  // namespace workbook::cli
