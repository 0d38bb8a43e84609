#include "tools/workbook/bench_verdict.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tools/bench/comparison/interval.h"
#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {
namespace {

// Logs of times to the baseline's, as "times as fast" with its interval.
void SetFromPairs(const std::vector<double>& log_times, BenchRow& row) {
  if (log_times.empty()) return;
  const Interval interval = MedianInterval(log_times, kIntervalSeed);
  row.ratio = std::exp(-interval.middle);
  row.ratio_low = std::exp(-interval.high);
  row.ratio_high = std::exp(-interval.low);
}

}  // namespace

std::vector<TargetVerdict> JudgeTargets(const Exercise& exercise,
                                        const std::vector<BenchCase>& cases) {
  std::vector<TargetVerdict> verdicts;
  for (const RatioTarget& target : exercise.targets) {
    TargetVerdict verdict{.case_name = target.case_name,
                          .at_least = target.at_least,
                          .verdict = "not measured"};
    for (const BenchCase& bench_case : cases) {
      if (bench_case.name != target.case_name) continue;
      const BenchRow* yours = FindRole(bench_case, "yours");
      if (yours == nullptr) continue;
      if (yours->status == "not_written") verdict.verdict = "not written yet";
      if (yours->ratio <= 0) continue;
      verdict.ratio = yours->ratio;
      verdict.verdict = yours->ratio >= target.at_least ? "met" : "not met";
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

void ApplyPairs(const Schedule& schedule, std::vector<BenchCase>& cases,
                std::vector<TargetVerdict>& targets) {
  for (BenchCase& bench_case : cases) {
    const auto found = schedule.cases.find(bench_case.name);
    if (found == schedule.cases.end()) continue;
    const CasePairs& pairs = found->second;
    for (BenchRow& row : bench_case.rows) {
      if (row.role == "yours") SetFromPairs(pairs.yours_to_baseline, row);
      if (row.role == "reference") {
        SetFromPairs(pairs.control_to_baseline, row);
      }
    }
    if (!pairs.yours_to_control.empty()) {
      bench_case.to_reference =
          JudgeRatio(pairs.yours_to_control, pairs.control_to_itself,
                     kReferenceLimit, kIntervalSeed);
    }
    for (TargetVerdict& target : targets) {
      if (target.case_name != bench_case.name || target.ratio <= 0) continue;
      const Judgement judged =
          JudgeRatio(pairs.yours_to_baseline, pairs.control_to_itself,
                     1 / target.at_least, kIntervalSeed);
      target.verdict = VerdictName(judged.verdict);
      target.reason = judged.reason;
      if (judged.ratio > 0) target.ratio = 1 / judged.ratio;
    }
  }
}

bool PairsAreSettled(const Exercise& exercise, const std::string& case_name,
                     const CasePairs& pairs) {
  if (!pairs.yours_to_control.empty() &&
      !IsSettled(pairs.yours_to_control, pairs.control_to_itself,
                 kReferenceLimit, kIntervalSeed)) {
    return false;
  }
  return std::all_of(exercise.targets.begin(), exercise.targets.end(),
                     [&](const RatioTarget& target) {
                       return target.case_name != case_name ||
                              pairs.yours_to_baseline.empty() ||
                              IsSettled(pairs.yours_to_baseline,
                                        pairs.control_to_itself,
                                        1 / target.at_least, kIntervalSeed);
                     });
}

}  // namespace workbook::cli
