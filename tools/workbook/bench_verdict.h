// SPDX-License-Identifier: Apache-2.0

// What the figures say of a target, and of the reference.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_

#include <string>
#include <vector>

#include "tools/bench/comparison/pair_schedule.h"
#include "tools/course/exercise.h"
#include "tools/workbook/bench_report.h"

namespace workbook::cli {

// How the learner, or the reference where it is measured alone, stands to one
// target of exercise.toml.
struct TargetVerdict {
  std::string case_name;
  double at_least = 0;
  // met, not met, too noisy to tell, not written yet, not measured
  std::string verdict{};
  double ratio = 0;
  std::string reason{};  // a sentence with the figures; may be empty
};

// Gives every row the figures of its rounds, and each case the verdict against
// the reference. A row that failed in a round becomes an error.
void ApplyRounds(const Schedule& schedule, std::vector<BenchCase>& cases);

// Judges each target by the figures of yours, or of the reference where there
// is no row of yours.
std::vector<TargetVerdict> JudgeTargets(const Exercise& exercise,
                                        const std::vector<BenchCase>& cases);

// Whether ApplyRounds and JudgeTargets would say the same after more pairs of
// this case.
bool PairsAreSettled(const Exercise& exercise, const std::string& case_name,
                     const CasePairs& pairs);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_
