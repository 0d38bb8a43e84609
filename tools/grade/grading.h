// ./workbook grade: from a folder of submissions to marks and exports.
#ifndef WORKBOOK_TOOLS_GRADE_GRADING_H_
#define WORKBOOK_TOOLS_GRADE_GRADING_H_

#include <filesystem>
#include <string>

#include "tools/course/course.h"
#include "tools/grade/setup.h"

namespace workbook::grade {

struct GradeOptions {
  std::string exercise;
  std::string submissions;
  std::string out;
  std::string roster;         // a Canvas export; empty for none
  std::string assignment;     // its column; empty for "Memory Workbook NN_MM"
  std::string config;         // grade.toml; empty for the defaults
  std::string times;          // of handing in, where late.due is set
  int jobs = 0;               // 0: one a processor
  std::string write_jobs;     // grade nothing, write jobs into this folder
  bool against_bare = false;  // grade nothing: tell what grading costs
  int repeat = 0;             // grade nothing: tell whether marks are steady
  std::string collect_jobs;   // take the results of this folder over first
};

// Writes into `out`: events.jsonl (the ledger), result.json, junit.xml,
// class.html, gradescope/NAME.json, feedback/NAME.html, canvas.csv where there
// is a roster. On failure: what, where and what next; what was graded stays in
// the ledger.
GradeFailure GradeFolder(const Course& course, const GradeOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_GRADING_H_
