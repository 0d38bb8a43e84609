// SPDX-License-Identifier: Apache-2.0

// Jobs as files: what grade would do itself, for other processes and machines.
//
// A folder of jobs, private to whoever wrote it, for it has the hidden tests:
//   jobs/KEY.json     one submission and all that grading it takes
//   jobs.txt          the names in jobs/, a line each
//   trusted/          what tests link and include; its hash is in each job
//   grader            the program that wrote this, for the nodes
//   results/KEY.json  appears, whole, when the job is done
//   logs/
//   slurm.sh          an array of them for sbatch
#ifndef WORKBOOK_TOOLS_GRADE_JOBS_H_
#define WORKBOOK_TOOLS_GRADE_JOBS_H_

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/grade/judge.h"
#include "tools/grade/ledger.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// What slurm.sh starts.
struct JobProgram {
  // Copied into the folder: a checkout that is built again, or a Bazel that
  // other nodes use as well, must not be in a job's way.
  std::filesystem::path program = "/proc/self/exe";
  std::filesystem::path checkout = ".";  // where it is started
};

// Writes a job for each submission that `ledger` has no result of, one for
// those of the same bytes; jobs of an earlier call with another plan go.
// Cost: a file of 1.4 times the submission's bytes and the plan's, synced; a
// copy of the program.
// Returns how many. On failure: throws std::system_error or
// std::filesystem::filesystem_error; written again, nothing is missing.
std::size_t WriteJobs(const std::filesystem::path& folder, const Plan& plan,
                      const std::vector<std::filesystem::path>& submissions,
                      const Ledger& ledger, const JobProgram& program);

struct RunJobOptions {
  // Where the node keeps its copy of trusted/, compiled tests and which slots
  // are in use: workbook_jobs_* below it, shared by all jobs of one plan.
  std::filesystem::path node = "/tmp";
  int attempts = 3;
  // Grades a job; empty for the judge. Tests put a fast one here.
  JudgeFunction judge;
};

struct RunJobResult {
  std::string what;  // empty if the job has a result now
  std::string next;
  bool done_before = false;
};

// Runs the job of this file and writes its result next to the folder of jobs.
// The file must be what was written: its hashes are checked, the compiler's
// version too. An infrastructure failure leaves no result, so that it can be
// run again.
// Thread safety: any number of processes and threads on any machines that see
// the folder.
// On failure: what, and what next; nothing is thrown.
RunJobResult RunJob(const std::filesystem::path& file,
                    const RunJobOptions& options = {});

struct CollectResult {
  std::size_t collected = 0;
  std::size_t missing = 0;           // jobs without a result
  std::vector<std::string> damaged;  // files that are no result
};

// Records the results in the ledger; what it has already stays as it is.
// On failure: throws what the ledger throws.
CollectResult CollectJobs(const std::filesystem::path& folder, Ledger& ledger);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JOBS_H_
