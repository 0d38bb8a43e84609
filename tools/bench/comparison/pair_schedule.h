// Which program runs when, and when it is enough.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace workbook {

// The two programs of a comparison.
enum class Side {
  kYours,
  kControl,  // the reference; where there is none, your program again
};

// One run of one program: nanoseconds an operation, by case.
struct SideTimes {
  std::map<std::string, double> subject_ns;   // the row yours or reference
  std::map<std::string, double> baseline_ns;  // the baseline's of the same run
  std::string error;  // not empty: it did not run to its end
};

// What the pairs of a case gave: natural logs of ratios of times.
struct CasePairs {
  std::vector<double> yours_to_control;
  std::vector<double> yours_to_baseline;    // within one run of yours
  std::vector<double> control_to_baseline;  // within one run of the control
  std::vector<double> control_to_itself;    // the noise floor
};

struct ScheduleOptions {
  int fewest_pairs = 9;
  int most_pairs = 61;
  double most_seconds = 120;  // no round starts that would end after it
  bool has_reference = true;  // else the control is your own program
  std::uint64_t seed = 20260101;
};

struct Schedule {
  std::map<std::string, CasePairs> cases;
  int rounds = 0;
  bool ran_out_of_time = false;
  std::string error;  // of the run that ended it
};

// Runs programs, or plays that it does.
struct ScheduleHooks {
  std::function<SideTimes(Side)> run;
  std::function<double()> now_seconds;
  // Whether a case needs no more pairs.
  std::function<bool(const std::string& case_name, const CasePairs&)> settled;
};

// A round runs yours once and the control twice, one after the other, in an
// order drawn anew each time, so that whatever the machine does over time hits
// all alike. Yours is compared with the mean of the two controls, and they with
// each other. Ends when every case is settled, or at most_pairs, or by time, or
// at the first run that fails; what was measured until then is kept.
// Cost: rounds x 3 runs (2 without a reference).
Schedule RunSchedule(const ScheduleOptions& options,
                     const ScheduleHooks& hooks);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_PAIR_SCHEDULE_H_
