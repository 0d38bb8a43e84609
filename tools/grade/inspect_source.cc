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

std::string RefuseDirective(const std::string& line) {
  if (line.empty()) return "";
  if (line.starts_with("pragma")) return RefusePragma(line);
  if (line.starts_with("line") ||
      std::isdigit(static_cast<unsigned char>(line[0])) != 0) {
    return "#line hides where text comes from";
  }
  if (line.starts_with("include") && (line.find("..") != std::string::npos ||
                                      line.find("\"/") != std::string::npos ||
                                      line.find("</") != std::string::npos)) {
    return "includes a path outside the exercise";
  }
  return "";
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
