// SPDX-License-Identifier: Apache-2.0

#include "tools/release/fingerprints.h"

#include <algorithm>
#include <cctype>

namespace workbook::release {
namespace {

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where the string or character that begins at text[at] has its closing quote;
// `at` where it is a digit separator or has none on its line.
std::size_t EndOfLiteral(std::string_view text, std::size_t at) {
  const char quote = text[at];
  if (quote == '\'' && at > 0 && IsWord(text[at - 1])) return at;
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i;
    }
  }
  return at;
}

}  // namespace

std::string WithoutComments(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (text[at] == '"' || text[at] == '\'') {
      const std::size_t end = EndOfLiteral(text, at);
      kept += text.substr(at, end - at + 1);
      at = end;
    } else if (rest.starts_with("//")) {
      at += std::min(rest.find('\n'), rest.size()) - 1;
    } else if (rest.starts_with("/*")) {
      const std::size_t end = rest.find("*/", 2);
      const std::string_view comment =
          rest.substr(0, end == std::string_view::npos ? rest.size() : end + 2);
      kept += ' ';
      for (const char c : comment) {
        if (c == '\n') kept += c;
      }
      at += comment.size() - 1;
    } else {
      kept += text[at];
    }
  }
  return kept;
}

std::vector<Gram> Fingerprints::GramsOf(std::string_view text) const {
  std::vector<Gram> grams = Grams(text, names_);
  if (names_ == Names::kAreAlike) return grams;
  const std::vector<Gram> bare = Grams(WithoutComments(text), names_);
  grams.insert(grams.end(), bare.begin(), bare.end());
  return grams;
}

void Fingerprints::Add(const std::string& file, std::string_view text) {
  const auto number = static_cast<std::uint32_t>(files_.size());
  files_.push_back(file);
  for (const Gram& gram : GramsOf(text)) {
    grams_.insert({gram.hash, {number, gram.line}});
  }
}

void Fingerprints::Remove(std::string_view text) {
  for (const Gram& gram : GramsOf(text)) grams_.erase(gram.hash);
}

std::vector<Passage> Fingerprints::FindIn(std::string_view text) const {
  std::vector<Passage> passages;
  bool inside = false;
  for (const Gram& gram : Grams(text, names_)) {
    const auto known = grams_.find(gram.hash);
    if (known == grams_.end()) {
      inside = false;
    } else if (inside) {
      ++passages.back().tokens;
    } else {
      passages.push_back({gram.line, GramTokens(names_),
                          files_[known->second.file] + ":" +
                              std::to_string(known->second.line)});
      inside = true;
    }
  }
  std::stable_sort(
      passages.begin(), passages.end(),
      [](const Passage& a, const Passage& b) { return a.tokens > b.tokens; });
  return passages;
}

std::vector<Passage> Fingerprints::Find(std::string_view text) const {
  std::vector<Passage> with = FindIn(text);
  if (names_ == Names::kAreAlike) return with;
  std::vector<Passage> without = FindIn(WithoutComments(text));
  const auto longest = [](const std::vector<Passage>& passages) {
    return passages.empty() ? 0 : passages.front().tokens;
  };
  return longest(without) > longest(with) ? without : with;
}

}  // namespace workbook::release
