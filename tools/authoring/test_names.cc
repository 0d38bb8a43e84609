// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/test_names.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace workbook {
namespace {

std::vector<std::string> Pieces(const std::string& text) {
  std::vector<std::string> pieces;
  std::istringstream stream(text);
  for (std::string piece; std::getline(stream, piece, '/');) {
    pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace

std::vector<DeclaredTest> DeclaredTests(const std::string& source) {
  static const std::regex kDeclaration(
      R"((^|\n)(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)\(\s*(\w+)\s*,\s*(\w+)\s*\))");
  std::vector<DeclaredTest> tests;
  for (std::sregex_iterator match(source.begin(), source.end(), kDeclaration),
       end;
       match != end; ++match) {
    const auto start = source.begin() + match->position(0) + match->length(1);
    tests.push_back(
        {(*match)[2], (*match)[3],
         1 + static_cast<int>(std::count(source.begin(), start, '\n'))});
  }
  return tests;
}

bool IsDeclared(const std::vector<DeclaredTest>& tests,
                const std::string& full_name) {
  const std::size_t dot = full_name.find('.');
  if (dot == std::string::npos) return false;
  const std::vector<std::string> suites = Pieces(full_name.substr(0, dot));
  const std::vector<std::string> names = Pieces(full_name.substr(dot + 1));
  if (suites.empty() || names.empty()) return false;
  return std::any_of(tests.begin(), tests.end(), [&](const DeclaredTest& test) {
    return test.name == names[0] &&
           std::find(suites.begin(), suites.end(), test.suite) != suites.end();
  });
}

}  // namespace workbook
