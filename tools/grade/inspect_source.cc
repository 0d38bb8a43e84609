// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cctype>
#include <set>
#include <string_view>

#include "tools/grade/inspect.h"
#include "tools/grade/tokens.h"
#include "tools/grade/words.h"

namespace workbook::grade {

std::string RefusePragma(const std::string& text) {
  static constexpr std::array kForbidden{
      "poison", "push_macro",    "pop_macro",  "redefine_extname",
      "weak",   "system_header", "dependency", "include_alias"};
  const std::set<std::string> words = Words(text);
  for (const char* word : kForbidden) {
    if (words.contains(word)) {
      return std::string("#pragma ") + word + " is not accepted";
    }
  }
  return "";
}

namespace {

bool BeginsWithWord(const std::string& line, std::string_view word) {
  return line.starts_with(word) &&
         (line.size() == word.size() || !IsLetter(line[word.size()]));
}

// What a header's name in `text`, from `at` on, is refused for. A name that a
// macro makes may be that of a device, at which the compiler waits forever.
std::string RefuseName(const std::string& text, std::size_t at) {
  at = text.find_first_not_of(" \t\v\f\r", at);
  if (at == std::string::npos) return "";
  if (text[at] != '"' && text[at] != '<') {
    return "a macro says what is included: write the header's name";
  }
  const std::size_t end = text.find(text[at] == '<' ? '>' : '"', at + 1);
  const std::string name = text.substr(at + 1, end - at - 1);
  const std::size_t first = name.find_first_not_of(" \t\v\f\r");
  if (first == std::string::npos) return "";
  return name[first] == '/' || name.find("..") != std::string::npos
             ? "includes a path outside the exercise"
             : "";
}

// `__has_include` is asked for by itself, or of a name that stands there.
std::string RefuseQuestion(const std::string& line) {
  constexpr std::string_view kQuestion = "__has_include";
  if (BeginsWithWord(line, "ifdef") || BeginsWithWord(line, "ifndef")) {
    return "";
  }
  for (std::size_t at = line.find(kQuestion); at != std::string::npos;
       at = line.find(kQuestion, at + 1)) {
    std::size_t behind = at + kQuestion.size();
    while (behind < line.size() && IsLetter(line[behind])) ++behind;
    behind = line.find_first_not_of(" \t\v\f\r", behind);
    const std::string before = line.substr(0, at);
    const std::size_t last = before.find_last_not_of(" \t\v\f\r(");
    const bool is_defined = last != std::string::npos &&
                            before.substr(0, last + 1).ends_with("defined");
    if (is_defined && BeginsWithWord(line, "define")) {
      return "a macro asks for a header: ask by its name";
    }
    if (is_defined) continue;
    if (behind == std::string::npos || line[behind] != '(' ||
        BeginsWithWord(line, "define")) {
      return "a macro asks for a header: ask by its name";
    }
    std::string why = RefuseName(line, behind + 1);
    if (!why.empty()) return why;
  }
  return "";
}

std::string RefuseInclude(const std::string& line) {
  for (const char* word : {"include", "include_next", "import"}) {
    if (BeginsWithWord(line, word)) {
      return RefuseName(line, std::string_view(word).size());
    }
  }
  return RefuseQuestion(line);
}

std::string RefuseDirective(const std::string& line) {
  if (line.empty()) return "";
  if (line.starts_with("pragma")) return RefusePragma(line);
  if (line.starts_with("line") ||
      std::isdigit(static_cast<unsigned char>(line[0])) != 0) {
    return "#line hides where text comes from";
  }
  return RefuseInclude(line);
}

// `_Pragma("GCC poison x")`. One that is not given a string gets it from a
// macro, which may make it of any word of the file.
std::string RefuseOperator(const std::vector<Token>& tokens) {
  std::string all;
  for (const Token& token : tokens) all += token.text + ' ';
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind != TokenKind::kName ||
        (token.text != "_Pragma" && token.text != "__pragma")) {
      continue;
    }
    const bool has_string =
        i + 2 < tokens.size() && tokens[i + 2].kind == TokenKind::kString;
    const std::string why = RefusePragma(has_string ? tokens[i + 2].text : all);
    if (!why.empty()) return why;
  }
  return "";
}

// "constructor" of "__constructor__".
std::string_view Bare(std::string_view name) {
  if (name.size() > 4 && name.starts_with("__") && name.ends_with("__")) {
    name = name.substr(2, name.size() - 4);
  }
  return name;
}

// Follows the tokens into `__attribute__((...))` and `[[...]]` and out again.
class AttributeTracker {
 public:
  // Whether this token stands inside one.
  bool Step(const Token& token) {
    const bool opens = token.kind == TokenKind::kOther && token.text == "[";
    if (depth_ > 0) {
      Nest(token);
    } else if (token.kind == TokenKind::kName &&
               (token.text == "__attribute__" || token.text == "__attribute")) {
      waits_ = true;
    } else if (opens && was_bracket_) {
      depth_ = 2;
    } else if (waits_) {
      waits_ = false;
      depth_ = token.text == "(" ? 1 : 0;
    }
    was_bracket_ = opens;
    return depth_ > 0;
  }

 private:
  void Nest(const Token& token) {
    if (token.kind != TokenKind::kOther) return;
    if (token.text == "(" || token.text == "[") ++depth_;
    if (token.text == ")" || token.text == "]") --depth_;
  }

  bool waits_ = false;  // for the first parenthesis
  bool was_bracket_ = false;
  int depth_ = 0;
};

// What an attribute says that runs code before main or moves it.
void InspectAttribute(const std::string& file, const Token& token,
                      Findings& findings) {
  static const std::set<std::string_view> kFlagged{"constructor", "destructor",
                                                   "init_priority", "section"};
  const std::string_view name = Bare(token.text);
  if (token.kind == TokenKind::kName && kFlagged.contains(name)) {
    findings.flags.push_back(file + " mentions " + std::string(name));
  }
  const bool in_array = token.kind == TokenKind::kString &&
                        (name.find("init_array") != std::string_view::npos ||
                         name.find("fini_array") != std::string_view::npos ||
                         name.starts_with(".ctors"));
  if (in_array || (token.kind == TokenKind::kName && name == "ifunc")) {
    findings.rejected = file + ": code that runs before main is not accepted";
  }
}

}  // namespace

Findings InspectSource(const std::string& name, const std::string& text) {
  Findings findings;
  const std::vector<Token> tokens = JoinStrings(TokensOfLivingCode(text));
  AttributeTracker attributes;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kDirective) {
      const std::string why = RefuseDirective(token.text);
      if (!why.empty()) findings.rejected = name + ": " + why;
      continue;
    }
    if (attributes.Step(token)) InspectAttribute(name, token, findings);
    if (token.kind == TokenKind::kString && token.text.starts_with("/proc")) {
      findings.flags.push_back(name + " mentions /proc");
    }
  }
  const std::string why = RefuseOperator(tokens);
  if (!why.empty()) findings.rejected = name + ": " + why;
  return findings;
}

}  // namespace workbook::grade
