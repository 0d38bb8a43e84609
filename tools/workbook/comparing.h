// SPDX-License-Identifier: Apache-2.0

// Runs an exercise's two benchmark programs, one at a time.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMPARING_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMPARING_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/bench/comparison/bench_program.h"
#include "tools/bench/comparison/pair_schedule.h"
#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook::cli {

struct BenchPrograms {
  std::filesystem::path yours;      // "": the reference alone is measured
  std::filesystem::path reference;  // "" in a copy without solutions
  std::filesystem::path root;
  std::filesystem::path scratch_file;    // for figures, removed after each run
  std::vector<std::string> arguments{};  // beside ours, when rows are timed
};

// Counts every row of `program` that `filter` admits, and runs each for a
// moment for its other counters. The times of a table come from MeasurePairs.
BenchProgramRun CountRows(const BenchPrograms& programs,
                          const std::filesystem::path& program,
                          const std::string& filter);

// Times all rows of each case in slices side by side, until every case of the
// exercise is settled or the time is up (ScheduleOptions).
Schedule MeasurePairs(const BenchPrograms& programs, const Exercise& exercise,
                      const std::string& filter);

// What the learner can do about a run that went wrong.
Problem ProblemOf(const BenchProgramRun& run, const Exercise& exercise,
                  const std::filesystem::path& program);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMPARING_H_
