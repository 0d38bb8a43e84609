// SPDX-License-Identifier: Apache-2.0

// BENCHMARKS.md: one screen over all exercises, and its two pictures.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_OVERVIEW_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_OVERVIEW_H_

#include <string>
#include <vector>

#include "tools/bench/publish/bars.h"
#include "tools/bench/publish/exercise_page.h"

namespace workbook {

// The most lines that BENCHMARKS.md may have: what a tall screen shows.
inline constexpr int kMaxOverviewLines = 60;

// How the reference stands against one peer in an exercise.
struct PeerMean {
  std::string peer;
  double times_as_fast = 0;  // the geometric mean of peer / reference
  int cases = 0;
};

// One mean a peer, from the one that the reference beats by most.
std::vector<PeerMean> PeerMeans(const Measurement& measurement);

// Each target of the manifests, the means by exercise, the lost rows with their
// reasons.
std::string Overview(const std::vector<PublishedExercise>& exercises,
                     const Reasons& reasons);

// Each target: what was reached over the goal.
std::vector<Bar> TargetBars(const std::vector<PublishedExercise>& exercises);

// Peers of at least three cases, over all exercises.
std::vector<Bar> PeerBars(const std::vector<PublishedExercise>& exercises);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_OVERVIEW_H_
