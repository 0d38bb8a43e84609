// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/tokens.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

constexpr std::string_view kBlanks = " \t\v\f\r";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsEncoding(const std::string& name) {
  return name == "u8" || name == "u" || name == "U" || name == "L";
}

bool IsRawEncoding(const std::string& name) {
  return name.ends_with('R') &&
         (name.size() == 1 || IsEncoding(name.substr(0, name.size() - 1)));
}

class Lexer {
 public:
  Lexer(const std::string& text, const std::function<void(const Token&)>& use)
      : original_(text), use_(use) {
    Splice();
  }

  void Run() {
    while (at_ < text_.size()) Step();
    EndLine();
  }

 private:
  // A line goes on where a backslash ends it, blanks behind it or not.
  void Splice() {
    std::size_t start = original_.starts_with("\xef\xbb\xbf") ? 3 : 0;
    pieces_.push_back({0, start});
    text_.reserve(original_.size());
    for (std::size_t i = start; i < original_.size(); ++i) {
      if (original_[i] != '\\') continue;
      const std::size_t next = original_.find_first_not_of(kBlanks, i + 1);
      if (next == std::string::npos || original_[next] != '\n') continue;
      text_.append(original_, start, i - start);
      start = next + 1;
      pieces_.push_back({text_.size(), start});
      i = next;
    }
    text_.append(original_, start);
  }

  // Where a byte of text_ stood before splicing.
  std::size_t OriginOf(std::size_t at) const {
    const auto next = std::upper_bound(
        pieces_.begin(), pieces_.end(), at,
        [](std::size_t left, const Piece& right) { return left < right.at; });
    const Piece& piece = *std::prev(next);
    return piece.origin + (at - piece.at);
  }

  // The first byte of text_ that stood at `origin` or behind it.
  std::size_t PlaceOf(std::size_t origin) const {
    const auto next =
        std::upper_bound(pieces_.begin(), pieces_.end(), origin,
                         [](std::size_t left, const Piece& right) {
                           return left < right.origin;
                         });
    const Piece& piece = *std::prev(next);
    const std::size_t place = piece.at + (origin - piece.origin);
    const std::size_t end = next == pieces_.end() ? text_.size() : next->at;
    return std::min(place, end);
  }

  bool Sees(std::string_view what) const {
    return std::string_view(text_).substr(at_, what.size()) == what;
  }

  void Add(TokenKind kind, std::string text) {
    starts_line_ = false;
    if (in_directive_) {
      line_tokens_.push_back({kind, std::move(text), true});
    } else {
      use_({kind, std::move(text), false});
    }
  }

  // A directive comes before the tokens of its line.
  void EndLine() {
    starts_line_ = true;
    expects_header_ = false;
    if (!in_directive_) return;
    in_directive_ = false;
    const std::size_t first = line_.find_first_not_of(kBlanks);
    const std::size_t last = line_.find_last_not_of(kBlanks);
    use_({TokenKind::kDirective,
          first == std::string::npos ? ""
                                     : line_.substr(first, last - first + 1),
          false});
    for (const Token& token : line_tokens_) use_(token);
    line_tokens_.clear();
  }

  void Take(std::size_t count) {
    if (in_directive_) line_ += text_.substr(at_, count);
    at_ += count;
  }

  void Step() {
    const char c = text_[at_];
    if (c == '\n') {
      EndLine();
      ++at_;
    } else if (kBlanks.find(c) != std::string_view::npos) {
      Take(1);
    } else if (Sees("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (Sees("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string::npos ? text_.size() : end + 2;
      if (in_directive_) line_ += ' ';
    } else if (starts_line_ && (c == '#' || Sees("%:"))) {
      BeginDirective(c == '#' ? 1 : 2);
    } else if (c == '"' || c == '\'') {
      Literal(c);
    } else if (c == '<' && expects_header_) {
      HeaderName();
    } else if (IsDigit(c) || (c == '.' && at_ + 1 < text_.size() &&
                              IsDigit(text_[at_ + 1]))) {
      Number();
    } else if (IsLetter(c)) {
      Name();
    } else {
      expects_header_ = expects_header_ && c == '(';
      Add(TokenKind::kOther, std::string(1, c));
      Take(1);
    }
  }

  void BeginDirective(std::size_t length) {
    at_ += length;
    in_directive_ = true;
    line_.clear();
    starts_line_ = false;
    names_directive_ = true;
  }

  void Literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      if (text_[end] == '\\' && end + 1 < text_.size() &&
          text_[end + 1] != '\n') {
        ++end;
      }
      ++end;
    }
    Add(quote == '"' ? TokenKind::kString : TokenKind::kOther,
        text_.substr(at_ + 1, end - at_ - 1));
    const bool closed = end < text_.size() && text_[end] == quote;
    Take(end - at_ + (closed ? 1 : 0));
    expects_header_ = false;
  }

  // Between < and > nothing is a comment or a quotation mark.
  void HeaderName() {
    const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    const std::size_t end = text_.find('>', at_);
    expects_header_ = false;
    Add(TokenKind::kOther, "<");
    Take(end < line_end ? end + 1 - at_ : 1);
  }

  void Number() {
    std::size_t end = at_ + 1;
    while (end < text_.size()) {
      const char c = text_[end];
      const char before = text_[end - 1];
      const bool sign =
          (c == '+' || c == '-') &&
          std::string_view("eEpP").find(before) != std::string_view::npos;
      const bool separator =
          c == '\'' && end + 1 < text_.size() && IsLetter(text_[end + 1]);
      if (!IsLetter(c) && c != '.' && !sign && !separator) break;
      ++end;
    }
    Add(TokenKind::kOther, text_.substr(at_, end - at_));
    Take(end - at_);
  }

  void Name() {
    std::size_t end = at_;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    const std::string name = text_.substr(at_, end - at_);
    const char next = end < text_.size() ? text_[end] : '\0';
    if (next == '"' && IsRawEncoding(name)) {
      RawString(end);
      return;
    }
    if ((next == '"' || next == '\'') && IsEncoding(name)) {
      Take(end - at_);
      Literal(next);
      return;
    }
    Add(TokenKind::kName, name);
    Take(end - at_);
    static const std::set<std::string> kBeforeHeader{"include", "include_next",
                                                     "import", "__has_include",
                                                     "__has_include_next"};
    expects_header_ = in_directive_ && kBeforeHeader.contains(name) &&
                      (names_directive_ || name.starts_with("__has"));
    names_directive_ = false;
  }

  // In the text before splicing, to which the standard goes back here.
  void RawString(std::size_t quote) {
    const std::size_t start = OriginOf(quote) + 1;
    const std::size_t open = original_.find('(', start);
    constexpr std::size_t kLongestDelimiter = 16;
    if (open == std::string::npos || open - start > kLongestDelimiter ||
        original_.substr(start, open - start)
                .find_first_of(" )\\\t\v\f\r\n\"") != std::string::npos) {
      at_ = quote;  // an error to the compiler
      Literal('"');
      return;
    }
    const std::string close = ')' + original_.substr(start, open - start) + '"';
    const std::size_t end = original_.find(close, open + 1);
    const std::size_t stop = std::min(end, original_.size());
    Add(TokenKind::kString, original_.substr(open + 1, stop - open - 1));
    if (in_directive_) line_ += "\"\"";
    const std::size_t after =
        end == std::string::npos ? original_.size() : end + close.size();
    at_ = PlaceOf(after);
  }

  struct Piece {
    std::size_t at = 0;      // in text_
    std::size_t origin = 0;  // in original_
  };

  const std::string& original_;
  const std::function<void(const Token&)>& use_;
  std::string text_;           // spliced
  std::vector<Piece> pieces_;  // between two splices
  std::size_t at_ = 0;
  bool starts_line_ = true;
  bool in_directive_ = false;
  std::string line_;  // of the directive
  std::vector<Token> line_tokens_;
  bool names_directive_ = false;  // the next name is the directive's
  bool expects_header_ = false;   // a < begins a header's name
};

}  // namespace

void ForEachToken(const std::string& text,
                  const std::function<void(const Token&)>& use) {
  Lexer(text, use).Run();
}

}  // namespace workbook::grade
