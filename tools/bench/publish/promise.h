// SPDX-License-Identifier: Apache-2.0

// What a chapter promises of its patterns, held against published rows:
// chapters/NN_topic/promise.toml gives chapters/NN_topic/promise.md.
//
//   fewer_allocations_from = 80   per cent, of what the natural form makes
//   fewer_allocations_to = 95
//   lower_peak_from = 40          per cent, of its peak
//   lower_peak_to = 60
//   times_as_fast_from = 2
//   times_as_fast_to = 5
//
//   [[cases]]
//   exercise = "04_01"
//   case = "access_log/one_thousand_records"
//   natural = "a string for each field"   what the baseline does
//   pattern = "the caller's buffer"       what the reference does
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_PROMISE_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_PROMISE_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/publish/exercise_page.h"
#include "tools/problem/problem.h"

namespace workbook {

// From the least that is promised to the most.
struct PromisedRange {
  double least = 0;
  double most = 0;
};

struct PromisedCase {
  std::string exercise;
  std::string case_name;
  std::string natural;
  std::string pattern;
  int line = 0;
};

struct Promise {
  std::string file;
  PromisedRange fewer_allocations;
  PromisedRange lower_peak;
  PromisedRange times_as_fast;
  std::vector<PromisedCase> cases;
  std::vector<Problem> problems;
};

// Reads the text of `file`. On failure: problems with lines.
Promise ReadPromise(std::string_view text, const std::string& file);

// Writes the page: a row for each case with what its reference saves, and
// whether that is less than promised, as promised, or more.
// On failure: a problem for each case that no published exercise has measured
// with a baseline and a reference.
std::string PromisePage(const Promise& promise,
                        const std::vector<PublishedExercise>& exercises,
                        std::vector<Problem>& problems);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_PROMISE_H_
