// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/mangled.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <string_view>

#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

void SkipPrefix(std::string_view& rest, std::string_view prefix) {
  if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
}

// "Thn16_N..." and "Tv0_n24_N...": a thunk's offsets, then the function.
void SkipThunk(std::string_view& rest) {
  if (!rest.starts_with("Th") && !rest.starts_with("Tv")) return;
  std::size_t offsets = rest[1] == 'v' ? 2 : 1;
  while (offsets > 0 && !rest.empty()) {
    if (rest.front() == '_') --offsets;
    rest.remove_prefix(1);
  }
}

// Words of a demangled name that name no type of a program's own: the
// language's, the demangler's, and reserved ones.
bool IsKnown(const std::string& word) {
  static const std::set<std::string> words{
      "std",       "testing",   "benchmark", "abi",          "void",
      "bool",      "char",      "char8_t",   "char16_t",     "char32_t",
      "wchar_t",   "short",     "int",       "long",         "signed",
      "unsigned",  "float",     "double",    "const",        "volatile",
      "auto",      "decltype",  "nullptr",   "true",         "false",
      "sizeof",    "alignof",   "noexcept",  "operator",     "new",
      "delete",    "typename",  "template",  "restrict",     "lambda",
      "unnamed",   "type",      "anonymous", "namespace",    "vtable",
      "VTT",       "typeinfo",  "name",      "guard",        "variable",
      "reference", "temporary", "thunk",     "construction", "virtual",
      "non",       "covariant", "return",    "TLS",          "wrapper",
      "init",      "function",  "for",       "to",           "in",
      "clone"};
  const bool reserved =
      word.starts_with("__") ||
      (word.size() > 1 && word[0] == '_' && word[1] >= 'A' && word[1] <= 'Z');
  return reserved || words.contains(word);
}

}  // namespace

std::string Demangled(const std::string& mangled) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status),
      &std::free);
  return text == nullptr ? "" : text.get();
}

bool IsInLibrary(const std::string& mangled) {
  std::string_view rest = mangled;
  if (!rest.starts_with("_Z")) return false;
  rest.remove_prefix(2);
  SkipThunk(rest);
  for (const char* data :
       {"TV", "TT", "TI", "TS", "TC", "TW", "TH", "GV", "GR", "Z"}) {
    SkipPrefix(rest, data);
  }
  SkipPrefix(rest, "N");
  while (!rest.empty() &&
         std::string_view("rVKRO").find(rest.front()) != std::string::npos) {
    rest.remove_prefix(1);
  }
  if (rest.starts_with("9__gnu_cxx") || rest.starts_with("10__cxxabiv1")) {
    return true;
  }
  return rest.size() > 1 && rest[0] == 'S' &&
         std::string_view("tabsiod").find(rest[1]) != std::string_view::npos;
}

bool DependsOnOwnType(const std::string& mangled) {
  const std::string text = Demangled(mangled);
  for (std::size_t i = 0; i < text.size();) {
    if (!IsWord(text[i])) {
      // "[abi:cxx11]"
      const bool tag = text.compare(i, 5, "[abi:") == 0;
      i = tag ? std::min(text.find(']', i), text.size()) : i + 1;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsWord(text[end])) ++end;
    const bool is_inner = i >= 2 && text.compare(i - 2, 2, "::") == 0;
    const bool is_number = text[i] >= '0' && text[i] <= '9';
    if (!is_inner && !is_number && !IsKnown(text.substr(i, end - i))) {
      return true;
    }
    i = end;
  }
  return false;
}

}  // namespace workbook::grade
