// SPDX-License-Identifier: Apache-2.0

// Makes the plan of a course's exercise: trusted objects by Bazel, everything
// that a test needs in one folder, and the reference's own figures.
#ifndef WORKBOOK_TOOLS_GRADE_PREPARE_H_
#define WORKBOOK_TOOLS_GRADE_PREPARE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/grade/judge.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

struct PrepareResult {
  Plan plan;
  std::string error;  // empty if the plan is good
};

// REQUIRES: `folder` is empty and every user can enter it; the workers are as
// for Calibrate.
// Cost: a Bazel build of what is not built yet, then the reference is graded
// twice, on all workers; not if their kept_objects are set and nothing has
// changed since the figures in kept_objects + ".json" were written.
// On failure: `error` says why, in a sentence.
PrepareResult Prepare(const std::filesystem::path& root,
                      const Exercise& exercise,
                      const std::filesystem::path& folder,
                      const std::vector<JudgeOptions>& workers);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_PREPARE_H_
