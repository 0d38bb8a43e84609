// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/boundary_check.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace workbook {
namespace {

constexpr std::string_view kNoInline = "[[gnu::noinline]]";

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where `word` stands in `text` as a word of its own, from `begin` on.
std::size_t FindWord(std::string_view text, std::string_view word,
                     std::size_t begin = 0) {
  for (std::size_t at = text.find(word, begin); at != text.npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsWordCharacter(text[at - 1]);
    const bool ends = end == text.size() || !IsWordCharacter(text[end]);
    if (begins && ends) return at;
  }
  return text.npos;
}

// Whether `name` stands in `text` in front of its parameters.
bool IsCalledOrDeclared(std::string_view text, std::string_view name) {
  for (std::size_t at = FindWord(text, name); at != text.npos;
       at = FindWord(text, name, at + 1)) {
    if (text.substr(at + name.size()).starts_with("(")) return true;
  }
  return false;
}

// Whether `name` is declared behind the attribute: before the next body or end.
bool IsNotInlined(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(kNoInline); at != text.npos;
       at = text.find(kNoInline, at + 1)) {
    const std::size_t end = text.find_first_of("{;", at);
    if (IsCalledOrDeclared(text.substr(at, end - at), name)) return true;
  }
  return false;
}

// Definitions begin in the first column; their bodies do not.
bool IsDefined(std::string_view text, const std::string& name) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool is_definition = !line.empty() && line[0] != ' ' &&
                               line[0] != '/' && !line.starts_with("inline");
    if (is_definition && IsCalledOrDeclared(line, name)) return true;
    begin = end + 1;
  }
  return false;
}

std::string WithoutClass(const std::string& name) {
  const std::size_t colons = name.rfind("::");
  return colons == name.npos ? name : name.substr(colons + 2);
}

bool IsBoundary(const std::string& name, const BenchSources& sources) {
  const auto any = [](const std::vector<std::string>& texts, auto holds) {
    return std::any_of(texts.begin(), texts.end(), holds);
  };
  if (any(sources.bench,
          [&](const std::string& text) { return IsNotInlined(text, name); })) {
    return true;
  }
  const std::string called = WithoutClass(name);
  return any(sources.apart,
             [&](const std::string& text) { return IsDefined(text, name); }) &&
         any(sources.bench, [&](const std::string& text) {
           return FindWord(text, called) != text.npos;
         });
}

}  // namespace

std::vector<Problem> CheckBoundaries(const Forms& forms,
                                     const BenchSources& sources) {
  std::vector<Problem> problems;
  for (const CaseForm& form : forms.cases) {
    for (const std::string& name : form.by) {
      if (IsBoundary(name, sources)) continue;
      problems.push_back(ProblemIn(
          forms.file, form.line, "by",
          "says that " + form.names[0] + " goes through a call of " + name +
              ", and the compiler may inline it",
          "write [[gnu::noinline]] before it in the benchmark, or name a "
          "function that a .cc file of the reference defines and the benchmark "
          "calls"));
    }
  }
  return problems;
}

}  // namespace workbook
