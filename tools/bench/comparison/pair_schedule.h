// SPDX-License-Identifier: Apache-2.0

// When two programs have been compared often enough.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/bench/comparison/slice_round.h"

namespace workbook {

// Nanoseconds an operation of each row of a case, a figure a round. Each is the
// baseline's median of the round times the median over the round's slices of
// the row's ratio to the baseline; without a baseline the row's own median. So
// a quotient of two rows is one of slices that lay side by side. A row that
// failed once has fewer figures than there were rounds.
struct CaseRounds {
  std::vector<double> baseline_ns;
  std::vector<double> control_ns;
  std::vector<double> yours_ns;  // of its own program, where there are two
  std::map<std::string, std::vector<double>> peers_ns;  // by implementation
};

// What the rounds of a case gave; the pairs are natural logs of ratios of
// times.
struct CasePairs {
  std::vector<double> yours_to_control;
  std::vector<double> yours_to_baseline;
  std::vector<double> control_to_baseline;
  std::vector<double> control_to_itself;  // the noise floor
  CaseRounds rounds;
  int round_count = 0;
};

struct ScheduleOptions {
  int fewest_pairs = 9;
  int most_pairs = 61;
  // No round starts that would end after most_seconds + cases *
  // most_case_seconds: 01_02's 43 cases get four minutes; two were enough for
  // 18 pairs, which left half of them open.
  double most_seconds = 60;
  double most_case_seconds = 4;
  bool has_yours = true;  // else there are the two controls alone
  std::uint64_t seed = 20260101;
};

struct Schedule {
  std::map<std::string, CasePairs> cases;
  int rounds = 0;
  bool ran_out_of_time = false;
  std::string error;  // of the round that ended it
};

// Runs programs, or plays that it does.
struct ScheduleHooks {
  // One round over every case that is not settled.
  std::function<RoundTimes(const std::set<std::string>& settled,
                           std::uint64_t seed)>
      run_round;
  std::function<double()> now_seconds;
  // Whether a case needs no more pairs.
  std::function<bool(const std::string& case_name, const CasePairs&)> settled;
};

// Each round starts the programs anew, yours once and the control twice, since
// where a program's memory lies is part of what varies, and gives one pair a
// case: the median over the round's slices of log(yours / mean of the two
// controls), and of one control to the other. A settled case is left out from
// then on, so that the time goes to those that are not. Ends when every case is
// settled, or at most_pairs, or by time, or at the first round that fails; what
// was measured until then is kept.
Schedule RunSchedule(const ScheduleOptions& options,
                     const ScheduleHooks& hooks);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_
