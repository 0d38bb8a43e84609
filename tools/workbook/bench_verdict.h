// What the figures say of a target, and of the reference.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_

#include <string>
#include <vector>

#include "tools/bench/comparison/pair_schedule.h"
#include "tools/course/exercise.h"
#include "tools/workbook/bench_report.h"

namespace workbook::cli {

// How the learner stands to one target of exercise.toml.
struct TargetVerdict {
  std::string case_name;
  double at_least = 0;
  // met, not met, too noisy to tell, not written yet, not measured
  std::string verdict{};
  double ratio = 0;
  std::string reason{};  // a sentence with the figures; may be empty
};

std::vector<TargetVerdict> JudgeTargets(const Exercise& exercise,
                                        const std::vector<BenchCase>& cases);

// Puts what the pairs say in the place of what single runs say: the ratios of
// yours and the reference with their intervals, the verdict against the
// reference, and those of the targets.
void ApplyPairs(const Schedule& schedule, std::vector<BenchCase>& cases,
                std::vector<TargetVerdict>& targets);

// Whether ApplyPairs would say the same after more pairs of this case.
bool PairsAreSettled(const Exercise& exercise, const std::string& case_name,
                     const CasePairs& pairs);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_VERDICT_H_
