// SPDX-License-Identifier: Apache-2.0

// What the instructor's commands do once their words are read; each returns an
// exit code. There are two sets of these functions: :actions does what they
// say, and :hand_over, which the learner's binary links, builds the binary that
// has the first and becomes it. So nobody who learns waits for the grader to
// compile.
#ifndef WORKBOOK_TOOLS_WORKBOOK_INSTRUCTOR_ACTIONS_H_
#define WORKBOOK_TOOLS_WORKBOOK_INSTRUCTOR_ACTIONS_H_

#include <string>
#include <vector>

#include "tools/grade/options.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct ApplyOptions {
  std::string out;
  std::string why;
  std::string by;
  bool raised_only = false;
  bool cancel = false;
};

struct ReleaseWords {
  std::string out;
  std::vector<std::string> exercises;
  bool no_build = false;
};

struct SimilarityOptions {
  std::string exercise;
  std::string submissions;
  std::string out;
  int shown = 50;
};

int RunGrade(Session& session, const grade::GradeOptions& options);
int RunRegrade(Session& session, const grade::RegradeOptions& options);
int RunApply(Session& session, const ApplyOptions& options);
int RunOneJob(Session& session, const std::string& file);
int RunRelease(Session& session, const ReleaseWords& words);
int RunSimilarity(Session& session, const SimilarityOptions& options);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_INSTRUCTOR_ACTIONS_H_
