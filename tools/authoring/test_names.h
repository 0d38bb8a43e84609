// SPDX-License-Identifier: Apache-2.0

// The tests that a source file declares, without compiling it.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEST_NAMES_H_
#define WORKBOOK_TOOLS_AUTHORING_TEST_NAMES_H_

#include <string>
#include <vector>

namespace workbook {

struct DeclaredTest {
  std::string suite;
  std::string name;
  int line = 0;
};

// Every TEST, TEST_F, TEST_P and TYPED_TEST(_P) of the source, in order, also
// where clang-format broke the line. Macros of one's own are not seen.
std::vector<DeclaredTest> DeclaredTests(const std::string& source);

// Whether `full_name`, as GoogleTest prints it ("Suite.Test",
// "Prefix/Suite.Test/0", "Suite/1.Test"), is one of `tests`.
bool IsDeclared(const std::vector<DeclaredTest>& tests,
                const std::string& full_name);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEST_NAMES_H_
