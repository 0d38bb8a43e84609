// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/called.h"

#include <cctype>
#include <map>
#include <sstream>
#include <string_view>
#include <vector>

#include "tools/grade/mangled.h"
#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

struct Function {
  std::string name;    // mangled, where the compiler has needed that
  std::string pretty;  // as in a diagnostic
};

// "8workbook12_GLOBAL__N_1..." to "workbook", and the rest; empty if no name.
std::string_view TakeName(std::string_view& rest) {
  std::size_t length = 0;
  std::size_t digits = 0;
  while (digits < rest.size() && IsDigit(rest[digits]) && digits < 5) {
    length = length * 10 + static_cast<std::size_t>(rest[digits] - '0');
    ++digits;
  }
  if (digits == 0 || digits + length > rest.size()) return {};
  const std::string_view name = rest.substr(digits, length);
  rest.remove_prefix(digits + length);
  return name;
}

enum class Scope { kTest, kAssertion, kOther };

Scope ScopeOf(const std::string& mangled) {
  std::string_view rest = mangled;
  if (!rest.starts_with("_Z")) return Scope::kOther;
  rest.remove_prefix(2);
  while (rest.starts_with('Z')) rest.remove_prefix(1);
  if (!rest.starts_with('N')) return Scope::kOther;
  rest.remove_prefix(1);
  while (!rest.empty() &&
         std::string_view("KVRO").find(rest[0]) != std::string_view::npos) {
    rest.remove_prefix(1);
  }
  if (mangled.ends_with("8TestBodyEv")) return Scope::kTest;
  for (bool first = true;; first = false) {
    const std::string_view name = TakeName(rest);
    if (name.empty()) return Scope::kOther;
    if (first && name == "testing") return Scope::kAssertion;
    if (name == "_GLOBAL__N_1") return Scope::kTest;
  }
}

// "workbook::Ring::Ring(int)", "workbook::Ring<T>::~Ring()", "... operator=(".
bool IsSpecialMember(const std::string& pretty) {
  if (pretty.find('~') != std::string::npos ||
      pretty.find("operator=(") != std::string::npos) {
    return true;
  }
  const std::size_t open = pretty.find('(');
  if (open == std::string::npos || open == 0) return false;
  std::size_t start = open;
  while (start > 0 && IsWord(pretty[start - 1])) --start;
  const std::string name = pretty.substr(start, open - start);
  if (name.empty() || start < 2 || pretty.compare(start - 2, 2, "::") != 0) {
    return false;
  }
  std::string outer = pretty.substr(0, start - 2);
  if (outer.ends_with('>')) outer.resize(outer.find('<'));
  return outer.ends_with("::" + name) || outer == name;
}

// size_t is std::size_t; what a template is given is another's choice.
std::string Spelling(std::string pretty) {
  if (const std::size_t with = pretty.find(" [with ");
      with != std::string::npos) {
    pretty.resize(with);
  }
  constexpr std::string_view kStd = "std::";
  for (std::size_t at = pretty.find(kStd); at != std::string::npos;
       at = pretty.find(kStd, at)) {
    const bool is_inner =
        at > 0 && (pretty[at - 1] == ':' || IsWord(pretty[at - 1]));
    if (is_inner) {
      at += kStd.size();
    } else {
      pretty.erase(at, kStd.size());
    }
  }
  return pretty;
}

bool IsLibrarys(const Function& function) {
  if (function.name.starts_with("_Z")) return IsInLibrary(function.name);
  // Of functions of other objects, the compiler tells only what it would say.
  return function.pretty.find("workbook::") == std::string::npos &&
         (function.pretty.find("std::") != std::string::npos ||
          function.pretty.find("__gnu_cxx::") != std::string::npos ||
          function.pretty.find("::") == std::string::npos);
}

// What a function becomes for one of its callers, who is known to call it.
bool IsClone(const Function& function) {
  for (const char* mark : {".constprop", ".isra", ".part", ".cold"}) {
    if (function.pretty.find(mark) != std::string::npos) return true;
  }
  return false;
}

// A stub's function has this in place of work, and no answer. The library
// defines it: a submission can't.
bool IsTodo(const Function& function) {
  return function.pretty == "void workbook::Todo(const char*)";
}

class Calls {
 public:
  explicit Calls(const std::string& cgraph) {
    std::istringstream lines(cgraph);
    std::string line;
    constexpr std::string_view kCalls = "  Calls: ";
    while (std::getline(lines, line)) {
      if (line.starts_with(kCalls)) {
        if (scope_ != Scope::kOther) ReadCalls(line);
      } else if (!line.empty() && line[0] != ' ') {
        ReadNode(line);
      }
    }
  }

  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& [number, by_test] : called_) {
      const auto found = functions_.find(number);
      if (found == functions_.end()) continue;
      const Function& function = found->second;
      const Scope scope = ScopeOf(function.name);
      if (scope == Scope::kAssertion) {
        if (by_test) names.insert(Spelling(Demangled(function.name)));
      } else if (scope == Scope::kOther && !IsLibrarys(function) &&
                 !IsSpecialMember(function.pretty) && !IsClone(function) &&
                 !IsTodo(function)) {
        names.insert(Spelling(function.pretty));
      }
    }
    return names;
  }

 private:
  // "NAME/12 (PRETTY) @0x7f..."
  void ReadNode(const std::string& line) {
    scope_ = Scope::kOther;
    const std::size_t end = line.rfind(") @0x");
    if (end == std::string::npos) return;
    for (std::size_t slash = line.find('/'); slash != std::string::npos;
         slash = line.find('/', slash + 1)) {
      std::size_t stop = slash + 1;
      while (stop < line.size() && IsDigit(line[stop])) ++stop;
      if (stop == slash + 1 || line.compare(stop, 2, " (") != 0) continue;
      if (stop + 2 > end) return;
      Function function{line.substr(0, slash),
                        line.substr(stop + 2, end - stop - 2)};
      scope_ = ScopeOf(function.name);
      functions_.emplace(line.substr(slash + 1, stop - slash - 1),
                         std::move(function));
      return;
    }
  }

  // "  Calls: NAME/12 (can throw external) NAME/13 "
  void ReadCalls(const std::string& line) {
    for (std::size_t slash = line.find('/'); slash != std::string::npos;
         slash = line.find('/', slash + 1)) {
      std::size_t stop = slash + 1;
      while (stop < line.size() && IsDigit(line[stop])) ++stop;
      if (stop == slash + 1 || (stop < line.size() && line[stop] != ' ')) {
        continue;
      }
      called_[line.substr(slash + 1, stop - slash - 1)] |=
          scope_ == Scope::kTest;
    }
  }

  Scope scope_ = Scope::kOther;                // of the node that is read
  std::map<std::string, Function> functions_;  // by the compiler's numbers
  std::map<std::string, bool> called_;  // whether by a test, not an assertion
};

}  // namespace

std::set<std::string> CalledByTest(const std::string& cgraph) {
  return Calls(cgraph).Names();
}

}  // namespace workbook::grade
