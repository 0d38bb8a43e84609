#include "tools/bench/comparison/pair_schedule.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "tools/bench/statistics.h"

namespace workbook {
namespace {

// Fewer looks, fewer chances to stop at a lucky one.
constexpr int kRoundsBetweenLooks = 4;

// The median over slices of log(above / below); nothing where a row failed.
void AddMedian(const std::vector<double>& above,
               const std::vector<double>& below,
               std::vector<double>& log_ratios) {
  if (above.empty() || above.size() != below.size()) return;
  std::vector<double> slices;
  for (std::size_t i = 0; i < above.size(); ++i) {
    slices.push_back(std::log(above[i] / below[i]));
  }
  log_ratios.push_back(Median(slices));
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

void AddCase(const CaseTimes& times, bool has_reference, CasePairs& pairs) {
  const ProgramTimes& control = times[kControl];
  const ProgramTimes& again = times[kControlAgain];
  const ProgramTimes& yours = times[has_reference ? kYours : kControl];
  AddMedian(control.subject_ns, again.subject_ns, pairs.control_to_itself);
  AddMedian(control.subject_ns, control.baseline_ns, pairs.control_to_baseline);
  AddMedian(yours.subject_ns, yours.baseline_ns, pairs.yours_to_baseline);
  if (has_reference) {
    AddMedian(yours.subject_ns, MeanOf(control.subject_ns, again.subject_ns),
              pairs.yours_to_control);
  }
}

void AddRound(const RoundTimes& round, bool has_reference, Schedule& schedule) {
  for (const auto& [name, times] : round.cases) {
    AddCase(times, has_reference, schedule.cases[name]);
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
    AddRound(round, options.has_reference, schedule);
    last_round = hooks.now_seconds() - before;
    const int extra = schedule.rounds - options.fewest_pairs;
    if (extra < 0 || extra % kRoundsBetweenLooks != 0) continue;
    LookAtCases(schedule, hooks, settled);
    if (settled.size() == schedule.cases.size()) break;
  }
  return schedule;
}

}  // namespace workbook
