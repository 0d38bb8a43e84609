// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:cases: writes docs/cases.md and docs/cases/ from
// the logs of the tests with the tag "case", which have to be run before:
// bazel test //solutions/... --build_tests_only --test_tag_filters=case
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>

#include "tools/authoring/case_table.h"
#include "tools/authoring/written_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

int WriteAll(const fs::path& root) {
  // bazel-testlogs leads to what this command itself was built with.
  const std::string logs = "bazel-out/k8-fastbuild/testlogs/solutions";
  const auto rows = ReadCaseRows(root / logs);
  if (rows.empty()) {
    std::fprintf(stderr,
                 "%s: no log of a case. Fix: bazel test //solutions/... "
                 "--build_tests_only --test_tag_filters=case\n",
                 logs.c_str());
    return 1;
  }
  bool written = WriteGenerated(root, "docs/cases.md", CaseTable(rows));
  std::set<std::string> exercises;
  for (const CaseRow& row : rows) exercises.insert(row.exercise);
  for (const std::string& exercise : exercises) {
    written &= WriteGenerated(root, "docs/cases/" + exercise + ".md",
                              CasesOf(rows, exercise));
  }
  return written ? 0 : 1;
}

}  // namespace
}  // namespace workbook

int main() {
  const auto root =
      workbook::FindWorkspace("bazel run //tools/authoring:cases");
  return root ? workbook::WriteAll(*root) : 2;
}
