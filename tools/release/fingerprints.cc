#include "tools/release/fingerprints.h"

#include <algorithm>
#include <cctype>

namespace workbook::release {
namespace {

struct Token {
  std::uint64_t hash = 0;
  int line = 0;
};

struct Gram {
  std::uint64_t hash = 0;
  int line = 0;
};

// FNV-1a (Fowler, Noll, Vo), 64 bits.
std::uint64_t Hash(std::string_view word) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  return hash;
}

bool IsWord(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

// The character that an HTML page shows for text[at...], and how long it is
// there.
struct Shown {
  char c = 0;
  std::size_t length = 1;
};
Shown Unescaped(std::string_view text, std::size_t at) {
  struct Entity {
    std::string_view name;
    char c;
  };
  constexpr Entity kEntities[] = {{"&lt;", '<'},
                                  {"&gt;", '>'},
                                  {"&amp;", '&'},
                                  {"&quot;", '"'},
                                  {"&#39;", '\''}};
  if (text[at] == '&') {
    for (const Entity& entity : kEntities) {
      if (text.substr(at).starts_with(entity.name)) {
        return {entity.c, entity.name.size()};
      }
    }
  }
  return {text[at], 1};
}

std::vector<Token> Tokens(std::string_view text) {
  std::vector<Token> tokens;
  int line = 1;
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    if (IsWord(text[at])) {
      std::size_t end = at + 1;
      while (end < text.size() && IsWord(text[end])) ++end;
      tokens.push_back({Hash(text.substr(at, end - at)), line});
      at = end;
      line_begins = false;
      continue;
    }
    const Shown shown = Unescaped(text, at);
    at += shown.length;
    if (shown.c == '\n') {
      ++line;
      line_begins = true;
    } else if (std::isspace(static_cast<unsigned char>(shown.c)) != 0 ||
               std::iscntrl(static_cast<unsigned char>(shown.c)) != 0 ||
               shown.c == '/' ||
               (line_begins && std::string_view("+->|*#").find(shown.c) !=
                                   std::string_view::npos)) {
      continue;
    } else {
      tokens.push_back({Hash(std::string_view(&shown.c, 1)), line});
      line_begins = false;
    }
  }
  return tokens;
}

// A polynomial over each run of kGramTokens tokens, rolled along (Karp, Rabin).
std::vector<Gram> Grams(std::string_view text) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15u;  // odd: no bit is lost
  const std::vector<Token> tokens = Tokens(text);
  std::vector<Gram> grams;
  if (tokens.size() < kGramTokens) return grams;
  grams.reserve(tokens.size() - kGramTokens + 1);
  std::uint64_t leaving = 1;
  for (std::size_t i = 0; i < kGramTokens; ++i) leaving *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    hash = hash * kBase + tokens[i].hash;
    if (i >= kGramTokens) hash -= leaving * tokens[i - kGramTokens].hash;
    if (i + 1 >= kGramTokens) {
      grams.push_back({hash, tokens[i + 1 - kGramTokens].line});
    }
  }
  return grams;
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

void Fingerprints::Add(const std::string& file, std::string_view text) {
  const auto number = static_cast<std::uint32_t>(files_.size());
  files_.push_back(file);
  for (const Gram& gram : Grams(text)) {
    grams_.insert({gram.hash, {number, gram.line}});
  }
  for (const Gram& gram : Grams(WithoutComments(text))) {
    grams_.insert({gram.hash, {number, gram.line}});
  }
}

void Fingerprints::Remove(std::string_view text) {
  for (const Gram& gram : Grams(text)) grams_.erase(gram.hash);
  for (const Gram& gram : Grams(WithoutComments(text))) grams_.erase(gram.hash);
}

std::vector<Passage> Fingerprints::FindIn(std::string_view text) const {
  std::vector<Passage> passages;
  bool inside = false;
  for (const Gram& gram : Grams(text)) {
    const auto known = grams_.find(gram.hash);
    if (known == grams_.end()) {
      inside = false;
    } else if (inside) {
      ++passages.back().tokens;
    } else {
      passages.push_back({gram.line, kGramTokens,
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
  std::vector<Passage> without = FindIn(WithoutComments(text));
  const auto longest = [](const std::vector<Passage>& passages) {
    return passages.empty() ? 0 : passages.front().tokens;
  };
  return longest(without) > longest(with) ? without : with;
}

}  // namespace workbook::release
