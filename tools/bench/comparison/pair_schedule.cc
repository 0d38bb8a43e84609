// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/pair_schedule.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "tools/bench/statistics.h"

namespace workbook {
namespace {

// Fewer looks, fewer chances to stop at a lucky one.
constexpr int kRoundsBetweenLooks = 4;

// The median over slices of log(above / below); nothing where a row failed.
std::optional<double> MedianLogRatio(const std::vector<double>& above,
                                     const std::vector<double>& below) {
  if (above.empty() || above.size() != below.size()) return std::nullopt;
  std::vector<double> slices;
  for (std::size_t i = 0; i < above.size(); ++i) {
    slices.push_back(std::log(above[i] / below[i]));
  }
  return Median(slices);
}

void AddMedian(const std::vector<double>& above,
               const std::vector<double>& below,
               std::vector<double>& log_ratios) {
  const auto median = MedianLogRatio(above, below);
  if (median) log_ratios.push_back(*median);
}

// One row of a round, as CaseRounds has it.
void AddRow(const std::vector<double>& row_ns,
            const std::vector<double>& baseline_ns,
            std::vector<double>& rounds_ns) {
  if (row_ns.empty()) return;
  const auto to_baseline = MedianLogRatio(row_ns, baseline_ns);
  rounds_ns.push_back(to_baseline ? Median(baseline_ns) * std::exp(*to_baseline)
                                  : Median(row_ns));
}

// Slice by slice, the geometric mean of the two controls.
std::vector<double> MeanOf(const std::vector<double>& a,
                           const std::vector<double>& b) {
  if (a.size() != b.size()) return {};
  std::vector<double> mean;
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean.push_back(std::sqrt(a[i] * b[i]));
  }
  return mean;
}

void AddCase(const CaseTimes& times, bool has_yours, CasePairs& pairs) {
  const ProgramTimes& control = times[kControl];
  const ProgramTimes& again = times[kControlAgain];
  const std::vector<double>& baseline_ns = control.baseline_ns;
  ++pairs.round_count;
  AddMedian(control.subject_ns, again.subject_ns, pairs.control_to_itself);
  AddMedian(control.subject_ns, baseline_ns, pairs.control_to_baseline);
  AddRow(baseline_ns, {}, pairs.rounds.baseline_ns);
  AddRow(control.subject_ns, baseline_ns, pairs.rounds.control_ns);
  for (const auto& [implementation, ns] : control.peers_ns) {
    AddRow(ns, baseline_ns, pairs.rounds.peers_ns[implementation]);
  }
  if (!has_yours) return;
  const std::vector<double>& yours_ns = times[kYours].subject_ns;
  AddMedian(yours_ns, baseline_ns, pairs.yours_to_baseline);
  AddMedian(yours_ns, MeanOf(control.subject_ns, again.subject_ns),
            pairs.yours_to_control);
  AddRow(yours_ns, baseline_ns, pairs.rounds.yours_ns);
}

void AddRound(const RoundTimes& round, bool has_yours, Schedule& schedule) {
  for (const auto& [name, times] : round.cases) {
    AddCase(times, has_yours, schedule.cases[name]);
  }
  ++schedule.rounds;
}

void LookAtCases(const Schedule& schedule, const ScheduleHooks& hooks,
                 std::set<std::string>& settled) {
  for (const auto& [name, pairs] : schedule.cases) {
    if (settled.count(name) == 0 && hooks.settled(name, pairs)) {
      settled.insert(name);
    }
  }
}

}  // namespace

Schedule RunSchedule(const ScheduleOptions& options,
                     const ScheduleHooks& hooks) {
  Schedule schedule;
  std::set<std::string> settled;
  const double start = hooks.now_seconds();
  double last_round = 0;
  while (schedule.rounds < options.most_pairs) {
    const double before = hooks.now_seconds();
    const double most_seconds =
        options.most_seconds +
        options.most_case_seconds * static_cast<double>(schedule.cases.size());
    if (before - start + last_round > most_seconds) {
      schedule.ran_out_of_time = true;
      break;
    }
    const RoundTimes round = hooks.run_round(
        settled, options.seed + static_cast<std::uint64_t>(schedule.rounds));
    schedule.error = round.error;
    if (!schedule.error.empty()) break;
    AddRound(round, options.has_yours, schedule);
    last_round = hooks.now_seconds() - before;
    const int extra = schedule.rounds - options.fewest_pairs;
    if (extra < 0 || extra % kRoundsBetweenLooks != 0) continue;
    LookAtCases(schedule, hooks, settled);
    if (settled.size() == schedule.cases.size()) break;
  }
  return schedule;
}

}  // namespace workbook
