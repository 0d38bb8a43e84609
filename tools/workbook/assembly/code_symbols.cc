// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/code_symbols.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kClone = " [clone ";
constexpr std::string_view kNamespace = "workbook::";

std::optional<std::uint64_t> ReadHex(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value, 16);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

std::string_view TakeWord(std::string_view& text) {
  text = TrimSpace(text);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

// "000000000000f810 l     F .text	0000000000000077 .hidden NAME"
std::optional<CodeSymbol> ReadSymbol(std::string_view line) {
  const size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  std::string_view flags = line.substr(0, tab);
  const auto address = ReadHex(TakeWord(flags));
  if (!address || flags.find(" F ") == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view rest = line.substr(tab + 1);
  const auto size = ReadHex(TakeWord(rest));
  rest = TrimSpace(rest);
  for (const std::string_view hidden : {".hidden ", ".protected "}) {
    if (rest.starts_with(hidden)) rest.remove_prefix(hidden.size());
  }
  rest = TrimSpace(rest);
  if (!size || *size == 0 || rest.empty()) return std::nullopt;
  return CodeSymbol{std::string(rest), *address, *size};
}

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

bool StartsWord(std::string_view text, size_t i, std::string_view word) {
  return text.substr(i).starts_with(word) && (i == 0 || !IsWord(text[i - 1])) &&
         (i + word.size() == text.size() || !IsWord(text[i + word.size()]));
}

// What `from` opens ends behind the position that is returned.
size_t PastBracket(std::string_view text, size_t from, char open, char close) {
  int depth = 0;
  for (size_t i = from; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1;
  }
  return text.size();
}

// The end of an operator's name, such as "operator()" or "operator new[]".
size_t PastOperator(std::string_view text, size_t from) {
  size_t i = from + std::string_view("operator").size();
  if (text.substr(i).starts_with("()")) return i + 2;
  while (i < text.size() && text[i] != '(') ++i;
  return i;
}

// Without template arguments, where the name has none of its own.
std::string Comparable(std::string_view name, bool with_arguments) {
  return with_arguments ? std::string(name) : QualifiedName(name);
}

bool IsNamed(const CodeFunction& function, std::string_view asked) {
  if (function.name == asked) return true;
  const bool with_arguments = asked.find('<') != std::string_view::npos &&
                              asked.find("operator<") == std::string_view::npos;
  std::string name = Comparable(function.name, with_arguments);
  if (with_arguments) {
    // Up to the parameters, which the question does not have.
    const size_t at = name.rfind(asked);
    if (at == std::string::npos) return false;
    const size_t end = at + asked.size();
    return (at == 0 || !IsWord(name[at - 1])) &&
           (end == name.size() || name[end] == '(' || name[end] == '<');
  }
  if (name == asked) return true;
  return name.ends_with("::" + std::string(asked));
}

}  // namespace

std::vector<CodeFunction> ReadCodeFunctions(std::string_view table) {
  std::map<std::string, CodeFunction> by_name;
  for (const std::string_view line : SplitLines(table)) {
    auto symbol = ReadSymbol(line);
    if (!symbol) continue;
    const std::string name = symbol->name.substr(0, symbol->name.find(kClone));
    if (!QualifiedName(name).starts_with(kNamespace)) continue;
    CodeFunction& function = by_name[name];
    function.name = name;
    auto& parts = function.parts;
    if (std::find(parts.begin(), parts.end(), *symbol) == parts.end()) {
      parts.push_back(*std::move(symbol));
    }
  }
  std::vector<CodeFunction> functions;
  for (auto& [name, function] : by_name) {
    // The entry has no clone in its name, so it sorts first.
    std::sort(function.parts.begin(), function.parts.end(),
              [](const CodeSymbol& a, const CodeSymbol& b) {
                return std::pair(a.name, a.address) <
                       std::pair(b.name, b.address);
              });
    functions.push_back(std::move(function));
  }
  return functions;
}

std::string QualifiedName(std::string_view demangled) {
  constexpr std::string_view kAnonymous = "(anonymous namespace)";
  std::string name;
  for (size_t i = 0; i < demangled.size();) {
    const char c = demangled[i];
    if (StartsWord(demangled, i, "operator")) {
      const size_t end = PastOperator(demangled, i);
      name += demangled.substr(i, end - i);
      i = end;
    } else if (demangled.substr(i).starts_with(kAnonymous)) {
      name += kAnonymous;
      i += kAnonymous.size();
    } else if (c == '<') {
      i = PastBracket(demangled, i, '<', '>');
    } else if (c == '{') {
      const size_t end = PastBracket(demangled, i, '{', '}');
      name += demangled.substr(i, end - i);
      i = end;
    } else if (c == '(') {
      const size_t end = PastBracket(demangled, i, '(', ')');
      // "F(int)::{lambda()#1}::operator()(int)" goes on behind it.
      if (!demangled.substr(end).starts_with("::")) break;
      i = end;
    } else if (c == ' ') {
      name.clear();  // what stood before is the result
      ++i;
    } else {
      name += c;
      ++i;
    }
  }
  while (!name.empty() && (name.front() == '*' || name.front() == '&')) {
    name.erase(0, 1);
  }
  return name;
}

std::vector<CodeFunction> FunctionsNamed(
    const std::vector<CodeFunction>& functions, std::string_view asked) {
  std::vector<CodeFunction> named;
  std::copy_if(
      functions.begin(), functions.end(), std::back_inserter(named),
      [asked](const CodeFunction& each) { return IsNamed(each, asked); });
  return named;
}

}  // namespace workbook::cli
