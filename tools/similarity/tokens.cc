// SPDX-License-Identifier: Apache-2.0

#include "tools/similarity/tokens.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace workbook::similarity {
namespace {

constexpr std::string_view kKeywords[] = {"alignas",
                                          "alignof",
                                          "auto",
                                          "bool",
                                          "break",
                                          "case",
                                          "catch",
                                          "char",
                                          "class",
                                          "co_await",
                                          "co_return",
                                          "co_yield",
                                          "concept",
                                          "const",
                                          "const_cast",
                                          "constexpr",
                                          "continue",
                                          "decltype",
                                          "default",
                                          "delete",
                                          "do",
                                          "double",
                                          "dynamic_cast",
                                          "else",
                                          "enum",
                                          "explicit",
                                          "extern",
                                          "false",
                                          "float",
                                          "for",
                                          "friend",
                                          "goto",
                                          "if",
                                          "inline",
                                          "int",
                                          "long",
                                          "mutable",
                                          "namespace",
                                          "new",
                                          "noexcept",
                                          "nullptr",
                                          "operator",
                                          "private",
                                          "protected",
                                          "public",
                                          "register",
                                          "reinterpret_cast",
                                          "requires",
                                          "return",
                                          "short",
                                          "signed",
                                          "sizeof",
                                          "static",
                                          "static_assert",
                                          "static_cast",
                                          "struct",
                                          "switch",
                                          "template",
                                          "this",
                                          "thread_local",
                                          "throw",
                                          "true",
                                          "try",
                                          "typedef",
                                          "typeid",
                                          "typename",
                                          "union",
                                          "unsigned",
                                          "using",
                                          "virtual",
                                          "void",
                                          "volatile",
                                          "while"};

// Not <cctype>: a byte of a student's may be anything, a locale anyone's.
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWord(char c) {
  return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    while (at_ < text_.size()) Step();
    return std::move(tokens_);
  }

 private:
  bool Sees(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }

  void Add(std::string text) { tokens_.push_back({std::move(text), line_}); }

  void SkipTo(std::size_t end) {
    end = std::min(end, text_.size());
    line_ += static_cast<int>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }

  // Behind the next `word`, or at the end.
  void SkipBehind(std::string_view word) {
    const std::size_t found = text_.find(word, at_);
    SkipTo(found == std::string_view::npos ? text_.size()
                                           : found + word.size());
  }

  void Step() {
    const char c = text_[at_];
    if (Sees("//")) {
      SkipBehind("\n");
    } else if (Sees("/*")) {
      at_ += 2;
      SkipBehind("*/");
    } else if (c == '#') {
      Directive();
    } else if (c == '"') {
      Quoted('"', "\"\"");
    } else if (c == '\'') {
      Quoted('\'', "'a'");
    } else if (IsDigit(c)) {
      Number();
    } else if (IsWord(c)) {
      Name();
    } else {
      if (c > ' ' && c <= '~' && c != '\\' && c != '`') Add(std::string(1, c));
      SkipTo(at_ + 1);
    }
  }

  void Directive() {
    ++at_;
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
    }
    if (Sees("include") || Sees("pragma")) SkipBehind("\n");
  }

  void Quoted(char quote, const char* token) {
    Add(token);
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    SkipTo(end + 1);
  }

  // 1'000'000 and 1.5e-3 are one number.
  void Number() {
    Add("1");
    std::size_t end = at_;
    while (end < text_.size() &&
           (IsWord(text_[end]) || text_[end] == '.' ||
            (text_[end] == '\'' && end + 1 < text_.size() &&
             IsWord(text_[end + 1])))) {
      ++end;
    }
    SkipTo(end);
  }

  void Name() {
    std::size_t end = at_;
    while (end < text_.size() && IsWord(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (end < text_.size() && text_[end] == '"' && word.ends_with('R')) {
      RawString(end);
      return;
    }
    Add(std::find(std::begin(kKeywords), std::end(kKeywords), word) !=
                std::end(kKeywords)
            ? std::string(word)
            : "i");
    SkipTo(end);
  }

  void RawString(std::size_t quote) {
    Add("\"\"");
    const std::size_t open = text_.find('(', quote);
    if (open == std::string_view::npos) {
      SkipTo(text_.size());
      return;
    }
    const std::string close =
        ")" + std::string(text_.substr(quote + 1, open - quote - 1)) + "\"";
    SkipTo(open + 1);
    SkipBehind(close);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view source) {
  return Scanner(source).Run();
}

}  // namespace workbook::similarity
