// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_verdict.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tools/bench/comparison/row_figures.h"
#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {
namespace {

void SetFigures(const std::vector<double>& rounds_ns, const CasePairs& pairs,
                BenchRow& row) {
  if (!row.status.empty()) return;
  const std::vector<double>& baseline_ns = pairs.rounds.baseline_ns;
  const auto figures = FiguresOfRow(rounds_ns, baseline_ns);
  if (!figures || static_cast<int>(rounds_ns.size()) != pairs.round_count) {
    row.status = "error";
    row.message = "it failed in a round of the comparison";
    return;
  }
  row.rounds_ns = rounds_ns;
  row.ns_per_op = figures->ns;
  row.ratio = figures->ratio;
  row.ratio_low = figures->low;
  row.ratio_high = figures->high;
}

std::vector<double> RoundsOf(const BenchRow& row, const CasePairs& pairs,
                             bool has_reference) {
  if (row.role == "baseline") return pairs.rounds.baseline_ns;
  if (row.role == "reference") return pairs.rounds.control_ns;
  if (row.role == "yours") {
    return has_reference ? pairs.rounds.yours_ns : pairs.rounds.control_ns;
  }
  const auto found = pairs.rounds.peers_ns.find(row.implementation);
  return found == pairs.rounds.peers_ns.end() ? std::vector<double>()
                                              : found->second;
}

std::vector<double> Logs(std::vector<double> ratios) {
  for (double& ratio : ratios) ratio = std::log(ratio);
  return ratios;
}

void JudgeTarget(const BenchCase& bench_case, TargetVerdict& verdict) {
  const BenchRow* subject = FindRole(bench_case, "yours");
  if (subject == nullptr) subject = FindRole(bench_case, "reference");
  const BenchRow* const baseline = FindRole(bench_case, "baseline");
  if (subject == nullptr || baseline == nullptr) return;
  if (subject->status == "not_written") verdict.verdict = "not written yet";
  if (subject->ratio <= 0) return;
  const Judgement judged = JudgeRatio(
      LogRatios(subject->rounds_ns, baseline->rounds_ns),
      Logs(bench_case.noise_rounds), 1 / verdict.at_least, kIntervalSeed);
  verdict.verdict = VerdictName(judged.verdict);
  verdict.reason = judged.reason;
  verdict.ratio = subject->ratio;
}

}  // namespace

void ApplyRounds(const Schedule& schedule, std::vector<BenchCase>& cases) {
  for (BenchCase& bench_case : cases) {
    const auto found = schedule.cases.find(bench_case.name);
    if (found == schedule.cases.end()) continue;
    const CasePairs& pairs = found->second;
    const bool has_reference = FindRole(bench_case, "reference") != nullptr;
    for (BenchRow& row : bench_case.rows) {
      SetFigures(RoundsOf(row, pairs, has_reference), pairs, row);
    }
    for (const double log_ratio : pairs.control_to_itself) {
      bench_case.noise_rounds.push_back(std::exp(log_ratio));
    }
    if (!pairs.yours_to_control.empty()) {
      bench_case.to_reference =
          JudgeRatio(pairs.yours_to_control, pairs.control_to_itself,
                     kReferenceLimit, kIntervalSeed);
    }
    SortRows(bench_case);
  }
}

std::vector<TargetVerdict> JudgeTargets(const Exercise& exercise,
                                        const std::vector<BenchCase>& cases) {
  std::vector<TargetVerdict> verdicts;
  for (const RatioTarget& target : exercise.targets) {
    TargetVerdict verdict{.case_name = target.case_name,
                          .at_least = target.at_least,
                          .verdict = "not measured"};
    for (const BenchCase& bench_case : cases) {
      if (bench_case.name == target.case_name) JudgeTarget(bench_case, verdict);
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

bool PairsAreSettled(const Exercise& exercise, const std::string& case_name,
                     const CasePairs& pairs) {
  if (!pairs.yours_to_control.empty() &&
      !IsSettled(pairs.yours_to_control, pairs.control_to_itself,
                 kReferenceLimit, kIntervalSeed)) {
    return false;
  }
  const std::vector<double>& to_baseline = pairs.yours_to_control.empty()
                                               ? pairs.control_to_baseline
                                               : pairs.yours_to_baseline;
  return std::all_of(exercise.targets.begin(), exercise.targets.end(),
                     [&](const RatioTarget& target) {
                       return target.case_name != case_name ||
                              to_baseline.empty() ||
                              IsSettled(to_baseline, pairs.control_to_itself,
                                        1 / target.at_least, kIntervalSeed);
                     });
}

}  // namespace workbook::cli
