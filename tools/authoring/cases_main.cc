// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:cases: writes docs/cases.md and docs/cases/ from
// the logs of the tests with the tag "case", which have to be run before:
// bazel test //solutions/... --build_tests_only --test_tag_filters=case
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "tools/authoring/case_table.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

bool Write(const fs::path& root, const std::string& file,
           const std::string& text) {
  std::error_code ignored;
  fs::create_directories((root / file).parent_path(), ignored);
  if (const auto error = ReplaceTextFile(root / file, text)) {
    std::fprintf(stderr, "%s: can't be written: %s. Fix: make it writable.\n",
                 file.c_str(), error.message().c_str());
    return false;
  }
  std::printf("written    %s\n", file.c_str());
  return true;
}

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
  bool written = Write(root, "docs/cases.md", CaseTable(rows));
  std::set<std::string> exercises;
  for (const CaseRow& row : rows) exercises.insert(row.exercise);
  for (const std::string& exercise : exercises) {
    written &=
        Write(root, "docs/cases/" + exercise + ".md", CasesOf(rows, exercise));
  }
  return written ? 0 : 1;
}

}  // namespace
}  // namespace workbook

int main() {
  const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (root == nullptr) {
    std::fprintf(stderr,
                 "It has to know the workspace. Fix: bazel run "
                 "//tools/authoring:cases\n");
    return 2;
  }
  return workbook::WriteAll(root);
}
