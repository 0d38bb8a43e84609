// SPDX-License-Identifier: Apache-2.0

// What the report shows, gathered from all that other commands keep.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_REPORTED_COURSE_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_REPORTED_COURSE_H_

#include <string>
#include <vector>

#include "tools/workbook/calibration.h"
#include "tools/workbook/gains.h"
#include "tools/workbook/report/kept_figures.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct TaskCount {
  int green = 0;
  int tasks = 0;
};

struct ReportedTask {
  int number = 0;
  std::string title;
  std::vector<Gain> gains;
};

struct ReportedExercise {
  std::string id;
  std::string title;
  TaskCount core{};
  TaskCount deep{};
  bool is_solved = false;
  bool is_mastered = false;
  std::vector<ReportedTask> gains{};  // of the tasks that recorded some
  Calibration calibration{};          // may be empty
  ReportedFigures figures{};

  // Whether the learner has something to show for it.
  bool IsBegun() const {
    return core.green + deep.green > 0 || is_solved || !gains.empty() ||
           !calibration.IsEmpty() || !figures.cases.empty() || figures.exact;
  }
};

struct ReportedCourse {
  std::vector<ReportedExercise> exercises;  // in the order of the course
  std::vector<std::string> damaged;         // files that were left out
  // Folders with figures of exercises that the course no longer has.
  std::vector<std::string> gone;
};

// Reads what is kept of the exercises `ids`, or of all where there are none.
// Cost: reads every kept file of figures.
// Thread safety: any thread.
// On failure: a file that cannot be read is left out, and named.
ReportedCourse CollectReport(const Session& session,
                             const std::vector<std::string>& ids);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_REPORTED_COURSE_H_
