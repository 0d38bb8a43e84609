// SPDX-License-Identifier: Apache-2.0

// What ./workbook grade and regrade are asked for. Apart from what they do, so
// that a program can read their words without the grader.
#ifndef WORKBOOK_TOOLS_GRADE_OPTIONS_H_
#define WORKBOOK_TOOLS_GRADE_OPTIONS_H_

#include <string>
#include <vector>

namespace workbook::grade {

struct GradeOptions {
  std::string exercise;
  std::string submissions;
  std::string out;
  std::string roster;         // a Canvas export; empty for none
  std::string assignment;     // its column; empty for "Memory Workbook NN_MM"
  std::string config;         // grade.toml; empty for the defaults
  std::string times;          // of handing in, where late.due is set
  std::string level = "all";  // or "core": whose tasks are marked
  int jobs = 0;               // 0: one a processor
  std::string write_jobs;     // grade nothing, write jobs into this folder
  bool local = false;         // the default, to say so
  bool slurm = false;         // by an array of Slurm's, not on this machine
  std::string partition;      // of it; empty for the cluster's default
  int nodes = 0;              // at most so many; 0: all
  bool against_bare = false;  // grade nothing: tell what grading costs
  int repeat = 0;             // grade nothing: tell whether marks are steady
  std::string collect_jobs;   // take the results of this folder over first
};

struct RegradeOptions {
  std::string exercise;
  std::string submissions;
  std::string out;
  std::string config;
  std::string times;
  std::vector<std::string> only;
  int jobs = 0;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OPTIONS_H_
