// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring/collected:collect: writes the pages that are made
// from other pages.
#include <cstdio>
#include <cstdlib>

#include "tools/authoring/collected/collected_pages.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

int CollectAll(const std::filesystem::path& root) {
  const CourseResult loaded = LoadCourse(root);
  for (const Problem& problem : loaded.problems) {
    std::fprintf(stderr, "%s\n", problem.Text().c_str());
  }
  if (!loaded.problems.empty()) return 1;
  for (const CollectedPage& page :
       CollectPages(root, loaded.course.exercises)) {
    const std::string file = page.file.string();
    if (ReadTextFile(root / page.file) == page.text) {
      std::printf("unchanged  %s\n", file.c_str());
    } else if (const auto error =
                   ReplaceTextFile(root / page.file, page.text)) {
      std::fprintf(stderr, "%s: can't be written: %s. Fix: make it writable.\n",
                   file.c_str(), error.message().c_str());
      return 1;
    } else {
      std::printf("written    %s\n", file.c_str());
    }
  }
  return 0;
}

}  // namespace
}  // namespace workbook

int main() {
  const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (root == nullptr) {
    std::fprintf(stderr,
                 "It has to know the workspace. Fix: bazel run "
                 "//tools/authoring/collected:collect\n");
    return 2;
  }
  return workbook::CollectAll(root);
}
