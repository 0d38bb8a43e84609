// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring/collected:collect: writes the pages that are made
// from other pages.
#include <cstdio>

#include "tools/authoring/collected/collected_pages.h"
#include "tools/authoring/written_file.h"
#include "tools/course/course.h"

namespace workbook {
namespace {

int CollectAll(const std::filesystem::path& root) {
  const CourseResult loaded = LoadCourse(root);
  for (const Problem& problem : loaded.problems) {
    std::fprintf(stderr, "%s\n", problem.Text().c_str());
  }
  if (!loaded.problems.empty()) return 1;
  bool written = true;
  for (const CollectedPage& page :
       CollectPages(root, loaded.course.exercises)) {
    written &= WriteGenerated(root, page.file.string(), page.text);
  }
  return written ? 0 : 1;
}

}  // namespace
}  // namespace workbook

int main() {
  const auto root =
      workbook::FindWorkspace("bazel run //tools/authoring/collected:collect");
  return root ? workbook::CollectAll(*root) : 2;
}
