// SPDX-License-Identifier: Apache-2.0

#include "tools/release/grams.h"

#include <algorithm>
#include <cctype>

#include "tools/similarity/tokens.h"

namespace workbook::release {
namespace {

struct Token {
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

// How long the line at text[at...] is if it is the rule below the head of a
// table in Markdown, or 0: every table of as many columns has the same one.
std::size_t TableRuleLength(std::string_view text, std::size_t at) {
  if (text[at] != '|') return 0;
  const std::size_t end =
      std::min(text.find_first_not_of("|:- \r", at), text.size());
  return end == text.size() || text[end] == '\n' ? end - at : 0;
}

std::vector<Token> Words(std::string_view text) {
  std::vector<Token> tokens;
  int line = 1;
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    if (line_begins) at += TableRuleLength(text, at);
    if (at == text.size()) break;
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
      continue;
    }
    // In the first column only: further in, "--idle" may begin a line or not.
    const bool is_mark = line_begins && std::string_view("+->|*#").find(
                                            shown.c) != std::string_view::npos;
    line_begins = false;
    if (is_mark || shown.c == '/' ||
        std::isspace(static_cast<unsigned char>(shown.c)) != 0 ||
        std::iscntrl(static_cast<unsigned char>(shown.c)) != 0) {
      continue;
    }
    tokens.push_back({Hash(std::string_view(&shown.c, 1)), line});
  }
  return tokens;
}

std::vector<Token> Shapes(std::string_view text) {
  std::vector<Token> tokens;
  for (const similarity::Token& token : similarity::Tokenize(text)) {
    tokens.push_back({Hash(token.text), token.line});
  }
  return tokens;
}

}  // namespace

// A polynomial over each run of tokens, rolled along (Karp, Rabin).
std::vector<Gram> Grams(std::string_view text, Names names) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15u;  // odd: no bit is lost
  const std::size_t length = GramTokens(names);
  const std::vector<Token> tokens =
      names == Names::kCount ? Words(text) : Shapes(text);
  std::vector<Gram> grams;
  if (tokens.size() < length) return grams;
  grams.reserve(tokens.size() - length + 1);
  std::uint64_t leaving = 1;
  for (std::size_t i = 0; i < length; ++i) leaving *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    hash = hash * kBase + tokens[i].hash;
    if (i >= length) hash -= leaving * tokens[i - length].hash;
    if (i + 1 >= length) grams.push_back({hash, tokens[i + 1 - length].line});
  }
  return grams;
}

}  // namespace workbook::release
