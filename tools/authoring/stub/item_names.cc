// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/item_names.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::string_view WordAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsWordCharacter(text[end])) ++end;
  return text.substr(at, end - at);
}

// The word that ends before `end`, white space skipped.
std::string_view WordBefore(std::string_view text, std::size_t end) {
  while (end > 0 && std::isspace(static_cast<unsigned char>(text[end - 1]))) {
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && IsWordCharacter(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

// Behind the bracket that closes the one at `open`.
std::size_t BehindBracket(std::string_view text, std::size_t open) {
  const char begin = text[open];
  const char end = begin == '('   ? ')'
                   : begin == '[' ? ']'
                   : begin == '{' ? '}'
                                  : '>';
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == begin;
    depth -= text[i] == end;
    if (depth == 0) return i + 1;
  }
  return text.size();
}

// Annotations look like calls: GUARDED_BY(mutex_).
bool IsMacroName(std::string_view word) {
  return word.size() > 2 && std::all_of(word.begin(), word.end(), [](char c) {
           return std::isupper(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

bool TakesBrackets(std::string_view word) {
  constexpr std::array<std::string_view, 6> kWords = {
      "alignas",  "decltype", "__attribute__",
      "requires", "noexcept", "explicit"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end() ||
         IsMacroName(word);
}

// Behind the parameters' `(` of `operator==(`, `operator()(` ...
std::size_t ParametersOfOperator(std::string_view text, std::size_t word) {
  const std::size_t open = text.find('(', word);
  if (open == kNone || text.substr(open, 2) != "()") return open;
  const bool is_call = TrimSpace(text.substr(word, open - word)) == "operator";
  return is_call ? text.find('(', open + 2) : open;
}

// The `(` of a function's parameters, or kNone.
std::size_t ParametersOf(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsWordCharacter(text[i])) {
      const std::string_view word = WordAt(text, i);
      if (word == "operator") return ParametersOfOperator(text, i);
      i += word.size() - 1;
    } else if (text[i] == '=' || text[i] == '{' || text[i] == ';') {
      return kNone;
    } else if (text[i] == '<' || text[i] == '[' ||
               (text[i] == '(' && TakesBrackets(WordBefore(text, i)))) {
      i = BehindBracket(text, i) - 1;
    } else if (text[i] == '(') {
      return i;
    }
  }
  return kNone;
}

// The qualified name that ends at `end`: "FixedSizePool::operator=".
std::string NameBefore(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  const std::size_t word = text.rfind("operator", end);
  if (word != kNone && word < end &&
      text.substr(word, end - word).find_first_of(":{};") == kNone) {
    begin = word;
  } else {
    while (begin > 0 && IsWordCharacter(text[begin - 1])) --begin;
  }
  if (begin > 0 && text[begin - 1] == '~') --begin;
  while (begin >= 2 && text.substr(begin - 2, 2) == "::") {
    begin -= 2;
    while (begin > 0 && IsWordCharacter(text[begin - 1])) --begin;
  }
  return std::string(TrimSpace(text.substr(begin, end - begin)));
}

// What a declaration that is no function declares.
std::string DeclaredName(std::string_view head) {
  const std::string_view keyword = WordAt(head, 0);
  if (keyword == "using") {
    const std::size_t at = head.find_first_not_of(' ', keyword.size());
    return at == kNone ? "" : std::string(WordAt(head, at));
  }
  if (keyword == "class" || keyword == "struct" || keyword == "union" ||
      keyword == "enum" || keyword == "namespace") {
    return ScopeName(head);
  }
  std::size_t end = head.find_first_of("={[;");
  if (end == kNone) end = head.size();
  std::string_view before = TrimSpace(head.substr(0, end));
  while (before.ends_with(')')) {
    const std::size_t open = before.rfind('(');
    if (open == kNone) break;
    before = TrimSpace(before.substr(0, open));
    if (IsMacroName(WordBefore(before, before.size()))) {
      before.remove_suffix(WordBefore(before, before.size()).size());
      before = TrimSpace(before);
    }
  }
  return std::string(WordBefore(before, before.size()));
}

// Where the initializers of a constructor begin, or `body`.
std::size_t EndOfHead(std::string_view blanked, std::size_t parameters,
                      std::size_t body) {
  std::size_t at = BehindBracket(blanked, parameters);
  for (; at < body; ++at) {
    if (blanked[at] == '(') {
      at = BehindBracket(blanked, at) - 1;
    } else if (blanked[at] == ':' && blanked[at + 1] != ':' &&
               blanked[at - 1] != ':') {
      return at;
    }
  }
  return body;
}

// The `{` of the `}` at `close`.
std::size_t OpeningOf(std::string_view blanked, std::size_t close) {
  int depth = 0;
  for (std::size_t i = close + 1; i-- > 0;) {
    depth += blanked[i] == '}';
    depth -= blanked[i] == '{';
    if (depth == 0) return i;
  }
  return kNone;
}

}  // namespace

std::string HeadWithoutTemplate(std::string_view blanked) {
  std::string_view head = TrimSpace(blanked);
  while (true) {
    if (head.starts_with("template")) {
      const std::size_t open = head.find('<');
      if (open == kNone) break;
      head = TrimSpace(head.substr(BehindBracket(head, open)));
    } else if (head.starts_with("[[")) {
      head = TrimSpace(head.substr(BehindBracket(head, 0)));
    } else if (head.starts_with("requires")) {
      head = TrimSpace(head.substr(BehindBracket(head, head.find('('))));
    } else {
      break;
    }
  }
  return std::string(head);
}

bool IsClassHead(std::string_view head) {
  const std::string_view keyword = WordAt(head, 0);
  if (keyword != "class" && keyword != "struct" && keyword != "union") {
    return false;
  }
  return ParametersOf(head) == kNone;
}

bool DeclaresFunction(std::string_view blanked) {
  return ParametersOf(HeadWithoutTemplate(blanked)) != kNone;
}

std::string ScopeName(std::string_view head) {
  std::string name;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '{' || head[i] == ';') break;
    if (head[i] == ':' && head.substr(i, 2) != "::") break;
    if (head[i] == '[' || head[i] == '(') {
      i = BehindBracket(head, i) - 1;
    } else if (head[i] == ':') {
      name += "::";
      ++i;
    } else if (IsWordCharacter(head[i])) {
      const std::string word(WordAt(head, i));
      i += word.size() - 1;
      constexpr std::array<std::string_view, 9> kNoNames = {
          "class",  "struct",  "union", "enum",  "namespace",
          "inline", "alignas", "final", "extern"};
      if (std::find(kNoNames.begin(), kNoNames.end(), word) == kNoNames.end()) {
        name = name.ends_with("::") ? name + word : word;
      }
    }
  }
  return name;
}

void NameItem(std::string_view blanked, SourceItem& item) {
  const std::string head = HeadWithoutTemplate(blanked);
  const std::size_t parameters = ParametersOf(head);
  item.kind = SourceItem::Kind::kOther;
  if (parameters == kNone) {
    item.name = DeclaredName(WithoutTemplateArguments(head));
    return;
  }
  const std::string before =
      WithoutTemplateArguments(head.substr(0, parameters));
  item.name = NameBefore(before, before.size());
  if (!TrimSpace(blanked).ends_with('}')) return;
  item.kind = SourceItem::Kind::kFunction;
  item.body_end = blanked.rfind('}');
  item.body_begin = OpeningOf(blanked, item.body_end);
  item.head_end =
      EndOfHead(blanked, blanked.find(head) + parameters, item.body_begin);
}

}  // namespace workbook
