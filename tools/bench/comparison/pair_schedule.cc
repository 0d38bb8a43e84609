#include "tools/bench/comparison/pair_schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <utility>

namespace workbook {
namespace {

// Fewer looks, fewer chances to stop at a lucky one.
constexpr int kRoundsBetweenLooks = 4;

// The runs of a round by what they are for, in whatever order they ran.
struct Round {
  SideTimes yours;
  SideTimes control;
  SideTimes control_again;
};

// Fisher and Yates, with indexes that are the same on every machine.
void Shuffle(std::vector<int>& order, std::mt19937_64& engine) {
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[engine() % i]);
  }
}

std::string RunRound(const ScheduleOptions& options, const ScheduleHooks& hooks,
                     std::mt19937_64& engine, Round& round) {
  const std::array<SideTimes*, 3> places = {&round.control,
                                            &round.control_again, &round.yours};
  std::vector<int> order = {0, 1};
  if (options.has_reference) order.push_back(2);
  Shuffle(order, engine);
  for (const int place : order) {
    SideTimes& times = *places[static_cast<std::size_t>(place)];
    times = hooks.run(place == 2 ? Side::kYours : Side::kControl);
    if (!times.error.empty()) return times.error;
  }
  return {};
}

const double* Find(const std::map<std::string, double>& times,
                   const std::string& case_name) {
  const auto found = times.find(case_name);
  return found != times.end() && found->second > 0 ? &found->second : nullptr;
}

void AddToBaseline(const SideTimes& run, const std::string& case_name,
                   std::vector<double>& log_ratios) {
  const double* subject = Find(run.subject_ns, case_name);
  const double* baseline = Find(run.baseline_ns, case_name);
  if (subject != nullptr && baseline != nullptr) {
    log_ratios.push_back(std::log(*subject / *baseline));
  }
}

void AddCase(const Round& round, const std::string& case_name,
             bool has_reference, CasePairs& pairs) {
  const double* control = Find(round.control.subject_ns, case_name);
  const double* again = Find(round.control_again.subject_ns, case_name);
  if (control != nullptr && again != nullptr) {
    pairs.control_to_itself.push_back(std::log(*control / *again));
  }
  AddToBaseline(round.control, case_name, pairs.control_to_baseline);
  AddToBaseline(has_reference ? round.yours : round.control, case_name,
                pairs.yours_to_baseline);
  const double* yours = Find(round.yours.subject_ns, case_name);
  if (yours != nullptr && control != nullptr && again != nullptr) {
    pairs.yours_to_control.push_back(
        std::log(*yours) - (std::log(*control) + std::log(*again)) / 2);
  }
}

void AddRound(const Round& round, bool has_reference, Schedule& schedule) {
  for (const auto& [name, unused] : round.control.subject_ns) {
    AddCase(round, name, has_reference, schedule.cases[name]);
  }
  ++schedule.rounds;
}

bool AllSettled(const Schedule& schedule, const ScheduleHooks& hooks) {
  return std::all_of(
      schedule.cases.begin(), schedule.cases.end(),
      [&](const auto& each) { return hooks.settled(each.first, each.second); });
}

}  // namespace

Schedule RunSchedule(const ScheduleOptions& options,
                     const ScheduleHooks& hooks) {
  Schedule schedule;
  std::mt19937_64 engine(options.seed);
  const double start = hooks.now_seconds();
  double longest_round = 0;
  while (schedule.rounds < options.most_pairs) {
    const double before = hooks.now_seconds();
    if (before - start + longest_round > options.most_seconds) {
      schedule.ran_out_of_time = true;
      break;
    }
    Round round;
    schedule.error = RunRound(options, hooks, engine, round);
    if (!schedule.error.empty()) break;
    AddRound(round, options.has_reference, schedule);
    longest_round = std::max(longest_round, hooks.now_seconds() - before);
    const int extra = schedule.rounds - options.fewest_pairs;
    if (extra >= 0 && extra % kRoundsBetweenLooks == 0 &&
        AllSettled(schedule, hooks)) {
      break;
    }
  }
  return schedule;
}

}  // namespace workbook
