// SPDX-License-Identifier: Apache-2.0

// The judge: compiles and runs one submission in the jail and decides, outside
// of it, what each test did.
#ifndef WORKBOOK_TOOLS_GRADE_JUDGE_H_
#define WORKBOOK_TOOLS_GRADE_JUDGE_H_

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "tools/grade/intake.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// One submission and everything that its mark depends on: what the ledger
// knows a result by.
struct Job {
  std::string student;
  std::map<std::string, std::string> files;
  std::string key;  // Sha256 of the files and the plan's fingerprint
};

// `fingerprint` is the plan's, which is worth computing once for many jobs.
Job MakeJob(const Plan& plan, const Submission& submission,
            const std::string& fingerprint);
inline Job MakeJob(const Plan& plan, const Submission& submission) {
  return MakeJob(plan, submission, plan.Fingerprint());
}

struct JudgeOptions {
  // Where compiled things go; every user can enter it, only ours can list it.
  std::filesystem::path scratch;
  // Objects of tests by what they were compiled from. Shared by all jobs: most
  // submissions leave most headers as they were.
  std::filesystem::path object_cache;
  // Objects of earlier runs, by the same names; never written to. May be empty.
  std::filesystem::path kept_objects;
  int slot = 0;
  bool measure = true;  // instructions too
  // What the histories of a case take of a processor: Calibrate() chooses them.
  std::chrono::milliseconds case_time{500};
};

// Grades without giving marks (marks.h does). The same job and plan give the
// same verdicts; only instructions may differ, where a submission starts
// threads of its own.
// Cost: compile, link, a jail a test, and callgrind once a task.
// Thread safety: any thread, with slots and scratch folders of their own.
// On failure: the affected tests and tasks are kInfrastructure, and so is
// Result::state; nothing is thrown but std::filesystem::filesystem_error.
Result Judge(const Plan& plan, const Job& job, const JudgeOptions& options);

// What may stand in for Judge: tests have a fast one.
using JudgeFunction = std::function<Result(const Plan&, const Job&, int slot)>;

// The verdict of `judge`, or of Judge where that is empty; asked again while it
// is "infrastructure", `attempts` times in all.
Result JudgeWithRetries(const Plan& plan, const Job& job,
                        const JudgeFunction& judge, const JudgeOptions& options,
                        int attempts);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JUDGE_H_
