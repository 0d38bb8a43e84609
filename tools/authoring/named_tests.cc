// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/named_tests.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "tools/authoring/test_names.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

// The last line of the test that begins at `first`: a declaration, which may
// be broken over lines, ends with its "{" or "{}".
std::size_t LastLine(const std::vector<std::string_view>& lines,
                     std::size_t first) {
  std::size_t line = first;
  while (line < lines.size() && !lines[line].ends_with('{') &&
         !lines[line].ends_with('}')) {
    ++line;
  }
  if (line < lines.size() && lines[line].ends_with('}')) return line;
  while (line < lines.size() && lines[line] != "}") ++line;
  return line;
}

bool IsNamed(const DeclaredTest& test, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return IsDeclared({test}, name);
  });
}

}  // namespace

std::string OnlyNamedTests(const std::string& path, const std::string& source,
                           const std::vector<std::string>& names) {
  std::vector<std::string_view> lines = SplitLines(source);
  for (const DeclaredTest& test : DeclaredTests(source)) {
    if (IsNamed(test, names)) continue;
    const std::size_t first = static_cast<std::size_t>(test.line) - 1;
    const std::size_t last = LastLine(lines, first);
    for (std::size_t i = first; i <= last && i < lines.size(); ++i) {
      lines[i] = "";
    }
  }
  std::string text =
      "#pragma GCC diagnostic ignored \"-Wunused-function\"\n#line 1 \"" +
      path + "\"\n";
  for (const std::string_view line : lines) (text += line) += '\n';
  return text;
}

}  // namespace workbook
