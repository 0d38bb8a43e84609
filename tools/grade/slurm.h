// SPDX-License-Identifier: Apache-2.0

// Jobs as an array of Slurm's, which owns retries, limits and fairness: this
// only submits what WriteJobs wrote and waits until nothing of it is left.
#ifndef WORKBOOK_TOOLS_GRADE_SLURM_H_
#define WORKBOOK_TOOLS_GRADE_SLURM_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "tools/problem/problem.h"

namespace workbook::grade {

struct SlurmOptions {
  std::string partition;  // empty for the cluster's default
  int nodes = 0;          // at most so many nodes; 0: all
  std::chrono::milliseconds poll{5000};
  // A controller that does not answer for so long is a failure. What runs goes
  // on: started again, the wait goes on, too.
  std::chrono::milliseconds patience{std::chrono::minutes{10}};
  // Called at each look: jobs that have a result, and all of them.
  std::function<void(std::size_t done, std::size_t all)> on_progress =
      [](std::size_t, std::size_t) {};
};

// Submits `folder`/slurm.sh by sbatch and waits until each job has a result or
// the array is over. An array that an earlier call has submitted and that is
// still known to Slurm is waited for, not submitted again: its number lies in
// `folder`/array. REQUIRES: WriteJobs has written `folder`.
// Cost: a squeue each options.poll.
// Thread safety: one process at a time, as the ledger demands anyway.
// On failure: what, where and what next; jobs without a result are no failure.
Problem RunArray(const std::filesystem::path& folder,
                 const SlurmOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_SLURM_H_
