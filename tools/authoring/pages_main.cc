// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:pages -- NN_MM|PAGE.md ...: fills the code,
// output, tables and figures of these exercises' pages, or of a page of the
// course, from the files that they name.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/page/inclusion.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

bool FillOne(const std::filesystem::path& root,
             const std::filesystem::path& path) {
  const std::string file = path.string();
  const auto text = ReadTextFile(root / path);
  if (!text) {
    std::fprintf(stderr, "%s: can't be read. Fix: write the page.\n",
                 file.c_str());
    return false;
  }
  const FilledPage page = FillPage(root, file, *text);
  for (const Problem& problem : page.problems) {
    std::fprintf(stderr, "refused    %s\n", problem.Text().c_str());
  }
  if (page.changed.empty()) {
    std::printf("unchanged  %s\n", file.c_str());
  } else if (const auto error = ReplaceTextFile(root / path, page.text)) {
    std::fprintf(stderr,
                 "%s: can't be written: %s. Fix: make its folder writable.\n",
                 file.c_str(), error.message().c_str());
    return false;
  } else {
    std::printf("written    %s, %zu places\n", file.c_str(),
                page.changed.size());
  }
  return page.problems.empty();
}

bool FillPagesOf(const std::filesystem::path& root, const Exercise& exercise) {
  bool filled = true;
  for (const std::filesystem::path& page : exercise.Pages(root)) {
    if (!FillOne(root, page)) filled = false;
  }
  return filled;
}

int FillAll(const std::string& root, const std::vector<std::string>& ids) {
  const CourseResult loaded = LoadCourse(root);
  bool failed = false;
  for (const std::string& id : ids) {
    if (id.ends_with(".md")) {
      if (!FillOne(root, id)) failed = true;
      continue;
    }
    const Exercise* const exercise = loaded.course.Find(id);
    if (exercise == nullptr) {
      std::fprintf(stderr,
                   "exercises/%s: has no manifest that can be read. Fix: see "
                   "what ./workbook verify %s says.\n",
                   id.c_str(), id.c_str());
      failed = true;
    } else if (!FillPagesOf(root, *exercise)) {
      failed = true;
    }
  }
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace workbook

int main(int argc, char** argv) {
  const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  const std::vector<std::string> ids(argv + 1, argv + argc);
  if (ids.empty() || ids.front().starts_with('-')) {
    std::fprintf(stderr, "usage: pages NN_MM|PAGE.md ...\n");
    return 2;
  }
  return workbook::FillAll(root != nullptr ? root : ".", ids);
}
