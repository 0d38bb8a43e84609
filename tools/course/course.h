// SPDX-License-Identifier: Apache-2.0

// The course as data: every exercise.toml and the way, read and checked.
#ifndef WORKBOOK_TOOLS_COURSE_COURSE_H_
#define WORKBOOK_TOOLS_COURSE_COURSE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

struct Course {
  std::filesystem::path root;
  std::vector<Exercise> exercises;  // in the order of the way (way.h)

  // The exercise of this id, or nullptr.
  const Exercise* Find(const std::string& id) const;
};

struct CourseResult {
  // Every exercise whose manifest could be read in full. It may still be named
  // in `problems`, for a file that is missing for example: a learner who
  // deleted one is told so and goes on.
  Course course;
  std::vector<Problem> problems;
};

// Reads exercises/*/exercise.toml and exercises/way.toml under `root`. Checked:
// each field's presence, type and range; unknown fields; ids against folders
// and each other; prerequisites (known, no cycle); that the files, the test's
// source and the test target's mention in the BUILD files exist. Without a way
// the order is that of the ids.
// Cost: reads each manifest and BUILD file once; no Bazel.
// Thread safety: any thread.
// On failure: `problems` says what and how to fix it; nothing is thrown.
CourseResult LoadCourse(const std::filesystem::path& root);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_COURSE_H_
