// SPDX-License-Identifier: Apache-2.0

// The page of an exercise's figures: docs/benchmarks/NN_MM.md.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_EXERCISE_PAGE_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_EXERCISE_PAGE_H_

#include <string>
#include <vector>

#include "tools/bench/publish/forms.h"
#include "tools/bench/publish/measurement.h"
#include "tools/bench/publish/reasons.h"
#include "tools/course/exercise.h"

namespace workbook {

// A row in which a peer needs less time than the reference.
struct LostRow {
  std::string case_name;
  std::string peer;
  double factor = 0;  // times as fast as the reference
  const Reason* reason = nullptr;
};

// What is known of one exercise.
struct PublishedExercise {
  Exercise exercise;
  Measurement measurement;
  Forms forms;
};

// Every row that the reference loses, with the reason where one is given.
std::vector<LostRow> LostRows(const PublishedExercise& published,
                              const Reasons& reasons);

// The tables with the form of each case, and the lost rows with their reasons.
std::string ExercisePage(const PublishedExercise& published,
                         const Reasons& reasons);

// The tables alone, for a page of the book that lies beside this one:
// chapters/NN_topic/NN_MM_costs.md.
std::string CostsPage(const PublishedExercise& published);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_EXERCISE_PAGE_H_
