// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:generate -- [--force] NN_MM ...: writes the
// learner's files of these exercises from their references.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tools/authoring/generate.h"
#include "tools/course/course.h"

namespace {

int GenerateAll(const std::string& root, const std::vector<std::string>& ids,
                bool force) {
  const workbook::CourseResult loaded = workbook::LoadCourse(root);
  bool failed = false;
  for (const std::string& id : ids) {
    const workbook::Exercise* exercise = loaded.course.Find(id);
    if (exercise == nullptr) {
      failed = true;
      std::fprintf(stderr, "exercises/%s: has no manifest that can be read.\n",
                   id.c_str());
      for (const workbook::Problem& problem : loaded.problems) {
        std::fprintf(stderr, "%s\n", problem.Text().c_str());
      }
      continue;
    }
    const workbook::GenerateReport report =
        workbook::Generate(root, *exercise, force);
    for (const std::string& file : report.written) {
      std::printf("written    %s\n", file.c_str());
    }
    for (const std::string& file : report.unchanged) {
      std::printf("unchanged  %s\n", file.c_str());
    }
    for (const std::string& message : report.refused) {
      failed = true;
      std::fprintf(stderr, "refused    %s\n", message.c_str());
    }
  }
  return failed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const char* root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  bool force = false;
  std::vector<std::string> ids;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--force") {
      force = true;
    } else {
      ids.push_back(argument);
    }
  }
  if (ids.empty() || ids.front().starts_with('-')) {
    std::fprintf(stderr, "usage: generate [--force] NN_MM ...\n");
    return 2;
  }
  return GenerateAll(root != nullptr ? root : ".", ids, force);
}
