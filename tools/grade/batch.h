// SPDX-License-Identifier: Apache-2.0

// Grades a folder of submissions with a pool of workers.
#ifndef WORKBOOK_TOOLS_GRADE_BATCH_H_
#define WORKBOOK_TOOLS_GRADE_BATCH_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/grade/intake.h"
#include "tools/grade/judge.h"
#include "tools/grade/ledger.h"
#include "tools/grade/marks.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

struct BatchOptions {
  int jobs = 1;
  int attempts = 3;  // of a job whose jail or compiler could not be started
  std::filesystem::path scratch;
  std::filesystem::path object_cache;
  std::filesystem::path kept_objects;  // as JudgeOptions::kept_objects
  // Called after each submission: done, all, newly graded.
  std::function<void(std::size_t, std::size_t, std::size_t)> on_progress;
  // The days to charge a student for, none where that is not known; empty where
  // nobody is late.
  std::function<std::optional<int>(const std::string&)> late_days;
  // Grades a job; empty for the judge. Tests put a fast one here.
  JudgeFunction judge;

  // For the worker of this slot: a scratch folder of its own.
  JudgeOptions ForSlot(int slot) const;
};

// Takes the result of the submission at this place of `paths`, with marks.
// Called by several threads at a time.
using ResultSink = std::function<void(std::size_t, const Result&)>;

// Gives `sink` one result a submission, in the order they are done. What the
// ledger has is not graded again. A submission that can't be read has 0 marks
// and says why; one whose jobs kept failing for reasons of ours has the state
// "infrastructure", no marks, and no place in the ledger.
// Cost: memory for one submission and its result a worker.
// On failure: throws what the ledger or the sink throws; finished results are
// kept in the ledger.
void GradeEach(const Plan& plan, const MarkRules& rules,
               const std::vector<std::filesystem::path>& paths, Ledger& ledger,
               const BatchOptions& options, const ResultSink& sink);

// The same results in the order of `paths`, for a few of them: all are in
// memory.
std::vector<Result> GradeAll(const Plan& plan, const MarkRules& rules,
                             const std::vector<std::filesystem::path>& paths,
                             Ledger& ledger, const BatchOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_BATCH_H_
