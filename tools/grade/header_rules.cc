// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/header_rules.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace workbook::grade {
namespace {

bool IsGuarded(const std::string& name) {
  return name == "std" || name == "__gnu_cxx" || name == "__cxxabiv1";
}

bool IsClassKey(const std::string& name) {
  return name == "struct" || name == "class" || name == "union" ||
         name == "enum";
}

// What programs specialize for types of their own, and no test's model uses.
bool IsUsual(const std::string& name) {
  static const std::set<std::string> names{"hash",
                                           "swap",
                                           "tuple_size",
                                           "tuple_element",
                                           "formatter",
                                           "begin",
                                           "end",
                                           "uses_allocator",
                                           "pointer_traits",
                                           "iterator_traits",
                                           "allocator_traits"};
  return names.contains(name);
}

class Checker {
 public:
  explicit Checker(const std::vector<Token>& tokens) : tokens_(tokens) {}

  HeaderVerdict Run() {
    FindOwnTypes();
    int depth = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!verdict_.rejected.empty()) break;
      if (Is(i, "{")) ++depth;
      if (Is(i, "}")) --depth;
      if (IsName(i, "namespace")) {
        i = Namespace(i, depth);
      } else if (IsName(i, "template")) {
        Template(i);
      } else if (IsGuardedName(i) && !(Is(i + 1, ":") && Is(i + 2, ":"))) {
        Reject("it declares a " + tokens_[i].text + " of its own");
      }
    }
    return verdict_;
  }

 private:
  bool Is(std::size_t i, const char* text) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::kOther &&
           tokens_[i].text == text;
  }
  bool IsName(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::kName;
  }
  bool IsName(std::size_t i, const char* text) const {
    return IsName(i) && tokens_[i].text == text;
  }
  bool IsGuardedName(std::size_t i) const {
    return IsName(i) && IsGuarded(tokens_[i].text);
  }
  void Reject(const std::string& why) { verdict_.rejected = why; }

  void FindOwnTypes() {
    own_types_.insert("workbook");
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!IsName(i) || !IsClassKey(tokens_[i].text)) continue;
      // "template <class T>" declares no type.
      if (i > 0 && (Is(i - 1, "<") || Is(i - 1, ","))) continue;
      std::size_t name = i + 1;
      if (IsName(name, "class") || IsName(name, "struct")) ++name;
      // "struct std::hash<...>" declares hash, which is not its own.
      if (IsName(name) && !Is(name + 1, ":") && !Is(name + 1, "<")) {
        own_types_.insert(tokens_[name].text);
      }
    }
  }

  // The token behind the one that closes what tokens_[i] opens.
  std::size_t Behind(std::size_t i, const char* open, const char* close) const {
    int depth = 0;
    for (; i < tokens_.size(); ++i) {
      if (Is(i, open)) ++depth;
      if (Is(i, close) && --depth == 0) return i + 1;
    }
    return i;
  }

  // At the word `namespace`; to the last token that is dealt with.
  std::size_t Namespace(std::size_t i, int depth) {
    const bool is_using = i > 0 && IsName(i - 1, "using");
    std::vector<std::size_t> names;
    std::size_t at = i + 1;
    for (; at < tokens_.size() && !Is(at, "{") && !Is(at, "=") && !Is(at, ";");
         ++at) {
      if (Is(at, "[")) at = Behind(at, "[", "]") - 1;
      if (Is(at, "(")) at = Behind(at, "(", ")") - 1;
      if (IsName(at) && !IsName(at, "inline") && !IsName(at, "__attribute__")) {
        names.push_back(at);
      }
    }
    if (is_using) return at;
    for (std::size_t k = 0; k < names.size(); ++k) {
      const std::string& name = tokens_[names[k]].text;
      if (!IsGuarded(name)) continue;
      if (name != "std" || k > 0 || depth > 0 || !Is(at, "{")) {
        Reject("it declares a " + name + " of its own");
        return at;
      }
    }
    if (Is(at, "=")) {
      while (at < tokens_.size() && !Is(at, ";")) ++at;
      return at;
    }
    if (names.empty() || tokens_[names[0]].text != "std") return at - 1;
    return StdBlock(at);
  }

  // Of `namespace std {`; to its closing brace.
  std::size_t StdBlock(std::size_t open) {
    const std::size_t end = Behind(open, "{", "}") - 1;
    std::size_t start = open + 1;
    while (start < end) {
      std::size_t at = start;
      while (at < end && !Is(at, "{") && !Is(at, ";")) ++at;
      if (at > start) StdDeclaration(start, at);
      start = Is(at, "{") ? Behind(at, "{", "}") : at + 1;
    }
    return end;
  }

  // Tokens [start, end) of a declaration, without its body.
  void StdDeclaration(std::size_t start, std::size_t end) {
    bool has_own_type = false;
    std::string name;
    int angles = 0;
    for (std::size_t i = start; i < end; ++i) {
      if (Is(i, "<")) ++angles;
      if (Is(i, ">")) --angles;
      if (!IsName(i)) continue;
      const std::string& text = tokens_[i].text;
      has_own_type = has_own_type || own_types_.contains(text);
      if (angles != 0 || !name.empty()) continue;
      if (Is(i + 1, "<") && text != "template") name = text;
      if (Is(i + 1, "(")) name = text;
    }
    if (!has_own_type) {
      Reject("it declares in std what names no type of its own");
    } else if (!IsUsual(name)) {
      verdict_.flags.push_back("a header declares std::" + name);
    }
  }

  // `template <...> struct std::hash<Key>` and `template <> int std::f<...>()`.
  void Template(std::size_t i) {
    if (!Is(i + 1, "<")) return;
    const std::size_t start = Behind(i + 1, "<", ">");
    int angles = 0;
    for (std::size_t at = start; at < tokens_.size(); ++at) {
      if (Is(at, "<")) ++angles;
      if (Is(at, ">")) --angles;
      if (IsName(at, "template") || IsName(at, "operator")) return;
      const bool ends = Is(at, "{") || Is(at, ";") || Is(at, "(") ||
                        Is(at, "=") ||
                        (Is(at, ":") && !Is(at - 1, ":") && !Is(at + 1, ":"));
      if (angles != 0 || !ends) continue;
      if (IsOfStd(at)) StdDeclaration(start, DeclarationEnd(at));
      return;
    }
  }

  std::size_t DeclarationEnd(std::size_t at) const {
    return Is(at, "(") ? Behind(at, "(", ")") : at;
  }

  // Whether the name before tokens_[end], with its arguments, begins with std.
  bool IsOfStd(std::size_t end) const {
    std::size_t at = end;
    bool is_std = false;
    while (at > 0) {
      --at;
      if (Is(at, ">")) {
        int depth = 1;
        while (at > 0 && depth > 0) {
          --at;
          if (Is(at, ">")) ++depth;
          if (Is(at, "<")) --depth;
        }
      } else if (IsName(at)) {
        is_std = IsGuarded(tokens_[at].text);
        if (at < 2 || !Is(at - 1, ":")) return is_std;
        at -= 2;
        if (at == 0 || !(IsName(at - 1) || Is(at - 1, ">"))) return is_std;
      } else {
        return is_std;
      }
    }
    return is_std;
  }

  const std::vector<Token>& tokens_;
  std::set<std::string> own_types_;
  HeaderVerdict verdict_;
};

}  // namespace

HeaderVerdict CheckNamespaces(const std::vector<Token>& tokens) {
  return Checker(tokens).Run();
}

}  // namespace workbook::grade
