// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/test_text.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string_view>

#include "tools/grade/tokens.h"

namespace workbook::grade {
namespace {

constexpr std::string_view kPlaceholder = "#pragma workbook_submission ";
constexpr std::string_view kBegin = "#pragma workbook_headers_begin\n";
constexpr std::string_view kEnd = "#pragma workbook_headers_end\n";

// What no header may leave behind. An open brace or a declaration without its
// end is an error here, and not a part of the test.
constexpr std::string_view kBehind =
    "\n#pragma GCC reset_options\n"
    "#pragma pack()\n"
    "#pragma GCC visibility push(default)\n"
    "#pragma scalar_storage_order default\n"
    "namespace workbook_judge {}\n";

// `<vector>` or `"tools/probe/probe.h"`; empty for another directive.
std::string Included(const std::string& directive) {
  if (!directive.starts_with("include")) return "";
  const std::size_t start = directive.find_first_of("<\"");
  if (start == std::string::npos) return "";
  const std::size_t end =
      directive.find(directive[start] == '<' ? '>' : '"', start + 1);
  return end == std::string::npos ? ""
                                  : directive.substr(start, end - start + 1);
}

std::vector<std::string> IncludesOf(const std::string& text) {
  std::vector<std::string> found;
  ForEachToken(text, [&found](const Token& token) {
    if (token.kind != TokenKind::kDirective) return;
    if (std::string name = Included(token.text); !name.empty()) {
      found.push_back(std::move(name));
    }
  });
  return found;
}

class Closure {
 public:
  Closure(const std::set<std::string>& students, const ReadOurs& read_ours)
      : students_(students), read_ours_(read_ours) {}

  void Add(const std::string& text) {
    for (const std::string& include : IncludesOf(text)) AddOne(include);
  }

  const std::string& lines() const { return lines_; }

 private:
  void AddOne(const std::string& include) {
    const std::string name = include.substr(1, include.size() - 2);
    if (students_.contains(name) || !seen_.insert(include).second) return;
    if (!ReachesStudents(name)) {
      lines_ += "#include " + include + '\n';
    } else if (const auto text = read_ours_(name)) {
      Add(*text);
    }
  }

  bool ReachesStudents(const std::string& name) {
    if (students_.contains(name)) return true;
    const auto [known, is_new] = reaches_.emplace(name, false);
    if (!is_new) return known->second;
    const auto text = read_ours_(name);
    if (!text) return false;
    const std::vector<std::string> includes = IncludesOf(*text);
    const bool reaches = std::any_of(
        includes.begin(), includes.end(), [this](const std::string& one) {
          return ReachesStudents(one.substr(1, one.size() - 2));
        });
    reaches_[name] = reaches;
    return reaches;
  }

  const std::set<std::string>& students_;
  const ReadOurs& read_ours_;
  std::map<std::string, bool> reaches_;
  std::set<std::string> seen_;
  std::string lines_;
};

}  // namespace

std::string BeforeHeaders(const std::string& source,
                          const std::set<std::string>& students,
                          const ReadOurs& read_ours) {
  Closure closure(students, read_ours);
  closure.Add("#include <gtest/gtest.h>\n#include \"tools/probe/probe.h\"\n" +
              source);
  return closure.lines();
}

std::string Placeholder(const std::string& name) {
  return std::string(kPlaceholder) + name + '\n';
}

std::vector<std::string> IncludedHeaders(const std::string& test_text) {
  std::vector<std::string> names;
  std::istringstream lines(test_text);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(kPlaceholder)) continue;
    const std::string name = line.substr(kPlaceholder.size());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

std::string OnlyHeaders(const std::vector<std::string>& names) {
  std::string source(kBegin);
  for (const std::string& name : names) {
    source += "#include \"" + name + "\"\n";
  }
  source += kEnd;
  return source;
}

// A header may have a copy of either mark: ours are the first and the last.
std::optional<std::string> TextOfHeaders(const std::string& preprocessed) {
  const std::size_t begin = preprocessed.find(kBegin);
  const std::size_t end = preprocessed.rfind(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    return std::nullopt;
  }
  const std::size_t start = begin + kBegin.size();
  return preprocessed.substr(start, end - start);
}

std::string JoinTexts(const std::string& test_text,
                      const std::string& headers) {
  const std::size_t at = test_text.find(kPlaceholder);
  if (at == std::string::npos) return test_text;
  const std::size_t line = test_text.rfind("\n# 1 \"", at);
  const std::size_t name = line + 5;
  const std::string file =
      test_text.substr(name, test_text.find('"', name + 1) + 1 - name);
  const std::size_t next = test_text.find('\n', at);
  return test_text.substr(0, at) + "# 2 \"/judge/headers.cc\"\n" + headers +
         std::string(kBehind) + "# 2 " + file + test_text.substr(next);
}

}  // namespace workbook::grade
